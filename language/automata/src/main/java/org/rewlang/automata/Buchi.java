package org.rewlang.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Limits.Outcome;

/**
 * A small automaton on infinite words: a word is accepted if its run takes edges of every
 * acceptance set again and again. All is determined by the word but a jump, taken at most once,
 * that whoever reads the word chooses: it claims that what has to hold from some time on holds from
 * now on.
 *
 * <p>Made for formulas that are an {@code and} of obligations, of {@code G f} where f shows after
 * finitely many letters, and of {@code F G f} where each violation of {@code G f} does. Others are
 * not made: {@link HoaReader} reads what other tools make of them.
 */
public final class Buchi {

  /**
   * @param sets the acceptance sets it is in
   */
  public record Edge(int target, BitSet sets) {}

  private final Diagrams diagrams;
  private final int[] next;
  private final List<Edge> edges;
  private final int[] jumps;
  private final int sets;

  private Buchi(Diagrams diagrams, int[] next, List<Edge> edges, int[] jumps, int sets) {
    this.diagrams = diagrams;
    this.next = next;
    this.edges = List.copyOf(edges);
    this.jumps = jumps;
    this.sets = sets;
  }

  /** The automaton; of {@code null} if the formula isn't of a kind that one is made for. */
  public static Outcome<Result> of(Formula formula, Limits limits) {
    return limits.attempt(
        meter -> {
          List<Component> components = components(formula, limits, meter);
          return new Result(components == null ? null : product(components, meter));
        });
  }

  /**
   * A deterministic automaton that another tool made.
   *
   * @param next for each state a diagram whose leaves hold numbers of edges
   */
  static Buchi of(Diagrams diagrams, int[] next, List<Edge> edges, int sets) {
    int[] jumps = new int[next.length];
    Arrays.fill(jumps, -1);
    return new Buchi(diagrams, next, edges, jumps, sets);
  }

  /**
   * @param automaton null if the formula isn't of a kind that one is made for
   */
  public record Result(@Nullable Buchi automaton) {}

  public int size() {
    return next.length;
  }

  /** How many acceptance sets there are. */
  public int sets() {
    return sets;
  }

  public Diagrams diagrams() {
    return diagrams;
  }

  /**
   * A diagram over atoms whose leaves hold the numbers of {@link #edge edges}. State 0 is first.
   */
  public int next(int state) {
    return next[state];
  }

  public Edge edge(int number) {
    return edges.get(number);
  }

  public Edge next(int state, IntPredicate letter) {
    return edges.get(diagrams.evaluate(next[state], letter));
  }

  /** Where a run can go from this state without a letter, once; -1 if nowhere. */
  public int jump(int state) {
    return jumps[state];
  }

  /** No run has a choice. */
  public boolean isDeterministic() {
    return IntStream.of(jumps).allMatch(j -> j < 0);
  }

  /**
   * A part of the automaton with an acceptance set of its own.
   *
   * @param next for each state a diagram whose leaves hold twice a state, plus one if the edge is
   *     in the set
   * @param jumps from state 0 to state 1
   */
  record Component(Diagrams diagrams, int initial, int[] next, boolean jumps) {}

  private static @Nullable List<Component> components(Formula formula, Limits limits, Meter meter) {
    List<Component> components = new ArrayList<>();
    List<Formula> obligations = new ArrayList<>();
    List<Formula> lasting = new ArrayList<>();
    for (Formula part : conjuncts(formula.negationNormalForm())) {
      if (FormulaClass.byShape(part).contains(FormulaClass.OBLIGATION)) {
        obligations.add(part);
      } else if (part instanceof Unary always
          && always.operator() == Operator.ALWAYS
          && always.operand().looksAheadOnly()
          && FormulaClass.byShape(always.operand()).contains(FormulaClass.CO_SAFETY)) {
        components.add(Recurrence.of(always.operand(), meter));
      } else if (part instanceof Unary eventually
          && eventually.operator() == Operator.EVENTUALLY
          && eventually.operand() instanceof Unary always
          && always.operator() == Operator.ALWAYS
          && always.looksAheadOnly()
          && FormulaClass.byShape(always).contains(FormulaClass.SAFETY)) {
        lasting.add(always);
      } else {
        return null;
      }
    }
    if (!obligations.isEmpty() || components.isEmpty() && lasting.isEmpty()) {
      Omega omega = made(Omega.of(Formula.and(obligations.toArray(Formula[]::new)), limits));
      components.addFirst(weak(omega.weak(), false));
    }
    if (!lasting.isEmpty()) {
      Omega omega = made(Omega.of(Formula.and(lasting.toArray(Formula[]::new)), limits));
      components.add(weak(omega.weak(), true));
    }
    return components;
  }

