package org.rewlang.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.source.Location;

/**
 * A formula as it was declared: what tools draw and compare. What each agent has stands for one of
 * them.
 *
 * @param atoms the conditions that its atoms are, by number
 */
public record DeclaredFormula(
    String name, Formula formula, List<Term> atoms, @Nullable String doc, Location at) {

  public DeclaredFormula {
    atoms = List.copyOf(atoms);
  }

  /**
   * One whose atoms are numbered otherwise.
   *
   * @param conditions what its atoms are
   */
  public static DeclaredFormula of(
      String name,
      Formula formula,
      IntFunction<Term> conditions,
      @Nullable String doc,
      Location at) {
    List<Integer> numbers = formula.atoms().stream().boxed().toList();
    List<Term> atoms = new ArrayList<>();
    numbers.forEach(n -> atoms.add(conditions.apply(n)));
    return new DeclaredFormula(name, formula.rename(numbers::indexOf), atoms, doc, at);
  }
}
