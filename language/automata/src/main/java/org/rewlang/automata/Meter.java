package org.rewlang.automata;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Limits.Limit;

/** Counts what one construction uses; {@link Limits#attempt} makes one and ends at its limits. */
public final class Meter {

  private final Limits limits;
  private long deadline;
  private int nodes;

  Meter(Limits limits) {
    this.limits = limits;
    start();
  }

  static Meter unlimited() {
    return new Meter(
        new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofNanos(Long.MAX_VALUE / 2)));
  }

  /** Time counts from now on. */
  void start() {
    deadline = System.nanoTime() + limits.time().toNanos();
  }

  /**
   * Makes something with fewer nodes, if it can be made so: then they count here, too. Else they
   * are given up, and the answer is null, unless no other way could do better. Time goes on.
   */
  <T> @Nullable T part(int most, Function<Meter, T> way) {
    Meter part = new Meter(new Limits(limits.states(), Math.min(most, nodesLeft()), limits.time()));
    part.deadline = deadline;
    try {
      T made = way.apply(part);
      nodes += part.nodes;
      return made;
    } catch (Exceeded e) {
      if (e.limit == Limit.TIME || e.limit == Limit.WINDOWS) {
        throw e;
      }
      return null;
    }
  }

  int nodesLeft() {
    return limits.nodes() - nodes;
  }

  Limits limits() {
    return limits;
  }

  /** One more node. */
  void node() {
    if (++nodes > limits.nodes()) {
      throw new Exceeded(Limit.NODES);
    }
    if ((nodes & 0xFFF) == 0) {
      tick();
    }
  }

  /** An automaton has this many states now. */
  void states(int made) {
    if (made > limits.states()) {
      throw new Exceeded(Limit.STATES);
    }
    tick();
  }

  void tick() {
    if (System.nanoTime() - deadline > 0) {
      throw new Exceeded(Limit.TIME);
    }
  }

  /** Unwinds a recursion that is many operations deep; never leaves {@link Limits#attempt}. */
  static final class Exceeded extends RuntimeException {

    private static final long serialVersionUID = 1;

    final transient Limit limit;

    Exceeded(Limit limit) {
      super(null, null, false, false);
      this.limit = limit;
    }
  }
}
