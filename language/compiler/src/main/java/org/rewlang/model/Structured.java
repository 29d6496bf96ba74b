package org.rewlang.model;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;

/**
 * A declared input or parameter that may be more than one array.
 *
 * @param host the name that the host and data know it by
 * @param type as it is written
 * @param form of what one agent has, where each has one: its arrays have an axis of agents in front
 */
public record Structured<A extends Supplied>(
    String name,
    String host,
    String type,
    Form<A> form,
    Scope scope,
    @Nullable String doc,
    Location at) {

  /** Whether each agent has one. */
  public boolean perAgent() {
    return scope == Scope.AGENT;
  }
}
