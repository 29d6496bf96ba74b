package org.rewlang.automata;

import java.time.Duration;
import java.util.function.Function;

/**
 * Time that several constructions share, so that a program of many hard formulas takes hardly
 * longer than one of them. Each gets a little at least: small ones are made after large ones, too.
 */
public final class Allowance {

  private static final Duration LEAST = Duration.ofMillis(20);

  private final Limits limits;
  private Duration left;

  public Allowance(Limits limits) {
    this.limits = limits;
    left = limits.time();
  }

  /** Does one construction within what is left; a refusal names the time that all share. */
  public <T> Limits.Outcome<T> spend(Function<Limits, Limits.Outcome<T>> construction) {
    Duration time = left.compareTo(LEAST) < 0 ? LEAST : left;
    long start = System.nanoTime();
    try {
      Limits.Outcome<T> made =
          construction.apply(new Limits(limits.states(), limits.nodes(), time));
      return made instanceof Limits.Refused<T>(Limits.Limit limit, long bound)
              && limit == Limits.Limit.TIME
          ? new Limits.Refused<>(limit, limits.time().toMillis())
          : made;
    } finally {
      left = left.minusNanos(System.nanoTime() - start);
    }
  }
}
