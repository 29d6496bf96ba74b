package org.rewlang.analysis;

import org.rewlang.model.Interval;

/**
 * What is known of every element of a term, in every step of every episode whose inputs and
 * parameters lie in their ranges. May allow more than can happen, never less.
 */
public sealed interface Fact permits Fact.Number, Fact.Truth {

  /** Whether an element may be undefined: a number not finite, a bool unknown. */
  boolean mayBeUndefined();

  /** What may be either. */
  static Fact join(Fact a, Fact b) {
    return a instanceof Number x && b instanceof Number y ? x.join(y) : ((Truth) a).join((Truth) b);
  }

  /** What is known from both. */
  static Fact meet(Fact a, Fact b) {
    return a instanceof Number x && b instanceof Number y ? x.meet(y) : ((Truth) a).meet((Truth) b);
  }

  /** State is checked before a step commits it. */
  static Fact stored(Fact fact) {
    return switch (fact) {
      case Number n -> n.finite();
      case Truth t -> t.known();
    };
  }

  static Fact orUndefined(Fact fact, boolean may) {
    return switch (fact) {
      case Number n -> n.orNan(may);
      case Truth t -> t.join(may ? Truth.UNKNOWN : Truth.NONE);
    };
  }

  /**
   * Of a number, or an enum's index.
   *
   * @param low of the finite values; above {@code high} if there are none
   * @param nan whether it may be NaN
   * @param below whether it may be minus infinity
   * @param above whether it may be plus infinity
   * @param nonZero whether it is known not to be 0
   */
  record Number(double low, double high, boolean nan, boolean below, boolean above, boolean nonZero)
      implements Fact {

    static final double MAX = Double.MAX_VALUE;

    /** The largest int: {@code 2^53} itself is what {@code 2^53 + 1} would be rounded to. */
    static final double MAX_INT = 0x1p53 - 1;

    static final Number NONE =
        new Number(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, false, false, false, false);
    static final Number FINITE = between(-MAX, MAX);
    static final Number UNDEFINED = NONE.orNan(true);

    /** Whatever a double can be. */
    static final Number ANY = new Number(-MAX, MAX, true, true, true, false);

    static Number between(double low, double high) {
      return new Number(low, high, false, false, false, false);
    }

    /** Exactly {@code value}. */
    static Number of(double value) {
      Hull hull = new Hull();
      hull.point(value);
      return hull.build();
    }

    /** The finite numbers of a declared range. */
    static Number in(Interval range, boolean isInt) {
      double limit = isInt ? MAX_INT : MAX;
      return between(Math.max(range.low(), -limit), Math.min(range.high(), limit));
    }

    boolean hasFinite() {
      return low <= high;
    }

    boolean isNothing() {
      return !hasFinite() && !nan && !below && !above;
    }

    @Override
    public boolean mayBeUndefined() {
      return nan || below || above;
    }

    /** Whether it may be exactly this finite number. */
    public boolean mayBe(double value) {
      return low <= value && value <= high && !(value == 0 && nonZero);
    }

    /** The least value, infinity counted. */
    double least() {
      return below ? Double.NEGATIVE_INFINITY : low;
    }

    /** The greatest value, infinity counted. */
    double greatest() {
      return above ? Double.POSITIVE_INFINITY : high;
    }

    Number orNan(boolean may) {
      return new Number(low, high, nan || may, below, above, nonZero);
    }

    /** Its finite values only. */
    Number finite() {
      return new Number(low, high, false, false, false, nonZero);
    }

    Number join(Number o) {
      return new Number(
          Math.min(low, o.low),
          Math.max(high, o.high),
          nan || o.nan,
          below || o.below,
          above || o.above,
          (nonZero || !mayBe(0)) && (o.nonZero || !o.mayBe(0)));
    }

    Number meet(Number o) {
      double newLow = Math.max(low, o.low);
      double newHigh = Math.min(high, o.high);
      boolean empty = !(newLow <= newHigh);
      return new Number(
          empty ? NONE.low : newLow,
          empty ? NONE.high : newHigh,
          nan && o.nan,
          below && o.below,
          above && o.above,
          nonZero || o.nonZero);
    }

    /** An int beyond 2^53 is undefined. */
    Number asInt() {
      boolean beyond = below || above || low < -MAX_INT || high > MAX_INT;
      return beyond ? meet(between(-MAX_INT, MAX_INT)).orNan(true) : this;
    }

    /** As people read it: unbounded ends are infinite; all numbers if none is finite. */
    public Interval interval() {
      return hasFinite()
          ? new Interval(
              low <= -MAX ? Double.NEGATIVE_INFINITY : low,
              high >= MAX ? Double.POSITIVE_INFINITY : high)
          : Interval.ALL;
    }
  }

  /** Of a bool. */
  record Truth(boolean mayBeTrue, boolean mayBeFalse, boolean mayBeUnknown) implements Fact {
    static final Truth NONE = new Truth(false, false, false);
    static final Truth KNOWN = new Truth(true, true, false);
    static final Truth TRUE = new Truth(true, false, false);
    static final Truth FALSE = new Truth(false, true, false);
    static final Truth UNKNOWN = new Truth(false, false, true);

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    @Override
    public boolean mayBeUndefined() {
      return mayBeUnknown;
    }

    public boolean isAlwaysTrue() {
      return mayBeTrue && !mayBeFalse && !mayBeUnknown;
    }

    public boolean isAlwaysFalse() {
      return mayBeFalse && !mayBeTrue && !mayBeUnknown;
    }

    Truth join(Truth o) {
      return new Truth(
          mayBeTrue || o.mayBeTrue, mayBeFalse || o.mayBeFalse, mayBeUnknown || o.mayBeUnknown);
    }

    Truth meet(Truth o) {
      return new Truth(
          mayBeTrue && o.mayBeTrue, mayBeFalse && o.mayBeFalse, mayBeUnknown && o.mayBeUnknown);
    }

    Truth known() {
      return new Truth(mayBeTrue, mayBeFalse, false);
    }

    Truth not() {
      return new Truth(mayBeFalse, mayBeTrue, mayBeUnknown);
    }

    /** Kleene's: false where either is, unknown where that is open. */
    Truth and(Truth o) {
      return new Truth(
          mayBeTrue && o.mayBeTrue,
          (mayBeFalse && !o.isNothing()) || (o.mayBeFalse && !isNothing()),
          (mayBeUnknown && (o.mayBeUnknown || o.mayBeTrue)) || (o.mayBeUnknown && mayBeTrue));
    }

    Truth or(Truth o) {
      return not().and(o.not()).not();
    }

    boolean isNothing() {
      return !mayBeTrue && !mayBeFalse && !mayBeUnknown;
    }
  }
}
