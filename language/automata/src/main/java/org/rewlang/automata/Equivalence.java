package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.RewardMachine.Outcome;
import org.rewlang.automata.RewardMachine.Pay;

/**
 * Whether two machines pay alike: in every step, over every episode, or up to a potential. Exact.
 *
 * <p>With d what one pays more than the other in a step, machines differ by a potential Φ if d =
 * γΦ' - Φ in every step and Φ is 0 where both are over. Then returns differ by -Φ of the beginning,
 * whatever happens: no policy gains or loses. Where that is 0, too, returns are equal; and that is
 * the only way in which they can be, since from a state on all continuations must then differ by
 * the same.
 */
public final class Equivalence {

  /** In what respect machines are to be alike. */
  public enum Strength {
    /** The same is paid in every step. */
    OUTPUTS,
    /** The discounted sum over every episode is the same. */
    RETURNS,
    /** Returns differ by a constant: a potential tells the machines apart. */
    POTENTIAL
  }

  /** What was found. */
  public sealed interface Answer {}

  /**
   * They are alike.
   *
   * @param potentials of each pair of states that is reached together, Φ; 0 where outputs are equal
   */
  public record Alike(List<Potential> potentials) implements Answer {
    public Alike {
      potentials = List.copyOf(potentials);
    }
  }

  /** Φ where one machine is in one state and the other in another. */
  public record Potential(int one, int other, Rational value) {}

  /**
   * They are not.
   *
   * @param traces one that shows it; of a potential two, between which the difference differs
   */
  public record Unlike(List<Trace> traces) implements Answer {
    public Unlike {
      traces = List.copyOf(traces);
    }
  }

  /**
   * A word with what both machines make of it.
   *
   * @param loop what follows the letters for ever; empty if the episode ends with them
   * @param one what the first machine pays in each step of letters and loop
   * @param returns the discounted sums over it all; null where a machine pays what has no number
   */
  public record Trace(
      List<Cube> letters,
      List<Cube> loop,
      List<Pay> one,
      List<Pay> other,
      @Nullable Returns returns) {
    public Trace {
      letters = List.copyOf(letters);
      loop = List.copyOf(loop);
      one = List.copyOf(one);
      other = List.copyOf(other);
    }
  }

  /** What an episode is worth on each machine. */
  public record Returns(Rational one, Rational other) {}

  /** A step of both. */
  private record Step(int from, int leaf, int to, Pay one, Pay other) {
    /** What the first pays more; null where that is no number. */
    @Nullable Rational more() {
      return one.symbol() == other.symbol() ? one.number().minus(other.number()) : null;
    }
  }

  private final RewardMachine one;
  private final RewardMachine other;
  private final Rational discount;
  private final Meter meter;
  private final Diagrams diagrams;

  /** Pairs of states, in the order in which they are reached. */
  private final List<int[]> pairs = new ArrayList<>();

  private final PairMap numbers = new PairMap();

  /** Pairs of outcomes, by the leaf that holds their number. */
  private final List<int[]> leaves = new ArrayList<>();

  private final List<Integer> next = new ArrayList<>();
  private final List<List<Step>> steps = new ArrayList<>();

  /** The step by which a pair was reached first. */
  private final List<@Nullable Step> reached = new ArrayList<>();

  private Equivalence(RewardMachine one, RewardMachine other, Rational discount, Meter meter) {
    this.one = one;
    this.other = other;
    this.discount = discount;
    this.meter = meter;
    diagrams = new Diagrams(meter);
  }

  /**
   * Compares two machines over the same atoms, on the letters that occur for both.
   *
   * @param discount above 0 and at most 1. Below 1, episodes that never end count, too. At 1 only
   *     those do that end where both machines are over, or anywhere if they are never both
   */
  public static Limits.Outcome<Answer> compare(
      RewardMachine one, RewardMachine other, Strength strength, Rational discount, Limits limits) {
    if (discount.sign() <= 0 || discount.compareTo(Rational.ONE) > 0) {
      throw new IllegalArgumentException("a discount lies above 0 and is at most 1");
    }
    return limits.attempt(meter -> new Equivalence(one, other, discount, meter).answer(strength));
  }

  private Answer answer(Strength strength) {
    explore();
    BitSet ends = ends();
    boolean anywhere = ends.isEmpty() && discount.equals(Rational.ONE);
    if (strength == Strength.OUTPUTS || anywhere) {
      return outputs();
    }
    return new Differences(ends).answer(strength);
  }

