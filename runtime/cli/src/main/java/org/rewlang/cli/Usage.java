package org.rewlang.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;

/** What a command is called and what it takes, with the place where each argument goes. */
public final class Usage {

  /**
   * A word, or several.
   *
   * @param many whether it takes all that are left
   */
  record Parameter(
      String label, boolean required, boolean many, String description, Consumer<String> set) {}

  /**
   * @param names the shortest first
   * @param label what its value is called; empty for a flag, which has none
   * @param inherited whether it may stand behind the names of commands, too
   */
  record Option(
      List<String> names,
      String label,
      String description,
      boolean required,
      boolean repeatable,
      boolean inherited,
      Consumer<String> set) {

    boolean isFlag() {
      return label.isEmpty();
    }

    String longest() {
      return names.getLast();
    }
  }

  private final String name;
  private final String description;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Option> options = new ArrayList<>();
  private List<String> closing = List.of();
  private boolean inherited;

  private Usage(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /** Of a command that takes nothing yet. */
  public static Usage of(String name, String description) {
    return new Usage(name, description);
  }

  /** Takes one more word. */
  public Usage one(String label, String description, Consumer<String> set) {
    parameters.add(new Parameter(label, true, false, description, set));
    return this;
  }

  /** Takes one more word, if there is one. */
  public Usage optional(String label, String description, Consumer<String> set) {
    parameters.add(new Parameter(label, false, false, description, set));
    return this;
  }

  /** Takes all the words that are left, at least one. */
  public Usage many(String label, String description, Consumer<String> add) {
    parameters.add(new Parameter(label, true, true, description, add));
    return this;
  }

  public Usage flag(String option, String description, Runnable set) {
    return flag(List.of(option), description, set);
  }

  Usage flag(List<String> names, String description, Runnable set) {
    return add(names, "", description, false, false, _ -> set.run());
  }

  public Usage option(String option, String label, String description, Consumer<String> set) {
    return add(List.of(option), label, description, false, false, set);
  }

  public Usage required(String option, String label, String description, Consumer<String> set) {
    return add(List.of(option), label, description, true, false, set);
  }

  public Usage repeatable(String option, String label, String description, Consumer<String> add) {
    return add(List.of(option), label, description, false, true, add);
  }

  public Usage whole(String option, String label, String description, IntConsumer set) {
    return option(option, label, description, v -> set.accept(whole(option, v)));
  }

  private static int whole(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Failure(
          Diagnostic.of(Code.BAD_USAGE, "`" + option + "` is a whole number, not `" + text + "`")
              .found(text)
              .build());
    }
  }

  /** An option whose value is one of these words, in small letters or not; it is given in small. */
  public Usage choice(String option, List<String> words, String description, Consumer<String> set) {
    return option(
        option,
        String.join("|", words),
        description,
        v -> set.accept(chosen(option, words, v.toLowerCase(Locale.ROOT))));
  }

  private static String chosen(String option, List<String> words, String word) {
    if (!words.contains(word)) {
      String others = String.join(", ", words.subList(0, words.size() - 1));
      throw new Failure(
          Diagnostic.of(
                  Code.BAD_USAGE,
                  "`"
                      + option
                      + "` is "
                      + others
                      + " or "
                      + words.getLast()
                      + ", not `"
                      + word
                      + "`")
              .found(word)
              .expected(words)
              .build());
    }
    return word;
  }

  /** Whether the options that follow may stand behind the names of commands too. */
  Usage everywhere(boolean allowed) {
    inherited = allowed;
    return this;
  }

  /** Lines at the end of its help. */
  Usage closing(String... lines) {
    closing = List.of(lines);
    return this;
  }

  private Usage add(
      List<String> names,
      String label,
      String text,
      boolean required,
      boolean repeatable,
      Consumer<String> set) {
    options.add(new Option(names, label, text, required, repeatable, inherited, set));
    return this;
  }

  String name() {
    return name;
  }

  String description() {
    return description;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  List<Option> options() {
    return options;
  }

  List<String> closing() {
    return closing;
  }

  /** The option of this name. */
  @Nullable Option option(String named) {
    for (Option option : options) {
      if (option.names.contains(named)) {
        return option;
      }
    }
    return null;
  }
}
