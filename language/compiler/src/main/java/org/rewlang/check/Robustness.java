package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.Dimension;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.temporal.Network;
import org.rewlang.temporal.Plan;

/**
 * One robustness: the distances of a formula's atoms. {@code a < b} is {@code b - a} away from
 * changing, {@code a == b} {@code -abs(a - b)}; {@code and}, {@code or} and {@code all} of
 * comparisons are minima and maxima. What compares nothing is infinitely far away.
 */
final class Robustness {

  private final Session session;
  private final Expr expr;
  private final Env env;
  private final Location at;

  /** Distances, or bools that have none, with which atom of the formula each is. */
  private final List<Term> distances = new ArrayList<>();

  private final List<Integer> atoms = new ArrayList<>();

  Robustness(Session session, Expr expr, Env env, Location at) {
    this.session = session;
    this.expr = expr;
    this.env = env;
    this.at = at;
  }

  Term of(Formula formula, @Nullable Expr sharpness, @Nullable Term beta) {
    Formula own = unfolded(formula);
    Formula numbered = own.rename(this::number);
    Dimension dimension = dimension();
    if (dimension == null) {
      return Terms.error(at);
    }
    Type type = Type.real(dimension);
    List<Term> fitted = new ArrayList<>();
    for (Term d : distances) {
      fitted.add(d.type().base() == Base.BOOL ? d : Terms.inDimension(d, dimension));
    }
    Term sharp = beta;
    if (sharpness != null && beta != null) {
      sharp = sharpness(sharpness, beta, Dimension.NONE.per(dimension));
      if (sharp == null) {
        return Terms.error(at);
      }
    }
    return refused(numbered, sharp == null)
        ? Terms.error(at)
        : new Term.Robustness(numbered, fitted, sharp, type, at);
  }

  /** Atoms that are names of conditions with a past, taken apart. */
  private Formula unfolded(Formula formula) {
    Formula before = formula;
    Formula now = before.replace(this::unfolded);
    while (now != before) {
      before = now;
      now = before.replace(this::unfolded);
    }
    return now;
  }

  private Formula unfolded(int atom) {
    Term term = session.atoms.term(atom);
    return term instanceof Term.Ref r && r.definition().isDefined()
        ? session.atoms.of(r.definition().value())
        : Formula.atom(atom);
  }

  /** The atom's number here. */
  private int number(int atom) {
    int known = atoms.indexOf(atom);
    if (known >= 0) {
      return known;
    }
    Term condition = session.atoms.term(atom);
    Term distance = distance(condition);
    atoms.add(atom);
    distances.add(distance == null ? condition : distance);
    return distances.size() - 1;
  }

  /** How far a condition is from changing, element by element; null if that is no number. */
  private static @Nullable Term distance(Term condition) {
    Location at = condition.at();
    return switch (condition) {
      case Term.Ref r
          when r.definition().isDefined() && r.definition().kind() != Definition.Kind.TOTAL ->
          distance(r.definition().value());
      case Term.Apply a -> compared(a);
      case Term.Reduce r when isJunction(r.op()) -> {
        Term of = distance(r.of());
        yield of == null
            ? null
            : new Term.Reduce(
                extreme(r.op()), of, r.axis(), of.type().element().withShape(r.type().shape()), at);
      }
      case Term.ReduceOver r when isJunction(r.op()) && r.where() == null -> {
        Term body = distance(r.body());
        yield body == null
            ? null
            : new Term.ReduceOver(
                extreme(r.op()), r.binders(), null, body, body.type().element(), at);
      }
      case Term.Build b -> {
        Term body = distance(b.body());
        yield body == null
            ? null
            : new Term.Build(
                b.binders(), body, body.type().element().withShape(b.type().shape()), at);
      }
      case Term.Element e -> {
        Term of = distance(e.of());
        yield of == null
            ? null
            : new Term.Element(
                of, e.indices(), of.type().element().withShape(e.type().shape()), at);
      }
      case Term.Broadcast b -> {
        Term of = distance(b.of());
        yield of == null ? null : Terms.broadcast(of, b.type().shape());
      }
      default -> null;
    };
  }

  private static boolean isJunction(ReduceOp op) {
    return op == ReduceOp.ALL || op == ReduceOp.ANY;
  }

  private static ReduceOp extreme(ReduceOp op) {
    return op == ReduceOp.ALL ? ReduceOp.MIN : ReduceOp.MAX;
  }

