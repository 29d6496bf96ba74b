package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader.Unreadable;
import org.rewlang.automata.Regex;
import org.rewlang.automata.RegexReader;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Term;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/** Regular expressions over steps, as text: what machines are made from. */
final class Regexes {

  static final String NAME = "regex";
  static final String DOC =
      "A regular expression over steps, for a machine to follow: `machine m from regex(\"coffee .*"
          + " office\") { … }`.";

  private final Session session;

  Regexes(Session session) {
    this.session = session;
  }

  /** The call that an expression is, if it is one of these. */
  static Expr.@Nullable Call call(Expr expr) {
    return expr instanceof Expr.Call c
            && c.callee() instanceof Expr.NameRef n
            && n.name().equals(NAME)
        ? c
        : null;
  }

  /**
   * The expression, its atoms numbered as the conditions that they are; null, with the reason told,
   * if it can't be read.
   */
  @Nullable Regex read(Expr.Call call, Conditions conditions, Env env) {
    List<@Nullable Expr> matched = session.calls.match(NAME, List.of("text"), 1, call, env);
    Expr given = matched == null ? null : matched.getFirst();
    if (given == null) {
      return null;
    }
    if (!(given instanceof Expr.TextLit text)) {
      session.reporter.report(
          session
              .diagnose(Code.ARGUMENTS, "`regex` takes a text", given.span(), env)
              .label("no text")
              .hint("write it in quotes: `regex(\"coffee .* office\")`"));
      return null;
    }
    AtomNames names = new AtomNames();
    return switch (RegexReader.read(text.value(), names)) {
      case Unreadable no -> {
        Source source = env.file.source;
        int from = Pasted.place(text, source, no.offset());
        Span span = new Span(from, Pasted.place(text, source, no.offset() + no.length()));
        Diagnostic.Builder d = session.diagnose(Code.BAD_FORMULA, no.message(), span, env);
        Optional.ofNullable(no.expected()).ifPresent(e -> d.expected(List.of(e)));
        session.reporter.report(d);
        yield null;
      }
      case RegexReader.Read(Regex regex) -> bound(regex, names, text, conditions, env);
    };
  }

  private @Nullable Regex bound(
      Regex regex, AtomNames names, Expr.TextLit text, Conditions conditions, Env env) {
    List<Formula> atoms = new ArrayList<>();
    for (int i = 0; i < names.all().size(); i++) {
      int from = Pasted.place(text, env.file.source, names.offset(i));
      Value value = session.pasted.atom(names.name(i), from, env);
      if (value instanceof Value.Logic) {
        Span here = new Span(from, from + names.name(i).length());
        session.reporter.report(
            session
                .diagnose(
                    Code.WRONG_KIND,
                    "`" + names.name(i) + "` is about the episode, and a step is asked for here",
                    here,
                    env)
                .label("a formula")
                .hint("name a condition of one step, or make the machine from the formula"));
        return null;
      }
      if (value.isError()) {
        return null;
      }
      Term condition = value.terms().getFirst();
      atoms.add(conditions.add(condition, names.name(i)));
    }
    return regex.replace(condition -> condition.replace(atoms::get));
  }

  /** Anywhere else than behind {@code from}. */
  Value misplaced(Expr.Call call, Env env) {
    session.reporter.report(
        session
            .diagnose(
                Code.WRONG_KIND,
                "a regular expression is what a machine is made from, and no value",
                call.span(),
                env)
            .label("stands alone")
            .hint("write `machine m from regex(…) { any -> holding reward 1 }`, and read `m`"));
    return Value.error(env.at(call.span()));
  }
}
