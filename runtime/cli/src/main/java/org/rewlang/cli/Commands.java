package org.rewlang.cli;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

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

  /**
   * The commands that a command line may mean. Setting up a command costs time that people wait for
   * at each start, so where one of our own is named, it alone is set up.
   */
  static Map<String, Command> of(List<String> args) {
    Supplier<Command> named = named(args);
    if (named != null) {
      return Map.of(args.getFirst(), named.get());
    }
    Map<String, Command> all = new TreeMap<>();
    OWN.forEach((name, command) -> all.put(name, command.get()));
    ServiceLoader.load(Command.class).forEach(command -> all.put(name(command), command));
    return all;
  }

  /** The command that the first word is, if it comes before any option. */
  private static @Nullable Supplier<Command> named(List<String> args) {
    return args.isEmpty() ? null : OWN.get(args.getFirst());
  }

  private static String name(Command command) {
    return CommandSpec.forAnnotatedObject(command).name();
  }
}
