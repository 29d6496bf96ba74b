package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.RewardMachine.Outcome;
import org.rewlang.automata.RewardMachine.Pay;

/**
 * What a machine is worth to someone who chooses every letter: the best discounted sum from each
 * state on, 0 where it is over. Found by policy iteration, each policy evaluated along its way to
 * the loop that it ends in, so that no number is the limit of a sequence.
 */
public final class Values {

  /** By less than this share of its size a value is no better than another. */
  private static final double TIE = 1e-12;

  private static final int MOST_ROUNDS = 10_000;

  private final RewardMachine machine;
  private final double discount;
  private final double[] pays;
  private final Meter meter;
  private final List<List<Outcome>> steps = new ArrayList<>();
  private final double[] values;
  private final @Nullable Outcome[] best;

  private Values(RewardMachine machine, double discount, ToDoubleFunction<Pay> worth, Meter meter) {
    this.machine = machine;
    this.discount = discount;
    pays = machine.worth(worth);
    this.meter = meter;
    values = new double[machine.size()];
    best = new Outcome[machine.size()];
    for (int s = 0; s < machine.size(); s++) {
      steps.add(machine.leaving(s).stream().mapToObj(machine::outcome).toList());
    }
  }

  /**
   * @param discount at least 0 and below 1
   * @param worth of what is paid
   * @param meter ends it
   */
  public static Values of(
      RewardMachine machine, double discount, ToDoubleFunction<Pay> worth, Meter meter) {
    if (!(discount >= 0 && discount < 1)) {
      throw new IllegalArgumentException("a discount is at least 0 and below 1");
    }
    Values values = new Values(machine, discount, worth, meter);
    values.iterate();
    return values;
  }

  /**
   * The best sum, without a discount, of a way that ends the machine; 0 where none does. No loop
   * may pay.
   */
  public static Values ending(RewardMachine machine, ToDoubleFunction<Pay> worth, Meter meter) {
    Values values = new Values(machine, 1, worth, meter);
    Arrays.fill(values.values, Double.NEGATIVE_INFINITY);
    machine.over().stream().forEach(s -> values.values[s] = 0);
    boolean changed = true;
    for (int round = 0; changed && round <= machine.size(); round++) {
      changed = false;
      meter.tick();
      for (int s = 0; s < machine.size(); s++) {
        for (Outcome step : machine.isOver(s) ? List.<Outcome>of() : values.steps.get(s)) {
          double value = values.pay(step) + values.values[step.to()];
          if (value > values.values[s]) {
            values.values[s] = value;
            values.best[s] = step;
            changed = true;
          }
        }
      }
    }
    for (int s = 0; s < machine.size(); s++) {
      if (Double.isInfinite(values.values[s])) {
        values.values[s] = 0;
      }
    }
    return values;
  }

  /** The value of a state. */
  public double of(int state) {
    return values[state];
  }

  /** The best step from a state, one that ends the machine sooner where several are; or null. */
  public @Nullable Outcome best(int state) {
    return machine.isOver(state) ? null : best[state];
  }

  /** Whether the best way from a state ends. */
  public boolean ends(int state) {
    BitSet seen = new BitSet();
    int at = state;
    while (!machine.isOver(at)) {
      Outcome step = best[at];
      if (step == null || seen.get(at)) {
        return false;
      }
      seen.set(at);
      at = step.to();
    }
    return true;
  }

  private void iterate() {
    begin();
    for (int round = 0; round < MOST_ROUNDS; round++) {
      evaluate();
      if (!improve()) {
        return;
      }
    }
  }

  /** The way that ends soonest, and any other where none ends. */
  private void begin() {
    List<List<Integer>> before = new ArrayList<>();
    steps.forEach(_ -> before.add(new ArrayList<>()));
    ArrayDeque<Integer> open = new ArrayDeque<>();
    BitSet found = machine.over();
    found.stream().forEach(open::add);
    for (int s = 0; s < steps.size(); s++) {
      for (Outcome step : steps.get(s)) {
        before.get(step.to()).add(s);
      }
      best[s] = steps.get(s).isEmpty() ? null : steps.get(s).getFirst();
    }
    while (!open.isEmpty()) {
      int to = open.remove();
      for (int s : before.get(to)) {
        if (!found.get(s)) {
          found.set(s);
          open.add(s);
          best[s] =
              steps.get(s).stream()
                  .filter(o -> o.to() == to)
                  .max((a, b) -> Double.compare(pay(a), pay(b)))
                  .orElseThrow();
        }
      }
    }
  }

  private double pay(Outcome step) {
    return pays[step.pays()];
  }

  private void evaluate() {
    int[] mark = new int[values.length];
    for (int s = 0; s < values.length; s++) {
      meter.tick();
      List<Integer> path = new ArrayList<>();
      int at = s;
      while (mark[at] == 0 && !machine.isOver(at) && best[at] != null) {
        mark[at] = s + 1;
        path.add(at);
        at = step(at).to();
      }
      int loop = mark[at] == s + 1 ? path.indexOf(at) : -1;
      if (loop >= 0) {
        double once = 0;
        List<Integer> round = path.subList(loop, path.size());
        for (int p : round.reversed()) {
          once = pay(step(p)) + discount * once;
        }
        values[at] = once / (1 - Math.pow(discount, round.size()));
      }
      for (int i = path.size() - 1; i >= 0; i--) {
        if (i != loop) {
          Outcome step = step(path.get(i));
          values[path.get(i)] = pay(step) + discount * values[step.to()];
        }
      }
    }
  }

  private Outcome step(int state) {
    Outcome step = best[state];
    if (step == null) {
      throw new IllegalStateException("no step leaves " + state);
    }
    return step;
  }

  private boolean improve() {
    boolean better = false;
    for (int s = 0; s < values.length; s++) {
      meter.tick();
      if (machine.isOver(s)) {
        continue;
      }
      double most = values[s] + TIE * Math.max(1, Math.abs(values[s]));
      for (Outcome step : steps.get(s)) {
        double value = pay(step) + discount * values[step.to()];
        if (value > most) {
          most = value;
          best[s] = step;
          better = true;
        }
      }
    }
    return better;
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
