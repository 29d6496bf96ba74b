package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic machine that pays: each letter leads from a state to an {@link Outcome}. A
 * state's diagram over atoms has outcomes' numbers in its leaves; no letter is ever enumerated.
 *
 * <p>In the states that are over nothing is paid, and none is left. Of letters that can't occur
 * nothing is said.
 */
public final class RewardMachine {

  /** The leaf at letters that don't occur. */
  public static final int NEVER = 0;

  /**
   * Where a step leads.
   *
   * @param to a state
   * @param pays the number of a {@link Pay}
   */
  public record Outcome(int to, int pays) {}

  /**
   * What is paid: a number, and what is known by its name only.
   *
   * @param symbol stands for an expression; 0 for none
   */
  public record Pay(Rational number, int symbol) {
    public static final Pay NOTHING = new Pay(Rational.ZERO, 0);
  }

  private final Diagrams diagrams;
  private final int initial;
  private final int[] next;
  private final BitSet over;
  private final List<Outcome> outcomes;
  private final List<Pay> pays;

  private RewardMachine(
      Diagrams diagrams,
      int initial,
      int[] next,
      BitSet over,
      List<Outcome> outcomes,
      List<Pay> pays) {
    this.diagrams = diagrams;
    this.initial = initial;
    this.next = next;
    this.over = over;
    this.outcomes = List.copyOf(outcomes);
    this.pays = List.copyOf(pays);
  }

  /** Makes a machine state by state. */
  public static final class Builder {
    private final Diagrams diagrams;
    private final List<Integer> next = new ArrayList<>();
    private final BitSet over = new BitSet();
    private final Map<Outcome, Integer> outcomes = new LinkedHashMap<>();
    private final Map<Pay, Integer> pays = new LinkedHashMap<>();

    /**
     * @param diagrams what states' diagrams are made of
     */
    public Builder(Diagrams diagrams) {
      this.diagrams = diagrams;
      outcomes.put(new Outcome(-1, -1), NEVER);
    }

    /** A new state, over until its diagram is {@linkplain #leads given}. */
    public int state() {
      next.add(Diagrams.leaf(NEVER));
      return next.size() - 1;
    }

    /** The leaf for a step to a state. */
    public int step(int to, Pay pay) {
      int number = pays.computeIfAbsent(pay, _ -> pays.size());
      return Diagrams.leaf(outcomes.computeIfAbsent(new Outcome(to, number), _ -> outcomes.size()));
    }

    /**
     * @param diagram with leaves for {@linkplain #step steps}, or {@link #NEVER}
     */
    public void leads(int state, int diagram) {
      next.set(state, diagram);
    }

    /** Says that the machine is over in a state. */
    public void ends(int state) {
      over.set(state);
      next.set(state, step(state, Pay.NOTHING));
    }

    public RewardMachine from(int initial) {
      return new RewardMachine(
          diagrams,
          initial,
          next.stream().mapToInt(Integer::intValue).toArray(),
          over,
          List.copyOf(outcomes.keySet()),
          List.copyOf(pays.keySet()));
    }
  }

  public Diagrams diagrams() {
    return diagrams;
  }

  public int size() {
    return next.length;
  }

  public int initial() {
    return initial;
  }

  /** Whether a state is over. */
  public boolean isOver(int state) {
    return over.get(state);
  }

  /** A diagram over atoms whose leaves hold numbers of outcomes. */
  public int next(int state) {
    return next[state];
  }

  public Outcome outcome(int number) {
    return outcomes.get(number);
  }

  public Pay pay(Outcome outcome) {
    return pays.get(outcome.pays);
  }

  /** What each {@link Pay} is worth, by its number. */
  double[] worth(ToDoubleFunction<Pay> of) {
    return pays.stream().mapToDouble(of).toArray();
  }

  /** What a letter leads to; null of one that doesn't occur. */
  public @Nullable Outcome step(int state, IntPredicate letter) {
    int number = diagrams.evaluate(next[state], letter);
    return number == NEVER ? null : outcomes.get(number);
  }

  /** The outcomes that some letter leads to, by number. */
  public BitSet leaving(int state) {
    BitSet all = diagrams.leaves(next[state]);
    all.clear(NEVER);
    return all;
  }

  /** The simplest letter that leads to an outcome. */
  public Cube letter(int state, int outcome) {
    Cube cube = Cube.simplest(diagrams, next[state], n -> n == outcome);
    if (cube == null) {
      throw new IllegalArgumentException("no letter leads from " + state + " to " + outcome);
    }
    return cube;
  }

