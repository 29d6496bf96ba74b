package org.rewlang.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.cli.Usage.Option;
import org.rewlang.cli.Usage.Parameter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;

/**
 * A command line taken apart: {@code rew [options] COMMAND [options and words]}. A value follows
 * its option or stands behind {@code =}; flags of one letter may share a sign; behind {@code --}
 * nothing is an option, and neither is {@code -:NAME}, a part of standard input.
 */
final class CommandLine {

  /** What was given, and where it goes. */
  private record Given(Consumer<String> set, String value) {}

  private final Usage root;
  private final Map<String, Commands.Offer> offers;
  private final List<String> args;
  private final List<Given> toRoot = new ArrayList<>();
  private final List<Given> toCommand = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private final Set<Option> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private Commands.@Nullable Offer chosen;
  private int next;

  private CommandLine(Usage root, Map<String, Commands.Offer> offers, List<String> args) {
    this.root = root;
    this.offers = offers;
    this.args = args;
  }

  /** Fails at the first argument that means nothing; what is missing is not looked at yet. */
  static CommandLine parse(Usage root, Map<String, Commands.Offer> offers, List<String> args) {
    CommandLine line = new CommandLine(root, offers, args);
    line.parse();
    return line;
  }

  /** The command that was named, if any. */
  Commands.@Nullable Offer chosen() {
    return chosen;
  }

  private void parse() {
    boolean plain = false;
    while (next < args.size()) {
      String arg = args.get(next++);
      if (!plain && arg.equals("--")) {
        plain = true;
      } else if (!plain && arg.startsWith("--")) {
        named(arg);
      } else if (!plain && arg.startsWith("-") && arg.length() > 1 && arg.charAt(1) != ':') {
        letters(arg);
      } else if (chosen != null) {
        words.add(arg);
      } else {
        chosen = offers.get(arg);
        if (chosen == null) {
          throw unmatched("unknown command", arg, List.copyOf(offers.keySet()));
        }
      }
    }
    words();
  }

  /** {@code --name}, {@code --name=value}. */
  private void named(String arg) {
    int sign = arg.indexOf('=');
    String name = sign < 0 ? arg : arg.substring(0, sign);
    Option option = option(name);
    if (option == null) {
      throw unknown(name);
    }
    if (option.isFlag() && sign >= 0) {
      throw bad("`" + name + "` takes no value");
    }
    give(option, name, sign < 0 ? null : arg.substring(sign + 1));
  }

  /** {@code -o}, {@code -oOUT}, {@code -o=OUT}, {@code -hV}. */
  private void letters(String arg) {
    for (int i = 1; i < arg.length(); i++) {
      String name = "-" + arg.charAt(i);
      Option option = option(name);
      if (option == null) {
        throw unknown(i == 1 ? arg : name);
      }
      String rest = arg.substring(i + 1);
      if (!option.isFlag()) {
        give(option, name, rest.isEmpty() ? null : rest.startsWith("=") ? rest.substring(1) : rest);
        return;
      }
      give(option, name, null);
    }
  }

  private void give(Option option, String name, @Nullable String value) {
    if (!seen.add(option) && !option.repeatable() && !option.isFlag()) {
      throw bad("`" + name + "` is given twice");
    }
    String given = value != null ? value : option.isFlag() ? "" : value(name);
    boolean general = chosen == null || chosen.usage().option(name) == null;
    (general ? toRoot : toCommand).add(new Given(option.set(), given));
  }

  /** The argument after an option, which is not the next option. */
  private String value(String name) {
    if (next == args.size() || isOption(args.get(next))) {
      throw bad("`" + name + "` needs a value");
    }
    return args.get(next++);
  }

  private boolean isOption(String arg) {
    int sign = arg.indexOf('=');
    return option(sign < 0 ? arg : arg.substring(0, sign)) != null;
  }

  private @Nullable Option option(String name) {
    Option own = chosen == null ? null : chosen.usage().option(name);
    Option general = root.option(name);
    return own != null
        ? own
        : general != null && (chosen == null || general.inherited()) ? general : null;
  }

  private void words() {
    if (chosen == null) {
      return;
    }
    int at = 0;
    for (Parameter parameter : chosen.usage().parameters()) {
      int to = parameter.many() ? words.size() : Math.min(at + 1, words.size());
      for (; at < to; at++) {
        toCommand.add(new Given(parameter.set(), words.get(at)));
      }
    }
    if (at < words.size()) {
      throw unmatched("unexpected argument", words.get(at), List.of());
    }
  }

