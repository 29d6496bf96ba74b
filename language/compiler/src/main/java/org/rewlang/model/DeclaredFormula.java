package org.rewlang.model;

import java.util.List;
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
}
