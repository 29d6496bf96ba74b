package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.rewlang.automata.Allowance;
import org.rewlang.automata.FormulaFacts;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Monitor;
import org.rewlang.ltl.FormulaAnswer;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Model;
import org.rewlang.model.Watch;
import org.rewlang.source.Source;

/**
 * What {@code rew info} says of a declared formula.
 *
 * @param bytes of the state that follows its verdict; 0 where nobody asks for one
 */
record FormulaInfo(DeclaredFormula formula, FormulaFacts facts, long bytes) {

  private static final int NUMBER = 8;

  /** Those of the program itself; they share the time that automata may take. */
  static List<FormulaInfo> of(Model model) {
    Source own = model.sources().getFirst();
    Allowance allowance = new Allowance(Limits.USUAL);
    List<FormulaInfo> all = new ArrayList<>();
    for (DeclaredFormula f : model.formulas()) {
      if (f.at().source() == own) {
        FormulaFacts facts =
            allowance
                .spend(l -> new Limits.Made<>(FormulaFacts.of(f.formula(), false, l)))
                .orNull();
        all.add(new FormulaInfo(f, Objects.requireNonNull(facts), bytes(f, model)));
      }
    }
    return all;
  }

  private static long bytes(DeclaredFormula formula, Model model) {
    return model.watches().stream()
        .filter(w -> w.at().equals(formula.at()))
        .map(Watch::state)
        .mapToLong(state -> (long) NUMBER * state.type().size())
        .sum();
  }

  void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", formula.name());
    json.writeStringField("class", facts.formulaClass().toString());
    if (facts.states().isPresent()) {
      json.writeNumberField("states", facts.states().get());
    } else {
      json.writeStringField("states", InfoCommand.UNKNOWN);
    }
    if (isCounted()) {
      json.writeStringField("state_bytes", InfoCommand.UNKNOWN);
    } else {
      json.writeNumberField("state_bytes", bytes);
    }
    Optional<Boolean> monitorable = facts.isMonitorable();
    if (monitorable.isPresent()) {
      json.writeBooleanField("monitorable", monitorable.get());
    } else {
      json.writeStringField("monitorable", InfoCommand.UNKNOWN);
    }
    json.writeArrayFieldStart("verdicts");
    if (facts.monitor().orNull() instanceof Monitor monitor) {
      for (var verdict : monitor.verdicts()) {
        json.writeString(FormulaAnswer.name(verdict));
      }
    }
    json.writeEndArray();
    if (formula.doc() != null) {
      json.writeStringField("doc", formula.doc());
    }
    json.writeEndObject();
  }

  /** Its verdict is followed by more than the state of an automaton. */
  private boolean isCounted() {
    return bytes > 0 && facts.states().isEmpty();
  }

  /** A line for people. */
  String text() {
    String state = bytes == 0 || isCounted() ? "" : ", " + bytes + " bytes";
    return "formula     " + formula.name() + ": " + facts.summary() + state + "\n";
  }
}