  /** Puts the general options where they go. */
  void assignGeneral() {
    toRoot.forEach(g -> g.set.accept(g.value));
  }

  /** Puts what the command takes where it goes, if nothing of it is missing. */
  void assignCommand() {
    if (chosen != null) {
      List<String> missing = missing(chosen.usage());
      if (!missing.isEmpty()) {
        throw bad("`" + called() + "` needs " + String.join(" and ", missing));
      }
    }
    toCommand.forEach(g -> g.set.accept(g.value));
  }

  private List<String> missing(Usage usage) {
    List<String> missing = new ArrayList<>();
    usage.options().stream()
        .filter(o -> o.required() && !seen.contains(o))
        .forEach(o -> missing.add("`" + o.longest() + " " + o.label() + "`"));
    usage.parameters().stream().skip(words.size()).forEach(p -> missing.add("`" + p.label() + "`"));
    return missing;
  }

  // Words.

  private String called() {
    return chosen == null ? root.name() : root.name() + " " + chosen.name();
  }

  private Failure bad(String message) {
    return new Failure(
        Diagnostic.of(Code.BAD_USAGE, message).hint("see `" + called() + " --help`").build());
  }

  private Failure unknown(String option) {
    List<String> names = new ArrayList<>();
    if (chosen != null) {
      chosen.usage().options().forEach(o -> names.add(o.longest()));
    }
    root.options().stream()
        .filter(o -> chosen == null || o.inherited())
        .forEach(o -> names.add(o.longest()));
    return unmatched("unknown option", option, names);
  }

  private Failure unmatched(String what, String word, List<String> names) {
    Diagnostic.Builder problem =
        Diagnostic.of(Code.BAD_USAGE, what + " `" + word + "`").found(word).expected(names);
    Spelling.closest(word, names)
        .ifPresentOrElse(
            near -> problem.hint("did you mean `" + near + "`?"),
            () -> problem.hint("see `" + called() + " --help`"));
    return new Failure(problem.build());
  }

  /** How the command that was named is called and what it takes, or {@code rew} itself. */
  String help() {
    StringBuilder text = new StringBuilder("Usage: " + called());
    Usage usage = chosen == null ? root : chosen.usage();
    for (Option option : usage.options()) {
      text.append(option.required() ? " " + option.longest() + " " + option.label() : "");
    }
    text.append(" [options]").append(chosen == null ? " COMMAND" : "");
    usage.parameters().forEach(p -> text.append(' ').append(label(p)));
    text.append('\n').append(usage.description()).append('\n');
    usage.parameters().forEach(p -> row(text, "  " + label(p), p.description()));
    usage.options().forEach(o -> row(text, "  " + label(o), o.description()));
    if (chosen == null) {
      text.append("Commands:\n");
      offers.forEach((name, offer) -> row(text, "  " + name, offer.usage().description()));
    } else {
      text.append("Options of all commands:\n");
      root.options().stream()
          .filter(Option::inherited)
          .forEach(o -> row(text, "  " + label(o), o.description()));
    }
    if (!usage.closing().isEmpty()) {
      text.append('\n');
      usage.closing().forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  private static String label(Parameter parameter) {
    String label = parameter.label() + (parameter.many() ? "..." : "");
    return parameter.required() ? label : "[" + label + "]";
  }

  private static String label(Option option) {
    String names = String.join(", ", option.names());
    return option.isFlag() ? names : names + " " + option.label();
  }

  /** Where descriptions begin, and where lines end. */
  private static final int COLUMN = 26;

  private static final int WIDTH = 100;

  private static void row(StringBuilder text, String name, String description) {
    StringBuilder line = new StringBuilder(name);
    if (name.length() > COLUMN - 2) {
      text.append(line).append('\n');
      line.setLength(0);
    }
    line.repeat(" ", COLUMN - line.length());
    for (String word : description.split(" ")) {
      if (line.length() + word.length() > WIDTH) {
        text.append(line.toString().stripTrailing()).append('\n');
        line.setLength(0);
        line.repeat(" ", COLUMN);
      }
      line.append(word).append(' ');
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
