package org.rewlang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Monitor;
import org.rewlang.source.Location;

/**
 * A formula that has a verdict in each step, beside the terms that follow it: what tools draw,
 * judge and explain. Where each agent has one, terms are arrays over the agents.
 *
 * @param formula its atoms numbered as in {@code atoms}
 * @param endless whether the program also reads it on words without an end
 * @param judged whether the program asks if it is satisfied or violated
 * @param state of the monitor after the step
 */
public record Watch(
    String name,
    Formula formula,
    boolean endless,
    boolean judged,
    Monitor monitor,
    List<Condition> atoms,
    Term state,
    @Nullable String doc,
    Location at) {

  public Watch {
    atoms = List.copyOf(atoms);
  }

  /**
   * An atom.
   *
   * @param name of a condition, or its text
   */
  public record Condition(String name, Term term, Location at) {}
}
