package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.CoreProgram;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Model;
import org.rewlang.model.Shaping;
import org.rewlang.source.Location;
import org.rewlang.syntax.Program;

/**
 * What is probably a mistake, though it runs. Every finding is a fact: a condition is constant for
 * all inputs in their ranges; an undefined result was seen, on an input that the finding names.
 */
public final class Lints {

  private Lints() {}

  /**
   * @param core the lowered model
   */
  public static List<Diagnostic> find(
      Program program, Model model, Ranges ranges, CoreProgram core) {
    List<Diagnostic> found = new ArrayList<>();
    found.addAll(new ConstantConditions(program.source(), model, ranges).find());
    found.addAll(new NeverPaid(program.source(), model, ranges).find());
    found.addAll(new Flooding(program, model, ranges).find());
    found.addAll(MachineLints.find(program.source(), model, ranges));
    found.addAll(FormulaLints.find(program.source(), model, ranges));
    found.addAll(discounts(model));
    found.addAll(new UndefinedResults(program.source(), model, ranges, core).find());
    return found.stream().sorted(Diagnostic.ORDER).distinct().toList();
  }

  /** No learner discounts by two numbers, so of shapes that do one changes what is best. */
  private static List<Diagnostic> discounts(Model model) {
    List<Diagnostic> found = new ArrayList<>();
    for (Shaping shaping : model.shapings()) {
      Shaping first = model.shapings().getFirst();
      if (shaping.discount() != first.discount()) {
        Location at = shaping.definition().at();
        Location other = first.definition().at();
        found.add(
            Diagnostic.of(
                    Code.SHAPING,
                    "shapes with two discounts can't both leave the best policies alone",
                    at.source(),
                    at.span())
                .label("discounts by " + Numeral.of(shaping.discount()))
                .related(
                    other.source(), other.span(), "discounts by " + Numeral.of(first.discount()))
                .hint("take the learner's discount for both")
                .build());
      }
    }
    return found;
  }
}
