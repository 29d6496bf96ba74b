package org.rewlang.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.rewlang.Compilation;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Severity;
import org.rewlang.host.Front;
import org.rewlang.host.SourceFiles;
import org.rewlang.source.Source;

/** The program that a command names. */
final class ProgramFile {

  private ProgramFile() {}

  /** Compiles {@code file}, or standard input if it is {@code -}. */
  static Front.Result compile(String file, Console console, boolean strict) throws IOException {
    Front.Result result =
        switch (read(file, console)) {
          case SourceFiles.Text text -> Front.compile(text.source());
          case SourceFiles.Failed failed -> new Front.Result(null, List.of(failed.diagnostic()));
        };
    return strict ? strictly(result) : result;
  }

  /** The text of {@code file}, or of standard input. */
  static SourceFiles.Read read(String file, Console console) throws IOException {
    if (file.equals("-")) {
      return SourceFiles.read(console.in(), "<stdin>");
    }
    try {
      return SourceFiles.read(Path.of(file), file);
    } catch (InvalidPathException e) {
      return new SourceFiles.Failed(
          Diagnostic.of(Code.UNREADABLE_FILE, "`" + file.replace('\0', '?') + "` is no path")
              .build());
    }
  }

  /** The source of {@code file}, or the end of the command. */
  static Source source(String file, Console console) throws IOException {
    return switch (read(file, console)) {
      case SourceFiles.Text text -> text.source();
      case SourceFiles.Failed failed -> throw new Failure(failed.diagnostic());
    };
  }

  private static Front.Result strictly(Front.Result result) {
    return new Front.Result(result.compilation(), raised(result.diagnostics()));
  }

  private static List<Diagnostic> raised(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(d -> d.severity() == Severity.WARNING ? d.as(Severity.ERROR) : d)
        .toList();
  }

  /** A program ready to run, with the diagnostics that did not stop it. */
  record Ready(Reward reward, List<Diagnostic> diagnostics) {}

  /**
   * The program made ready on an engine for many rows, or the end of the command.
   *
   * @param params what is set, each {@code NAME=VALUE}
   * @param ofRun inputs of the run that are given
   */
  static Ready ready(
      String file,
      String engine,
      List<String> params,
      List<String> ofRun,
      Console console,
      boolean strict)
      throws IOException {
    Source source = source(file, console);
    RewardEngine chosen = RewardEngine.forRows(engine);
    Compilation compilation = chosen.check(source.name(), source.text());
    List<Diagnostic> diagnostics =
        strict ? raised(compilation.diagnostics()) : compilation.diagnostics();
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      throw new Failure(diagnostics);
    }
    Reward reward = compilation.orThrow();
    for (String param : params) {
      reward = ParamOption.set(reward, param);
    }
    for (String input : ofRun) {
      reward = RunOption.set(reward, input);
    }
    return new Ready(reward, diagnostics);
  }
}
