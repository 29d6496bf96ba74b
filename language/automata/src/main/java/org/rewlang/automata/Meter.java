package org.rewlang.automata;

import java.time.Duration;
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

  /** A meter for an attempt whose nodes are given up if it fails; time goes on. */
  Meter part(int states, int most) {
    Limits less =
        new Limits(Math.min(states, limits.states()), Math.min(most, nodesLeft()), limits.time());
    Meter part = new Meter(less);
    part.deadline = deadline;
    return part;
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
