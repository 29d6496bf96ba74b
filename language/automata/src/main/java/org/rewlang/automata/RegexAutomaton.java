package org.rewlang.automata;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;

/**
 * The automaton of a regular expression. Its states are sets of positions, the steps as they are
 * written: those that the last letter can have been (Glushkov 1961). No letter is listed; which
 * positions come next is a diagram over atoms.
 */
final class RegexAutomaton {

  /** Which positions a word that matches can begin and end with, and whether the empty one does. */
  private record Ends(boolean empty, BitSet first, BitSet last) {}

  private final Exploration search;
  private final Diagrams diagrams;
  private final List<Integer> conditions = new ArrayList<>();
  private final List<BitSet> following = new ArrayList<>();
  private final List<BitSet> sets = new ArrayList<>();
  private final Map<BitSet, Integer> numbers = new HashMap<>();

  private RegexAutomaton(Meter meter) {
    search = new Exploration(meter);
    diagrams = search.diagrams();
  }

  /** The minimal one; its output is 1 where the word so far matches. */
  static Moore of(Regex regex, Meter meter) {
    return new RegexAutomaton(meter).make(regex).minimal(meter);
  }

  private Moore make(Regex regex) {
    Ends ends = ends(regex);
    // Before the first letter: a position of its own, which nothing leads to.
    int start = conditions.size();
    following.add(ends.first);
    BitSet before = new BitSet();
    before.set(start);
    BitSet accepting = (BitSet) ends.last.clone();
    accepting.set(start, ends.empty);
    return search.from(
        number(before),
        set -> next(sets.get(set)),
        set -> sets.get(set).intersects(accepting) ? 1 : 0);
  }

  private Ends ends(Regex regex) {
    return switch (regex) {
      case Regex.Step(Formula condition) -> {
        BitSet position = new BitSet();
        position.set(conditions.size());
        conditions.add(diagram(condition));
        following.add(new BitSet());
        yield new Ends(false, position, (BitSet) position.clone());
      }
      case Regex.Sequence(List<Regex> parts) -> {
        Ends all = new Ends(true, new BitSet(), new BitSet());
        for (Regex part : parts) {
          Ends next = ends(part);
          follow(all.last, next.first);
          if (all.empty) {
            all.first.or(next.first);
          }
          if (next.empty) {
            next.last.or(all.last);
          }
          all = new Ends(all.empty && next.empty, all.first, next.last);
        }
        yield all;
      }
      case Regex.Choice(List<Regex> parts) -> {
        Ends any = new Ends(false, new BitSet(), new BitSet());
        for (Regex part : parts) {
          Ends one = ends(part);
          any.first.or(one.first);
          any.last.or(one.last);
          any = new Ends(any.empty || one.empty, any.first, any.last);
        }
        yield any;
      }
      case Regex.Star(Regex of) -> {
        Ends once = ends(of);
        follow(once.last, once.first);
        yield new Ends(true, once.first, once.last);
      }
    };
  }

  private void follow(BitSet before, BitSet after) {
    before.stream().forEach(p -> following.get(p).or(after));
  }

  private int diagram(Formula condition) {
    return switch (condition) {
      case Formula.Constant(boolean value) -> value ? Diagrams.TRUE : Diagrams.FALSE;
      case Formula.Atom(int number) -> diagrams.variableIs(number);
      case Formula.Unary f when f.operator() == Operator.NOT -> diagrams.not(diagram(f.operand()));
      case Formula.Binary f when f.connective() == Connective.AND ->
          diagrams.and(diagram(f.left()), diagram(f.right()));
      case Formula.Binary f when f.connective() == Connective.OR ->
          diagrams.or(diagram(f.left()), diagram(f.right()));
      case Formula.Binary f when f.connective() == Connective.IFF ->
          diagrams.iff(diagram(f.left()), diagram(f.right()));
      default -> throw new IllegalArgumentException("no condition of one step: " + condition);
    };
  }

  /** A diagram whose leaves hold the states that letters lead to. */
  private int next(BitSet set) {
    BitSet candidates = new BitSet();
    set.stream().forEach(p -> candidates.or(following.get(p)));
    Map<Integer, BitSet> byCondition = new LinkedHashMap<>();
    candidates.stream()
        .forEach(p -> byCondition.computeIfAbsent(conditions.get(p), _ -> new BitSet()).set(p));
    int result = Diagrams.leaf(number(new BitSet()));
    for (Map.Entry<Integer, BitSet> entry : byCondition.entrySet()) {
      int with = diagrams.atLeaves(s -> union(s, entry.getValue())).applyAsInt(result);
      result = diagrams.ite(entry.getKey(), with, result);
    }
    return diagrams.atLeaves(s -> Diagrams.leaf(search.number(s))).applyAsInt(result);
  }

  private int union(int set, BitSet more) {
    BitSet all = (BitSet) sets.get(set).clone();
    all.or(more);
    return Diagrams.leaf(number(all));
  }

  private int number(BitSet set) {
    Integer known = numbers.putIfAbsent(set, sets.size());
    if (known == null) {
      sets.add(set);
      return sets.size() - 1;
    }
    return known;
  }
}
