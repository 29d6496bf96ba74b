package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.FormulaReader;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.ltl.FormulaAnswer;
import org.rewlang.ltl.FormulaTrace;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** {@code rew ltl}: what temporal formulas mean, and whether a trace satisfies them. */
final class LtlCommand extends Command {

  private static final List<String> DIALECTS = List.of("rew", "spot", "ltlf2dfa", "rtamt");

  private String given = "-";
  private String dialect = "rew";
  private String trace = "";
  private String episode = "";
  private boolean infinite;
  private boolean robustness;

  @Override
  public Usage usage() {
    return Usage.of("ltl", "Shows what temporal formulas mean.")
        .optional("FORMULA", "Such as `G(a -> F b)`; -, or none, reads one a line.", v -> given = v)
        .flag(
            "--infinite",
            "Words never end: LTL instead of LTL on finite traces.",
            () -> infinite = true)
        .choice("--dialect", DIALECTS, "How the formulas are written (rew).", v -> dialect = v)
        .option(
            "--trace",
            "T",
            "Data, as for `rew score`, whose columns are the atoms: is its first episode right?",
            v -> trace = v)
        .option(
            "--episode",
            "NAME",
            "The episode called so, or the Nth (from 0) if episodes have no names.",
            v -> episode = v)
        .flag(
            "--robustness",
            "How far the trace, from each of its steps on, is from changing the truth.",
            () -> robustness = true);
  }

  /** A formula as it was given. */
  private record Given(String text, int line, Source source, int offset) {}

  @Override
  public Answer run(Console console) throws IOException, DataException {
    if (given.equals("-") && trace.equals("-")) {
      throw Failure.usage("the formulas and the trace can't both be standard input");
    }
    if (robustness && trace.isEmpty()) {
      throw Failure.usage("`--robustness` is that of a trace, and there is no `--trace`");
    }
    if (robustness && infinite) {
      throw Failure.usage(
          "`--robustness` is that of a finite word, and `--infinite` words are none");
    }
    Dialect as = Dialect.named(dialect).orElseThrow();
    List<Diagnostic> problems = new ArrayList<>();
    List<FormulaAnswer> all = new ArrayList<>();
    for (Given one : formulas(console)) {
      AtomNames atoms = new AtomNames();
      switch (as.read(one.text, atoms)) {
        case FormulaReader.Read(var formula) -> {
          FormulaAnswer answer =
              FormulaAnswer.of(one.text, one.line, formula, atoms.all(), infinite);
          all.add(answer);
          if (trace.isEmpty()) {
            answer.limit().ifPresent(limit -> problems.add(tooLarge(one, limit)));
          }
        }
        case FormulaReader.Unreadable no -> problems.add(unreadable(one, no));
      }
    }
    if (!trace.isEmpty() && !all.isEmpty()) {
      all = FormulaTrace.of(all, trace, episode, robustness, console.in());
    }
    List<FormulaAnswer> answer = List.copyOf(all);
    return Answer.of(problems)
        .with(json -> write(json, answer))
        .withText(answer.isEmpty() ? "" : LtlText.of(answer, !trace.isEmpty()));
  }

  private List<Given> formulas(Console console) throws IOException {
    if (!given.equals("-")) {
      return List.of(new Given(given, 1, Source.of("<formula>", given), 0));
    }
    String text = new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
    Source source = Source.of("<stdin>", text);
    List<Given> all = new ArrayList<>();
    int offset = 0;
    int line = 1;
    for (String one : text.split("\n", -1)) {
      if (!one.isBlank() && !one.strip().startsWith("#")) {
        all.add(new Given(one, line, source, offset));
      }
      offset += one.length() + 1;
      line++;
    }
    if (all.isEmpty()) {
      throw Failure.usage("there is no formula on standard input");
    }
    return all;
  }

  private static Diagnostic unreadable(Given one, FormulaReader.Unreadable no) {
    int start = one.offset + no.offset();
    Diagnostic.Builder problem =
        Diagnostic.of(
            Code.BAD_FORMULA, no.message(), one.source, new Span(start, start + no.length()));
    Optional.ofNullable(no.expected()).ifPresent(e -> problem.expected(List.of(e)));
    return problem.build();
  }

  private static Diagnostic tooLarge(Given one, String limit) {
    return Diagnostic.of(
            Code.AUTOMATON_LIMIT,
            "the automaton of the formula needs more than " + limit,
            one.source,
            new Span(one.offset, one.offset + one.text.length()))
        .label("no automaton was made")
        .hint("with `--trace` its verdict is found all the same")
        .build();
  }

  /** Each formula's keys in a list; those of a single one at the top as well. */
  private static void write(JsonGenerator json, List<FormulaAnswer> all) throws IOException {
    if (all.size() == 1) {
      all.getFirst().write(json);
    }
    json.writeArrayFieldStart("formulas");
    for (FormulaAnswer answer : all) {
      json.writeStartObject();
      answer.write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