  private static Omega made(Outcome<Omega> outcome) {
    return switch (outcome) {
      case Limits.Made<Omega>(Omega omega) -> omega;
      case Limits.Refused<Omega> refused -> throw new Meter.Exceeded(refused.limit());
    };
  }

  private static List<Formula> conjuncts(Formula f) {
    return switch (f) {
      case Binary b when b.connective() == Connective.AND -> {
        List<Formula> all = new ArrayList<>(conjuncts(b.left()));
        all.addAll(conjuncts(b.right()));
        yield all;
      }
      case Unary u
          when u.operator() == Operator.ALWAYS
              && u.window().isAll()
              && isConjunction(u.operand()) ->
          conjuncts(u.operand()).stream().map(Formula::always).toList();
      default -> List.of(f);
    };
  }

  private static boolean isConjunction(Formula f) {
    return f instanceof Binary b && b.connective() == Connective.AND;
  }

  /**
   * @param jumps whether a state 0 waits in front, from which a run jumps to the first state
   */
  private static Component weak(Moore moore, boolean jumps) {
    int offset = jumps ? 1 : 0;
    Diagrams diagrams = new Diagrams();
    var copier = diagrams.copier(moore.diagrams(), s -> 2 * (s + offset) + moore.outputs()[s]);
    int[] next = new int[moore.size() + offset];
    for (int s = 0; s < moore.size(); s++) {
      next[s + offset] = copier.applyAsInt(moore.next()[s]);
    }
    if (jumps) {
      next[0] = Diagrams.leaf(0);
      if (moore.initial() != 0) {
        throw new IllegalStateException("the first state of a search is its first");
      }
    }
    return new Component(diagrams, jumps ? 0 : moore.initial(), next, jumps);
  }

  private static Buchi product(List<Component> components, Meter meter) {
    Tuples states = new Tuples();
    Tuples edges = new Tuples();
    Diagrams made = new Diagrams(meter);
    var copiers = components.stream().map(c -> made.copier(c.diagrams, n -> n)).toList();
    List<Integer> next = new ArrayList<>();
    List<Integer> jumps = new ArrayList<>();
    int n = components.size();
    var paired = made.pointwise((k, leaf) -> edges.number(edges.longer(k, leaf)));
    states.number(components.stream().mapToInt(Component::initial).toArray());
    for (int s = 0; s < states.size(); s++) {
      meter.states(states.size());
      int[] at = states.tuple(s);
      int all = Diagrams.leaf(edges.number(new int[0]));
      for (int c = 0; c < n; c++) {
        int one = copiers.get(c).applyAsInt(components.get(c).next[at[c]]);
        all = paired.applyAsInt(all, one);
      }
      next.add(all);
      made.leaves(all).stream().forEach(e -> states.number(targets(edges.tuple(e))));
      boolean waits = components.getLast().jumps && at[n - 1] == 0;
      int[] landing = at.clone();
      landing[n - 1] = 1;
      jumps.add(waits ? states.number(landing) : -1);
    }
    List<Edge> all = new ArrayList<>();
    for (int e = 0; e < edges.size(); e++) {
      int[] leaves = edges.tuple(e);
      BitSet sets = new BitSet();
      for (int c = 0; c < leaves.length; c++) {
        sets.set(c, (leaves[c] & 1) == 1);
      }
      // Shorter tuples are made on the way to whole ones, and no leaf holds them.
      all.add(new Edge(leaves.length < n ? -1 : states.number(targets(leaves)), sets));
    }
    return new Buchi(
        made,
        next.stream().mapToInt(i -> i).toArray(),
        all,
        jumps.stream().mapToInt(i -> i).toArray(),
        n);
  }

  private static int[] targets(int[] leaves) {
    return IntStream.of(leaves).map(l -> l / 2).toArray();
  }
}