  private void explore() {
    IntUnaryOperator mine = diagrams.copier(one.diagrams(), o -> o);
    IntUnaryOperator its = diagrams.copier(other.diagrams(), o -> o);
    PairMap known = new PairMap();
    leaves.add(new int[2]);
    var both =
        diagrams.pointwise(
            (a, b) -> {
              if (a == RewardMachine.NEVER || b == RewardMachine.NEVER) {
                return RewardMachine.NEVER;
              }
              int leaf = known.get(a, b);
              if (leaf == IntMap.NONE) {
                leaf = leaves.size();
                leaves.add(new int[] {a, b});
                known.put(a, b, leaf);
              }
              return leaf;
            });
    pair(one.initial(), other.initial(), null);
    for (int p = 0; p < pairs.size(); p++) {
      int diagram =
          both.applyAsInt(
              mine.applyAsInt(one.next(pairs.get(p)[0])),
              its.applyAsInt(other.next(pairs.get(p)[1])));
      next.add(diagram);
      List<Step> leaving = new ArrayList<>();
      BitSet out = diagrams.leaves(diagram);
      out.clear(RewardMachine.NEVER);
      int from = p;
      out.stream().forEach(leaf -> leaving.add(step(from, leaf)));
      steps.add(leaving);
    }
  }

  private Step step(int from, int leaf) {
    Outcome a = one.outcome(leaves.get(leaf)[0]);
    Outcome b = other.outcome(leaves.get(leaf)[1]);
    int known = numbers.get(a.to(), b.to());
    int to = known == IntMap.NONE ? pairs.size() : known;
    Step step = new Step(from, leaf, to, one.pay(a), other.pay(b));
    if (known == IntMap.NONE) {
      pair(a.to(), b.to(), step);
    }
    return step;
  }

  private void pair(int a, int b, @Nullable Step by) {
    numbers.put(a, b, pairs.size());
    pairs.add(new int[] {a, b});
    reached.add(by);
    meter.states(pairs.size());
  }

  /** The pairs in which both machines are over. */
  private BitSet ends() {
    BitSet ends = new BitSet();
    for (int p = 0; p < pairs.size(); p++) {
      ends.set(p, one.isOver(pairs.get(p)[0]) && other.isOver(pairs.get(p)[1]));
    }
    return ends;
  }

  private Answer outputs() {
    for (List<Step> leaving : steps) {
      for (Step step : leaving) {
        if (!step.one.equals(step.other)) {
          return new Unlike(List.of(trace(List.of(step), List.of())));
        }
      }
    }
    return new Alike(pairs.stream().map(p -> new Potential(p[0], p[1], Rational.ZERO)).toList());
  }

  /**
   * The trace that gets to the first of some steps, goes them, and then round and round.
   *
   * @param loop steps; empty if it ends
   */
  private Trace trace(List<Step> tail, List<Step> loop) {
    List<Step> all = new ArrayList<>();
    int first = !tail.isEmpty() ? tail.getFirst().from : loop.getFirst().from;
    for (Step s = reached.get(first); s != null; s = reached.get(s.from)) {
      all.add(s);
    }
    Collections.reverse(all);
    all.addAll(tail);
    List<Step> steps = new ArrayList<>(all);
    steps.addAll(loop);
    return new Trace(
        all.stream().map(this::letter).toList(),
        loop.stream().map(this::letter).toList(),
        steps.stream().map(Step::one).toList(),
        steps.stream().map(Step::other).toList(),
        returns(all, loop));
  }

  private Cube letter(Step step) {
    Cube cube = Cube.simplest(diagrams, next.get(step.from), n -> n == step.leaf);
    if (cube == null) {
      throw new IllegalStateException("no letter for a step");
    }
    return cube;
  }

  private @Nullable Returns returns(List<Step> letters, List<Step> loop) {
    Rational a = sum(letters, true);
    Rational b = sum(letters, false);
    if (a == null || b == null || loop.isEmpty()) {
      return a == null || b == null ? null : new Returns(a, b);
    }
    Rational c = sum(loop, true);
    Rational d = sum(loop, false);
    if (c == null || d == null || discount.equals(Rational.ONE)) {
      return null;
    }
    Rational later =
        discount.power(letters.size()).per(Rational.ONE.minus(discount.power(loop.size())));
    return new Returns(a.plus(c.times(later)), b.plus(d.times(later)));
  }

  private @Nullable Rational sum(List<Step> steps, boolean mine) {
    Rational sum = Rational.ZERO;
    for (Step step : steps.reversed()) {
      Pay pay = mine ? step.one : step.other;
      if (pay.symbol() != 0) {
        return null;
      }
      sum = pay.number().plus(discount.times(sum));
    }
    return sum;
  }

  /**
   * By how much what the machines pay from a pair of states on differs: along one way from it, and
   * then along all others.
   */
  private final class Differences {
    private final BitSet ends;

    /** Those from which an episode that counts goes on. */
    private final BitSet counted;

    /** The step that each goes; null where an episode ends. */
    private final @Nullable Step[] way;

    private final @Nullable Rational[] more;

    Differences(BitSet ends) {
      this.ends = ends;
      way = new Step[pairs.size()];
      more = new Rational[pairs.size()];
      BitSet ending = towards(ends);
      counted = new BitSet();
      counted.set(0, pairs.size());
      if (discount.equals(Rational.ONE)) {
        counted.and(ending);
      } else {
        for (int p = 0; p < pairs.size(); p++) {
          way[p] = way[p] == null && !ends.get(p) ? steps.get(p).getFirst() : way[p];
        }
      }
    }

