package org.rewlang;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.model.Type;

/**
 * A result of a program.
 *
 * @param role what the host is to do with it
 * @param name as declared; empty for the total and a nameless outcome
 * @param type a bool is 0 or 1, an enum's value its index, -1 where undefined
 * @param column its name in tables: unique among the results of a program
 * @param perAgent whether each agent has one: its first dimension is the agents', NaN (or the index
 *     -1) for those that are not there
 * @param unit as written, or empty
 * @param offset of its first number among all outputs
 */
public record OutputInfo(
    Output.Role role,
    String name,
    String column,
    Type type,
    boolean perAgent,
    String unit,
    int offset,
    @Nullable String doc) {

  /** The names of an enum's members, in order; empty for anything else. */
  public List<String> members() {
    return type.enumeration() == null ? List.of() : type.enumeration().members();
  }

  /** How many numbers it is. */
  public int size() {
    return type.size();
  }
}
