package org.rewlang.ide;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.check.Index;
import org.rewlang.check.Loader;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * What the compiler knows of a text, broken or not.
 *
 * @param diagnostics all of them, those in files it uses too, in order
 * @param index every name with what it stands for
 * @param model the checked program; null if it has errors
 */
public record Analysis(List<Diagnostic> diagnostics, Index index, @Nullable Model model) {

  public Analysis {
    diagnostics = List.copyOf(diagnostics);
  }

  /** How a text becomes one. */
  @FunctionalInterface
  public interface Analyzer {
    Analysis analyze(Source source, Loader loader);
  }

  /** What is left to say where the compiler itself failed. */
  static Analysis failed(Source source) {
    Diagnostic internal =
        Diagnostic.of(
                Code.INTERNAL_ERROR, "Rew failed to check this program", source, Span.at(0))
            .hint("please report it together with the program")
            .build();
    return new Analysis(List.of(internal), new Index(List.of()), null);
  }
}
