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
 * @param perAgent whether each agent has one: its first dimension is the agents'
 * @param implicit a builtin that the program reads ({@code terminated}, {@code progress}), not
 *     declared
 */
public record InputVar(
    String name,
    String host,
    Type type,
    String unit,
    Interval range,
    boolean perAgent,
    boolean implicit,
    @Nullable String doc,
    Location at) {

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
    this(name, host, type, unit, range, false, implicit, doc, at);
  }

  /** Whether it says which agents are there. */
  public boolean isPresence() {
    return perAgent && implicit;
  }

  /** The allowed number nearest to 0: it stands at places that hold no element. */
  public double idle() {
    if (!type.isNumber()) {
      return 0;
    }
    double low = type.base() == Base.INT ? Math.ceil(range.low()) : range.low();
    double high = type.base() == Base.INT ? Math.floor(range.high()) : range.high();
    return Math.min(Math.max(0, low), high);
  }

  /** By its name, which no other input of a program has. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
