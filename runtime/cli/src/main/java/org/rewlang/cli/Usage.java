package org.rewlang.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * What a command is called and what it takes, with the place where each argument goes. Plain data,
 * set up in no time: people wait for it at every start.
 */
public final class Usage {

  /** What stands behind an option's name. */
  sealed interface Value {

    /** How help calls it. */
    String label();
  }

  record Nothing(Runnable set) implements Value {
    @Override
    public String label() {
      return "";
    }
  }

  record Text(String label, Consumer<String> set) implements Value {}

  record Whole(String label, IntConsumer set) implements Value {}

  record Choice(List<String> words, Consumer<String> set) implements Value {
    @Override
    public String label() {
      return String.join("|", words);
    }
  }

  /** How often an option may or must be given. */
  enum Times {
    AT_MOST_ONCE,
    ONCE,
    ANY
  }

  record Option(List<String> names, Value value, Times times, String description) {

    boolean isFlag() {
      return value instanceof Nothing;
    }

    /** The name that says most. */
    String name() {
      return names.getLast();
    }
  }

  /** A word that is no option. */
  record Parameter(String label, boolean many, String description, Consumer<String> set) {}

  private final String name;
  private final String description;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Option> options = new ArrayList<>();

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
    parameters.add(new Parameter(label, false, description, set));
    return this;
  }

  /** Takes all the words that are left, at least one. */
  public Usage many(String label, String description, Consumer<String> add) {
    parameters.add(new Parameter(label, true, description, add));
    return this;
  }

  public Usage flag(String option, String description, Runnable set) {
    return add(List.of(option), new Nothing(set), Times.ANY, description);
  }

  /** A flag with a letter of its own. */
  Usage flag(String letter, String option, String description, Runnable set) {
    return add(List.of(letter, option), new Nothing(set), Times.ANY, description);
  }

  public Usage option(String option, String label, String description, Consumer<String> set) {
    return add(List.of(option), new Text(label, set), Times.AT_MOST_ONCE, description);
  }

  public Usage required(String option, String label, String description, Consumer<String> set) {
    return add(List.of(option), new Text(label, set), Times.ONCE, description);
  }

  public Usage repeatable(String option, String label, String description, Consumer<String> add) {
    return add(List.of(option), new Text(label, add), Times.ANY, description);
  }

  public Usage whole(String option, String label, String description, IntConsumer set) {
    return add(List.of(option), new Whole(label, set), Times.AT_MOST_ONCE, description);
  }

  /** An option whose value is one of these words, in small letters or not; it is given in small. */
  public Usage choice(String option, List<String> words, String description, Consumer<String> set) {
    return add(
        List.of(option), new Choice(List.copyOf(words), set), Times.AT_MOST_ONCE, description);
  }

  private Usage add(List<String> names, Value value, Times times, String description) {
    options.add(new Option(names, value, times, description));
    return this;
  }

  String name() {
    return name;
  }

  String description() {
    return description;
  }

  List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  List<Option> options() {
    return Collections.unmodifiableList(options);
  }
}
