package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Who answers a call: a declared function, an aggregation, time, an elementary function. */
final class Calls {

  /** The language has them, this version doesn't; a library function of the name comes first. */
  private static final Set<String> LATER =
      Set.of(
          "json",
          "decode",
          "gradient",
          "keys",
          "number",
          "tokens",
          "between",
          "potential",
          "expected",
          "probability",
          "return",
          "interval",
          "dominates");

  private static final Set<String> SOURCES = Set.of("range", "zip", "enumerate");

  private final Session session;

  Calls(Session session) {
    this.session = session;
  }

  boolean isFunction(String name, Env env) {
    return declared(name, env) != null
        || session.records.find(name, env) != null
        || session.rotations.has(name)
        || session.aggregates.has(name)
        || session.time.has(name)
        || session.temporal.has(name)
        || session.formulas.has(name)
        || name.equals(Pasted.NAME)
        || name.equals(Regexes.NAME)
        || session.arrays.has(name)
        || name.equals("fold")
        || session.intrinsics.has(name);
  }

  static Entity.@Nullable Function declared(String name, Env env) {
    for (FileScope f = env.file; f != null; f = f.outer) {
      Entity.Function found = f.function(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  Value of(Expr.Call call, Env env, @Nullable Structure expected) {
    return switch (call.callee()) {
      case Expr.NameRef n -> named(call, n.name(), n.span(), env, expected);
      case Expr.Field f when f.target() instanceof Expr.NameRef n -> qualified(call, f, n, env);
      default -> Value.of(notAFunction(call, env));
    };
  }

  private Value qualified(Expr.Call call, Expr.Field f, Expr.NameRef n, Env env) {
    String name = f.name().text();
    if (session.names.entity(n.name(), env) == null
        && env.file.files.get(n.name()) instanceof Entity.Namespace file) {
      session.sites.useTyped(env.file.at(n.span()), Index.Kind.FILE, n.name(), "", null, file.at());
      Entity.Function function = file.file().function(name);
      if (function != null) {
        return function(function, call, f.name().span(), env);
      }
      Entity.RecordDeclaration record = file.file().records.get(name);
      return record != null
          ? session.records.construct(record, call, env)
          : Value.of(
              unknown(name, f.name().span(), call, List.copyOf(file.file().functions()), env));
    }
    if (env.file.files.get(n.name()) instanceof Entity.Wrong) {
      return Value.of(arguments(call, env));
    }
    return Value.of(notAFunction(call, env));
  }

  private Term notAFunction(Expr.Call call, Env env) {
    Term callee = session.expr(call.callee(), env);
    if (!Terms.isError(callee)) {
      session.reporter.report(
          session
              .diagnose(Code.WRONG_KIND, "only a function can be called", call.callee().span(), env)
              .label("this is a value of type `" + session.types.show(callee.type()) + "`"));
    }
    return arguments(call, env);
  }

  private Value function(Entity.Function function, Expr.Call call, Span name, Env env) {
    session.used.add(function.decl());
    session.sites.useTyped(
        env.file.at(name),
        Index.Kind.FUNCTION,
        function.decl().name().text(),
        session.functions.signature(function),
        function.decl().doc(),
        function.at());
    return session.functions.call(function, call, env);
  }

  private Value named(Expr.Call call, String name, Span at, Env env, @Nullable Structure expected) {
    Entity.Function function = declared(name, env);
    Entity.RecordDeclaration record = session.records.find(name, env);
    boolean overloaded = record != null || session.rotations.has(name);
    if (function != null && (!overloaded || !function.file().library)) {
      return function(function, call, at, env);
    }
    if (record != null) {
      return session.records.construct(record, call, env);
    }
    if (name.equals("prev") || name.equals("initial")) {
      builtIn(name, at, env);
      return session.time.value(name, call, env);
    }
    if (session.temporal.has(name)) {
      builtIn(name, at, env);
      return session.temporal.call(name, call, env);
    }
    if (name.equals("fold") && call.window().isEmpty()) {
      builtIn(name, at, env);
      return session.folds.call(call, env);
    }
    if (name.equals("sort") && call.window().isEmpty()) {
      builtIn(name, at, env);
      return session.arrays.sort(call, env);
    }
    if (name.equals(Pasted.NAME)) {
      builtIn(name, at, env);
      return session.pasted.call(call, env);
    }
    if (name.equals(Regexes.NAME)) {
      builtIn(name, at, env);
      return session.regexes.misplaced(call, env);
    }
    if (session.rotations.has(name)) {
      builtIn(name, at, env);
      return session.rotations.call(name, call, env, expected);
    }
    return Value.of(array(call, name, at, env, expected == null ? null : Value.type(expected)));
  }

  private void builtIn(String name, Span at, Env env) {
    String doc = doc(name);
    if (doc != null) {
      session.sites.useTyped(env.file.at(at), Index.Kind.FUNCTION, name, "", doc, null);
    }
  }

  private Term array(Expr.Call call, String name, Span at, Env env, @Nullable Type expected) {
    if (!call.window().isEmpty()) {
      return session.unsupported("`" + name + "[…]`", at, call.span(), env);
    }
    builtIn(name, at, env);
    if (session.aggregates.has(name)) {
      return session.aggregates.call(name, call, env);
    }
    if (session.time.has(name)) {
      return session.time.call(name, call, env);
    }
    if (session.formulas.has(name)) {
      return session.formulas.call(name, call, env);
    }
    if (session.arrays.has(name)) {
      return session.arrays.call(name, call, env);
    }
    if (session.intrinsics.has(name)) {
      return session.intrinsics.call(name, call, env, expected);
    }
    if (SOURCES.contains(name)) {
      session.mentions.add(env.file, call.span());
      session.reporter.report(
          session
              .diagnose(Code.MISPLACED, "`" + name + "` has no place here", at, env)
              .label("stands only after `for … in`"));
      return arguments(call, env);
    }
    if (LATER.contains(name)) {
      return session.unsupported("`" + name + "`", at, call.span(), env);
    }
    if (session.isWrongFunction(name)) {
      return arguments(call, env);
    }
    if (session.names.isValue(name, env)) {
      return notAFunction(call, env);
    }
    return unknown(name, at, call, functionNames(env), env);
  }

  private @Nullable String doc(String name) {
    return Intrinsics.DOCS.get(name);
  }

  private List<String> functionNames(Env env) {
    Set<String> names = new LinkedHashSet<>();
    for (FileScope f = env.file; f != null; f = f.outer) {
      names.addAll(f.functions());
    }
    names.addAll(Intrinsics.DOCS.keySet());
    return List.copyOf(names);
  }

  private Term unknown(String name, Span at, Expr.Call call, List<String> known, Env env) {
    List<String> similar = Suggestions.similar(name, known);
    String better =
        switch (name) {
          case "clip" -> "clamp";
          case "power", "pow" -> "**";
          case "len", "size" -> "length";
          case "linalg", "norm2", "hypot" -> "norm";
          case "where" -> "if … else";
          case "square" -> "** 2";
          case "int" -> "floor";
          case "sigmoid" -> "logistic";
          case "relu" -> "max";
          case "isfinite" -> "present";
          case "average" -> "mean";
          case "absolute", "fabs" -> "abs";
          case "amax", "maximum" -> "max";
          case "amin", "minimum" -> "min";
          case "remainder", "fmod" -> "mod";
          default -> similar.isEmpty() ? null : similar.getFirst();
        };
    Diagnostic.Builder d =
        session
            .diagnose(Code.UNKNOWN_NAME, "no function is called `" + name + "`", at, env)
            .label("no function has this name")
            .found(name)
            .expected(Spelling.byLikeness(name, known));
    if (name.equals("float") || name.equals("bool")) {
      d.hint(
          name.equals("bool")
              ? "compare the number: `x != 0`"
              : "an int is a real where one is needed; a bool is `1 if b else 0`");
    } else if (better != null) {
      d.hint("did you mean `" + better + "`?");
      if (known.contains(better)) {
        d.fix(
            org.rewlang.diagnostic.Fix.maybe(
                "replace by `" + better + "`", env.file.source, at, better));
      }
    }
    session.reporter.report(d);
    return arguments(call, env);
  }

  /** Elaborates the arguments for what is wrong in them; the call itself has failed. */
  Term arguments(Expr.Call call, Env env) {
    for (Expr.Argument argument : call.arguments()) {
      value(argument.value(), env, null);
    }
    return env.error(call.span());
  }

  /** An argument: a range stands for the vector of its ends. */
  Value value(Expr e, Env env, @Nullable Structure expected) {
    return switch (e) {
      case Expr.Range r -> Value.of(session.quantities.range(r, env));
      case Expr.Generator g -> Value.of(session.comprehensions.loop(g, env).body());
      case Expr.Over o -> Value.of(session.expr(o.value(), env));
      default -> session.expressions.value(e, env, expected);
    };
  }

  /**
   * The arguments in the order of {@code parameters}, null where one is left out; null as a whole,
   * with the reason told, where they don't match.
   */
  @Nullable List<@Nullable Expr> match(
      String function, List<String> parameters, int required, Expr.Call call, Env env) {
    @Nullable Expr[] matched = new Expr[parameters.size()];
    List<String> named = parameters.stream().filter(p -> !p.isEmpty()).toList();
    boolean wrong = false;
    int position = 0;
    for (Expr.Argument a : call.arguments()) {
      String problem = null;
      int slot;
      if (a.name() == null) {
        slot = position++;
        if (slot >= matched.length) {
          problem = "`" + function + "` takes at most " + count(matched.length);
        }
      } else {
        slot = parameters.indexOf(a.name().text());
        if (slot < 0) {
          problem = "`" + function + "` has no parameter `" + a.name().text() + "`";
        }
      }
      if (problem == null && matched[slot] != null) {
        problem = "`" + parameters.get(slot) + "` is given twice";
      }
      if (problem == null) {
        matched[slot] = a.value();
        continue;
      }
      wrong = true;
      Span span = a.name() == null ? a.span() : a.name().span();
      Diagnostic.Builder d =
          session
              .diagnose(Code.ARGUMENTS, problem, span, env)
              .label("no place for it")
              .found(a.name() == null ? env.file.source.text(a.span()) : a.name().text())
              .expected(named);
      if (a.name() != null && slot < 0) {
        Suggestions.closest(a.name().text(), parameters)
            .ifPresent(
                s ->
                    d.hint("did you mean `" + s + "`?")
                        .fix(
                            org.rewlang.diagnostic.Fix.maybe(
                                "replace by `" + s + "`", env.file.source, span, s)));
      }
      session.reporter.report(d);
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < required; i++) {
      if (matched[i] == null) {
        missing.add(parameters.get(i));
      }
    }
    if (!missing.isEmpty() && !wrong) {
      session.reporter.report(
          session
              .diagnose(
                  Code.ARGUMENTS,
                  "`" + function + "` needs `" + String.join("` and `", missing) + "`",
                  call.callee().span(),
                  env)
              .label(
                  call.arguments().isEmpty()
                      ? "nothing is given"
                      : "only "
                          + count(call.arguments().size())
                          + (call.arguments().size() == 1 ? " is given" : " are given"))
              .expected(named));
      wrong = true;
    }
    if (wrong) {
      return null;
    }
    List<@Nullable Expr> result = new ArrayList<>();
    for (Expr e : matched) {
      result.add(e);
    }
    return result;
  }

  private static String count(int n) {
    return n == 1 ? "1 argument" : n + " arguments";
  }
}
