package org.rewlang.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rewlang.compile.Outcome;
import org.rewlang.compile.TestRunner;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.Front;

/** {@code rew test}: the tests and properties that programs carry. */
final class TestCommand extends Command {

  private final List<String> paths = new ArrayList<>();

  @Override
  public Usage usage() {
    return Usage.of("test", "Runs the tests and properties in programs.")
        .many("PATH", "Programs, or folders of them; - is standard input.", paths::add);
  }

  /** An outcome and the program it is of. */
  private record Ran(String file, Outcome outcome) {}

  @Override
  public Answer run(Console console) throws IOException {
    List<Diagnostic> all = new ArrayList<>();
    List<Ran> ran = new ArrayList<>();
    for (String file : files()) {
      Front.Result result = ProgramFile.compile(file, console, strict());
      all.addAll(result.diagnostics());
      if (result.compilation() != null && result.program().isPresent()) {
        List<Outcome> outcomes = TestRunner.run(result.compilation());
        outcomes.forEach(o -> ran.add(new Ran(file, o)));
        all.addAll(Outcome.problems(outcomes));
      }
    }
    long passed = ran.stream().filter(r -> r.outcome.passed()).count();
    long failed = ran.size() - passed;
    Answer answer = Answer.of(all);
    if (failed > 0 && answer.exit() == ExitCode.INVALID && only(ran, all)) {
      // A claim may fail on data of its own; the test failed, the command did not.
      answer = answer.ending(ExitCode.ERRORS);
    } else if (failed > 0 && answer.exit() == ExitCode.OK) {
      answer = answer.ending(ExitCode.ERRORS);
    }
    return answer
        .with(
            json -> {
              json.writeNumberField("passed", passed);
              json.writeNumberField("failed", failed);
              json.writeArrayFieldStart("tests");
              for (Ran r : ran) {
                json.writeStartObject();
                json.writeStringField("file", r.file);
                json.writeStringField("title", r.outcome.title());
                json.writeStringField("kind", r.outcome.kind().name().toLowerCase(Locale.ROOT));
                json.writeBooleanField("passed", r.outcome.passed());
                json.writeStringField("how", r.outcome.how());
                json.writeNumberField("steps", r.outcome.steps());
                json.writeNumberField("line", r.outcome.at().start().line());
                json.writeEndObject();
              }
              json.writeEndArray();
            })
        .withText(text(ran, passed, failed));
  }

  /** Whether all errors are those of tests. */
  private static boolean only(List<Ran> ran, List<Diagnostic> all) {
    List<Diagnostic> problems = Outcome.problems(ran.stream().map(Ran::outcome).toList());
    return all.stream().filter(Diagnostic::isError).allMatch(problems::contains);
  }

  private List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (String path : paths) {
      if (path.equals("-") || !Files.isDirectory(Path.of(path))) {
        files.add(path);
        continue;
      }
      try (Stream<Path> found = Files.walk(Path.of(path))) {
        found
            .filter(f -> f.toString().endsWith(".rew") && Files.isRegularFile(f))
            .map(Path::toString)
            .sorted()
            .forEach(files::add);
      }
    }
    return files;
  }

  private static String text(List<Ran> ran, long passed, long failed) {
    StringBuilder text = new StringBuilder();
    String file = "";
    for (Ran r : ran) {
      if (!r.file.equals(file)) {
        file = r.file;
        text.append(file).append('\n');
      }
      text.append(r.outcome.passed() ? "  ok    " : "  FAIL  ")
          .append(r.outcome.title())
          .append("  (")
          .append(r.outcome.how())
          .append(")\n");
    }
    return text.append(passed).append(" passed, ").append(failed).append(" failed\n").toString();
  }
}
