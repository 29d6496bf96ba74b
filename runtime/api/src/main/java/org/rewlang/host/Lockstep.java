package org.rewlang.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.RewardEvaluationException;
import org.rewlang.engine.BatchEvaluator;

/**
 * Lanes of one program that step together, each an episode of its own or, where a program keeps no
 * state, a row. For one thread. A lane that is refused, or that fails, keeps its state and its
 * results; the others step.
 */
public sealed interface Lockstep permits FrameLanes, BlockLanes {

  /**
   * Lanes of a program.
   *
   * @param batches null for an engine that runs one step at a time
   */
  static Lockstep of(
      Stepper stepper, @Nullable BatchEvaluator batches, int count, double[] params) {
    return batches == null
        ? new FrameLanes(stepper, count, params)
        : new BlockLanes(stepper, batches, count, params);
  }

  /** How many lanes there are. */
  int count();

  /**
   * Sets the inputs of {@code count} lanes from {@code lane} on for the step to come, one lane's
   * after the other's from {@code from[at]} on.
   */
  void inputs(int lane, double[] from, int at, int count);

  /**
   * Runs a step in the first {@code lanes} lanes.
   *
   * @param live whether the program's own outcomes end episodes too
   * @return whether it was done in all of them
   */
  boolean step(int lanes, boolean live);

  /** Why the last step was not done in a lane; null if it was. */
  @Nullable RewardEvaluationException failure(int lane);

  /** The outputs, as ports, that had no value in the step that just failed in a lane. */
  List<Integer> undefined(int lane);

  /** Starts an episode in a lane, without an observation. */
  void reset(int lane);

  /**
   * Starts an episode in a lane, from an observation.
   *
   * @param present which inputs it has, by port
   * @throws RewardEvaluationException if it is refused; the lane stays as it was
   */
  void observe(int lane, double[] observation, boolean[] present);

  /** One number of a lane's results. */
  double output(int lane, int place);

  /** The same of every lane. */
  void output(int place, double[] into);

  /** All results of {@code count} lanes from {@code lane} on, one lane's after the other's. */
  void outputs(int lane, double[] into, int at, int count);

  /** A lane's state, of the layout's size. */
  void getState(int lane, double[] into);

  void setState(int lane, double[] from);
}
