package org.rewlang.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.Front;
import org.rewlang.machine.Import;
import org.rewlang.source.Source;

/** {@code rew import}: a program made of a reward machine or an automaton of another tool. */
final class ImportCommand extends Command {

  private String file = "";
  private boolean keepAll;

  @Override
  public Usage usage() {
    return Usage.of("import", "Turns a machine or automaton of another tool into a program.")
        .one(
            "FILE",
            "A reward machine (.txt of reward_machines) or an automaton (HOA); - is standard"
                + " input.",
            v -> file = v)
        .flag(
            "--keep-all",
            "Several edges of a reward machine between the same two states all count.",
            () -> keepAll = true);
  }

  @Override
  public Answer run(Console console) throws IOException, DataException {
    Source source = ProgramFile.source(file, console);
    Import.Result result = Import.of(source, keepAll);
    List<Diagnostic> all = new ArrayList<>(result.diagnostics());
    String text = result.text();
    if (text != null) {
      for (Diagnostic d : Front.compile("imported.rew", text).diagnostics()) {
        if (d.isError()) {
          all.add(
              Diagnostic.of(Code.BAD_IMPORT, "the machine makes no program: " + d.message())
                  .build());
        }
      }
    }
    String usable = text == null || all.stream().anyMatch(Diagnostic::isError) ? "" : text;
    return Answer.of(all)
        .with(
            json -> {
              json.writeStringField("kind", result.kind());
              json.writeStringField("text", usable.isEmpty() ? null : usable);
            })
        .withText(usable);
  }
}
