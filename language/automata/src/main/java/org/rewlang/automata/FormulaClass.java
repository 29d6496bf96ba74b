package org.rewlang.automata;

import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Unary;

/**
 * Where a formula on infinite words stands in the hierarchy of Manna and Pnueli. Of several classes
 * the first here is named.
 */
public enum FormulaClass {
  /** Every violation shows after finitely many letters. */
  SAFETY,
  /** Every satisfaction shows after finitely many letters. */
  CO_SAFETY,
  /** A combination of the two by and, or, not. */
  OBLIGATION,
  /** Something good happens again and again: what a deterministic Büchi automaton can say. */
  RECURRENCE,
  /** From some time on nothing bad happens. */
  PERSISTENCE,
  /** Any formula. */
  REACTIVITY;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The first class that a formula's shape puts it in, an upper bound of what it means. */
  public static FormulaClass ofShape(Formula formula) {
    return Collections.min(byShape(formula));
  }

  /**
   * The classes that a formula's shape puts it in; it may mean less than it says. Everything is in
   * {@link #REACTIVITY}.
   */
  static Set<FormulaClass> byShape(Formula formula) {
    return shape(formula.negationNormalForm(), new IdentityHashMap<>());
  }

  private static Set<FormulaClass> shape(Formula f, Map<Formula, Set<FormulaClass>> known) {
    Set<FormulaClass> result = known.get(f);
    if (result == null) {
      result = f.looksBackOnly() ? EnumSet.allOf(FormulaClass.class) : ofParts(f, known);
      known.put(f, result);
    }
    return result;
  }

  private static Set<FormulaClass> ofParts(Formula f, Map<Formula, Set<FormulaClass>> known) {
    return switch (f) {
      case Constant _, Atom _ -> EnumSet.allOf(FormulaClass.class);
      case Unary u -> {
        Set<FormulaClass> of = shape(u.operand(), known);
        yield switch (u.operator()) {
          case NOT, NEXT, WEAK_NEXT, YESTERDAY, WEAK_YESTERDAY, ONCE, HISTORICALLY -> of;
          case EVENTUALLY -> bounded(u.window()) ? of : strong(of);
          case ALWAYS -> bounded(u.window()) ? of : weak(of);
        };
      }
      case Binary b -> {
        Set<FormulaClass> of = EnumSet.copyOf(shape(b.left(), known));
        of.retainAll(shape(b.right(), known));
        yield switch (b.connective()) {
          case AND, OR, SINCE, TRIGGERED -> of;
          case UNTIL, STRONG_RELEASE -> bounded(b.window()) ? of : strong(of);
          case WEAK_UNTIL, RELEASE -> bounded(b.window()) ? of : weak(of);
          case IMPLIES, IFF, XOR, THEN ->
              throw new IllegalStateException(b.connective() + " in negation normal form");
        };
      }
    };
  }

  private static boolean bounded(Formula.Window window) {
    return window.to() != Formula.Window.UNBOUNDED;
  }

  /** Of an operator that asks for something some time. */
  private static Set<FormulaClass> strong(Set<FormulaClass> of) {
    if (of.contains(CO_SAFETY)) {
      return EnumSet.range(CO_SAFETY, REACTIVITY);
    }
    return of.contains(PERSISTENCE) ? EnumSet.of(PERSISTENCE, REACTIVITY) : EnumSet.of(REACTIVITY);
  }

  /** Of an operator that can be left waiting for ever. */
  private static Set<FormulaClass> weak(Set<FormulaClass> of) {
    if (of.contains(SAFETY)) {
      return EnumSet.complementOf(EnumSet.of(CO_SAFETY));
    }
    return of.contains(RECURRENCE) ? EnumSet.of(RECURRENCE, REACTIVITY) : EnumSet.of(REACTIVITY);
  }
}
