package org.rewlang.automata;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to write formulas. They differ in words, in what binds tighter, in which way a chain
 * groups, and in what {@code X} says of the last position.
 */
public enum Dialect {
  /** Rew's words, or letters: {@code X} is strong, {@code N} weak. */
  REW,

  /** Spot: {@code X} is weak where words end, {@code X[!]} strong. */
  SPOT,

  /**
   * LTLf2DFA and flloat: {@code X} is strong, {@code WX} weak; an implication chain groups left.
   */
  LTLF2DFA,

  /** RTAMT: words; {@code next} and {@code prev} are weak; all chains group left. */
  RTAMT;

  /** The dialect of this name, in any case. */
  public static Optional<Dialect> named(String name) {
    return Arrays.stream(values())
        .filter(d -> d.toString().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a formula; atoms get numbers in the order in which {@code atoms} meets their names. */
  public FormulaReader.Result read(String text, AtomNames atoms) {
    return FormulaReader.read(text, this, atoms);
  }

  /** Writes a formula such that reading it back gives an equivalent one. */
  public FormulaWriter.Result write(Formula formula, AtomNames atoms) {
    return FormulaWriter.write(formula, this, atoms);
  }

  Vocabulary vocabulary() {
    return switch (this) {
      case REW -> Vocabulary.REW;
      case SPOT -> Vocabulary.SPOT;
      case LTLF2DFA -> Vocabulary.LTLF2DFA;
      case RTAMT -> Vocabulary.RTAMT;
    };
  }
}
