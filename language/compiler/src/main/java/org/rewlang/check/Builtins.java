package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Operation;
import org.rewlang.model.Scope;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;

/** Values that every program has; an input of the same name replaces one. */
final class Builtins {

  /** As documentation and completion show them. */
  static final Map<String, String> DOCS = new LinkedHashMap<>();

  static {
    DOCS.put("dt", "How long a step lasts; the program says so with `step lasts`.");
    DOCS.put("step", "How many steps of this episode were done before this one, from 0.");
    DOCS.put("time", "`step * dt`.");
    DOCS.put("terminated", "Whether the episode ends here for good, as the host says.");
    DOCS.put("truncated", "Whether the episode is cut off here, as the host says.");
    DOCS.put("progress", "How far the training is, 0 to 1, as the host says.");
    DOCS.put("pi", "The ratio of a circle's circumference to its diameter.");
    DOCS.put("total", "The reward of this step.");
    DOCS.put("success", "Whether a `success` holds in this step.");
    DOCS.put("failure", "Whether a `failure` holds in this step.");
  }

  private final Session session;
  private final Map<String, InputVar> implicit = new LinkedHashMap<>();

  Builtins(Session session) {
    this.session = session;
  }

  /** The value of {@code name}, or null if there is no such builtin. */
  @Nullable Term value(String name, Span span, Env env) {
    Location at = env.at(span);
    return switch (name) {
      case "dt" -> dt(span, env);
      case "step" -> new Term.StepIndex(Type.INT, at);
      case "time" -> {
        Term dt = dt(span, env);
        yield Terms.isError(dt)
            ? dt
            : Terms.apply(
                Operation.MULTIPLY,
                Type.real(Types.SECOND),
                at,
                Terms.widen(new Term.StepIndex(Type.INT, at)),
                dt);
      }
      case "terminated", "truncated" -> host(name, Type.BOOL, Interval.ALL, Scope.STEP, at);
      case "progress" -> host(name, Type.REAL, new Interval(0, 1), Scope.RUN, at);
      case "pi" -> Terms.real(Math.PI, at);
      case "total" -> {
        Cell total = own(env).total;
        yield total == null ? null : read(total, at);
      }
      case "success", "failure" -> any(name, own(env), at);
      default -> null;
    };
  }

  /** The file whose reward {@code total} is: a used one has its own. */
  private FileScope own(Env env) {
    return env.file.library ? session.program : env.file;
  }

  /** Whether {@code name} needs a declaration that the file lacks. */
  boolean isMissing(String name, Env env) {
    return switch (name) {
      case "total" -> own(env).total == null;
      case "success", "failure" -> !own(env).members.containsKey(name);
      default -> false;
    };
  }

  private Term read(Cell cell, Location at) {
    cell.used = true;
    return session.cells.read(cell, at);
  }

  /** Whether any outcome of a kind holds. */
  private @Nullable Term any(String word, FileScope file, Location at) {
    Entity.Members members = file.members.get(word);
    if (members == null) {
      return null;
    }
    Term result = null;
    for (List<Cell> cells : List.of(members.nameless(), List.copyOf(members.cells().values()))) {
      for (Cell cell : cells) {
        Term value = read(cell, at);
        if (Terms.isError(value)) {
          return value;
        }
        result = result == null ? value : Terms.or(result, value, at);
      }
    }
    return result;
  }

  private Term host(String name, Type type, Interval range, Scope scope, Location at) {
    InputVar input =
        implicit.computeIfAbsent(
            name, n -> new InputVar(n, n, type, "", range, scope, true, DOCS.get(n), at));
    return new Term.Input(input, type, at);
  }

  /** The builtin inputs that the program reads. */
  List<InputVar> implicit() {
    return List.copyOf(implicit.values());
  }

  private Term dt(Span span, Env env) {
    Location at = env.at(span);
    Double seconds = session.program.stepSeconds;
    if (seconds != null) {
      return new Term.Const(seconds, Type.real(Types.SECOND), at);
    }
    if (env.file.library && !env.inlined || session.functions.isChecking()) {
      // A function may be written without knowing the program: its call will tell.
      return new Term.Ref(session.opaqueStep, Type.real(Types.SECOND), at);
    }
    if (!session.program.stepLengthWrong) {
      session.reporter.report(
          Diagnostic.of(
                  Code.NO_STEP_LENGTH,
                  "`dt` needs to know how long a step lasts",
                  env.file.source,
                  span)
              .label("needs the length of a step")
              .hint("say it once in the program: `step lasts 20 ms`"));
    }
    return Terms.error(at);
  }
}
