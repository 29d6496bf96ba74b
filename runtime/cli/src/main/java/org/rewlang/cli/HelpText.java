package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code --help} answers. */
final class HelpText {

  private static final int WIDTH = 100;
  private static final int WIDEST_TERM = 28;

  private record Row(String term, String description) {}

  private final StringBuilder text = new StringBuilder();

  private HelpText() {}

  /** Of one command. */
  static String of(Usage command, Options shared) {
    HelpText help = new HelpText();
    StringBuilder line = new StringBuilder("rew ").append(command.name());
    for (Usage.Option option : command.options()) {
      if (option.times() == Usage.Times.ONCE) {
        line.append(' ').append(option.name()).append(' ').append(option.value().label());
      }
    }
    line.append(" [OPTION…]");
    command.parameters().forEach(p -> line.append(' ').append(label(p)));
    help.head(line.toString(), command.description());
    help.table(
        "Arguments:",
        command.parameters().stream().map(p -> new Row("  " + label(p), p.description())).toList());
    help.table("Options:", options(command));
    help.table(
        "Options of every command:",
        options(shared.usage()).stream().filter(r -> !r.term().contains("--version")).toList());
    return help.text.toString();
  }

  /** Of {@code rew} itself. */
  static String of(Options shared, List<Command> commands) {
    HelpText help = new HelpText();
    help.head("rew [OPTION…] COMMAND …", shared.usage().description());
    help.table("Options:", options(shared.usage()));
    help.table(
        "Commands:",
        commands.stream()
            .map(Command::usage)
            .map(u -> new Row("  " + u.name(), u.description()))
            .toList());
    help.text.append(
        """

        Exit codes: 0 ok, 1 the program has errors (or a test failed), 2 usage, data or files,
        3 a limit was exceeded, 70 a fault of Rew's own.
        """);
    return help.text.toString();
  }

  private static String label(Usage.Parameter parameter) {
    return parameter.label() + (parameter.many() ? "…" : "");
  }

  private static List<Row> options(Usage usage) {
    List<Row> rows = new ArrayList<>();
    for (Usage.Option option : usage.options()) {
      String names = String.join(", ", option.names());
      String value = option.isFlag() ? "" : " " + option.value().label();
      rows.add(new Row("  " + names + value, option.description()));
    }
    return rows;
  }

  private void head(String line, String description) {
    text.append("Usage: ").append(line).append('\n');
    text.append(description).append('\n');
  }

  private void table(String title, List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    text.append('\n').append(title).append('\n');
    int column =
        rows.stream().mapToInt(r -> r.term().length()).filter(n -> n <= WIDEST_TERM).max().orElse(2)
            + 2;
    for (Row row : rows) {
      @Nullable String term = row.term();
      for (String line : wrapped(row.description(), WIDTH - column)) {
        if (term != null && term.length() + 2 > column) {
          text.append(term).append('\n');
          term = null;
        }
        String left = term == null ? "" : term;
        text.append(left).repeat(' ', column - left.length()).append(line).append('\n');
        term = null;
      }
    }
  }

  private static List<String> wrapped(String description, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : description.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
