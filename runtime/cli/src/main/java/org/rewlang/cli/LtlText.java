package org.rewlang.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.ltl.FormulaAnswer;
import org.rewlang.ltl.FormulaAnswer.OnTrace;

/** What is known of formulas, for people. */
final class LtlText {

  /** So many letters that are the same are written out. */
  private static final int FEW = 3;

  private LtlText() {}

  static String of(List<FormulaAnswer> all, boolean traced) {
    TextTable table =
        traced
            ? new TextTable("formula", "class", "states", "truth", "verdict", "at step")
            : new TextTable("formula", "class", "states", "verdicts");
    for (FormulaAnswer answer : all) {
      String formula = answer.canonical();
      String kind = answer.facts().formulaClass().toString();
      String states = answer.facts().states().map(String::valueOf).orElse("-");
      OnTrace said = answer.onTrace();
      if (said == null) {
        table.row(formula, kind, states, String.join(", ", answer.verdicts()));
      } else {
        table.row(
            formula,
            kind,
            states,
            said.truth() == null ? "open" : said.truth().toString(),
            FormulaAnswer.name(said.verdict()),
            said.verdictAt() == null ? "-" : said.verdictAt().toString());
      }
    }
    StringBuilder text = new StringBuilder(table.toString());
    if (all.size() == 1) {
      word(text, "satisfied by", all.getFirst().satisfying());
      word(text, "violated by", all.getFirst().violating());
    }
    if (!all.isEmpty() && all.getFirst().onTrace() instanceof OnTrace said) {
      robustness(text, all, said.robustness());
    }
    return text.toString();
  }

  /** A row for each step, a column for each formula. */
  private static void robustness(
      StringBuilder text, List<FormulaAnswer> all, double @Nullable [] first) {
    if (first == null) {
      return;
    }
    String[] header = new String[all.size() + 1];
    header[0] = "step";
    for (int f = 0; f < all.size(); f++) {
      header[f + 1] = all.size() == 1 ? "robustness" : all.get(f).canonical();
    }
    TextTable table = new TextTable(header);
    for (int t = 0; t < first.length; t++) {
      String[] row = new String[all.size() + 1];
      row[0] = String.valueOf(t);
      for (int f = 0; f < all.size(); f++) {
        OnTrace said = all.get(f).onTrace();
        double[] values = said == null ? null : said.robustness();
        row[f + 1] = values == null ? "-" : number(values[t]);
      }
      table.row(row);
    }
    text.append(table);
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : TextTable.number(value);
  }

  private static void word(StringBuilder text, String what, Optional<List<List<String>>> word) {
    word.ifPresent(letters -> text.append(what).append("  ").append(shown(letters)).append('\n'));
  }

  /** What comes again and again is counted. */
  private static String shown(List<List<String>> letters) {
    List<String> shown = new ArrayList<>();
    for (int i = 0, next; i < letters.size(); i = next) {
      next = i + 1;
      while (next < letters.size() && letters.get(next).equals(letters.get(i))) {
        next++;
      }
      int times = next - i;
      String letter = "{" + String.join(", ", letters.get(i)) + "}";
      shown.addAll(
          times > FEW
              ? List.of(letter + " (" + times + " times)")
              : Collections.nCopies(times, letter));
    }
    return String.join(" ", shown);
  }
}
