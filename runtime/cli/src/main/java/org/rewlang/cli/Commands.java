package org.rewlang.cli;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The commands by name: those that are always there, and those of other modules. */
final class Commands {

  private static final Map<String, Supplier<Command>> OWN =
      Map.ofEntries(
          Map.entry("automaton", AutomatonCommand::new),
          Map.entry("check", CheckCommand::new),
          Map.entry("devices", DevicesCommand::new),
          Map.entry("equivalent", EquivalentCommand::new),
          Map.entry("explain", ExplainCommand::new),
          Map.entry("fmt", FmtCommand::new),
          Map.entry("import", ImportCommand::new),
          Map.entry("info", InfoCommand::new),
          Map.entry("ltl", LtlCommand::new),
          Map.entry("run", RunCommand::new),
          Map.entry("score", ScoreCommand::new),
          Map.entry("test", TestCommand::new));

  /** A command with the places of its arguments. */
  record Offer(Command command, Usage usage) {

    Offer(Command command) {
      this(command, command.usage());
    }

    String name() {
      return usage.name();
    }
  }

  private Commands() {}

  /**
   * The commands that a command line may mean. Setting up a command costs time that people wait for
   * at each start, so where one of our own is named, it alone is set up.
   */
  static Map<String, Offer> of(List<String> args) {
    Supplier<Command> named = args.isEmpty() ? null : OWN.get(args.getFirst());
    if (named != null) {
      return Map.of(args.getFirst(), new Offer(named.get()));
    }
    Map<String, Offer> all = new TreeMap<>();
    OWN.forEach((name, command) -> all.put(name, new Offer(command.get())));
    for (Command command : ServiceLoader.load(Command.class)) {
      Offer offer = new Offer(command);
      all.put(offer.name(), offer);
    }
    return all;
  }
}
