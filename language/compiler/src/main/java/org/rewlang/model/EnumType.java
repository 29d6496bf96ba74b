package org.rewlang.model;

import java.util.List;

/**
 * A declared enum.
 *
 * @param members in order; a value is its index
 */
public record EnumType(String name, List<String> members) {

  public EnumType {
    members = List.copyOf(members);
  }
}
