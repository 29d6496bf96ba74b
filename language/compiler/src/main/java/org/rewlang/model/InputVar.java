package org.rewlang.model;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;

/**
 * An input as the host sees it.
 *
 * @param host the name that the host and data know it by; {@code name} unless {@code from} says
 *     else
 * @param type its shape, and the dimension of its unit
 * @param unit the declared unit as written, or empty: the host's numbers are in it
 * @param range the declared range, in the declared unit: data outside it is bad
 * @param scope how often it may change; where each agent has one, its first dimension is the
 *     agents'
 * @param implicit a builtin that the program reads ({@code terminated}, {@code progress}), not
 *     declared
 */
public record InputVar(
    String name,
    String host,
    Type type,
    String unit,
    Interval range,
    Scope scope,
    boolean implicit,
    @Nullable String doc,
    Location at)
    implements Supplied {

  /** One of the step. */
  public InputVar(
      String name,
      String host,
      Type type,
      String unit,
      Interval range,
      boolean implicit,
      @Nullable String doc,
      Location at) {
    this(name, host, type, unit, range, Scope.STEP, implicit, doc, at);
  }

  /** The same, of which more is known. */
  public InputVar narrowed(Interval narrower, Scope rarer) {
    return new InputVar(name, host, type, unit, narrower, rarer, implicit, doc, at);
  }

  /** Whether each agent has one. */
  public boolean perAgent() {
    return scope == Scope.AGENT;
  }

  /** Whether it says which agents are there. */
  public boolean isPresence() {
    return perAgent() && implicit;
  }

  /** By its name, which no other input of a program has. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
