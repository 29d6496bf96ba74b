package org.rewlang.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;

/**
 * Declared functions: each call elaborates the body with its own types. A function is also checked
 * once by itself, with lengths and units that are like no other.
 */
final class Functions {

  private final Session session;
  private final Deque<Entity.Function> active = new ArrayDeque<>();

  private final Set<Set<Location>> cycles = new HashSet<>();
  private final FunctionCheck alone;

  Functions(Session session) {
    this.session = session;
    this.alone = new FunctionCheck(session, this);
  }

  boolean isChecking() {
    return alone.isChecking();
  }

  String signature(Entity.Function function) {
    Decl.Function d = function.decl();
    int end = d.result() != null ? d.result().span().end() : d.name().span().end();
    for (Decl.Parameter p : d.parameters()) {
      end = Math.max(end, p.span().end());
    }
    String text = function.file().source.text().substring(d.name().span().start(), end);
    return d.result() == null && !d.parameters().isEmpty() ? text + ")" : text;
  }

  /** Checks a function without a call. */
  void check(Entity.Function function) {
    alone.check(function);
  }

  /** The body, for what is wrong in it, as at the place of any agent. */
  void body(Entity.Function function, Env env) {
    active.push(function);
    Agents.Place anyone = Agents.Place.of(Terms.integer(0, function.at()));
    Value unused = session.agents.at(anyone, () -> value(function, env));
    active.pop();
  }

  /** Whether a variable stands for types: some parameter is, or is made of, such values. */
  static boolean isType(Decl.Function d, String variable) {
    return d.parameters().stream()
        .anyMatch(p -> p.type() != null && p.type().base().text().equals(variable));
  }

  /**
   * The value of the body: its lets are elaborated as they are needed, the past of the result too.
   */
  private Value value(Entity.Function function, Env env) {
    Decl.Function d = function.decl();
    List<Cell> lets = new ArrayList<>();
    Set<String> each = function.file().scopes.locals(d);
    for (Decl.Let let : d.lets()) {
      Cell cell =
          Cell.structured(
              let.name().text(),
              Definition.Kind.LOCAL,
              Index.Kind.LOCAL,
              function.file().at(let.name().span()),
              let.doc(),
              c -> session.let(let, c, env));
      place(cell, each.contains(let.name().text()), d, env);
      if (let.type() != null) {
        cell.declared = session.typeNames.structure(let.type(), env);
      }
      env.bind(let.name().text(), new Entity.Value(cell));
      lets.add(cell);
    }
    Cell result =
        Cell.structured(
            d.name().text(),
            Definition.Kind.LOCAL,
            Index.Kind.LOCAL,
            function.at(),
            d.doc(),
            c -> {
              Structure declared = c.declared;
              Value value = session.expressions.value(d.body(), env, declared);
              return declared == null || Value.isError(declared)
                  ? value
                  : session.structures.coerce(
                      value, declared, d.body(), env, "the result of `" + d.name().text() + "`");
            });
    place(result, false, d, env);
    if (d.result() != null) {
      result.declared = session.typeNames.parameter(d.result(), env);
    }
    env.bind("result", new Entity.Value(result));
    Value value = session.cells.value(result, env.at(d.body().span()));
    if (!env.inlined) {
      for (Cell cell : lets) {
        session.cells.demand(cell, cell.at);
        session.unused(cell, "let");
        session.sites.declare(
            cell.at, Index.Kind.LOCAL, cell.name, cell.doc, session.cells.value(cell, cell.at));
      }
    }
    return value;
  }

  /**
   * What each agent has is an array; what is left is of the place that the function is called at.
   */
  private void place(Cell cell, boolean each, Decl.Function d, Env env) {
    cell.place = session.agents.place();
    if (!each) {
      return;
    }
    Agents.Scope scope = session.agents.all();
    for (Decl.Parameter p : d.parameters()) {
      scope = p.over() == null ? scope : env.scope(p.over().text());
    }
    if (scope != null) {
      cell.agents = Agents.binder(scope);
    }
  }

  /** The library's function of this name, of values at hand. */
  Value apply(String name, List<Value> arguments, Expr at, Env env) {
    Entity.Function function = Objects.requireNonNull(Calls.declared(name, libraryOf(env)));
    return new Inlining(session, function, at, env).run(arguments);
  }

  private static Env libraryOf(Env env) {
    FileScope file = env.file;
    while (file.outer != null) {
      file = file.outer;
    }
    return Env.of(file);
  }

