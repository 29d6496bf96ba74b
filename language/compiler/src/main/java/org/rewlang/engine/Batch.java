package org.rewlang.engine;

import java.util.Arrays;

/**
 * The memory of a block of lanes, owned by the caller: one thread at a time. Place {@code i} of
 * what {@link Layout} describes, of lane {@code l}, is at {@code [i][l]}: a column for each place,
 * so that engines compute one operation of many lanes at once.
 */
public final class Batch {

  /** How many lanes there are. */
  public final int width;

  /** Inputs of the step about to run. */
  public final double[][] inputs;

  /** Which inputs a reset observation supplies, by port. */
  public final boolean[][] present;

  /** Parameters, shared by the lanes. */
  public final double[] params;

  /** State, written only where a step succeeds. */
  public final double[][] state;

  /** Outputs of the last step that succeeded. */
  public final double[][] outputs;

  /** By lane, what its last step came to: {@link Evaluator#OK} or the check that failed. */
  public final int[] failed;

  private final double[] initial;

  public Batch(Layout layout, int width, double[] params) {
    this.width = width;
    this.params = params;
    inputs = new double[layout.inputSize()][width];
    present = new boolean[layout.program().inputs().size()][width];
    for (boolean[] port : present) {
      Arrays.fill(port, true);
    }
    state = new double[layout.stateSize()][width];
    outputs = new double[layout.outputSize()][width];
    failed = new int[width];
    initial = new double[layout.stateSize()];
    layout.reset(initial);
    for (int lane = 0; lane < width; lane++) {
      reset(lane);
    }
  }

  /** Puts the state of one lane to what {@link Layout#reset} says. */
  public void reset(int lane) {
    setState(lane, initial);
  }

  public void setState(int lane, double[] from) {
    scatter(from, 0, state, lane);
  }

  public void getState(int lane, double[] into) {
    gather(state, lane, into, 0);
  }

  /**
   * Sets the inputs of {@code lanes} lanes from {@code lane} on, which lie one after the other from
   * {@code at} on. Four lanes at a time: what they write lies side by side.
   */
  public void setInputs(int lane, double[] from, int at, int lanes) {
    int size = inputs.length;
    int k = 0;
    for (; k + 3 < lanes; k += 4) {
      int to = lane + k;
      int a = at + k * size;
      int b = a + size;
      int c = b + size;
      int d = c + size;
      for (int i = 0; i < size; i++) {
        double[] column = inputs[i];
        column[to] = from[a + i];
        column[to + 1] = from[b + i];
        column[to + 2] = from[c + i];
        column[to + 3] = from[d + i];
      }
    }
    for (; k < lanes; k++) {
      scatter(from, at + k * size, inputs, lane + k);
    }
  }

  public void getInputs(int lane, double[] into) {
    gather(inputs, lane, into, 0);
  }

  /** The outputs of {@code lanes} lanes from {@code lane} on, one lane's after the other's. */
  public void getOutputs(int lane, double[] into, int at, int lanes) {
    for (int k = 0; k < lanes; k++) {
      gather(outputs, lane + k, into, at + k * outputs.length);
    }
  }

  /** Copies a lane as it is before the step about to run, or after one that failed. */
  public void get(int lane, Frame into) {
    gather(inputs, lane, into.inputs, 0);
    gather(state, lane, into.state, 0);
    gather(outputs, lane, into.outputs, 0);
    for (int port = 0; port < present.length; port++) {
      into.present[port] = present[port][lane];
    }
  }

  /** Gives a lane the state and the outputs of a frame. */
  public void restore(int lane, Frame frame) {
    scatter(frame.state, 0, state, lane);
    scatter(frame.outputs, 0, outputs, lane);
  }

  private static void scatter(double[] from, int at, double[][] columns, int lane) {
    for (int i = 0; i < columns.length; i++) {
      columns[i][lane] = from[at + i];
    }
  }

  private static void gather(double[][] columns, int lane, double[] into, int at) {
    for (int i = 0; i < columns.length; i++) {
      into[at + i] = columns[i][lane];
    }
  }
}
