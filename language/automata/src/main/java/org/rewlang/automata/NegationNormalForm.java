package org.rewlang.automata;

import static org.rewlang.automata.Formula.Connective.AND;
import static org.rewlang.automata.Formula.Connective.OR;
import static org.rewlang.automata.Formula.Connective.RELEASE;
import static org.rewlang.automata.Formula.Connective.SINCE;
import static org.rewlang.automata.Formula.Connective.STRONG_RELEASE;
import static org.rewlang.automata.Formula.Connective.TRIGGERED;
import static org.rewlang.automata.Formula.Connective.UNTIL;
import static org.rewlang.automata.Formula.Connective.WEAK_UNTIL;

import java.util.IdentityHashMap;
import java.util.Map;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;

/** Moves negations to the atoms. What is needed twice is the same object twice. */
final class NegationNormalForm {

  private final Map<Formula, Formula> asIs = new IdentityHashMap<>();
  private final Map<Formula, Formula> negated = new IdentityHashMap<>();

  private NegationNormalForm() {}

  static Formula of(Formula f) {
    return new NegationNormalForm().of(f, true);
  }

  /** Of the formula if {@code positive}, else of its negation. */
  private Formula of(Formula f, boolean positive) {
    Map<Formula, Formula> known = positive ? asIs : negated;
    Formula result = known.get(f);
    if (result == null) {
      result = make(f, positive);
      known.put(f, result);
    }
    return result;
  }

  private Formula make(Formula f, boolean positive) {
    return switch (f) {
      case Constant(boolean value) -> Formula.of(value == positive);
      case Atom a -> positive ? a : new Unary(Operator.NOT, a);
      case Unary u when u.operator() == Operator.NOT -> of(u.operand(), !positive);
      case Unary u ->
          new Unary(
              positive ? u.operator() : u.operator().dual(), u.window(), of(u.operand(), positive));
      case Binary b -> make(b, positive);
    };
  }

  private Formula make(Binary b, boolean positive) {
    return switch (b.connective()) {
      case AND, OR, UNTIL, WEAK_UNTIL, RELEASE, STRONG_RELEASE, SINCE, TRIGGERED ->
          new Binary(
              positive ? b.connective() : dual(b.connective()),
              b.window(),
              of(b.left(), positive),
              of(b.right(), positive));
      case IMPLIES ->
          new Binary(positive ? OR : AND, of(b.left(), !positive), of(b.right(), positive));
      case IFF -> either(b, positive);
      case XOR -> either(b, !positive);
      case THEN -> of(Formula.then(b.left(), b.right()), positive);
    };
  }

  /** Both or neither if {@code same}, else one without the other. */
  private Formula either(Binary b, boolean same) {
    return new Binary(
        OR,
        new Binary(AND, of(b.left(), true), of(b.right(), same)),
        new Binary(AND, of(b.left(), false), of(b.right(), !same)));
  }

  private static Connective dual(Connective connective) {
    return switch (connective) {
      case AND -> OR;
      case OR -> AND;
      case UNTIL -> RELEASE;
      case RELEASE -> UNTIL;
      case WEAK_UNTIL -> STRONG_RELEASE;
      case STRONG_RELEASE -> WEAK_UNTIL;
      case SINCE -> TRIGGERED;
      case TRIGGERED -> SINCE;
      case IMPLIES, IFF, XOR, THEN -> throw new IllegalStateException(connective + " has no dual");
    };
  }
}
