package org.rewlang.automata;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one construction may use. Temporal logic can need doubly exponentially many states, so every
 * construction has limits, and its answer says which one it hit.
 *
 * @param states of one automaton
 * @param nodes of decision diagrams, all together
 */
public record Limits(int states, int nodes, Duration time) {

  public static final Limits USUAL = new Limits(10_000, 2_000_000, Duration.ofMillis(1_500));

  /** What can run out. */
  public enum Limit {
    STATES,
    NODES,
    TIME,
    /** Positions in the windows of a formula, allowed as many as states. */
    WINDOWS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What became of a construction. */
  public sealed interface Outcome<T> {

    /** The result, or null if a limit was hit. */
    default @Nullable T orNull() {
      return this instanceof Made<T>(T value) ? value : null;
    }

    /** What is made of the result, if there is one. */
    default <S> Outcome<S> then(Function<T, S> next) {
      return switch (this) {
        case Made<T>(T value) -> new Made<>(next.apply(value));
        case Refused<T>(Limit limit, long bound) -> new Refused<>(limit, bound);
      };
    }
  }

  public record Made<T>(T value) implements Outcome<T> {}

  /**
   * Nothing was made.
   *
   * @param bound how many states, nodes, milliseconds or positions were allowed
   */
  public record Refused<T>(Limit limit, long bound) implements Outcome<T> {

    /** What it would have needed more of, for people. */
    public String bounds() {
      return switch (limit) {
        case STATES -> bound + " states";
        case NODES -> bound + " nodes";
        case TIME -> bound + " milliseconds";
        case WINDOWS -> bound + " steps in windows";
      };
    }
  }

  /** The tighter of each. */
  Limits within(Limits other) {
    return new Limits(
        Math.min(states, other.states),
        Math.min(nodes, other.nodes),
        time.compareTo(other.time) < 0 ? time : other.time);
  }

  /** Does the work, counting on a new meter. */
  public <T> Outcome<T> attempt(Function<Meter, T> work) {
    Meter meter = new Meter(this);
    return attempt(meter, () -> work.apply(meter));
  }

  /** Does work that counts on the meter. */
  <T> Outcome<T> attempt(Meter meter, Supplier<T> work) {
    try {
      meter.start();
      return new Made<>(work.get());
    } catch (Meter.Exceeded e) {
      return new Refused<>(
          e.limit,
          switch (e.limit) {
            case STATES, WINDOWS -> states;
            case NODES -> nodes;
            case TIME -> time.toMillis();
          });
    }
  }
}
