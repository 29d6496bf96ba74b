package org.rewlang.automata;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;

/**
 * A formula as a combination of others that are about the same position.
 *
 * @param formulas at least two
 * @param output of two of them
 * @param negated of all
 */
record Parts(List<Formula> formulas, IntBinaryOperator output, boolean negated) {

  /**
   * @param distribute whether {@code G(a & b)} is {@code G a & G b}, too
   */
  static @Nullable Parts of(Formula formula, boolean distribute) {
    return switch (formula) {
      case Unary u when u.operator() == Operator.NOT -> {
        Parts inner = of(u.operand(), distribute);
        yield inner == null ? null : new Parts(inner.formulas, inner.output, !inner.negated);
      }
      case Unary u when distribute && u.operator().isFuture() -> distributed(u);
      case Binary b ->
          switch (b.connective()) {
            case AND -> new Parts(chain(b.connective(), b), (x, y) -> x & y, false);
            case OR -> new Parts(chain(b.connective(), b), (x, y) -> x | y, false);
            case IMPLIES ->
                new Parts(List.of(Formula.not(b.left()), b.right()), (x, y) -> x | y, false);
            case IFF -> new Parts(List.of(b.left(), b.right()), (x, y) -> x ^ y, true);
            case XOR -> new Parts(List.of(b.left(), b.right()), (x, y) -> x ^ y, false);
            default -> null;
          };
      default -> null;
    };
  }

  private static @Nullable Parts distributed(Unary u) {
    Parts inner = of(u.operand(), true);
    if (inner == null) {
      return null;
    }
    boolean and = inner.output.applyAsInt(0, 1) == 0 && !inner.negated;
    boolean or = inner.output.applyAsInt(1, 1) == 1 && !inner.negated && !and;
    boolean distributes =
        switch (u.operator()) {
          case ALWAYS -> and;
          case EVENTUALLY -> or;
          case NEXT, WEAK_NEXT -> and || or;
          default -> false;
        };
    return distributes
        ? new Parts(
            inner.formulas.stream()
                .<Formula>map(f -> new Unary(u.operator(), u.window(), f))
                .toList(),
            inner.output,
            false)
        : null;
  }

  private static List<Formula> chain(Connective connective, Formula f) {
    if (f instanceof Binary b && b.connective() == connective) {
      List<Formula> all = new ArrayList<>(chain(connective, b.left()));
      all.addAll(chain(connective, b.right()));
      return all;
    }
    return List.of(f);
  }
}
