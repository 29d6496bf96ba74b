package org.rewlang.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Ranges;
import org.rewlang.check.Checked;
import org.rewlang.check.Checker;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.lower.Lowering;
import org.rewlang.model.Model;
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
    Checked checked = Checker.check(parsed.program(), Front::load);
    List<Diagnostic> diagnostics = new ArrayList<>(parsed.diagnostics());
    diagnostics.addAll(checked.diagnostics());
    diagnostics.sort(Diagnostic.ORDER);
    Model model = checked.model();
    if (model == null || parsed.hasErrors()) {
      return new Result(Optional.empty(), diagnostics);
    }
    return new Result(
        Optional.of(new Compiled(model, Lowering.lower(model, Ranges.of(model)))), diagnostics);
  }

  /** The file that {@code path} means in {@code from}, under the name it has from there. */
  static @Nullable Source load(Source from, String path) {
    try {
      Path here = Path.of(from.name()).getParent();
      Path file = (here == null ? Path.of(path) : here.resolve(path)).normalize();
      return SourceFiles.read(file, file.toString()) instanceof SourceFiles.Text text
          ? text.source()
          : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }
}
