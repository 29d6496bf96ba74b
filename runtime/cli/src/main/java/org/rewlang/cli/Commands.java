package org.rewlang.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** The commands by name: those that are always there, and those of other modules. */
final class Commands {

  private static final Map<String, Supplier<Command>> OWN =
      Map.of(
          "check", CheckCommand::new,
          "devices", DevicesCommand::new,
          "explain", ExplainCommand::new,
          "fmt", FmtCommand::new,
          "info", InfoCommand::new,
          "run", RunCommand::new,
          "score", ScoreCommand::new,
          "test", TestCommand::new);

  private Commands() {}

  /** The command of this name. Other modules are asked only for what isn't one of our own. */
  static Optional<Command> named(String name) {
    Supplier<Command> own = OWN.get(name);
    return own != null
        ? Optional.of(own.get())
        : all().stream().filter(c -> c.usage().name().equals(name)).findFirst();
  }

  /** All of them, by name. */
  static List<Command> all() {
    List<Command> all = new ArrayList<>();
    OWN.values().forEach(command -> all.add(command.get()));
    ServiceLoader.load(Command.class).forEach(all::add);
    all.sort(Comparator.comparing(c -> c.usage().name()));
    return all;
  }

  static List<String> names() {
    return all().stream().map(c -> c.usage().name()).toList();
  }
}
