package org.rewlang.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Ranges;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreProgram;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
import org.rewlang.source.Source;

/** The way from a file or a text to a compiled program. */
public final class Front {

  private Front() {}

  /**
   * What became of a text.
   *
   * @param compilation null if there was no text to be had
   * @param diagnostics everything worth telling
   */
  public record Result(@Nullable Compilation compilation, List<Diagnostic> diagnostics) {
    public Result {
      diagnostics = List.copyOf(diagnostics);
    }

    /** The program, if it has no errors. */
    public Optional<Compiled> program() {
      if (compilation == null || diagnostics.stream().anyMatch(Diagnostic::isError)) {
        return Optional.empty();
      }
      Model model = compilation.model();
      Ranges ranges = compilation.ranges();
      CoreProgram core = compilation.core();
      return model == null || ranges == null || core == null
          ? Optional.empty()
          : Optional.of(new Compiled(model, ranges, core));
    }
  }

  /** Compiles a file. */
  public static Result compile(Path file) {
    return switch (SourceFiles.read(file, file.toString())) {
      case SourceFiles.Text text -> compile(text.source());
      case SourceFiles.Failed failed -> new Result(null, List.of(failed.diagnostic()));
    };
  }

  /** Compiles a text that people know by {@code name}. */
  public static Result compile(String name, String text) {
    return compile(Source.of(name, text));
  }

  /** Compiles a source; what it uses is looked up relative to where its name lies. */
  public static Result compile(Source source) {
    return compile(source, Front::load);
  }

  /** Compiles a source; what it uses is found by {@code loader}. */
  public static Result compile(Source source, Loader loader) {
    Compilation compilation = Compiler.compile(source, loader);
    return new Result(compilation, compilation.diagnostics());
  }

  /** The file that {@code path} means in {@code from}, under the name it has from there. */
  public static @Nullable Source load(Source from, String path) {
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
