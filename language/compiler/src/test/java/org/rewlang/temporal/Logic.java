package org.rewlang.temporal;

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
}
