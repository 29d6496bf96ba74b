package org.rewlang.temporal;

import java.util.List;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Window;

/** Temporal formulas over signals {@code x0}, {@code x1}, …, as tests make them. */
sealed interface Logic {

  /** {@code x0 > 3}. */
  record Atom(int signal, int than) implements Logic {}

  record Not(Logic of) implements Logic {}

  record And(Logic left, Logic right) implements Logic {}

  record Or(Logic left, Logic right) implements Logic {}

  record Implies(Logic left, Logic right) implements Logic {}

  /** So many steps later; earlier if {@code steps} is negative. */
  record Shift(Logic of, int steps, boolean weak) implements Logic {}

  record Always(Logic of, int from, int to) implements Logic {}

  record Eventually(Logic of, int from, int to) implements Logic {}

  record Historically(Logic of, int from, int to) implements Logic {}

  record Ever(Logic of, int from, int to) implements Logic {}

  record Until(Logic left, Logic right, int from, int to) implements Logic {}

  record WeakUntil(Logic left, Logic right, int from, int to) implements Logic {}

  record Release(Logic left, Logic right, int from, int to) implements Logic {}

  record Since(Logic left, Logic right, int from, int to) implements Logic {}

  record Then(Logic left, Logic right) implements Logic {}

  record Last() implements Logic {}

  /** Of windows without an end. */
  int ALL = Integer.MAX_VALUE;

  /** Whether some operator looks ahead. */
  default boolean looksAhead() {
    return !formula(new java.util.ArrayList<>()).looksBackOnly();
  }

  /** As it is written in Rew. */
  default String text() {
    return switch (this) {
      case Atom a -> "x" + a.signal + " > " + a.than;
      case Not n -> "not (" + n.of.text() + ")";
      case And a -> infix(a.left, "and", a.right);
      case Or o -> infix(o.left, "or", o.right);
      case Implies i -> infix(i.left, "implies", i.right);
      case Shift s -> {
        String name = s.steps < 0 ? "previous" : "next";
        int steps = Math.abs(s.steps);
        yield (s.weak ? "weak_" : "")
            + name
            + (steps == 1 ? "" : "[" + steps + "]")
            + "("
            + s.of.text()
            + ")";
      }
      case Always a -> "always" + window(a.from, a.to) + "(" + a.of.text() + ")";
      case Eventually e -> "eventually" + window(e.from, e.to) + "(" + e.of.text() + ")";
      case Historically h -> "historically" + window(h.from, h.to) + "(" + h.of.text() + ")";
      case Ever e -> "ever" + window(e.from, e.to) + "(" + e.of.text() + ")";
      case Until u -> infix(u.left, "until" + window(u.from, u.to), u.right);
      case WeakUntil w -> infix(w.left, "weak_until" + window(w.from, w.to), w.right);
      case Release r -> infix(r.left, "release" + window(r.from, r.to), r.right);
      case Since s -> infix(s.left, "since" + window(s.from, s.to), s.right);
      case Then t -> infix(t.left, "then", t.right);
      case Last _ -> "last";
    };
  }

  private static String infix(Logic left, String op, Logic right) {
    return "((" + left.text() + ") " + op + " (" + right.text() + "))";
  }

  private static String window(int from, int to) {
    return to == ALL ? "" : "[" + from + ", " + to + "]";
  }

  /** The same as the automata library has it; atoms are numbered in the order of {@code atoms}. */
  default Formula formula(List<Atom> atoms) {
    return switch (this) {
      case Atom a -> {
        if (!atoms.contains(a)) {
          atoms.add(a);
        }
        yield Formula.atom(atoms.indexOf(a));
      }
      case Not n -> Formula.not(n.of.formula(atoms));
      case And a -> binary(Connective.AND, 0, ALL, a.left, a.right, atoms);
      case Or o -> binary(Connective.OR, 0, ALL, o.left, o.right, atoms);
      case Implies i -> binary(Connective.IMPLIES, 0, ALL, i.left, i.right, atoms);
      case Shift s -> {
        Operator one =
            s.steps < 0
                ? s.weak ? Operator.WEAK_YESTERDAY : Operator.YESTERDAY
                : s.weak ? Operator.WEAK_NEXT : Operator.NEXT;
        Formula all = s.of.formula(atoms);
        for (int i = 0; i < Math.abs(s.steps); i++) {
          all = new Formula.Unary(one, all);
        }
        yield all;
      }
      case Always a -> unary(Operator.ALWAYS, a.from, a.to, a.of, atoms);
      case Eventually e -> unary(Operator.EVENTUALLY, e.from, e.to, e.of, atoms);
      case Historically h -> unary(Operator.HISTORICALLY, h.from, h.to, h.of, atoms);
      case Ever e -> unary(Operator.ONCE, e.from, e.to, e.of, atoms);
      case Until u -> binary(Connective.UNTIL, u.from, u.to, u.left, u.right, atoms);
      case WeakUntil w -> binary(Connective.WEAK_UNTIL, w.from, w.to, w.left, w.right, atoms);
      case Release r -> binary(Connective.RELEASE, r.from, r.to, r.left, r.right, atoms);
      case Since s -> binary(Connective.SINCE, s.from, s.to, s.left, s.right, atoms);
      case Then t -> binary(Connective.THEN, 0, ALL, t.left, t.right, atoms);
      case Last _ -> Formula.LAST;
    };
  }

  private static Formula unary(Operator op, int from, int to, Logic of, List<Atom> atoms) {
    return new Formula.Unary(op, new Window(from, to), of.formula(atoms));
  }

  private static Formula binary(
      Connective op, int from, int to, Logic left, Logic right, List<Atom> atoms) {
    return new Formula.Binary(op, new Window(from, to), left.formula(atoms), right.formula(atoms));
  }
}
