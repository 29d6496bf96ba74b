package org.rewlang.host;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Layout;
import org.rewlang.model.Machine;

/**
 * The states of some machines together, numbered from 0: what each machine keeps are digits, the
 * first machine's state counting least. Counters and how long a state was held are digits, too.
 */
public final class ProductSpace {

  /** Beyond this nobody learns from a table. */
  private static final long LARGEST = 1 << 20;

  /**
   * One number of the state.
   *
   * @param at where it lies in a flat state
   * @param low its least value
   * @param count how many values it has
   * @param machine whose state it is; -1 of a counter, or of how long a state was held
   */
  private record Digit(int at, int low, int count, int machine) {}

  private final List<Machine> machines;
  private final List<Digit> digits = new ArrayList<>();
  private final Layout layout;
  private final int size;

  /**
   * @throws IllegalArgumentException if a machine's state can't be set, or there are too many
   */
  public ProductSpace(List<Machine> machines, Layout layout) {
    this.machines = List.copyOf(machines);
    this.layout = layout;
    for (int m = 0; m < machines.size(); m++) {
      add(m, machines.get(m));
    }
    long all = 1;
    for (Digit digit : digits) {
      all = Math.min(all * digit.count, LARGEST + 1);
    }
    if (all > LARGEST) {
      throw new IllegalArgumentException(
          "the machines have more than " + LARGEST + " states together");
    }
    size = (int) all;
  }

  private void add(int number, Machine machine) {
    if (!digits(machine.state().name(), 0, machine.states().members().size(), number)) {
      throw new IllegalArgumentException(
          "the machine `"
              + machine.name()
              + "` keeps no state of its own: nothing reads it, or another machine does the same");
    }
    int held = machine.edges().stream().mapToInt(Machine.Edge::after).max().orElse(0);
    digits(machine.name() + ".held", 0, held + 1, -1);
    for (Machine.Counter counter : machine.counters()) {
      int count = counter.high() - counter.low() + 1;
      digits(machine.name() + "." + counter.name(), counter.low(), count, -1);
    }
  }

  /** Adds what a slot holds, if there is one: a digit for each element. */
  private boolean digits(String name, int low, int count, int machine) {
    CoreProgram program = layout.program();
    int[] found =
        IntStream.range(0, program.slots().size())
            .filter(s -> program.slots().get(s).name().equals(name + "'"))
            .toArray();
    if (found.length > 1) {
      throw new IllegalArgumentException("several machines are called `" + name + "`");
    }
    for (int slot : found) {
      for (int i = 0; i < program.slots().get(slot).type().size(); i++) {
        digits.add(new Digit(layout.slot(slot) + i, low, count, machine));
      }
    }
    return found.length == 1;
  }

  public int size() {
    return size;
  }

  /** The number of what a flat state holds. */
  public int number(double[] state) {
    int number = 0;
    for (int d = digits.size() - 1; d >= 0; d--) {
      Digit digit = digits.get(d);
      number = number * digit.count + ((int) state[digit.at] - digit.low);
    }
    return number;
  }

  /** Writes a number's digits into a flat state. */
  public void write(int number, double[] state) {
    int rest = number;
    for (Digit digit : digits) {
      state[digit.at] = rest % digit.count + digit.low;
      rest /= digit.count;
    }
  }

  /** Whether each machine is in a final state. */
  public boolean isOver(int number) {
    int rest = number;
    for (Digit digit : digits) {
      if (digit.machine >= 0 && !machines.get(digit.machine).over().get(rest % digit.count)) {
        return false;
      }
      rest /= digit.count;
    }
    return true;
  }
}
