package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader;
import org.rewlang.automata.RegexReader;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.ParsedExpression;
import org.rewlang.parse.Parser;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;

/**
 * Logic pasted as text: {@code ltl("G(a -> F b)")}. Its atoms are names and comparisons of the
 * program; a quoted atom is any condition.
 */
final class Pasted {

  static final String NAME = "ltl";
  static final String DOC =
      "A formula as text: `ltl(\"G(a -> F b)\")`, with `dialect = \"spot\"`, `\"ltlf2dfa\"` or"
          + " `\"rtamt\"` in the words of other tools.";

  private static final List<String> DIALECTS =
      Stream.of(Dialect.values()).map(Dialect::toString).toList();

  private final Session session;

  Pasted(Session session) {
    this.session = session;
  }

  /** What a call's text speaks of, whatever is wrong with the rest; for what needs names only. */
  static List<Expr> atoms(Expr.Call call) {
    AtomNames names = new AtomNames();
    boolean regex = call.callee() instanceof Expr.NameRef n && n.name().equals(Regexes.NAME);
    Dialect dialect = Dialect.REW;
    for (Expr.Argument a : call.arguments()) {
      if (a.value() instanceof Expr.TextLit t
          && a.name() != null
          && a.name().text().equals("dialect")) {
        dialect = Dialect.named(t.value()).orElse(dialect);
      }
    }
    for (Expr.Argument a : call.arguments()) {
      if (a.value() instanceof Expr.TextLit t
          && (a.name() == null || a.name().text().equals("text"))) {
        var unused = regex ? RegexReader.read(t.value(), names) : dialect.read(t.value(), names);
      }
    }
    return names.all().stream()
        .map(name -> Parser.parseExpression(Source.of("", name)).expression())
        .toList();
  }

  Value call(Expr.Call call, Env env) {
    List<@Nullable Expr> matched =
        session.calls.match(NAME, List.of("text", "dialect"), 1, call, env);
    if (matched == null || matched.getFirst() == null) {
      return Value.error(env.at(call.span()));
    }
    Location at = env.at(call.span());
    Dialect dialect = dialect(matched.getLast(), env);
    if (!(matched.getFirst() instanceof Expr.TextLit text)) {
      wrong(
          "`ltl` takes the text of a formula",
          "no text",
          "write what is no text as it is: `always(…)`, `p until q`",
          matched.getFirst(),
          env);
      return Value.error(at);
    }
    if (dialect == null) {
      return Value.error(at);
    }
    AtomNames names = new AtomNames();
    return switch (dialect.read(text.value(), names)) {
      case FormulaReader.Unreadable no -> {
        Source source = env.file.source;
        int from = place(text, source, no.offset());
        Span span = new Span(from, place(text, source, no.offset() + no.length()));
        Diagnostic.Builder d = session.diagnose(Code.BAD_FORMULA, no.message(), span, env);
        Optional.ofNullable(no.expected()).ifPresent(e -> d.expected(List.of(e)));
        session.reporter.report(d);
        yield Value.error(at);
      }
      case FormulaReader.Read(Formula formula) -> formula(formula, names, text, at, env);
    };
  }

  private Value formula(Formula formula, AtomNames names, Expr.TextLit text, Location at, Env env) {
    List<Value> atoms = new ArrayList<>();
    for (int i = 0; i < names.all().size(); i++) {
      atoms.add(atom(names.name(i), place(text, env.file.source, names.offset(i)), env));
    }
    if (atoms.stream().anyMatch(Value::isError)) {
      return Value.error(at);
    }
    boolean bools = atoms.stream().allMatch(Value.Tensor.class::isInstance);
    return bools && formula.looksBackOnly()
        ? Value.of(Temporal.back(formula, i -> atoms.get(i).terms().getFirst(), at))
        : new Value.Logic(formula.replace(i -> session.temporal.formula(atoms.get(i))), at);
  }

  /** A condition of the program, or a formula that it names. */
  Value atom(String name, int from, Env env) {
    ParsedExpression parsed = parsed(name, from, env.file.source);
    session.reporter.add(parsed.diagnostics());
    Expr expr = parsed.expression();
    if (!parsed.diagnostics().isEmpty()) {
      return Value.error(env.at(expr.span()));
    }
    return session.temporal.bool(session.value(expr, env), expr, "an atom", false, env);
  }

  /** Where the text has an atom as it is read, that part of the program itself. */
  private static ParsedExpression parsed(String name, int from, Source source) {
    String text = source.text();
    int end = from;
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != ' ') {
        while (end < text.length() && text.charAt(end) == ' ') {
          end++;
        }
        if (end == text.length() || text.charAt(end) != name.charAt(i)) {
          // Other tools group arithmetic otherwise: it is read as they do, at the same place.
          Source other = Source.of(source.name(), " ".repeat(from) + name);
          return Parser.parseExpression(other, new Span(from, from + name.length()));
        }
        end++;
      }
    }
    return Parser.parseExpression(source, new Span(from, end));
  }

  private @Nullable Dialect dialect(@Nullable Expr given, Env env) {
    if (given == null) {
      return Dialect.REW;
    }
    Dialect dialect =
        given instanceof Expr.TextLit t ? Dialect.named(t.value()).orElse(null) : null;
    if (dialect == null) {
      Diagnostic.Builder d =
          session
              .diagnose(Code.ARGUMENTS, "there is no such dialect of logic", given.span(), env)
              .label("names none")
              .found(env.file.source.text(given.span()))
              .expected(DIALECTS.stream().map(n -> '"' + n + '"').toList());
      session.reporter.report(d);
    }
    return dialect;
  }

  private void wrong(String message, String label, String hint, Expr at, Env env) {
    session.reporter.report(
        session.diagnose(Code.ARGUMENTS, message, at.span(), env).label(label).hint(hint));
  }

  /** Where a character of a text stands in the program. */
  static int place(Expr.TextLit text, Source source, int offset) {
    int at = text.span().start() + (text.raw() ? 2 : 1);
    for (int i = 0; i < offset; i++) {
      boolean escaped = !text.raw() && source.text().charAt(at) == '\\';
      at += !escaped ? 1 : source.text().charAt(at + 1) == 'u' ? 6 : 2;
    }
    return Math.min(at, text.span().end());
  }
}
