package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Limits.Outcome;

/**
 * An automaton on infinite words that remembers which acceptance sets its run took since the last
 * round: the accepting frontier, the sets still to come, is part of the state. When none is left, a
 * round is complete and all are to come again, so a run is accepting if it completes rounds again
 * and again. Where it no longer can, it is in one state, from which nothing is new.
 *
 * <p>The automaton's jumps are an atom more: whoever reads the word chooses in each step whether
 * the run jumps before the letter, where it can.
 */
public final class Frontier {

  /**
   * @param of the automaton's state; {@link #REJECTED} if no more rounds can be completed
   * @param seen the sets taken since the last round, never all of them
   */
  public record State(int of, BitSet seen) {}

  /** What stands for all states of the automaton in which all is lost. */
  public static final int REJECTED = -1;

  private static final State LOST = new State(REJECTED, new BitSet());

  /**
   * @param news whether it takes a set of the frontier
   * @param round whether it takes the last one
   */
  public record Edge(int target, boolean news, boolean round) {}

  private final Diagrams diagrams;
  private final List<State> states;
  private final int[] next;
  private final List<Edge> edges;

  private Frontier(Diagrams diagrams, List<State> states, int[] next, List<Edge> edges) {
    this.diagrams = diagrams;
    this.states = states;
    this.next = next;
    this.edges = edges;
  }

  /**
   * Refused past a limit: there may be as many states for one as there are sets of sets.
   *
   * @param jump the atom that chooses
   */
  public static Outcome<Frontier> of(Buchi automaton, int jump, Limits limits) {
    return limits.attempt(meter -> new Search(automaton, jump, meter).all().living(meter));
  }

  /** Things, numbered as they are met. */
  private static final class Numbers<T> {
    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> all = new ArrayList<>();

    int of(T thing) {
      Integer known = numbers.putIfAbsent(thing, all.size());
      if (known == null) {
        all.add(thing);
      }
      return known == null ? all.size() - 1 : known;
    }
  }

  private static final class Search {
    private final Buchi automaton;
    private final int jump;
    private final Meter meter;
    private final Diagrams diagrams;
    private final Numbers<State> states = new Numbers<>();
    private final Numbers<Edge> edges = new Numbers<>();

    Search(Buchi automaton, int jump, Meter meter) {
      this.automaton = automaton;
      this.jump = jump;
      this.meter = meter;
      this.diagrams = new Diagrams(meter);
    }

    Frontier all() {
      states.of(new State(0, new BitSet()));
      List<Integer> next = new ArrayList<>();
      for (int s = 0; s < states.all.size(); s++) {
        meter.states(states.all.size());
        State at = states.all.get(s);
        int landing = automaton.jump(at.of);
        int staying = next(at.of, at.seen);
        next.add(
            landing < 0
                ? staying
                : diagrams.ite(diagrams.variableIs(jump), next(landing, at.seen), staying));
      }
      int[] leads = next.stream().mapToInt(i -> i).toArray();
      return new Frontier(diagrams, states.all, leads, edges.all);
    }

    private int next(int state, BitSet seen) {
      return diagrams
          .copier(automaton.diagrams(), e -> edges.of(edge(seen, automaton.edge(e))))
          .applyAsInt(automaton.next(state));
    }

    private Edge edge(BitSet before, Buchi.Edge edge) {
      BitSet seen = (BitSet) before.clone();
      seen.or(edge.sets());
      boolean round = seen.cardinality() == automaton.sets();
      boolean news = !seen.equals(before);
      if (round) {
        seen.clear();
      }
      return new Edge(states.of(new State(edge.target(), seen)), news, round);
    }
  }

  /** The same, all states in which no more rounds can be completed being one. */
  private Frontier living(Meter meter) {
    BitSet alive = alive(meter);
    Diagrams made = new Diagrams(meter);
    Numbers<State> kept = new Numbers<>();
    Numbers<Edge> taken = new Numbers<>();
    kept.of(alive.get(0) ? states.get(0) : LOST);
    IntUnaryOperator copier =
        made.copier(
            diagrams,
            e -> {
              Edge edge = edges.get(e);
              boolean lives = alive.get(edge.target);
              int target = kept.of(lives ? states.get(edge.target) : LOST);
              return taken.of(new Edge(target, lives && edge.news, lives && edge.round));
            });
    Map<State, Integer> numbers = new HashMap<>();
    for (int s = 0; s < states.size(); s++) {
      numbers.put(states.get(s), s);
    }
    List<Integer> leads = new ArrayList<>();
    for (int s = 0; s < kept.all.size(); s++) {
      State state = kept.all.get(s);
      leads.add(
          state.equals(LOST)
              ? Diagrams.leaf(taken.of(new Edge(s, false, false)))
              : copier.applyAsInt(next[numbers.getOrDefault(state, 0)]));
    }
    return new Frontier(made, kept.all, leads.stream().mapToInt(i -> i).toArray(), taken.all);
  }

  /** The largest set of states from each of which a way within it completes a round. */
  private BitSet alive(Meter meter) {
    BitSet alive = new BitSet();
    alive.set(0, size());
    List<List<Edge>> leaving = new ArrayList<>();
    for (int s = 0; s < size(); s++) {
      leaving.add(diagrams.leaves(next[s]).stream().mapToObj(edges::get).toList());
    }
    while (true) {
      meter.tick();
      BitSet reaching = reaching(leaving, alive);
      if (reaching.equals(alive)) {
        return alive;
      }
      alive = reaching;
    }
  }

  private static BitSet reaching(List<List<Edge>> leaving, BitSet within) {
    List<List<Integer>> before = new ArrayList<>();
    leaving.forEach(_ -> before.add(new ArrayList<>()));
    BitSet found = new BitSet();
    within.stream()
        .forEach(
            s -> {
              for (Edge edge : leaving.get(s)) {
                if (within.get(edge.target)) {
                  before.get(edge.target).add(s);
                  found.set(s, found.get(s) || edge.round);
                }
              }
            });
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

  public int size() {
    return next.length;
  }

  /** What a state stands for; state 0 is first. */
  public State state(int number) {
    return states.get(number);
  }

  public Diagrams diagrams() {
    return diagrams;
  }

  /** A diagram over atoms whose leaves hold the numbers of {@link #edge edges}. */
  public int next(int state) {
    return next[state];
  }

  public Edge edge(int number) {
    return edges.get(number);
  }

  public Edge next(int state, IntPredicate letter) {
    return edges.get(diagrams.evaluate(next[state], letter));
  }
}