  Value call(Entity.Function function, Expr.Call call, Env env) {
    Decl.Function d = function.decl();
    if (!call.window().isEmpty()) {
      return Value.of(session.unsupported("`[…]` before arguments", call.span(), call.span(), env));
    }
    List<String> names = d.parameters().stream().map(p -> p.name().text()).toList();
    List<@Nullable Expr> given = match(d, names, call, env);
    if (given == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    if (recursive(function)) {
      session.calls.arguments(call, env);
      return Value.error(env.at(call.span()));
    }
    if (!function.file().library) {
      check(function);
    }
    return new Inlining(session, function, call, env).run(call, given);
  }

  private @Nullable List<@Nullable Expr> match(
      Decl.Function d, List<String> names, Expr.Call call, Env env) {
    // Parameters without default may follow ones with: what is missing is told by name.
    List<@Nullable Expr> matched = session.calls.match(d.name().text(), names, 0, call, env);
    if (matched == null) {
      return null;
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (matched.get(i) == null && d.parameters().get(i).defaultValue() == null) {
        missing.add(names.get(i));
      }
    }
    if (missing.isEmpty()) {
      return matched;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.ARGUMENTS,
                "`" + d.name().text() + "` needs `" + String.join("` and `", missing) + "`",
                call.callee().span(),
                env)
            .label("left out")
            .expected(names));
    return null;
  }

  private boolean recursive(Entity.Function function) {
    if (active.stream().noneMatch(f -> f.at().equals(function.at()))) {
      return false;
    }
    List<Entity.Function> path = new ArrayList<>();
    for (Entity.Function f : active) {
      path.addFirst(f);
      if (f.at().equals(function.at())) {
        break;
      }
    }
    Set<Location> members = new HashSet<>();
    path.forEach(f -> members.add(f.at()));
    if (cycles.add(members)) {
      path.sort(java.util.Comparator.comparingInt(f -> f.decl().name().span().start()));
      Entity.Function head = path.getFirst();
      Diagnostic.Builder diagnostic =
          Diagnostic.of(
                  Code.RECURSION,
                  "`"
                      + head.decl().name().text()
                      + "` calls itself"
                      + (path.size() > 1
                          ? " through `" + path.get(1).decl().name().text() + "`"
                          : ""),
                  head.file().source,
                  head.decl().name().span())
              .label("functions can't be recursive")
              .hint(
                  "loop with `for … in range(…)`, or read the past with `prev(result, initially ="
                      + " …)`");
      for (Entity.Function f : path.subList(1, path.size())) {
        diagnostic.related(f.file().source, f.decl().name().span(), "on the way");
      }
      session.reporter.escape(() -> session.reporter.report(diagnostic));
    }
    return true;
  }

  /** Elaborates the body for a call; its errors are told at the call. */
  Value inline(Entity.Function function, Env body, Expr call, Env env, String with) {
    Value[] result = {Value.error(env.at(call.span()))};
    if (function.file().library) {
      session.drawn.add(function.file().source);
    }
    active.push(function);
    List<Diagnostic> found =
        session.reporter.capture(() -> session.sites.mute(() -> result[0] = value(function, body)));
    active.pop();
    List<Diagnostic> errors = found.stream().filter(Diagnostic::isError).toList();
    if (errors.isEmpty()) {
      return result[0];
    }
    if (!alone.isWrong(function.decl())) {
      report(function, call, env, with, errors.getFirst());
    }
    return Value.error(env.at(call.span()));
  }

  private void report(Entity.Function function, Expr call, Env env, String with, Diagnostic cause) {
    String name = function.decl().name().text();
    boolean inner = cause.code() == Code.CALL_BODY || cause.code() == Code.NO_STEP_LENGTH;
    Diagnostic.Builder d =
        session
            .diagnose(
                inner ? cause.code() : Code.CALL_BODY,
                cause.code() == Code.NO_STEP_LENGTH
                    ? "`" + name + "` needs to know how long a step lasts"
                    : "`" + name + "` has no meaning for these arguments",
                call.span(),
                env)
            .label(with.isEmpty() ? cause.message() : "called with " + with);
    if (cause.primary() != null) {
      var at = cause.primary().location();
      d.related(at.source(), at.span(), cause.message());
    }
    String hint = cause.hint();
    if (hint != null) {
      d.hint(hint);
    }
    session.reporter.report(d);
  }

  /** An argument that is used several times is computed once. */
  static Value shared(String name, Value value) {
    if (value instanceof Value.Logic) {
      return value;
    }
    List<Structure.Leaf> leaves = value.structure().leaves();
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      terms.add(shared(name + leaves.get(i).name(), value.terms().get(i), value.at()));
    }
    return Value.of(value.structure(), terms, value.at());
  }

  /** An array that is used several times is computed once. */
  static Term shared(String name, Term value, Location at) {
    return switch (value) {
      case Term.Const c -> value;
      case Term.Ref r -> value;
      case Term.Input i -> value;
      case Term.Param p -> value;
      case Term.LoopIndex l -> value;
      case Term.Stack s when Terms.isZero(s) -> value;
      default -> {
        Definition local = new Definition(name, Definition.Kind.LOCAL, value.type(), null, at);
        local.define(value);
        yield new Term.Ref(local, value.type(), value.at());
      }
    };
  }

  static List<Binder> binders(List<Integer> shape) {
    List<Binder> binders = new ArrayList<>();
    for (int d = 0; d < shape.size(); d++) {
      binders.add(new Binder("e" + d, shape.get(d), Shape.axis(shape, d)));
    }
    return binders;
  }
}
