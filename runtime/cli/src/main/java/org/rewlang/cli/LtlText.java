package org.rewlang.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rewlang.ltl.FormulaFacts;
import org.rewlang.ltl.FormulaFacts.OnTrace;

/** What is known of formulas, for people. */
final class LtlText {

  private LtlText() {}

  static String of(List<FormulaFacts> all, boolean traced) {
    TextTable table =
        traced
            ? new TextTable("formula", "class", "states", "truth", "verdict", "at step")
            : new TextTable("formula", "class", "states", "verdicts");
    for (FormulaFacts facts : all) {
      String formula = facts.canonical();
      String kind = facts.formulaClass().toString();
      String states = facts.states().map(String::valueOf).orElse("-");
      OnTrace said = facts.onTrace();
      if (said == null) {
        table.row(formula, kind, states, String.join(", ", facts.verdicts()));
      } else {
        table.row(
            formula,
            kind,
            states,
            said.truth() == null ? "open" : said.truth().toString(),
            FormulaFacts.name(said.verdict()),
            said.verdictAt() == null ? "-" : said.verdictAt().toString());
      }
    }
    StringBuilder text = new StringBuilder(table.toString());
    if (all.size() == 1) {
      word(text, "satisfied by", all.getFirst().satisfying());
      word(text, "violated by", all.getFirst().violating());
    }
    return text.toString();
  }

  private static void word(StringBuilder text, String what, Optional<List<List<String>>> word) {
    word.ifPresent(
        letters ->
            text.append(what)
                .append("  ")
                .append(
                    letters.stream()
                        .map(atoms -> "{" + String.join(", ", atoms) + "}")
                        .collect(Collectors.joining(" ")))
                .append('\n'));
  }
}
