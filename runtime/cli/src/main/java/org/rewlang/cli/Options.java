package org.rewlang.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code rew} itself: the options that go with every command, before or after its name. */
@CommandLine.Command(
    name = "rew",
    description = "Rew, a language for saying what an agent should want.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false,
    usageHelpAutoWidth = true,
    footer = {
      "",
      "Exit codes: 0 ok, 1 the program has errors (or a test failed), 2 usage, data or files,",
      "3 a limit was exceeded, 70 a fault of Rew's own.",
    })
final class Options {

  /** How answers are given. */
  enum Format {
    TEXT,
    JSON,
    JSONL
  }

  @Option(
      names = "--format",
      paramLabel = "text|json",
      scope = ScopeType.INHERIT,
      description = "For people, or one JSON document on standard output.")
  Format format = Format.TEXT;

  @Option(
      names = "--max-diagnostics",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Show at most N diagnostics (20).")
  int maxDiagnostics = 20;

  @Option(names = "--strict", scope = ScopeType.INHERIT, description = "Warnings are errors.")
  boolean strict;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      scope = ScopeType.INHERIT,
      description = "Colours in text: by default on a terminal.")
  String color = "auto";

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of Rew's own faults.")
  boolean debug;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      description = "Show version and commit.")
  boolean version;

  /** Whether text is to have colours, on a stream that is a terminal or not. */
  boolean coloured(boolean terminal, @Nullable String noColor) {
    return switch (color) {
      case "always" -> true;
      case "never" -> false;
      default -> terminal && (noColor == null || noColor.isEmpty());
    };
  }
}
