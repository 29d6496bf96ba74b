package org.rewlang.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.syntax.Expr;

/** What can be computed without running: defaults, lengths, positions, bounds. */
final class Constants {

  /** More elements than this are not worth computing; opaque lengths are far above it. */
  private static final long LARGEST = 1_000_000;

  private final Session session;

  Constants(Session session) {
    this.session = session;
  }

  @Nullable Double scalar(Term term) {
    double[] value = term.type().isScalar() ? values(term) : null;
    return value == null ? null : value[0];
  }

  /** All elements, row-major; null where {@code term} isn't constant. */
  double @Nullable [] values(Term term) {
    long size = 1;
    for (int n : term.type().shape()) {
      size = Math.min(size * n, LARGEST + 1);
    }
    return size > LARGEST ? null : compute(term);
  }

  private double @Nullable [] compute(Term term) {
    return switch (term) {
      case Term.Const c -> new double[] {c.value()};
      case Term.Table t -> t.values().stream().mapToDouble(Double::doubleValue).toArray();
      case Term.Retype r -> values(r.of());
      case Term.Ref r -> r.definition().isDefined() ? values(r.definition().value()) : null;
      case Term.Stack s -> {
        double[] all = new double[s.type().size()];
        int at = 0;
        for (Term part : s.parts()) {
          double[] value = values(part);
          if (value == null) {
            yield null;
          }
          System.arraycopy(value, 0, all, at, value.length);
          at += value.length;
        }
        yield all;
      }
      case Term.Broadcast b -> {
        double[] value = values(b.of());
        if (value == null || value.length != 1) {
          yield null;
        }
        double[] all = new double[b.type().size()];
        Arrays.fill(all, value[0]);
        yield all;
      }
      case Term.Apply a -> apply(a);
      default -> null;
    };
  }

  private double @Nullable [] apply(Term.Apply a) {
    List<double[]> operands = new ArrayList<>();
    for (Term operand : a.operands()) {
      double[] value = values(operand);
      boolean fits =
          value != null && (value.length == 1 || operand.type().shape().equals(a.type().shape()));
      if (value == null || !fits) {
        return null;
      }
      operands.add(value);
    }
    double[] all = new double[a.type().size()];
    for (int i = 0; i < all.length; i++) {
      double[] x = new double[3];
      for (int k = 0; k < operands.size() && k < 3; k++) {
        double[] v = operands.get(k);
        x[k] = v[v.length == 1 ? 0 : i];
      }
      Double value = apply(a, x[0], x[1], x[2]);
      if (value == null) {
        return null;
      }
      all[i] = value;
    }
    return all;
  }

  private static @Nullable Double apply(Term.Apply a, double x, double y, double z) {
    return switch (a.op()) {
      case NEGATE -> -x;
      case ABS -> Math.abs(x);
      case SQRT, FLOOR, ROUND, EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH ->
          a.op().of(x);
      case ADD -> x + y;
      case SUBTRACT -> x - y;
      case MULTIPLY -> x * y;
      case DIVIDE -> x / y;
      case MIN -> Math.min(x, y);
      case MAX -> Math.max(x, y);
      case POWER -> StrictMath.pow(x, y);
      case ATAN2 -> StrictMath.atan2(x, y);
      case SELECT -> x != 0 ? y : z;
      default -> null;
    };
  }

  /** Whether the value hangs on a parameter of a function that is checked without a call. */
  boolean isOpaque(Term term) {
    return Walk.any(term, t -> t instanceof Term.Ref r && session.opaque.contains(r.definition()));
  }

  /** A whole number known now; null with the reason told where it isn't. */
  @Nullable Integer whole(Expr expr, Env env, String place) {
    Term value = session.expr(expr, env);
    if (Terms.isError(value)) {
      return null;
    }
    Double constant =
        value.type().base() == Base.INT && value.type().isScalar() ? scalar(value) : null;
    if (constant != null) {
      return constant.intValue();
    }
    if (isOpaque(value)) {
      return 2;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.NOT_CONSTANT,
                place + " is a whole number known before the first step",
                expr.span(),
                env)
            .label(
                "this is "
                    + (value.type().equals(Type.INT)
                        ? "known at run time only"
                        : "`" + session.types.show(value.type()) + "`")));
    return null;
  }
}
