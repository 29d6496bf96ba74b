package org.rewlang.engine;

import java.util.List;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.SlotInfo;

/**
 * Where everything lies in a {@link Frame}'s flat arrays: ports, slots and outputs in the order
 * declared, arrays row-major, booleans as 0 and 1.
 *
 * <p>State holds the slots, then each history: its values as a ring, the ring's next place, and how
 * many values it holds. {@link #canonical} turns rings to the order that snapshots have, oldest to
 * newest from place 0; the result is itself a state that can be run from.
 */
public final class Layout {

  private final CoreProgram program;
  private final int[] inputs;
  private final int[] params;
  private final int[] outputs;
  private final int[] slots;
  private final int[] histories;

  public Layout(CoreProgram program) {
    this.program = program;
    inputs = offsets(program.inputs().stream().map(p -> p.type().size()).toList(), 0);
    params = offsets(program.params().stream().map(p -> p.type().size()).toList(), 0);
    outputs = offsets(program.outputs().stream().map(o -> o.type().size()).toList(), 0);
    slots = offsets(program.slots().stream().map(s -> s.type().size()).toList(), 0);
    histories =
        offsets(
            program.histories().stream().map(h -> h.length() * h.type().size() + 2).toList(),
            slots[slots.length - 1]);
  }

  private static int[] offsets(List<Integer> sizes, int first) {
    int[] offsets = new int[sizes.size() + 1];
    offsets[0] = first;
    for (int i = 0; i < sizes.size(); i++) {
      offsets[i + 1] = Math.addExact(offsets[i], sizes.get(i));
    }
    return offsets;
  }

  public CoreProgram program() {
    return program;
  }

  public int input(int port) {
    return inputs[port];
  }

  public int param(int port) {
    return params[port];
  }

  public int output(int port) {
    return outputs[port];
  }

  public int slot(int slot) {
    return slots[slot];
  }

  /** Where the ring of a history begins. */
  public int history(int history) {
    return histories[history];
  }

  /** The place that holds the index of the ring's next element to be written. */
  public int historyHead(int history) {
    return histories[history + 1] - 2;
  }

  /** The place that holds how many values a history has. */
  public int historyCount(int history) {
    return histories[history + 1] - 1;
  }

  public int inputSize() {
    return inputs[inputs.length - 1];
  }

  public int paramSize() {
    return params[params.length - 1];
  }

  public int outputSize() {
    return outputs[outputs.length - 1];
  }

  public int stateSize() {
    return histories[histories.length - 1];
  }

  /** The parameters' default values. */
  public double[] defaultParams() {
    double[] values = new double[paramSize()];
    for (int p = 0; p < program.params().size(); p++) {
      List<Double> initial = program.params().get(p).initial();
      for (int i = 0; i < initial.size(); i++) {
        values[params[p] + i] = initial.get(i);
      }
    }
    return values;
  }

  /** Puts every slot to its initial value and empties every history. */
  public void reset(double[] state) {
    for (int s = 0; s < program.slots().size(); s++) {
      SlotInfo slot = program.slots().get(s);
      for (int i = 0; i < slot.type().size(); i++) {
        state[slots[s] + i] = slot.initial(i);
      }
    }
    for (int i = histories[0]; i < stateSize(); i++) {
      state[i] = 0;
    }
  }

  /** A copy of {@code state} that depends only on what it means, not on how rings are turned. */
  public double[] canonical(double[] state) {
    double[] copy = state.clone();
    for (int h = 0; h < program.histories().size(); h++) {
      HistoryInfo history = program.histories().get(h);
      int size = history.type().size();
      int count = (int) state[historyCount(h)];
      int head = (int) state[historyHead(h)];
      for (int k = 0; k < history.length(); k++) {
        int from = Math.floorMod(head - count + k, history.length());
        for (int i = 0; i < size; i++) {
          copy[histories[h] + k * size + i] = k < count ? state[histories[h] + from * size + i] : 0;
        }
      }
      copy[historyHead(h)] = count % history.length();
    }
    return copy;
  }
}
