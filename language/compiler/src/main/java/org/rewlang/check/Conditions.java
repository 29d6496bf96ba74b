package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.analysis.Guards;
import org.rewlang.analysis.TermGraph;
import org.rewlang.automata.Formula;
import org.rewlang.model.Term;

/** The conditions of one formula: those that surely are equal get one number, as they are met. */
final class Conditions {

  private final Session session;
  private final TermGraph graph = new TermGraph();
  private final Map<Integer, Integer> numbers = new HashMap<>();
  private final List<Guards.Atom> atoms = new ArrayList<>();
  private int variables;

  Conditions(Session session) {
    this.session = session;
  }

  /** The condition that an atom of the program's formulas is. */
  Formula met(int atom) {
    return add(session.atoms.term(atom), session.atoms.name(atom));
  }

  /** A condition of another formula. */
  Formula add(Guards.Atom atom) {
    return add(atom.term(), atom.name());
  }

  /**
   * @param name what people call it
   */
  Formula add(Term term, String name) {
    graph.add(List.of(term));
    return Formula.atom(
        numbers.computeIfAbsent(
            graph.number(term),
            _ -> {
              boolean mayBeUnknown = session.knowledge.mayBeUnknown(term);
              atoms.add(new Guards.Atom(term, name, variables, mayBeUnknown));
              variables += atoms.getLast().values() - 1;
              return atoms.size() - 1;
            }));
  }

  Guards.Atom atom(int number) {
    return atoms.get(number);
  }

  List<Guards.Atom> atoms() {
    return atoms;
  }
}
