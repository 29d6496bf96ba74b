package org.rewlang.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.data.AtomicFile;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.format.Formatted;
import org.rewlang.format.Formatter;
import org.rewlang.host.SourceFiles;

/** {@code rew fmt}: formats programs in place, or standard input to standard output. */
final class FmtCommand extends Command {

  private final List<String> files = new ArrayList<>();
  private boolean check;

  @Override
  public Usage usage() {
    return Usage.of("fmt", "Formats programs.")
        .many(
            "FILE",
            "Programs, formatted in place; - is standard input, to standard output.",
            files::add)
        .flag(
            "--check",
            "Change nothing; end with 1 if a program is not formatted.",
            () -> check = true);
  }

  @Override
  public Answer run(Console console) throws IOException {
    List<Diagnostic> all = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    StringBuilder output = new StringBuilder();
    for (String file : files) {
      switch (ProgramFile.read(file, console)) {
        case SourceFiles.Failed failed -> all.add(failed.diagnostic());
        case SourceFiles.Text text -> {
          Formatted formatted = Formatter.format(text.source());
          // What can't be read stays as it is: what is wrong with it is the answer.
          formatted.diagnostics().stream().filter(Diagnostic::isError).forEach(all::add);
          boolean differs = !formatted.text().equals(text.source().text());
          if (differs) {
            changed.add(file);
          }
          if (differs && check) {
            all.add(
                Diagnostic.of(Code.NOT_FORMATTED, "`" + text.source().name() + "` isn't formatted")
                    .hint("run `rew fmt " + file + "`")
                    .build());
          }
          if (file.equals("-")) {
            output.append(formatted.text());
          } else if (differs && !check) {
            write(file, formatted.text());
          }
        }
      }
    }
    Answer answer =
        Answer.of(all)
            .with(
                json -> {
                  json.writeArrayFieldStart("changed");
                  for (String file : changed) {
                    json.writeString(file);
                  }
                  json.writeEndArray();
                  if (!output.isEmpty()) {
                    json.writeStringField("text", output.toString());
                  }
                });
    return (check ? answer : answer.withText(output.toString())).withClosing(closing(changed));
  }

  private String closing(List<String> changed) {
    if (changed.isEmpty() || check || files.contains("-")) {
      return "";
    }
    return "formatted: " + String.join(", ", changed);
  }

  private static void write(String file, String text) {
    try (AtomicFile output = AtomicFile.open(Path.of(file))) {
      Files.write(output.path(), text.getBytes(StandardCharsets.UTF_8));
      output.commit();
    } catch (IOException e) {
      throw new Failure(
          Diagnostic.of(
                  Code.UNWRITABLE_OUTPUT, "`" + file + "` can't be written: " + e.getMessage())
              .found(file)
              .build());
    }
  }
}
