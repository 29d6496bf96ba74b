package org.rewlang.machine;

import java.util.List;
import org.rewlang.analysis.Alphabet;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Equivalence;
import org.rewlang.automata.Equivalence.Strength;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Rational;
import org.rewlang.automata.RewardMachine;
import org.rewlang.automata.RewardMachine.Pay;

/**
 * Two machines or formulas side by side. Two machines are compared by what they pay. Where a
 * formula or a state is named, truths are: after each step, whether the formula holds of the steps
 * so far, and whether the machine is in that state, or in a final one if none is named.
 */
public final class Comparison {

  private final Subjects subjects;
  private final Alphabet alphabet;
  private final Equivalence.Answer answer;

  private Comparison(Subjects subjects, Alphabet alphabet, Equivalence.Answer answer) {
    this.subjects = subjects;
    this.alphabet = alphabet;
    this.answer = answer;
  }

  /** Compares the two subjects; refused where that takes too many states, or too long. */
  public static Limits.Outcome<Comparison> of(
      Subjects subjects, Strength strength, Rational discount) {
    boolean rewards = ofRewards(subjects);
    Limits.Outcome<Limits.Outcome<Comparison>> made =
        Limits.USUAL.attempt(
            meter -> {
              Alphabet alphabet = subjects.alphabet(meter);
              List<RewardMachine> two =
                  subjects.all().stream().map(s -> machine(s, rewards, alphabet)).toList();
              return switch (Equivalence.compare(
                  two.getFirst(), two.getLast(), strength, discount, Limits.USUAL)) {
                case Limits.Made<Equivalence.Answer>(var answer) ->
                    new Limits.Made<>(new Comparison(subjects, alphabet, answer));
                case Limits.Refused<Equivalence.Answer>(var limit, long bound) ->
                    new Limits.Refused<>(limit, bound);
              };
            });
    return switch (made) {
      case Limits.Made<Limits.Outcome<Comparison>>(var inner) -> inner;
      case Limits.Refused<Limits.Outcome<Comparison>>(var limit, long bound) ->
          new Limits.Refused<>(limit, bound);
    };
  }

  /** Whether two are compared by what they pay. */
  public static boolean ofRewards(Subjects subjects) {
    return subjects.all().stream()
        .allMatch(s -> s instanceof Subject.OfMachine m && m.states().isEmpty());
  }

  private static RewardMachine machine(Subject subject, boolean rewards, Alphabet alphabet) {
    return switch (subject) {
      case Subject.OfMachine m when rewards -> alphabet.payments(m.graph());
      case Subject.OfMachine m -> alphabet.truth(m.graph(), m.accepting());
      case Subject.OfFormula f -> alphabet.truth(f.automaton(), f.formula());
    };
  }

  public Equivalence.Answer answer() {
    return answer;
  }

  /** Whether what is paid was compared. */
  public boolean ofRewards() {
    return ofRewards(subjects);
  }

  /** The atoms that hold in a letter. */
  public List<String> letter(Cube letter) {
    return letter.yes().stream().mapToObj(alphabet::name).toList();
  }

  /** What is paid in a step, or whether it is true after it. */
  public String said(Pay pay) {
    return ofRewards(subjects)
        ? Picture.text(pay, alphabet)
        : Boolean.toString(pay.number().sign() != 0);
  }

  /** The state of a subject that the comparison knows by a number. */
  public String state(boolean first, int number) {
    return switch (first ? subjects.all().getFirst() : subjects.all().getLast()) {
      case Subject.OfMachine m -> m.state(number);
      case Subject.OfFormula _ -> Integer.toString(number);
    };
  }
}
