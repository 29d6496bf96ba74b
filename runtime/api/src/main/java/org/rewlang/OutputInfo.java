package org.rewlang;

import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.core.Type;

/**
 * A result of a program.
 *
 * @param role what the host is to do with it
 * @param name as declared; empty for the total and a nameless outcome
 * @param column its name in tables: unique among the results of a program
 * @param unit as written, or empty
 * @param offset of its first number among all outputs
 */
public record OutputInfo(
    Output.Role role,
    String name,
    String column,
    Type type,
    String unit,
    int offset,
    @Nullable String doc) {

  /** How many numbers it is. */
  public int size() {
    return type.size();
  }
}
