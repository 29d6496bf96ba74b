package org.rewlang;

import java.util.Arrays;

/**
 * The state of an episode at one moment: immutable, and independent of the engine. Equal snapshots
 * go on in the same way.
 */
public final class Snapshot {

  private final String program;
  private final double[] state;
  private final long steps;

  Snapshot(String program, double[] state, long steps) {
    this.program = program;
    this.state = state;
    this.steps = steps;
  }

  String program() {
    return program;
  }

  double[] state() {
    return state;
  }

  /** How many steps of the episode are done. */
  public long steps() {
    return steps;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Snapshot s
        && s.program.equals(program)
        && s.steps == steps
        && Arrays.equals(s.state, state);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(state) + Long.hashCode(steps);
  }
}
