package org.rewlang.ltl;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaClass;
import org.rewlang.automata.FormulaWriter;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Omega;
import org.rewlang.automata.Verdict;

/**
 * What is known of a formula.
 *
 * @param text as given
 * @param line where it stood, from 1
 * @param atoms their texts, by number
 * @param automaton what decides it; null past a limit
 * @param formulaClass of its meaning on infinite words; past a limit that of its shape
 * @param limit the limit that was hit, or empty
 * @param onTrace what a trace says, or null where none was asked
 */
public record FormulaFacts(
    String text,
    int line,
    Formula formula,
    List<String> atoms,
    boolean infinite,
    @Nullable Automaton automaton,
    FormulaClass formulaClass,
    Optional<String> limit,
    @Nullable OnTrace onTrace) {

  /** A minimal automaton, of finite words or of the beginnings of infinite ones. */
  record Automaton(
      int states,
      int initial,
      Set<Verdict> verdicts,
      @Nullable List<Cube> satisfying,
      @Nullable List<Cube> violating,
      Function<Integer, Verdict> verdict,
      Step step) {}

  /** The next state after a letter. */
  interface Step {
    int from(int state, java.util.function.IntPredicate letter);
  }

  /**
   * A formula on a trace.
   *
   * @param truth null where the trace does not decide it
   * @param verdictAt the step at which it was decided; null where only the end does, or nothing
   * @param robustness at each step as if the formula were asked there; null where it isn't
   */
  public record OnTrace(
      @Nullable Boolean truth,
      @Nullable Long verdictAt,
      Verdict verdict,
      double @Nullable [] robustness) {}

  /** Builds what is known; never fails: past a limit that is said instead. */
  public static FormulaFacts of(
      String text, int line, Formula formula, List<String> atoms, boolean infinite) {
    Limits limits = Limits.USUAL;
    Limits.Outcome<Omega> omega = Omega.of(formula, infinite ? limits : CLASS_ALONE);
    Limits.Outcome<Automaton> made =
        infinite ? then(omega, FormulaFacts::infinite) : finite(formula, limits);
    FormulaClass named =
        omega.orNull() instanceof Omega o ? o.formulaClass() : FormulaClass.ofShape(formula);
    Optional<String> limit =
        made instanceof Limits.Refused<Automaton>(var what, long bound)
            ? Optional.of(bound + " " + unit(what))
            : Optional.empty();
    return new FormulaFacts(
        text, line, formula, atoms, infinite, made.orNull(), named, limit, null);
  }

  private static <A, B> Limits.Outcome<B> then(Limits.Outcome<A> made, Function<A, B> next) {
    return switch (made) {
      case Limits.Made<A>(A value) -> new Limits.Made<>(next.apply(value));
      case Limits.Refused<A>(var limit, long bound) -> new Limits.Refused<>(limit, bound);
    };
  }

  private static String unit(Limits.Limit limit) {
    return switch (limit) {
      case STATES -> "states";
      case NODES -> "nodes of decision diagrams";
      case TIME -> "milliseconds";
      case WINDOWS -> "positions in its windows";
    };
  }

  private static Automaton infinite(Omega omega) {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    for (int state = 0; state < omega.size(); state++) {
      verdicts.add(omega.verdict3(state));
    }
    return new Automaton(
        omega.size(),
        omega.initial(),
        verdicts,
        omega.shortest(Verdict.SATISFIED),
        omega.shortest(Verdict.VIOLATED),
        omega::verdict3,
        omega::next);
  }

  private static Limits.Outcome<Automaton> finite(Formula formula, Limits limits) {
    return switch (formula.isCurrent() ? Dfa.ofCurrent(formula, limits) : Dfa.of(formula, limits)) {
      case Limits.Made<Dfa>(Dfa dfa) ->
          then(
              dfa.and(NOT_EMPTY, limits),
              satisfying -> {
                Dfa violating = dfa.complement().and(NOT_EMPTY, limits).orNull();
                Verdict[] verdicts = dfa.verdicts();
                return new Automaton(
                    dfa.size(),
                    dfa.initial(),
                    EnumSet.copyOf(Arrays.asList(verdicts)),
                    satisfying.shortestAccepted(),
                    violating == null ? null : violating.shortestAccepted(),
                    state -> verdicts[state],
                    dfa::next);
              });
      case Limits.Refused<Dfa>(var limit, long bound) -> new Limits.Refused<>(limit, bound);
    };
  }

  /** What the class of a formula on finite words may cost: its shape bounds it anyway. */
  private static final Limits CLASS_ALONE = new Limits(1_000, 400_000, Duration.ofMillis(300));

  /** Words of an episode: at least one step. */
  private static final Dfa NOT_EMPTY =
      ((Limits.Made<Dfa>)
              Dfa.of(new Formula.Unary(Formula.Operator.EVENTUALLY, Formula.TRUE), Limits.USUAL))
          .value();

  /** The same, with what a trace says. */
  FormulaFacts on(OnTrace said) {
    return new FormulaFacts(
        text, line, formula, atoms, infinite, automaton, formulaClass, limit, said);
  }

  /** In Rew's words; as given, where Rew has none. */
  public String canonical() {
    return Dialect.REW.write(formula, AtomNames.of(atoms.toArray(String[]::new)))
            instanceof FormulaWriter.Written(String written)
        ? written
        : text.strip();
  }

  /** How many states the automaton has. */
  public Optional<Integer> states() {
    return Optional.ofNullable(automaton).map(Automaton::states);
  }

  /** The verdicts it can give, as people call them. */
  public List<String> verdicts() {
    return automaton == null
        ? List.of()
        : automaton.verdicts.stream().map(FormulaFacts::name).toList();
  }

  /** {@code presumably satisfied}, … */
  public static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A shortest word that satisfies it: for each step the atoms that must hold. */
  public Optional<List<List<String>>> satisfying() {
    return Optional.ofNullable(automaton).map(Automaton::satisfying).map(this::word);
  }

  /** A shortest word that violates it. */
  public Optional<List<List<String>>> violating() {
    return Optional.ofNullable(automaton).map(Automaton::violating).map(this::word);
  }

  private List<List<String>> word(List<Cube> letters) {
    List<List<String>> word = new ArrayList<>();
    for (Cube letter : letters) {
      word.add(letter.yes().stream().mapToObj(atoms::get).toList());
    }
    return word;
  }

  /** The keys of its JSON. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStringField("formula", canonical());
    json.writeStringField("text", text.strip());
    json.writeNumberField("line", line);
    strings(json, "atoms", atoms);
    json.writeBooleanField("infinite", infinite);
    json.writeStringField("class", formulaClass.toString());
    if (automaton == null) {
      json.writeNullField("states");
    } else {
      json.writeNumberField("states", automaton.states);
    }
    strings(json, "verdicts", verdicts());
    word(json, "satisfying", satisfying());
    word(json, "violating", violating());
    if (limit.isPresent()) {
      json.writeStringField("limit", limit.get());
    }
    if (onTrace != null) {
      if (onTrace.truth == null) {
        json.writeNullField("truth");
      } else {
        json.writeBooleanField("truth", onTrace.truth);
      }
      if (onTrace.verdictAt == null) {
        json.writeNullField("verdict_at");
      } else {
        json.writeNumberField("verdict_at", onTrace.verdictAt);
      }
      json.writeStringField("verdict", name(onTrace.verdict));
      if (onTrace.robustness != null) {
        json.writeArrayFieldStart("robustness");
        for (double value : onTrace.robustness) {
          if (Double.isInfinite(value)) {
            json.writeString(value > 0 ? "inf" : "-inf");
          } else {
            json.writeNumber(value);
          }
        }
        json.writeEndArray();
      }
    }
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void word(JsonGenerator json, String name, Optional<List<List<String>>> word)
      throws IOException {
    if (word.isEmpty()) {
      json.writeNullField(name);
      return;
    }
    json.writeArrayFieldStart(name);
    for (List<String> letter : word.get()) {
      json.writeStartArray();
      for (String atom : letter) {
        json.writeString(atom);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
