package org.rewlang.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Item;

/** How a block makes one number of its items. */
final class Combination {

  /** What is written before the brace; nothing is a sum. */
  enum Kind {
    SUM(0),
    PRODUCT(1),
    HAMACHER(1),
    MINIMUM(Double.NaN),
    MAXIMUM(Double.NaN),
    GEOMETRIC(Double.NaN),
    KRC(Double.NaN),
    SOFT_MINIMUM(Double.NaN);

    /** What an item that doesn't take part counts as; NaN where it can only be left out. */
    final double neutral;

    Kind(double neutral) {
      this.neutral = neutral;
    }

    List<String> parameters() {
      return switch (this) {
        case KRC -> List.of("positive");
        case SOFT_MINIMUM -> List.of("temperature");
        default -> List.of();
      };
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean leavesOut() {
      return Double.isNaN(neutral);
    }
  }

  /**
   * An item's worth.
   *
   * @param active whether it takes part; null if it always does
   */
  record Share(Term value, @Nullable Term active) {}

  private final Session session;
  private final Env env;
  private final Kind kind;

  /** Of its one parameter; null where it is left out. */
  private final @Nullable Expr argument;

  private Combination(Session session, Env env, Kind kind, @Nullable Expr argument) {
    this.session = session;
    this.env = env;
    this.kind = kind;
    this.argument = argument;
  }

  static Combination sum(Session session, Env env) {
    return new Combination(session, env, Kind.SUM, null);
  }

  /** The one that is written; null, with the reason told, where there is none such. */
  static @Nullable Combination of(Item.Combinator written, Session session, Env env) {
    String word = written.name().text();
    for (Kind kind : Kind.values()) {
      if (kind != Kind.SUM && kind.word().equals(word)) {
        Expr callee = new Expr.NameRef(word, written.name().span());
        Expr.Call call = new Expr.Call(callee, List.of(), written.arguments(), written.span());
        int required = kind == Kind.SOFT_MINIMUM ? 1 : 0;
        List<@Nullable Expr> given =
            session.calls.match(word, kind.parameters(), required, call, env);
        return given == null
            ? null
            : new Combination(session, env, kind, given.isEmpty() ? null : given.getFirst());
      }
    }
    List<String> known =
        Arrays.stream(Kind.values())
            .skip(1)
            .map(Kind::word)
            .collect(java.util.stream.Collectors.toList());
    known.add("stages");
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.UNKNOWN_NAME,
                "no combination is called `" + word + "`",
                written.name().span(),
                env)
            .label("a block is a sum, or one of those expected")
            .found(word)
            .expected(known);
    Suggestions.closest(word, known)
        .ifPresent(
            s ->
                d.hint("did you mean `" + s + "`?")
                    .fix(
                        Fix.maybe(
                            "replace by `" + s + "`", env.file.source, written.name().span(), s)));
    if (word.equals("sum")) {
      d.hint("leave it out: a block without a word before it is a sum");
    }
    session.reporter.report(d);
    return null;
  }

  Kind kind() {
    return kind;
  }

  /** What the items make together, left to right. */
  Term of(List<Share> items, Location at) {
    if (items.isEmpty()) {
      return Terms.real(kind.neutral, at);
    }
    Term result =
        switch (kind) {
          case SUM -> chain(Operation.ADD, items, at);
          case PRODUCT -> chain(Operation.MULTIPLY, items, at);
          case MINIMUM -> fold(items, Operation.MIN, at);
          case MAXIMUM -> fold(items, Operation.MAX, at);
          case HAMACHER -> hamacher(items, at);
          case GEOMETRIC -> geometric(items, at);
          case KRC -> krc(items, at);
          case SOFT_MINIMUM -> softMinimum(items, at);
        };
    if (kind == Kind.SUM || kind == Kind.PRODUCT || Terms.isError(result)) {
      return result;
    }
    Term some = any(items, at);
    return some == null ? result : Terms.select(some, result, Terms.real(kind.neutral, at), at);
  }

  /** All items, those that don't take part by their neutral number. */
  private static Term chain(Operation op, List<Share> items, Location at) {
    Term result = items.getFirst().value();
    for (Share item : items.subList(1, items.size())) {
      result = real(op, at, result, item.value());
    }
    return result;
  }

  /** The items that take part, from left to right; anything if none does. */
  private static Term fold(
      List<Share> items, java.util.function.BinaryOperator<Term> op, Location at) {
    Term result = items.getFirst().value();
    Term begun = items.getFirst().active();
    for (Share item : items.subList(1, items.size())) {
      Term next = op.apply(result, item.value());
      Term active = item.active();
      if (active != null) {
        next = Terms.select(active, next, result, at);
      }
      result = begun == null ? next : Terms.select(begun, next, item.value(), at);
      begun = begun == null || active == null ? null : Terms.or(begun, active, at);
    }
    return result;
  }

  private static Term fold(List<Share> items, Operation op, Location at) {
    return fold(items, (a, b) -> real(op, at, a, b), at);
  }