  private static @Nullable Term compared(Term.Apply apply) {
    Location at = apply.at();
    Term first = apply.operands().getFirst();
    Term last = apply.operands().getLast();
    return switch (apply.op()) {
      case LESS, LESS_EQUAL -> difference(last, first, at);
      case EQUAL -> {
        Term difference = difference(first, last, at);
        if (difference == null) {
          yield null;
        }
        Type element = difference.type().element();
        Term apart = Terms.apply(Operation.ABS, element, at, difference);
        yield Terms.apply(Operation.NEGATE, element, at, apart);
      }
      case NOT -> {
        Term of = distance(first);
        yield of == null ? null : Terms.apply(Operation.NEGATE, of.type().element(), at, of);
      }
      case AND, OR -> {
        Term a = distance(first);
        Term b = distance(last);
        boolean same = a != null && b != null && a.type().dimension().equals(b.type().dimension());
        yield same
            ? Terms.apply(
                apply.op() == Operation.AND ? Operation.MIN : Operation.MAX,
                Objects.requireNonNull(a).type().element(),
                at,
                a,
                Objects.requireNonNull(b))
            : null;
      }
      default -> null;
    };
  }

  /** As reals; null of what has no difference. */
  private static @Nullable Term difference(Term a, Term b, Location at) {
    return a.type().isNumber() && b.type().isNumber()
        ? Terms.apply(
            Operation.SUBTRACT, Type.real(a.type().dimension()), at, Terms.widen(a), Terms.widen(b))
        : null;
  }

  /** The unit that all distances share; null, with the reason told, if there is none. */
  private @Nullable Dimension dimension() {
    Term first = null;
    for (int i = 0; i < distances.size(); i++) {
      Term d = distances.get(i);
      if (d.type().base() == Base.BOOL) {
        continue;
      }
      if (first != null && !first.type().dimension().equals(d.type().dimension())) {
        Diagnostic.Builder told =
            session
                .diagnose(
                    Code.UNIT_MISMATCH,
                    "the comparisons in a robustness share one unit",
                    expr.span(),
                    env)
                .label(
                    "between `"
                        + session.types.show(first.type())
                        + "` and `"
                        + session.types.show(d.type())
                        + "`")
                .hint("divide each side by what it is measured with, as in `x / 10 m < 1`");
        for (Term one : List.of(first, d)) {
          told.related(
              one.at().source(),
              one.at().span(),
              "this is `" + session.types.show(one.type()) + "` away from changing");
        }
        session.reporter.report(told);
        return null;
      }
      first = first == null ? d : first;
    }
    if (first == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.ROBUSTNESS, "nothing in this formula is a comparison", expr.span(), env)
              .label("a bool has no distance from changing")
              .hint("compare a number, or ask for the truth with `satisfied(…)`"));
      return null;
    }
    return first.type().dimension();
  }

  /** Positive, in the inverse unit, and the same in all steps; null, with the reason told. */
  private @Nullable Term sharpness(Expr sharpness, Term beta, Dimension dimension) {
    Term fitted = session.fit.coerce(beta, Type.real(dimension), sharpness, env, "`beta`");
    if (Terms.isError(fitted)) {
      return null;
    }
    boolean varies =
        Walk.any(
            fitted, t -> t instanceof Term.Input || t instanceof Term.StepIndex || Walk.isState(t));
    if (varies) {
      session.reporter.report(
          session
              .diagnose(Code.NOT_CONSTANT, "`beta` is the same in all steps", sharpness.span(), env)
              .label("this depends on the step"));
      return null;
    }
    Double value = session.constants.scalar(fitted);
    if (value != null && !(value > 0)) {
      session.reporter.report(
          session
              .diagnose(Code.ARGUMENT_DOMAIN, "`beta` is greater than 0", sharpness.span(), env)
              .label("this is " + value)
              .hint("the greater it is, the nearer to the exact robustness"));
      return null;
    }
    return fitted;
  }

  /** Whether it can't be kept online; the reason is told. */
  private boolean refused(Formula formula, boolean exact) {
    Network network = new Network(exact);
    if (!(Plan.of(network, formula) instanceof Plan.Refused refused)) {
      return false;
    }
    String why =
        switch (refused.reason()) {
          case PAST_OF_FUTURE -> "an operator that looks back speaks of what is still to come";
          case NUMBERS ->
              "its operators nest so that more than "
                  + Plan.MOST_NUMBERS
                  + " numbers would have to be kept";
          case PRODUCTS ->
              "its operators nest so that more than "
                  + Plan.MOST_PRODUCTS
                  + " products of numbers would be joined in each step";
          case SOFT ->
              "softmin and softmax of operators within each other need every value ever seen";
        };
    session.reporter.report(
        session
            .diagnose(
                Code.ROBUSTNESS,
                "this robustness can't be kept while an episode goes on",
                expr.span(),
                env)
            .label(why)
            .hint(
                switch (refused.reason()) {
                  case SOFT -> "take `robustness(…)`, which needs a few numbers";
                  case PAST_OF_FUTURE -> "of a recorded trace `rew ltl --robustness` tells it";
                  case NUMBERS, PRODUCTS ->
                      "give the operators inside windows, as in `eventually[0, 20](…)`";
                }));
    return true;
  }
}
