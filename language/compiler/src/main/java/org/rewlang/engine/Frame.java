package org.rewlang.engine;

import java.util.Arrays;

/**
 * The memory of one lane, owned by the caller: one thread at a time. Laid out as {@link Layout}
 * says.
 */
public final class Frame {

  /** Inputs of the step about to run. */
  public final double[] inputs;

  /** Which inputs a reset observation supplies, by port. */
  public final boolean[] present;

  /** Parameters; may be shared by lanes. */
  public final double[] params;

  /** State, written only by a step that succeeds. */
  public final double[] state;

  /** Outputs of the last step that succeeded. */
  public final double[] outputs;

  /** The engine's own, of the size it asked for; meaningless between calls. */
  public final double[] scratch;

  /** This frame as an array of arguments, so that an engine that is called with one makes none. */
  public final Object[] self = {this};

  public Frame(Layout layout, int scratch, double[] params) {
    this.inputs = new double[layout.inputSize()];
    this.present = new boolean[layout.program().inputs().size()];
    Arrays.fill(present, true);
    this.params = params;
    this.state = new double[layout.stateSize()];
    this.outputs = new double[layout.outputSize()];
    this.scratch = new double[scratch];
    layout.reset(state);
  }
}