  /** A shortest way to each state that can be reached. */
  public Ways ways() {
    int[] from = new int[size()];
    int[] by = new int[size()];
    Arrays.fill(from, -1);
    from[initial] = initial;
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(initial));
    List<Integer> order = new ArrayList<>();
    while (!open.isEmpty()) {
      int state = open.remove();
      order.add(state);
      leaving(state).stream()
          .forEach(
              o -> {
                int to = outcomes.get(o).to;
                if (from[to] < 0) {
                  from[to] = state;
                  by[to] = o;
                  open.add(to);
                }
              });
    }
    return new Ways(order, from, by);
  }

  /** The shortest ways from the first state on; states are in the order of their length. */
  public final class Ways {
    private final List<Integer> order;
    private final int[] from;
    private final int[] by;

    private Ways(List<Integer> order, int[] from, int[] by) {
      this.order = List.copyOf(order);
      this.from = from;
      this.by = by;
    }

    public List<Integer> reached() {
      return order;
    }

    public boolean reaches(int state) {
      return from[state] >= 0;
    }

    /** The letters of the way to a state. */
    public List<Cube> to(int state) {
      List<Cube> word = new ArrayList<>();
      for (int s = state; s != initial; s = from[s]) {
        word.add(letter(from[s], by[s]));
      }
      Collections.reverse(word);
      return word;
    }
  }

  /** The states from which one of {@code targets} can be reached, those included. */
  public BitSet reaching(BitSet targets) {
    List<List<Integer>> before = new ArrayList<>();
    for (int s = 0; s < size(); s++) {
      before.add(new ArrayList<>());
    }
    for (int s = 0; s < size(); s++) {
      int state = s;
      leaving(s).stream().map(o -> outcomes.get(o).to).forEach(to -> before.get(to).add(state));
    }
    BitSet found = (BitSet) targets.clone();
    ArrayDeque<Integer> open = new ArrayDeque<>(found.stream().boxed().toList());
    while (!open.isEmpty()) {
      for (int s : before.get(open.remove())) {
        if (!found.get(s)) {
          found.set(s);
          open.add(s);
        }
      }
    }
    return found;
  }

  /** The states that are over. */
  public BitSet over() {
    return (BitSet) over.clone();
  }

  /**
   * The least machine that pays the same and is over after the same words, its states in the order
   * of a search.
   */
  public Limits.Outcome<RewardMachine> minimal(Limits limits) {
    return limits.attempt(this::minimal);
  }

  private RewardMachine minimal(Meter meter) {
    // Of an automaton that knows what it was just paid, two states in one class lead on alike.
    Moore least = paid().minimal(meter);
    Builder made = new Builder(new Diagrams(meter));
    Map<State, Integer> states = new LinkedHashMap<>();
    for (int p = 0; p < least.size(); p++) {
      if (least.outputs()[p] != NEVER) {
        states.computeIfAbsent(state(least, p), _ -> made.state());
      }
    }
    int[] leaves = new int[least.size()];
    for (int p = 0; p < least.size(); p++) {
      int output = least.outputs()[p];
      Integer to = states.get(state(least, p));
      leaves[p] =
          output < FIRST || to == null
              ? NEVER
              : Diagrams.number(made.step(to, pays.get((output - FIRST) / 2)));
    }
    IntUnaryOperator copier = made.diagrams.copier(least.diagrams(), p -> leaves[p]);
    states.forEach(
        (state, number) -> {
          if (state.over) {
            made.ends(number);
          } else {
            made.leads(number, copier.applyAsInt(state.next));
          }
        });
    return made.from(states.getOrDefault(state(least, least.initial()), 0));
  }

  /** What tells states apart: where they lead, and whether they are over. */
  private record State(int next, boolean over) {}

  private State state(Moore paid, int p) {
    int output = paid.outputs()[p];
    boolean ends = output == BEGINNING ? over.get(initial) : output % 2 == 1;
    return new State(paid.next()[p], ends);
  }

  private static final int BEGINNING = 1;
  private static final int FIRST = 2;

  /**
   * An automaton whose states are outcomes: {@link #NEVER} for letters that don't occur, then what
   * was paid and whether it is over now; the last one is the beginning.
   */
  private Moore paid() {
    int last = outcomes.size();
    int[] leads = new int[last + 1];
    int[] outputs = new int[last + 1];
    leads[NEVER] = Diagrams.leaf(NEVER);
    outputs[NEVER] = NEVER;
    for (int o = 1; o < last; o++) {
      Outcome outcome = outcomes.get(o);
      leads[o] = next[outcome.to];
      outputs[o] = FIRST + 2 * outcome.pays + (over.get(outcome.to) ? 1 : 0);
    }
    leads[last] = next[initial];
    outputs[last] = BEGINNING;
    return new Moore(diagrams, last, leads, outputs);
  }
}
