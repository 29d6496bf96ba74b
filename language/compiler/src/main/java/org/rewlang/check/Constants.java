package org.rewlang.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.syntax.Expr;

/** What can be computed without running: defaults, lengths, positions, bounds. */
final class Constants {

  /** More elements than this are not worth computing; opaque lengths are far above it. */
  private static final long MOST = 2_000_000;

  private final Session session;

  /** How many elements may still be computed. */
  private long left;

  /** The rounds of loops around what is computed. */
  private final Map<Binder, Integer> rounds = new HashMap<>();

  Constants(Session session) {
    this.session = session;
  }

  @Nullable Double scalar(Term term) {
    double[] value = term.type().isScalar() ? values(term) : null;
    return value == null ? null : value[0];
  }

  /** All elements, row-major; null where {@code term} isn't constant, or would take long. */
  double @Nullable [] values(Term term) {
    left = MOST;
    return part(term);
  }

  private double @Nullable [] part(Term term) {
    long size = 1;
    for (int n : term.type().shape()) {
      size = Math.min(size * n, MOST + 1);
    }
    left -= size;
    return left < 0 ? null : compute(term);
  }

  private double @Nullable [] compute(Term term) {
    return switch (term) {
      case Term.Const c -> new double[] {c.value()};
      case Term.Table t -> t.values().stream().mapToDouble(Double::doubleValue).toArray();
      case Term.Retype r -> part(r.of());
      case Term.Ref r -> r.definition().isDefined() ? part(r.definition().value()) : null;
      case Term.Stack s -> {
        double[] all = new double[s.type().size()];
        int at = 0;
        for (Term part : s.parts()) {
          double[] value = part(part);
          if (value == null) {
            yield null;
          }
          System.arraycopy(value, 0, all, at, value.length);
          at += value.length;
        }
        yield all;
      }
      case Term.Broadcast b -> {
        double[] value = part(b.of());
        if (value == null || value.length != 1) {
          yield null;
        }
        double[] all = new double[b.type().size()];
        Arrays.fill(all, value[0]);
        yield all;
      }
      case Term.Apply a -> apply(a);
      case Term.LoopIndex l -> {
        Integer round = rounds.get(l.binder());
        yield round == null ? null : new double[] {round};
      }
      case Term.Element e -> element(e);
      case Term.Build b -> build(b);
      case Term.Reduce r when r.axis() == null -> reduce(r);
      default -> null;
    };
  }

  private double @Nullable [] element(Term.Element e) {
    double[] all = part(e.of());
    List<Integer> shape = e.of().type().shape();
    int size = all == null ? 0 : all.length;
    int from = 0;
    boolean inside = true;
    for (int d = 0; d < e.indices().size(); d++) {
      double[] index = part(e.indices().get(d));
      if (all == null || index == null) {
        return null;
      }
      size /= shape.get(d);
      inside &= index[0] >= 0 && index[0] < shape.get(d);
      from += inside ? (int) index[0] * size : 0;
    }
    double[] one = new double[size];
    if (inside && all != null) {
      System.arraycopy(all, from, one, 0, size);
    } else {
      Arrays.fill(one, Double.NaN);
    }
    return one;
  }

  private double @Nullable [] build(Term.Build b) {
    List<Integer> counts = b.binders().stream().map(Binder::count).toList();
    int size = b.body().type().size();
    double[] all = new double[b.type().size()];
    boolean known = true;
    for (int i = 0; known && i * size < all.length; i++) {
      List<Integer> index = Shape.index(counts, i);
      for (int d = 0; d < counts.size(); d++) {
        rounds.put(b.binders().get(d), index.get(d));
      }
      double[] one = part(b.body());
      known = one != null;
      if (one != null) {
        System.arraycopy(one, 0, all, i * size, size);
      }
    }
    b.binders().forEach(rounds::remove);
    return known ? all : null;
  }

  private double @Nullable [] reduce(Term.Reduce r) {
    double[] all = part(r.of());
    if (all == null) {
      return null;
    }
    DoubleStream values = Arrays.stream(all);
    return switch (r.op()) {
      // In order, from the identity: a stream's own sum compensates.
      case SUM -> new double[] {values.boxed().reduce(0.0, Double::sum)};
      case PROD -> new double[] {values.reduce(1, (a, b) -> a * b)};
      case ANY -> new double[] {values.anyMatch(v -> v != 0) ? 1 : 0};
      case ALL -> new double[] {values.allMatch(v -> v != 0) ? 1 : 0};
      default -> null;
    };
  }

  private double @Nullable [] apply(Term.Apply a) {
    List<double[]> operands = new ArrayList<>();
    for (Term operand : a.operands()) {
      double[] value = part(operand);
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
      case LESS -> Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : x < y ? 1.0 : 0.0;
      case EQUAL -> Double.isNaN(x) || Double.isNaN(y) ? Double.NaN : x == y ? 1.0 : 0.0;
      case DEFINED -> Double.isFinite(x) ? 1.0 : 0.0;
      case COALESCE -> Double.isFinite(x) ? x : y;
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
