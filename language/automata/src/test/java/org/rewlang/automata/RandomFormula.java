package org.rewlang.automata;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;

/** Formulas and words by chance. */
final class RandomFormula {

  private final Random random;
  private final int atoms;
  private final List<Operator> operators;
  private final List<Connective> connectives;
  private final boolean windows;

  private RandomFormula(
      Random random,
      int atoms,
      List<Operator> operators,
      List<Connective> connectives,
      boolean windows) {
    this.random = random;
    this.atoms = atoms;
    this.operators = operators;
    this.connectives = connectives;
    this.windows = windows;
  }

  /** All operators, all with windows that can have one. */
  static RandomFormula any(Random random, int atoms) {
    return new RandomFormula(
        random, atoms, List.of(Operator.values()), List.of(Connective.values()), true);
  }

  static RandomFormula future(Random random, int atoms) {
    return new RandomFormula(
        random,
        atoms,
        Stream.of(Operator.values()).filter(o -> !o.isPast()).toList(),
        Stream.of(Connective.values()).filter(c -> !c.isPast()).toList(),
        false);
  }

  static RandomFormula past(Random random, int atoms) {
    return new RandomFormula(
        random,
        atoms,
        Stream.of(Operator.values()).filter(o -> !o.isFuture()).toList(),
        Stream.of(Connective.values()).filter(c -> !c.isFuture()).toList(),
        true);
  }

  RandomFormula with(List<Operator> these, List<Connective> those, boolean withWindows) {
    return new RandomFormula(random, atoms, these, those, withWindows);
  }

  /** With this many operators. */
  Formula next(int size) {
    if (size == 0) {
      int i = random.nextInt(8 * atoms + 2);
      return i < 2 ? Formula.of(i == 0) : Formula.atom(i % atoms);
    }
    if (random.nextBoolean()) {
      Operator o = operators.get(random.nextInt(operators.size()));
      return new Unary(o, window(o.spans()), next(size - 1));
    }
    Connective c = connectives.get(random.nextInt(connectives.size()));
    int left = random.nextInt(size);
    return new Binary(c, window(c.spans()), next(left), next(size - 1 - left));
  }

  private Window window(boolean spans) {
    if (!windows || !spans || random.nextBoolean()) {
      return Window.ALL;
    }
    int from = random.nextInt(3);
    return new Window(from, random.nextInt(4) == 0 ? Window.UNBOUNDED : from + random.nextInt(3));
  }

  List<BitSet> word(int length) {
    return Stream.generate(() -> BitSet.valueOf(new long[] {random.nextInt(1 << atoms)}))
        .limit(length)
        .toList();
  }

  /** All words up to a length. */
  static List<List<BitSet>> words(int atoms, int length) {
    List<List<BitSet>> all = new java.util.ArrayList<>();
    all.add(List.of());
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).size() < length) {
        for (long letter = 0; letter < 1 << atoms; letter++) {
          List<BitSet> longer = new java.util.ArrayList<>(all.get(i));
          longer.add(BitSet.valueOf(new long[] {letter}));
          all.add(longer);
        }
      }
    }
    return all;
  }
}
