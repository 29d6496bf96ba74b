package org.rewlang.lsp;

import java.util.List;
import org.rewlang.cli.Answer;
import org.rewlang.cli.Command;
import org.rewlang.cli.Console;
import org.rewlang.cli.ExitCode;
import org.rewlang.cli.Usage;

/** {@code rew lsp}: found by the command line as a service. */
public final class LspCommand extends Command {

  private boolean served;

  @Override
  public Usage usage() {
    return Usage.of(
        "lsp", "Serves an editor on standard input and output, by the Language Server Protocol.");
  }

  @Override
  public Answer run(Console console) {
    served = true;
    int exit = Main.run(console.in(), console.out());
    return Answer.of(List.of()).ending(exit == 0 ? ExitCode.OK : ExitCode.ERRORS);
  }

  /** Once messages went there; help and bad usage are answered as everywhere. */
  @Override
  public boolean ownsOutput() {
    return served;
  }
}
