package org.rewlang.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;

/**
 * Takes a command line apart: {@code rew [OPTION…] COMMAND [OPTION or word…]}. The options of all
 * commands may stand anywhere, {@code --name value} and {@code --name=value} mean the same, and
 * after {@code --} nothing is an option.
 */
final class Arguments {

  private final Options shared;
  private final Function<String, Optional<Command>> commands;
  private final List<String> args;
  private final List<String> words = new ArrayList<>();
  private final Set<Usage.Option> given = new HashSet<>();

  private @Nullable Command command;
  private Usage usage;
  private int at;

  /**
   * @param shared set from the options of all commands
   * @param commands by name
   */
  Arguments(Options shared, Function<String, Optional<Command>> commands, List<String> args) {
    this.shared = shared;
    this.commands = commands;
    this.args = args;
    this.usage = shared.usage();
  }

  /** The command with its arguments set, or null if none is named; or the end of the session. */
  @Nullable Command parse() {
    boolean literal = false;
    while (at < args.size()) {
      String arg = args.get(at++);
      if (!literal && arg.equals("--")) {
        literal = true;
      } else if (!literal && arg.startsWith("-") && arg.length() > 1) {
        option(arg);
      } else if (command == null) {
        command = named(arg);
        usage = command.usage();
      } else {
        words.add(arg);
      }
    }
    if (!shared.help && !shared.version) {
      assign();
    }
    return command;
  }

  private Command named(String word) {
    return commands
        .apply(word)
        .orElseThrow(() -> unknown("unknown command", word, Commands.names(), "rew"));
  }

  // Options.

  private void option(String arg) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    Usage.Option option = find(name);
    if (option == null) {
      throw unknown("unknown option", name, names(), called());
    }
    if (!given.add(option) && option.times() != Usage.Times.ANY) {
      throw bad("`" + name + "` is given twice");
    }
    if (option.value() instanceof Usage.Nothing flag) {
      if (equals >= 0) {
        throw bad("`" + name + "` takes no value");
      }
      flag.set().run();
      return;
    }
    if (equals < 0 && at == args.size()) {
      throw bad("`" + name + "` needs a value: `" + name + " " + option.value().label() + "`");
    }
    set(name, option.value(), equals < 0 ? args.get(at++) : arg.substring(equals + 1));
  }

  private void set(String name, Usage.Value value, String text) {
    switch (value) {
      case Usage.Nothing flag -> flag.set().run();
      case Usage.Text any -> any.set().accept(text);
      case Usage.Whole whole -> {
        try {
          whole.set().accept(Integer.parseInt(text));
        } catch (NumberFormatException e) {
          throw bad("`" + name + "` is a whole number, not `" + text + "`");
        }
      }
      case Usage.Choice choice -> {
        String small = text.toLowerCase(Locale.ROOT);
        if (!choice.words().contains(small)) {
          String last = choice.words().getLast();
          String others = String.join(", ", choice.words().subList(0, choice.words().size() - 1));
          throw new Failure(
              problem("`" + name + "` is " + others + " or " + last + ", not `" + text + "`")
                  .found(text)
                  .expected(choice.words())
                  .build());
        }
        choice.set().accept(small);
      }
    }
  }

  private Usage.@Nullable Option find(String name) {
    for (Usage of : command == null ? List.of(usage) : List.of(usage, shared.usage())) {
      for (Usage.Option option : of.options()) {
        if (option.names().contains(name)) {
          return option;
        }
      }
    }
    return null;
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    usage.options().forEach(o -> names.add(o.name()));
    if (command != null) {
      shared.usage().options().forEach(o -> names.add(o.name()));
    }
    return names;
  }

  // Words.

  private void assign() {
    for (Usage.Option option : usage.options()) {
      if (option.times() == Usage.Times.ONCE && !given.contains(option)) {
        throw bad("`" + option.name() + " " + option.value().label() + "` is missing");
      }
    }
    int next = 0;
    for (Usage.Parameter parameter : usage.parameters()) {
      if (next == words.size()) {
        throw bad("`" + parameter.label() + "` is missing");
      }
      do {
        parameter.set().accept(words.get(next++));
      } while (parameter.many() && next < words.size());
    }
    if (next < words.size()) {
      throw unknown("unexpected argument", words.get(next), List.of(), called());
    }
  }

  // Problems.

  private String called() {
    return command == null ? "rew" : "rew " + usage.name();
  }

  private Failure bad(String message) {
    return new Failure(problem(message).build());
  }

  private Diagnostic.Builder problem(String message) {
    return Diagnostic.of(Code.BAD_USAGE, message).hint("see `" + called() + " --help`");
  }

  private static Failure unknown(String what, String word, List<String> names, String called) {
    Diagnostic.Builder problem =
        Diagnostic.of(Code.BAD_USAGE, what + " `" + word + "`").found(word).expected(names);
    Spelling.closest(word, names)
        .ifPresentOrElse(
            near -> problem.hint("did you mean `" + near + "`?"),
            () -> problem.hint("see `" + called + " --help`"));
    return new Failure(problem.build());
  }
}