  private static Term hamacher(List<Share> items, Location at) {
    Term zero = Terms.real(0, at);
    Term one = Terms.real(1, at);
    Term all =
        fold(
            items,
            (a, b) -> {
              Term product = real(Operation.MULTIPLY, at, a, b);
              Term sum = real(Operation.ADD, at, a, b);
              Term below = real(Operation.SUBTRACT, at, sum, product);
              Term quotient = real(Operation.DIVIDE, at, product, below);
              return Terms.select(less(Operation.LESS, zero, below, at), quotient, zero, at);
            },
            at);
    Term inside =
        all(
            items,
            v ->
                Terms.and(
                    less(Operation.LESS_EQUAL, zero, v, at),
                    less(Operation.LESS_EQUAL, v, one, at),
                    at),
            at);
    return Terms.select(inside, all, Terms.real(Double.NaN, at), at);
  }

  private static Term geometric(List<Share> items, Location at) {
    Term root = root(product(items, at), items, at);
    return Terms.select(notNegative(items, at), root, Terms.real(Double.NaN, at), at);
  }

  private Term krc(List<Share> items, Location at) {
    Term positive =
        argument == null
            ? notNegative(items, at)
            : session.fit.condition(session.expr(argument, env), argument, env, "`positive`");
    if (Terms.isError(positive)) {
      return positive;
    }
    Term size = real(Operation.ABS, at, product(items, at));
    Term root = Functions.shared("size", root(size, items, at), at);
    return Terms.select(positive, root, real(Operation.NEGATE, at, root), at);
  }

  private Term softMinimum(List<Share> items, Location at) {
    Expr given = java.util.Objects.requireNonNull(argument);
    Term temperature =
        session.fit.coerce(session.expr(given, env), Type.REAL, given, env, "the temperature");
    if (Terms.isError(temperature)) {
      return temperature;
    }
    Double constant = session.constants.scalar(temperature);
    if (constant != null && !(constant > 0)) {
      session.reporter.report(
          session
              .diagnose(Code.BAD_RANGE, "a temperature is larger than 0", given.span(), env)
              .label("this is " + Numeral.of(constant))
              .hint("for the least itself, write `minimum`"));
      return Terms.error(at);
    }
    Term t = Functions.shared("temperature", temperature, at);
    Term least = Functions.shared("least", fold(items, Operation.MIN, at), at);
    Term sum = null;
    for (Share item : items) {
      Term above = real(Operation.SUBTRACT, at, least, item.value());
      Term weight = real(Operation.EXP, at, real(Operation.DIVIDE, at, above, t));
      Term part =
          item.active() == null
              ? weight
              : Terms.select(item.active(), weight, Terms.real(0, at), at);
      sum = sum == null ? part : real(Operation.ADD, at, sum, part);
    }
    Term log = real(Operation.LOG, at, java.util.Objects.requireNonNull(sum));
    Term below = real(Operation.MULTIPLY, at, t, log);
    Term value = real(Operation.SUBTRACT, at, least, below);
    Term warm = less(Operation.LESS, Terms.real(0, at), t, at);
    return Terms.select(warm, value, Terms.real(Double.NaN, at), at);
  }

  private static Term product(List<Share> items, Location at) {
    Term result = null;
    for (Share item : items) {
      Term factor =
          item.active() == null
              ? item.value()
              : Terms.select(item.active(), item.value(), Terms.real(1, at), at);
      result = result == null ? factor : real(Operation.MULTIPLY, at, result, factor);
    }
    return java.util.Objects.requireNonNull(result);
  }

  /** The root whose degree is how many items take part. */
  private static Term root(Term of, List<Share> items, Location at) {
    Term count = Terms.real(0, at);
    for (Share item : items) {
      Term one = Terms.real(1, at);
      Term part =
          item.active() == null ? one : Terms.select(item.active(), one, Terms.real(0, at), at);
      count = real(Operation.ADD, at, count, part);
    }
    Term power = real(Operation.DIVIDE, at, Terms.real(1, at), count);
    return real(Operation.POWER, at, of, power);
  }

  private static Term notNegative(List<Share> items, Location at) {
    Term zero = Terms.real(0, at);
    return all(items, v -> less(Operation.LESS_EQUAL, zero, v, at), at);
  }

  /** Whether something holds of all items that take part. */
  private static Term all(List<Share> items, Function<Term, Term> holds, Location at) {
    Term result = null;
    for (Share item : items) {
      Term one = holds.apply(item.value());
      if (item.active() != null) {
        one = Terms.or(Terms.not(item.active(), at), one, at);
      }
      result = result == null ? one : Terms.and(result, one, at);
    }
    return java.util.Objects.requireNonNull(result);
  }

  /** Whether any item takes part; null if one surely does. */
  private static @Nullable Term any(List<Share> items, Location at) {
    Term result = null;
    for (Share item : items) {
      Term active = item.active();
      if (active == null) {
        return null;
      }
      result = result == null ? active : Terms.or(result, active, at);
    }
    return result;
  }

  private static Term real(Operation op, Location at, Term... operands) {
    return Terms.apply(op, Type.REAL, at, operands);
  }

  private static Term less(Operation op, Term a, Term b, Location at) {
    return Terms.apply(op, Type.BOOL, at, a, b);
  }
}
