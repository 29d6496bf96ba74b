package org.rewlang.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Severity;

/** {@code rew check}: what is wrong with programs. */
final class CheckCommand extends Command {

  private final List<String> files = new ArrayList<>();

  @Override
  public Usage usage() {
    return Usage.of("check", "Shows what is wrong with programs.")
        .many("FILE", "Programs; - is standard input.", files::add);
  }

  @Override
  public Answer run(Console console) throws IOException {
    List<Diagnostic> all = new ArrayList<>();
    for (String file : files) {
      all.addAll(ProgramFile.compile(file, console, strict()).diagnostics());
    }
    long errors = all.stream().filter(Diagnostic::isError).count();
    long warnings = all.stream().filter(d -> d.severity() == Severity.WARNING).count();
    return Answer.of(all)
        .with(json -> json.writeNumberField("files", files.size()))
        .withClosing(
            TextTable.count(files.size(), "program")
                + ": "
                + (errors == 0 ? "no errors" : TextTable.count(errors, "error"))
                + (warnings == 0 ? "" : ", " + TextTable.count(warnings, "warning")));
  }
}
