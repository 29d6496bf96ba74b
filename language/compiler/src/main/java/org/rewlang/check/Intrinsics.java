package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Operation;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** Functions that the core has an operation for. Everything else is library. */
final class Intrinsics {

  /** What an elementary function does with units. */
  private enum Units {
    PLAIN,
    /** An angle or a plain number, to a plain number. */
    FROM_ANGLE,
    TO_ANGLE,
    /** As they are. */
    KEPT,
    ROOT,
    /** A plain number, to an int. */
    WHOLE
  }

  private record Row(Operation op, Units units) {}

  private static final Map<String, Row> ELEMENTARY = new LinkedHashMap<>();

  /** Every built-in function with what documentation and hover say of it. */
  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    row("abs", Operation.ABS, Units.KEPT, "The absolute value.");
    row("sqrt", Operation.SQRT, Units.ROOT, "The square root; undefined below 0.");
    row("floor", Operation.FLOOR, Units.WHOLE, "The largest int that is no larger.");
    row("round", Operation.ROUND, Units.WHOLE, "The nearest int, a half to the even one.");
    row("exp", Operation.EXP, Units.PLAIN, "e to the power of a plain number.");
    row("expm1", Operation.EXPM1, Units.PLAIN, "`exp(x) - 1`, exact near 0.");
    row("log", Operation.LOG, Units.PLAIN, "The natural logarithm; undefined up to 0.");
    row("log1p", Operation.LOG1P, Units.PLAIN, "`log(1 + x)`, exact near 0.");
    row("tanh", Operation.TANH, Units.PLAIN, "The hyperbolic tangent.");
    row("sin", Operation.SIN, Units.FROM_ANGLE, "The sine of an angle, or of a number of radians.");
    row(
        "cos",
        Operation.COS,
        Units.FROM_ANGLE,
        "The cosine of an angle, or of a number of radians.");
    row(
        "tan",
        Operation.TAN,
        Units.FROM_ANGLE,
        "The tangent of an angle, or of a number of radians.");
    row("asin", Operation.ASIN, Units.TO_ANGLE, "The angle in -90..90 deg with this sine.");
    row("acos", Operation.ACOS, Units.TO_ANGLE, "The angle in 0..180 deg with this cosine.");
    DOCS.put("atan", "The angle in -90..90 deg with this tangent.");
    DOCS.put("atan2", "The angle of the point (x, y), given as `atan2(y, x)`, in -180..180 deg.");
    DOCS.put("ceil", "The smallest int that is no smaller.");
    DOCS.put("present", "Whether a value is defined: a finite number, a known bool.");
    DOCS.put(
        "match", "The value named after the member that an enum has: `match(m, a = 1, b = 2)`.");
    DOCS.putAll(Rotations.DOCS);
    DOCS.put("fold", "What is left of going through values: `fold(acc + x for x in xs, acc = 0)`.");
    DOCS.putAll(ArrayFunctions.DOCS);
    DOCS.putAll(Aggregates.DOCS);
    DOCS.putAll(Time.DOCS);
    DOCS.putAll(Temporal.DOCS);
    DOCS.putAll(Formulas.DOCS);
    DOCS.put(Pasted.NAME, Pasted.DOC);
    DOCS.put(Regexes.NAME, Regexes.DOC);
  }

  private static void row(String name, Operation op, Units units, String doc) {
    ELEMENTARY.put(name, new Row(op, units));
    DOCS.put(name, doc);
  }

  private final Session session;

  Intrinsics(Session session) {
    this.session = session;
  }

  boolean has(String name) {
    return ELEMENTARY.containsKey(name)
        || List.of("atan", "atan2", "ceil", "present", "match").contains(name);
  }

  Term call(String name, Expr.Call call, Env env, @Nullable Type expected) {
    if (name.equals("match")) {
      return choose(call, env, expected);
    }
    List<String> parameters = name.equals("atan2") ? List.of("y", "x") : List.of("x");
    List<@Nullable Expr> matched =
        session.calls.match(name, parameters, parameters.size(), call, env);
    if (matched == null) {
      return session.calls.arguments(call, env);
    }
    Expr first = Objects.requireNonNull(matched.getFirst());
    Location at = env.at(call.span());
    Value value = session.value(first, env);
    if (name.equals("present") && value instanceof Value.Bundle b) {
      return session.structures.present(b, at);
    }
    if (name.equals("log") && value.structure() instanceof Structure.Rotation) {
      Value vector = session.functions.apply("rotation_vector", List.of(value), call, env);
      return session.structures.tensor(vector, first, env);
    }
    Term x = session.structures.tensor(value, first, env);
    return switch (name) {
      case "atan2" -> atan2(x, first, Objects.requireNonNull(matched.get(1)), call, env);
      case "atan" -> {
        Term plain = session.fit.plain(x, first, env, "`atan`");
        yield Terms.isError(plain)
            ? plain
            : Terms.apply(Operation.ATAN2, Type.real(Types.ANGLE), at, plain, Terms.real(1, at));
      }
      case "ceil" -> {
        Term plain = session.fit.plain(x, first, env, "`ceil`");
        if (Terms.isError(plain)) {
          yield plain;
        }
        Term negated = Terms.apply(Operation.NEGATE, Type.REAL, at, plain);
        Term floor = Terms.apply(Operation.FLOOR, Type.INT, at, negated);
        yield Terms.apply(Operation.NEGATE, Type.INT, at, floor);
      }
      case "present" -> Terms.isError(x) ? x : Terms.apply(Operation.DEFINED, Type.BOOL, at, x);
      default -> elementary(name, x, first, call, env);
    };
  }

  private Term elementary(String name, Term x, Expr expr, Expr.Call call, Env env) {
    Row row = Objects.requireNonNull(ELEMENTARY.get(name));
    Location at = env.at(call.span());
    String place = "`" + name + "`";
    if (Terms.isError(x)) {
      return Terms.error(at);
    }
    boolean angle = x.type().dimension().equals(Types.ANGLE);
    if (row.units == Units.KEPT
        || row.units == Units.ROOT
        || row.units == Units.FROM_ANGLE && angle) {
      Type own = x.type().isNumber() ? x.type() : Type.REAL.withShape(x.type().shape());
      x = session.fit.coerce(x, own, expr, env, place);
    } else {
      if (row.units == Units.WHOLE && x.type().base() == Base.INT) {
        return x;
      }
      x = session.fit.plain(x, expr, env, place);
    }
    if (Terms.isError(x)) {
      return Terms.error(at);
    }
    Dimension d = x.type().dimension();
    return switch (row.units) {
      case PLAIN, FROM_ANGLE -> Terms.apply(row.op, Type.REAL, at, Terms.widen(x));
      case TO_ANGLE -> Terms.apply(row.op, Type.real(Types.ANGLE), at, x);
      case KEPT -> Terms.apply(row.op, x.type().element(), at, x);
      case WHOLE -> Terms.apply(row.op, Type.INT, at, x);
      case ROOT -> {
        Dimension root = Arithmetic.root(d, 0.5);
        if (root == null) {
          session.reporter.report(
              session
                  .diagnose(Code.UNIT_MISMATCH, "`" + d + "` has no square root", expr.span(), env)
                  .label("its powers are not even")
                  .found(d.toString()));
          yield Terms.error(at);
        }
        yield Terms.apply(row.op, Type.real(root), at, Terms.widen(x));
      }
    };
  }

  private Term atan2(Term y, Expr first, Expr second, Expr.Call call, Env env) {
    Term x = session.expr(second, env);
    Fit.Pair pair = session.fit.unify(y, first, x, second, "`atan2`", call.callee().span(), env);
    if (pair == null) {
      return env.error(call.span());
    }
    if (!pair.element().isNumber()) {
      session.fit.coerce(pair.left(), Type.REAL, first, env, "`atan2`");
      return env.error(call.span());
    }
    return Terms.apply(
        Operation.ATAN2,
        Type.real(Types.ANGLE),
        env.at(call.span()),
        Terms.widen(pair.left()),
        Terms.widen(pair.right()));
  }

  /** {@code match(shaper, clip = a, tanh = b)}: every member once. */
  private Term choose(Expr.Call call, Env env, @Nullable Type expected) {
    if (call.arguments().isEmpty() || call.arguments().getFirst().name() != null) {
      session.reporter.report(
          session
              .diagnose(Code.ARGUMENTS, "`match` needs an enum first", call.callee().span(), env)
              .label("then a value for each member"));
      return session.calls.arguments(call, env);
    }
    Expr subject = call.arguments().getFirst().value();
    Term value = session.expr(subject, env);
    if (Terms.isError(value) || value.type().enumeration() == null) {
      if (!Terms.isError(value)) {
        session.reporter.report(
            session
                .diagnose(
                    Code.TYPE_MISMATCH,
                    "`match` needs an enum, not `" + session.types.show(value.type()) + "`",
                    subject.span(),
                    env)
                .label("this is `" + session.types.show(value.type()) + "`"));
      }
      return session.calls.arguments(call, env);
    }
    EnumType subjects = value.type().enumeration();
    List<String> members = subjects.members();
    List<String> parameters = new java.util.ArrayList<>(List.of(""));
    parameters.addAll(members);
    List<Name> unknown =
        call.arguments().stream()
            .map(Expr.Argument::name)
            .filter(n -> n != null && !members.contains(n.text()))
            .toList();
    for (Name n : unknown) {
      session.fields.missing(subjects.name(), n, members, env);
    }
    List<@Nullable Expr> matched =
        unknown.isEmpty()
            ? session.calls.match("match", parameters, parameters.size(), call, env)
            : null;
    if (matched == null) {
      return session.calls.arguments(call, env);
    }
    Location at = env.at(call.span());
    if (env.inlined && value instanceof Term.Const c) {
      return session.expressions.of(
          Objects.requireNonNull(matched.get((int) c.value() + 1)), env, expected);
    }
    Term result = null;
    Expr previous = subject;
    for (int i = members.size() - 1; i >= 0; i--) {
      Expr arm = Objects.requireNonNull(matched.get(i + 1));
      Term own = session.expressions.of(arm, env, expected);
      if (result == null) {
        result = own;
      } else {
        Fit.Pair pair = session.fit.unify(own, arm, result, previous, "`match`", arm.span(), env);
        if (pair == null) {
          result = env.error(call.span());
        } else {
          Term is = Names.equal(value, new Term.Const(i, value.type().element(), at), at);
          result = Terms.select(is, pair.left(), pair.right(), at);
        }
      }
      previous = arm;
    }
    return result == null ? env.error(call.span()) : result;
  }
}
