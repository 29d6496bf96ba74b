package org.rewlang.automata;

import java.util.List;
import java.util.function.UnaryOperator;

/** A regular expression over steps: each letter of a word is a step, and its atoms are numbers. */
public sealed interface Regex {

  /**
   * One step.
   *
   * @param condition what holds in it: atoms, {@code not}, {@code and} and {@code or}
   */
  record Step(Formula condition) implements Regex {}

  /** One after the other; of none the empty word. */
  record Sequence(List<Regex> parts) implements Regex {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** Any one of them. */
  record Choice(List<Regex> parts) implements Regex {
    public Choice {
      parts = List.copyOf(parts);
    }
  }

  /** Any number of times, none too. */
  record Star(Regex of) implements Regex {}

  /** The empty word. */
  Regex NOTHING = new Sequence(List.of());

  /** How many steps it is made of. */
  default long length() {
    return switch (this) {
      case Step _ -> 1;
      case Sequence(List<Regex> parts) -> parts.stream().mapToLong(Regex::length).sum();
      case Choice(List<Regex> parts) -> parts.stream().mapToLong(Regex::length).sum();
      case Star(Regex of) -> of.length();
    };
  }

  /** The same with other conditions. */
  default Regex replace(UnaryOperator<Formula> conditions) {
    return switch (this) {
      case Step(Formula condition) -> new Step(conditions.apply(condition));
      case Sequence(List<Regex> parts) ->
          new Sequence(parts.stream().map(p -> p.replace(conditions)).toList());
      case Choice(List<Regex> parts) ->
          new Choice(parts.stream().map(p -> p.replace(conditions)).toList());
      case Star(Regex of) -> new Star(of.replace(conditions));
    };
  }
}
