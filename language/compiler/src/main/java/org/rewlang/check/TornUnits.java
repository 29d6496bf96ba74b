package org.rewlang.check;

import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/**
 * {@code 2 m / s} divides by a value {@code s}. Where there is none but a unit of that name, the
 * blanks have torn a compound unit apart.
 */
final class TornUnits {

  /** A quantity and the unit that was meant for it. */
  private record Meant(Expr number, String unit) {}

  private final Session session;

  TornUnits(Session session) {
    this.session = session;
  }

  /** Whether {@code b} is such a unit; then it is told. */
  boolean told(Expr.Binary b, Env env) {
    Meant meant = meant(b, env);
    if (meant == null) {
      return false;
    }
    Span whole = new Span(meant.number().span().start(), b.span().end());
    Expr.NameRef last = unitName(b.right());
    String name = last == null ? "" : last.name();
    String better = written(meant, env);
    session.reporter.report(
        session
            .diagnose(
                Code.UNKNOWN_NAME,
                "nothing is called `" + name + "` here, and a unit has no blanks in it",
                last == null ? b.right().span() : last.span(),
                env)
            .label("no value has this name, a unit does")
            .found(name)
            .hint("write `" + better + "`")
            .fix(
                Fix.maybe(
                    "join the unit: `" + better + "`",
                    env.file.source,
                    new Span(whole.start(), b.right().span().end()),
                    better)));
    return true;
  }

  private @Nullable Meant meant(Expr.Binary b, Env env) {
    boolean divide = b.op() == Expr.BinaryOp.DIVIDE;
    if (!divide && b.op() != Expr.BinaryOp.MULTIPLY) {
      return null;
    }
    String next = power(b.right(), env);
    Meant before = next == null ? null : before(b.left(), b.opSpan(), env);
    return before == null
        ? null
        : new Meant(before.number(), before.unit() + (divide ? "/" : "*") + next);
  }

  /** The quantity that stands directly before an operator. */
  private @Nullable Meant before(Expr e, Span operator, Env env) {
    boolean direct = env.file.source.text(new Span(e.span().end(), operator.start())).isBlank();
    if (!direct) {
      return null;
    }
    return switch (e) {
      case Expr.NumberLit n when n.unit() != null -> new Meant(n, n.unit().text());
      case Expr.ListLit l when l.unit() != null && env.file.source.text(l.span()).startsWith("[") ->
          new Meant(l, l.unit().text());
      case Expr.Unary u when u.op() == Expr.UnaryOp.NEGATE -> before(u.operand(), operator, env);
      case Expr.Binary b -> {
        Meant torn = meant(b, env);
        yield torn != null ? torn : before(b.right(), operator, env);
      }
      default -> null;
    };
  }

  /** {@code s} or {@code s ** 2} as part of a unit, where {@code s} is no value. */
  private @Nullable String power(Expr e, Env env) {
    Expr.NameRef name = unitName(e);
    if (name == null
        || session.names.isValue(name.name(), env)
        || !session.quantities.isUnit(name.name(), env)) {
      return null;
    }
    return e instanceof Expr.Binary b && b.right() instanceof Expr.NumberLit n
        ? name.name() + "^" + n.text()
        : name.name();
  }

  private static Expr.@Nullable NameRef unitName(Expr e) {
    if (e instanceof Expr.NameRef n) {
      return n;
    }
    return e instanceof Expr.Binary b
            && b.op() == Expr.BinaryOp.POWER
            && b.left() instanceof Expr.NameRef n
            && b.right() instanceof Expr.NumberLit p
            && p.unit() == null
            && Quantities.isIntText(p.text())
        ? n
        : null;
  }

  private static String written(Meant meant, Env env) {
    UnitRef unit = Quantities.writtenUnit(meant.number());
    return switch (meant.number()) {
      case Expr.NumberLit n when unit != null && !unit.angle() -> n.text() + " " + meant.unit();
      case Expr.NumberLit n -> n.text() + " <" + meant.unit() + ">";
      default -> {
        Span span = meant.number().span();
        int end = unit == null ? span.end() : unit.span().start();
        String list = env.file.source.text(new Span(span.start(), end)).strip();
        yield list + " <" + meant.unit() + ">";
      }
    };
  }
}
