package org.rewlang.model;

import org.rewlang.core.Output;

/**
 * A result for the host.
 *
 * @param name as declared; empty for a nameless outcome and for the total
 * @param perAgent whether each agent has one: its first dimension is the agents', undefined for
 *     those that are not there
 * @param unit as written, or empty: the numbers of {@code value} are in it
 * @param strict whether an undefined value fails the step (components, total, outcomes), or is null
 *     (metrics, costs)
 */
public record Result(
    Output.Role role,
    String name,
    Definition definition,
    Term value,
    boolean perAgent,
    String unit,
    boolean strict) {

  /** One of the step. */
  public Result(
      Output.Role role,
      String name,
      Definition definition,
      Term value,
      String unit,
      boolean strict) {
    this(role, name, definition, value, false, unit, strict);
  }
}
