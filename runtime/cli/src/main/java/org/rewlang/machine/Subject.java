package org.rewlang.machine;

import java.util.List;
import java.util.function.IntPredicate;
import org.rewlang.analysis.MachineGraph;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dfa;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Machine;

/** A machine or a formula that a command is about. */
public sealed interface Subject {

  /** As it was named or written. */
  String text();

  /**
   * A machine.
   *
   * @param states those whose words are meant; empty for the final states
   */
  record OfMachine(String text, Machine machine, MachineGraph graph, List<String> states)
      implements Subject {

    /** Whether what it says is true in a state of the machine. */
    IntPredicate accepting() {
      return states.isEmpty()
          ? machine.over()::get
          : s -> states.contains(machine.states().members().get(s));
    }

    /** What a state of the automaton is to people: {@code carrying}, {@code wet, trips 2}. */
    String state(int place) {
      MachineGraph.Place p = graph.place(place);
      StringBuilder text = new StringBuilder(machine.states().members().get(p.state()));
      for (int c = 0; c < p.counters().size(); c++) {
        String counter = machine.counters().get(c).name();
        text.append(", ").append(counter).append(' ').append(p.counters().get(c));
      }
      text.append(p.held() == 0 ? "" : ", held " + p.held());
      for (int m = 0; m < p.past().size(); m++) {
        text.append(p.past().get(m) ? ", was true" : ", was false");
      }
      return text.toString();
    }
  }

  /**
   * A formula.
   *
   * @param names what people call its atoms, by number; empty where nothing but the text says it
   * @param automaton of one that only looks back, about the last step; of any other, about the
   *     whole episode
   */
  record OfFormula(String text, DeclaredFormula formula, List<String> names, Dfa automaton)
      implements Subject {

    /** What people call its atoms, each by a name of its own. */
    AtomNames atoms() {
      AtomNames atoms = new AtomNames();
      for (int a = 0; a < formula.atoms().size(); a++) {
        String text = formula.atoms().get(a).at().text().replaceAll("\\s+", " ").strip();
        String name = names.get(a).isEmpty() ? text : names.get(a);
        String unique = name;
        for (int i = 2; atoms.all().contains(unique); i++) {
          unique = name + " (" + i + ")";
        }
        atoms.number(unique);
      }
      return atoms;
    }
  }
}
