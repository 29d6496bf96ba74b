package org.rewlang.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.RewardMachine.Outcome;
import org.rewlang.automata.RewardMachine.Pay;

/** What a machine tempts an agent to do that it is probably not for. */
public final class Incentives {

  /** So many states at most are searched for the shortest loop; of more, any is found. */
  private static final int FEW = 300;

  /** Discounts are told apart by no less. */
  private static final double FINEST = 1e-9;

  private static final double LARGEST = 1 - 1e-6;

  private final RewardMachine machine;
  private final RewardMachine.Ways ways;
  private final Meter meter;

  /** The states that can be reached and are not over. */
  private final List<Integer> states;

  /** What is asked of it ends at the limits of the meter. */
  public Incentives(RewardMachine machine, Meter meter) {
    this.machine = machine;
    this.meter = meter;
    ways = machine.ways();
    states = ways.reached().stream().filter(s -> !machine.isOver(s)).toList();
  }

  /**
   * A loop that pays each time it is gone round.
   *
   * @param states in the order in which it goes through them
   * @param letters of each of its steps
   * @param way the letters of a shortest way to its first state
   * @param pays what it pays at least, each time
   */
  public record Loop(List<Integer> states, List<Cube> letters, List<Cube> way, double pays) {}

  /** A shortest loop that surely pays; null if there is none. */
  public @Nullable Loop payingLoop(ToDoubleFunction<Pay> atLeast) {
    int[] place = new int[machine.size()];
    Arrays.fill(place, -1);
    for (int i = 0; i < states.size(); i++) {
      place[states.get(i)] = i;
    }
    List<List<Outcome>> steps = new ArrayList<>();
    for (int s : states) {
      steps.add(
          machine.leaving(s).stream()
              .mapToObj(machine::outcome)
              .filter(o -> place[o.to()] >= 0)
              .toList());
    }
    double[] pays = machine.worth(atLeast);
    if (steps.stream().flatMap(List::stream).noneMatch(step -> pays[step.pays()] > 0)) {
      return null;
    }
    for (int i = 0; i < steps.size(); i++) {
      for (Outcome step : steps.get(i)) {
        if (place[step.to()] == i && pays[step.pays()] > 0) {
          return loop(List.of(states.get(i)), List.of(step), pays);
        }
      }
    }
    return steps.size() <= FEW ? shortest(steps, place, pays) : any(steps, place, pays);
  }

  private double pay(Outcome step, ToDoubleFunction<Pay> worth) {
    return worth.applyAsDouble(machine.pay(step));
  }

  private @Nullable Loop shortest(List<List<Outcome>> steps, int[] place, double[] pays) {
    int n = steps.size();
    // sums[s][v]: the most that walks of the present length from s to v pay; by[length] the steps.
    double[][] sums = new double[n][n];
    for (double[] row : sums) {
      Arrays.fill(row, Double.NEGATIVE_INFINITY);
    }
    for (int s = 0; s < n; s++) {
      sums[s][s] = 0;
    }
    List<Outcome[][]> by = new ArrayList<>();
    List<int[][]> from = new ArrayList<>();
    for (int length = 1; length <= n; length++) {
      double[][] longer = new double[n][n];
      Outcome[][] step = new Outcome[n][n];
      int[][] before = new int[n][n];
      for (int s = 0; s < n; s++) {
        meter.tick();
        Arrays.fill(longer[s], Double.NEGATIVE_INFINITY);
        for (int u = 0; u < n; u++) {
          if (sums[s][u] > Double.NEGATIVE_INFINITY) {
            for (Outcome o : steps.get(u)) {
              int v = place[o.to()];
              double sum = sums[s][u] + pays[o.pays()];
              if (sum > longer[s][v]) {
                longer[s][v] = sum;
                step[s][v] = o;
                before[s][v] = u;
              }
            }
          }
        }
      }
      sums = longer;
      by.add(step);
      from.add(before);
      for (int s = 0; s < n; s++) {
        if (sums[s][s] > 0) {
          List<Integer> round = new ArrayList<>();
          List<Outcome> taken = new ArrayList<>();
          int v = s;
          for (int k = length - 1; k >= 0; k--) {
            taken.add(by.get(k)[s][v]);
            v = from.get(k)[s][v];
            round.add(states.get(v));
          }
          Collections.reverse(round);
          Collections.reverse(taken);
          return loop(round, taken, pays);
        }
      }
    }
    return null;
  }

