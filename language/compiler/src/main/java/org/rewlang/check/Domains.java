package org.rewlang.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.EnumType;
import org.rewlang.model.Term;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;

/**
 * What functions of the library ask of their arguments beyond types, where that is known before
 * anything runs.
 */
final class Domains {

  /** Sigmoids that reach 0, so that 0 may be their value at the margin. */
  private static final Set<String> REACH_0 = Set.of("cosine", "linear", "quadratic");

  private static final Set<String> OF_DIRECTIONS = Set.of("cosine", "angle_between");

  private final Session session;

  Domains(Session session) {
    this.session = session;
  }

  /** An argument: its value, and how it was written; null where the default stands. */
  private record Given(Term value, @Nullable Expr expr) {}

  /**
   * @return whether all is well
   */
  boolean check(
      Decl.Function function, List<Term> values, List<@Nullable Expr> written, Expr call, Env env) {
    Map<String, Given> arguments = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String name = function.parameters().get(i).name().text();
      arguments.put(name, new Given(values.get(i), written.get(i)));
    }
    String name = function.name().text();
    if (OF_DIRECTIONS.contains(name)) {
      directions(name, values, call, env);
      return true;
    }
    return switch (name) {
      case "tolerance" ->
          margin(argument(arguments, "margin"), call, env)
              && (isZero(argument(arguments, "margin"))
                  || fallsTo(arguments, "value_at_margin", call, env));
      case "fall_off" -> fallsTo(arguments, "value_at_1", call, env);
      default -> true;
    };
  }

  private static Given argument(Map<String, Given> arguments, String name) {
    return Objects.requireNonNull(arguments.get(name));
  }

  private @Nullable Double constant(Given given) {
    return given.value.type().isScalar() ? session.constants.scalar(given.value) : null;
  }

  private boolean isZero(Given given) {
    Double constant = constant(given);
    return constant != null && constant == 0;
  }

  private boolean margin(Given margin, Expr call, Env env) {
    Double constant = constant(margin);
    if (constant == null || constant >= 0) {
      return true;
    }
    outside("a margin is at least 0", constant, margin, call, env);
    return false;
  }

  /** The value at a distance of 1 lies below 1, and above 0 unless the sigmoid comes down to it. */
  private boolean fallsTo(Map<String, Given> arguments, String name, Expr call, Env env) {
    Given given = argument(arguments, name);
    Double constant = constant(given);
    Double member = constant(argument(arguments, "sigmoid"));
    EnumType sigmoids = argument(arguments, "sigmoid").value.type().enumeration();
    if (constant == null || member == null || sigmoids == null) {
      return true;
    }
    String sigmoid = sigmoids.members().get(member.intValue());
    boolean reaches = REACH_0.contains(sigmoid);
    if (constant < 1 && (reaches ? constant >= 0 : constant > 0)) {
      return true;
    }
    String bound = reaches ? "at least 0 and below 1" : "above 0 and below 1";
    outside("`" + name + "` of `" + sigmoid + "` is " + bound, constant, given, call, env);
    return false;
  }

  private void outside(String message, double value, Given given, Expr call, Env env) {
    Expr place = given.expr == null ? call : given.expr;
    session.reporter.report(
        session
            .diagnose(Code.ARGUMENT_DOMAIN, message, place.span(), env)
            .label("this is " + Numeral.of(value))
            .found(Numeral.of(value)));
  }

  /** The direction of a place is that from the origin, wherever that lies. */
  private void directions(String function, List<Term> values, Expr call, Env env) {
    if (!values.stream().allMatch(new Places(session)::isPlace)) {
      return;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.POSITION_AS_DIRECTION,
                "`" + function + "` compares two positions as if they were directions",
                call.span(),
                env)
            .label("as seen from the origin, wherever that lies")
            .hint("take a difference of positions, or their distance"));
  }
}
