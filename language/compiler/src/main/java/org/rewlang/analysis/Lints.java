package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.CoreProgram;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;
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
    found.addAll(new UndefinedResults(program.source(), model, ranges, core).find());
    return found.stream().sorted(Diagnostic.ORDER).distinct().toList();
  }
}
