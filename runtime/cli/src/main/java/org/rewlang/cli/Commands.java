package org.rewlang.cli;

import java.util.List;

/** The commands that are always there. */
final class Commands {

  private Commands() {}

  static List<Command> all() {
    return List.of(
        new CheckCommand(),
        new DevicesCommand(),
        new ExplainCommand(),
        new FmtCommand(),
        new InfoCommand(),
        new RunCommand(),
        new ScoreCommand(),
        new TestCommand());
  }
}