  /** By the steps that still gain after as many rounds as there are states. */
  private @Nullable Loop any(List<List<Outcome>> steps, int[] place, double[] pays) {
    int n = steps.size();
    double[] sums = new double[n];
    int[] from = new int[n];
    Outcome[] by = new Outcome[n];
    int last = -1;
    for (int round = 0; round <= n; round++) {
      last = -1;
      meter.tick();
      for (int u = 0; u < n; u++) {
        for (Outcome o : steps.get(u)) {
          int v = place[o.to()];
          double sum = sums[u] + pays[o.pays()];
          if (sum > sums[v] + 1e-9) {
            sums[v] = sum;
            from[v] = u;
            by[v] = o;
            last = v;
          }
        }
      }
      if (last < 0) {
        return null;
      }
    }
    for (int i = 0; i < n; i++) {
      last = from[last];
    }
    List<Integer> round = new ArrayList<>();
    List<Outcome> taken = new ArrayList<>();
    int v = last;
    do {
      taken.add(by[v]);
      v = from[v];
      round.add(states.get(v));
    } while (v != last);
    Collections.reverse(round);
    Collections.reverse(taken);
    return loop(round, taken, pays);
  }

  private Loop loop(List<Integer> round, List<Outcome> steps, double[] pays) {
    List<Cube> letters = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < round.size(); i++) {
      letters.add(letter(round.get(i), steps.get(i)));
      sum += pays[steps.get(i).pays()];
    }
    return new Loop(round, letters, ways.to(round.getFirst()), sum);
  }

  private Cube letter(int state, Outcome step) {
    int outcome =
        machine.leaving(state).stream()
            .filter(o -> machine.outcome(o).equals(step))
            .findFirst()
            .orElseThrow();
    return machine.letter(state, outcome);
  }

  /**
   * The discount from which on it is better somewhere never to end the machine, though it could be
   * ended there; null if that is so for none.
   */
  public @Nullable Double farmingFrom(ToDoubleFunction<Pay> worth) {
    BitSet ending = machine.reaching(machine.over());
    List<Integer> able = states.stream().filter(ending::get).toList();
    if (able.isEmpty() || !farms(LARGEST, able, worth)) {
      return null;
    }
    double low = 0;
    double high = LARGEST;
    if (farms(low, able, worth)) {
      return low;
    }
    while (high - low > FINEST) {
      double middle = (low + high) / 2;
      if (farms(middle, able, worth)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private boolean farms(double discount, List<Integer> able, ToDoubleFunction<Pay> worth) {
    Values values = Values.of(machine, discount, worth, meter);
    return able.stream()
        .anyMatch(
            s -> {
              meter.tick();
              return !values.ends(s);
            });
  }

  /**
   * An end that is best for being soon.
   *
   * @param state that is over
   * @param way the letters of a shortest way there
   */
  public record End(int state, List<Cube> way) {}

  /**
   * The end that comes soonest, where every step costs, no end pays or costs more than a step, and
   * there are several ends: nothing tells the agent which of them is meant. Null where that is not
   * so.
   */
  public @Nullable End soonest(ToDoubleFunction<Pay> atLeast, ToDoubleFunction<Pay> atMost) {
    List<Integer> ends = ways.reached().stream().filter(machine::isOver).toList();
    if (ends.size() < 2 || machine.isOver(machine.initial())) {
      return null;
    }
    double dearest = 0;
    double hardest = 0;
    for (int s : states) {
      for (int o : machine.leaving(s).stream().toArray()) {
        Outcome step = machine.outcome(o);
        boolean last = machine.isOver(step.to());
        double most = pay(step, atMost);
        if (last ? most > 0 : most >= 0) {
          return null;
        }
        if (last) {
          hardest = Math.min(hardest, pay(step, atLeast));
        } else {
          dearest = Math.min(dearest, pay(step, atLeast));
        }
      }
    }
    int first = ends.getFirst();
    return dearest == 0 || hardest < dearest ? null : new End(first, ways.to(first));
  }
}
