package org.rewlang.engine;

/**
 * A core program made ready to run. Immutable; any number of threads may run it, each on frames of
 * its own.
 */
public interface Evaluator {

  /** What a step returns when every check held. */
  int OK = -1;

  Layout layout();

  /** How much scratch memory a frame needs. */
  int scratchSize();

  /**
   * Runs one step: reads inputs, parameters and state, then writes outputs and state.
   *
   * @return {@link #OK}, or the index in the step's sinks of the first check that failed, in which
   *     case state is as it was and outputs are as they were
   */
  int step(Frame frame);

  /**
   * Starts an episode with a reset observation in {@code frame.inputs}, {@code frame.present}
   * saying which inputs it has; what stands in the others is not read. State is reset as {@link
   * Layout#reset} does and then changed by the reset's sinks. (Without an observation, {@link
   * Layout#reset} is all there is to do.) A step does not look at {@code frame.present}.
   *
   * @return as {@link #step}, of the reset's sinks; after a failure state is as it was, not reset
   */
  int observe(Frame frame);

  /** A frame that runs this program. */
  default Frame newFrame(double[] params) {
    return new Frame(layout(), scratchSize(), params);
  }
}
