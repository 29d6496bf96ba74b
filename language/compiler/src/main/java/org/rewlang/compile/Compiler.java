package org.rewlang.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Lints;
import org.rewlang.analysis.Ranges;
import org.rewlang.check.Checked;
import org.rewlang.check.Checker;
import org.rewlang.check.Index;
import org.rewlang.check.Library;
import org.rewlang.check.Loader;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.lower.DeepStack;
import org.rewlang.lower.Lowering;
import org.rewlang.model.Model;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Program;

/** From text to core: parse, check, analyse, lower, validate. */
public final class Compiler {

  private Compiler() {}

  /**
   * Compiles {@code source}. Never throws: what is wrong, with the text or with us, is a
   * diagnostic.
   */
  public static Compilation compile(Source source, Loader loader) {
    Library.standard().begin();
    Parsed parsed = Parser.parse(source);
    List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
    try {
      return DeepStack.call("rew-compiler", () -> compile(parsed, loader, diagnostics));
    } catch (RuntimeException | StackOverflowError e) {
      diagnostics.add(internal(source, e));
      return failed(parsed.program(), diagnostics, new Index(List.of()), null, null);
    }
  }

  private static Compilation compile(Parsed parsed, Loader loader, List<Diagnostic> diagnostics) {
    Program program = parsed.program();
    Checked checked = Checker.check(program, loader);
    diagnostics.addAll(checked.diagnostics());
    Model model = checked.model();
    if (model == null || diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return failed(program, diagnostics, checked.index(), null, null);
    }
    Ranges ranges = Ranges.of(model);
    CoreProgram core = Lowering.lower(model, ranges);
    List<CoreValidator.Problem> problems = CoreValidator.validate(core);
    for (CoreValidator.Problem problem : problems) {
      diagnostics.add(explain(problem, core, program.source()));
    }
    if (!problems.isEmpty()) {
      return failed(program, diagnostics, checked.index(), model, ranges);
    }
    diagnostics.addAll(Lints.find(program, model, ranges, core));
    return new Compilation(
        program, sifted(program, diagnostics, true), checked.index(), model, ranges, core);
  }

  private static Compilation failed(
      Program program,
      List<Diagnostic> diagnostics,
      Index index,
      @Nullable Model model,
      @Nullable Ranges ranges) {
    return new Compilation(
        program, sifted(program, diagnostics, false), index, model, ranges, null);
  }

  private static List<Diagnostic> sifted(
      Program program, List<Diagnostic> diagnostics, boolean complete) {
    return Allowed.sift(diagnostics, program.source(), complete).stream()
        .sorted(Diagnostic.ORDER)
        .toList();
  }

  /** A program over a limit is the author's affair, any other broken rule is ours. */
  private static Diagnostic explain(
      CoreValidator.Problem problem, CoreProgram core, Source source) {
    if (problem.rule() != CoreValidator.Rule.LIMITS) {
      return internal(source, new IllegalStateException(problem.message()));
    }
    Location at =
        problem.origin().isKnown() ? problem.origin().in(core) : new Location(source, Span.at(0));
    return Diagnostic.of(
            Code.TOO_COSTLY,
            "the program is too costly: " + problem.message(),
            at.source(),
            at.span())
        .label(problem.origin().isKnown() ? "most of it is needed here" : "")
        .build();
  }

  private static Diagnostic internal(Source source, Throwable cause) {
    return Diagnostic.of(
            Code.INTERNAL_ERROR,
            "Rew failed on this program: "
                + cause.getClass().getSimpleName()
                + ", "
                + cause.getMessage(),
            source,
            Span.at(0))
        .hint("please report it with the program; it is not the program's fault")
        .build();
  }
}
