package org.rewlang.ltl;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaFacts;
import org.rewlang.automata.FormulaWriter;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Verdict;

/**
 * A formula that was asked about, and what is known of it.
 *
 * @param text as given
 * @param line where it stood, from 1
 * @param atoms their texts, by number
 * @param onTrace what a trace says, or null where none was asked
 */
public record FormulaAnswer(
    String text, int line, List<String> atoms, FormulaFacts facts, @Nullable OnTrace onTrace) {

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

  /** Finds out what is known; never fails: past a limit that is said instead. */
  public static FormulaAnswer of(
      String text, int line, Formula formula, List<String> atoms, boolean infinite) {
    FormulaFacts facts = FormulaFacts.of(formula, infinite, Limits.USUAL);
    return new FormulaAnswer(text, line, atoms, facts, null);
  }

  /** The limit that was hit, or empty. */
  public Optional<String> limit() {
    return facts.monitor() instanceof Limits.Refused<Monitor>(var what, long bound)
        ? Optional.of(bound + " " + unit(what))
        : Optional.empty();
  }

  private static String unit(Limits.Limit limit) {
    return switch (limit) {
      case STATES -> "states";
      case NODES -> "nodes of decision diagrams";
      case TIME -> "milliseconds";
      case WINDOWS -> "positions in its windows";
    };
  }

  /** The same, with what a trace says. */
  FormulaAnswer on(OnTrace said) {
    return new FormulaAnswer(text, line, atoms, facts, said);
  }

  /** In Rew's words; as given, where Rew has none. */
  public String canonical() {
    return Dialect.REW.write(facts.formula(), AtomNames.of(atoms.toArray(String[]::new)))
            instanceof FormulaWriter.Written(String written)
        ? written
        : text.strip();
  }

  /** The verdicts it can give, as people call them. */
  public List<String> verdicts() {
    return facts.monitor().orNull() instanceof Monitor monitor
        ? monitor.verdicts().stream().map(FormulaAnswer::name).toList()
        : List.of();
  }

  /** {@code presumably satisfied}, … */
  public static String name(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** A shortest word that satisfies it: for each step the atoms that must hold. */
  public Optional<List<List<String>>> satisfying() {
    return facts.shortest(Verdict.SATISFIED).map(this::word);
  }

  /** A shortest word that violates it. */
  public Optional<List<List<String>>> violating() {
    return facts.shortest(Verdict.VIOLATED).map(this::word);
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
    json.writeBooleanField("infinite", facts.infinite());
    json.writeStringField("class", facts.formulaClass().toString());
    if (facts.states().isPresent()) {
      json.writeNumberField("states", facts.states().get());
    } else {
      json.writeNullField("states");
    }
    strings(json, "verdicts", verdicts());
    word(json, "satisfying", satisfying());
    word(json, "violating", violating());
    if (limit().isPresent()) {
      json.writeStringField("limit", limit().get());
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
