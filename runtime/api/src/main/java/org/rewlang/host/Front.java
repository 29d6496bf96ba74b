package org.rewlang.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** The way from a text to a compiled program. */
public final class Front {

  private Front() {}

  /** What became of a text: a program, if it has no errors, and everything worth telling. */
  public record Result(Optional<Compiled> program, List<Diagnostic> diagnostics) {
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }
  }

  /** Compiles a file. */
  public static Result compile(Path file) {
    return switch (SourceFiles.read(file, file.toString())) {
      case SourceFiles.Text text -> compile(text.source());
      case SourceFiles.Failed failed ->
          new Result(Optional.empty(), List.of(failed.diagnostic()));
    };
  }

  /** Compiles a text that people know by {@code name}. */
  public static Result compile(String name, String text) {
    return compile(Source.of(name, text));
  }

  /** Compiles a source; what it uses is looked up relative to where its name lies. */
  public static Result compile(Source source) {
    Parsed parsed = Parser.parse(source);
    return new Result(Optional.empty(), parsed.diagnostics());
  }
}
