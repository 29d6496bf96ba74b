package org.rewlang.model;

import org.rewlang.source.Location;

/** An array of numbers that comes from outside: an input's or a parameter's. */
public sealed interface Supplied permits InputVar, ParamVar {

  String name();

  Type type();

  /** The unit that its numbers are in, as written, or empty. */
  String unit();

  /** What its numbers may be, in that unit. */
  Interval range();

  Location at();

  /** The allowed number nearest to 0: it stands at places that hold no element. */
  default double idle() {
    if (!type().isNumber()) {
      return 0;
    }
    boolean whole = type().base() == Base.INT;
    double low = whole ? Math.ceil(range().low()) : range().low();
    double high = whole ? Math.floor(range().high()) : range().high();
    return Math.min(Math.max(0, low), high);
  }
}