    /** Sends everyone who can get there to the ends, by a shortest way. */
    private BitSet towards(BitSet targets) {
      Map<Integer, List<Step>> into = new HashMap<>();
      steps.forEach(
          all -> all.forEach(s -> into.computeIfAbsent(s.to, _ -> new ArrayList<>()).add(s)));
      BitSet found = (BitSet) targets.clone();
      ArrayDeque<Integer> open = new ArrayDeque<>(found.stream().boxed().toList());
      while (!open.isEmpty()) {
        for (Step step : into.getOrDefault(open.remove(), List.of())) {
          if (!found.get(step.from)) {
            found.set(step.from);
            way[step.from] = step;
            open.add(step.from);
          }
        }
      }
      return found;
    }

    Answer answer(Strength strength) {
      if (!counted.get(0)) {
        // No episode that counts ever begins.
        return outputs();
      }
      for (int p = counted.nextSetBit(0); p >= 0; p = counted.nextSetBit(p + 1)) {
        if (more[p] == null && !ends.get(p)) {
          Step strange = solve(p);
          if (strange != null) {
            return new Unlike(List.of(trace(List.of(strange), List.of())));
          }
        }
      }
      for (int p = counted.nextSetBit(0); p >= 0; p = counted.nextSetBit(p + 1)) {
        for (Step step : ends.get(p) ? List.<Step>of() : steps.get(p)) {
          Rational now = step.more();
          if (now == null) {
            return new Unlike(List.of(trace(List.of(step), List.of())));
          }
          if (counted.get(step.to) && !of(p).equals(now.plus(discount.times(of(step.to))))) {
            return unlike(along(p, null), along(step.to, step), strength);
          }
        }
      }
      if (strength == Strength.RETURNS && of(0).sign() != 0) {
        return new Unlike(List.of(along(0, null)));
      }
      List<Potential> potentials = new ArrayList<>();
      counted.stream()
          .forEach(
              p ->
                  potentials.add(new Potential(pairs.get(p)[0], pairs.get(p)[1], of(p).negated())));
      return new Alike(potentials);
    }

    private Rational of(int pair) {
      Rational known = more[pair];
      return known == null ? Rational.ZERO : known;
    }

    /** The sum along the way from a pair; gives a step that pays no number, if one comes. */
    private @Nullable Step solve(int start) {
      List<Integer> path = new ArrayList<>();
      Map<Integer, Integer> place = new HashMap<>();
      int at = start;
      while (more[at] == null && !ends.get(at) && !place.containsKey(at)) {
        place.put(at, path.size());
        path.add(at);
        Step step = step(at);
        if (step.more() == null) {
          return step;
        }
        at = step.to;
      }
      Integer loop = more[at] == null && !ends.get(at) ? place.get(at) : null;
      if (loop != null) {
        Rational once = Rational.ZERO;
        List<Integer> round = path.subList(loop, path.size());
        for (int p : round.reversed()) {
          once = gain(p).plus(discount.times(once));
        }
        more[at] = once.per(Rational.ONE.minus(discount.power(round.size())));
      }
      for (int p : path.reversed()) {
        if (more[p] == null) {
          more[p] = gain(p).plus(discount.times(of(step(p).to)));
        }
      }
      return null;
    }

    private Step step(int pair) {
      Step step = way[pair];
      if (step == null) {
        throw new IllegalStateException("an episode ends where no machine is over");
      }
      return step;
    }

    private Rational gain(int pair) {
      Rational more = step(pair).more();
      if (more == null) {
        throw new IllegalStateException("a step that pays no number");
      }
      return more;
    }

    /**
     * The trace along the way from a pair.
     *
     * @param by the step that leads there; null for the shortest way
     */
    private Trace along(int pair, @Nullable Step by) {
      List<Step> tail = new ArrayList<>();
      if (by != null) {
        tail.add(by);
      }
      Map<Integer, Integer> place = new HashMap<>();
      int at = pair;
      while (!ends.get(at) && !place.containsKey(at)) {
        place.put(at, tail.size());
        Step step = step(at);
        tail.add(step);
        at = step.to;
      }
      if (ends.get(at)) {
        return trace(tail, List.of());
      }
      int loop = place.getOrDefault(at, 0);
      return trace(tail.subList(0, loop), tail.subList(loop, tail.size()));
    }

    private Unlike unlike(Trace usual, Trace otherwise, Strength strength) {
      if (strength == Strength.POTENTIAL) {
        return new Unlike(List.of(usual, otherwise));
      }
      Returns of = usual.returns;
      boolean shows = of == null || !of.one.equals(of.other);
      return new Unlike(List.of(shows ? usual : otherwise));
    }
  }
}
