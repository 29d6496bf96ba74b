package org.rewlang.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code rew} itself: the options that go with every command, before or after its name. */
final class Options {

  boolean json;
  int maxDiagnostics = 20;
  boolean strict;
  String color = "auto";
  boolean debug;
  boolean help;
  boolean version;

  private final Usage usage =
      Usage.of("rew", "Rew, a language for saying what an agent should want.")
          .everywhere(true)
          .choice(
              "--format",
              List.of("text", "json", "jsonl"),
              "For people, or one JSON document on standard output.",
              v -> json = !v.equals("text"))
          .whole(
              "--max-diagnostics", "N", "Show at most N diagnostics (20).", v -> maxDiagnostics = v)
          .flag("--strict", "Warnings are errors.", () -> strict = true)
          .choice(
              "--color",
              List.of("auto", "always", "never"),
              "Colours in text: by default on a terminal.",
              v -> color = v)
          .flag("--debug", "Show stack traces of Rew's own faults.", () -> debug = true)
          .flag(List.of("-h", "--help"), "Show this help.", () -> help = true)
          .everywhere(false)
          .flag(List.of("-V", "--version"), "Show version and commit.", () -> version = true)
          .closing(
              "Exit codes: 0 ok, 1 the program has errors (or a test failed), 2 usage, data or"
                  + " files,",
              "3 a limit was exceeded, 70 a fault of Rew's own.");

  Usage usage() {
    return usage;
  }

  /** Whether text is to have colours, on a stream that is a terminal or not. */
  boolean coloured(boolean terminal, @Nullable String noColor) {
    return switch (color) {
      case "always" -> true;
      case "never" -> false;
      default -> terminal && (noColor == null || noColor.isEmpty());
    };
  }
}
