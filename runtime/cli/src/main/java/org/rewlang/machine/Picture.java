package org.rewlang.machine;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.analysis.Alphabet;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Drawing;
import org.rewlang.automata.Hoa;
import org.rewlang.automata.Limits;
import org.rewlang.automata.RewardMachine.Pay;
import org.rewlang.model.Machine;
import org.rewlang.model.Term;
import org.rewlang.model.Watch;

/** A machine or a formula to look at, or for other tools. */
public final class Picture {

  private Picture() {}

  /** A machine as it was written; of a formula, its minimal automaton. */
  public static Drawing drawing(Subject subject) {
    return switch (subject) {
      case Subject.OfMachine m -> drawing(m.machine());
      case Subject.OfFormula f -> Drawing.of(f.automaton(), f.atoms());
    };
  }

  private static Drawing drawing(Machine machine) {
    List<Drawing.State> states = new ArrayList<>();
    for (int s = 0; s < machine.states().members().size(); s++) {
      Term pays = machine.pays().get(s);
      String note = pays == null ? "" : "reward " + words(pays.at().text());
      states.add(new Drawing.State(machine.states().members().get(s), note, machine.over().get(s)));
    }
    Machine.Follows follows = machine.follows();
    if (follows != null) {
      String[] atoms = follows.atoms().stream().map(Watch.Condition::name).toArray(String[]::new);
      return Drawing.of(
          follows.monitor(), AtomNames.of(atoms), states, (from, to) -> pays(machine, from, to));
    }
    List<Drawing.Edge> edges = new ArrayList<>();
    for (Machine.Edge edge : machine.edges()) {
      // What stands behind `STATE -> STATE`: the guard, the wait, the reward, the counters.
      String rule = edge.at().text().replaceFirst("(?s)^.*?->\\s*\\w+", "");
      edge.from().stream()
          .forEach(from -> edges.add(new Drawing.Edge(from, edge.to(), words(rule))));
    }
    return new Drawing(states, edges, machine.initial());
  }

  private static String pays(Machine machine, int from, int to) {
    for (Machine.Edge edge : machine.edges()) {
      Term reward = edge.reward();
      if (reward != null && edge.from().get(from) && edge.to() == to) {
        return " reward " + words(reward.at().text());
      }
    }
    return "";
  }

  /** On one line, without comments. */
  private static String words(String text) {
    return text.replaceAll("#[^\n]*", "").replaceAll("\\s+", " ").strip();
  }

  /** What it does, exactly; refused past a limit. */
  public static Limits.Outcome<String> hoa(Subjects subjects) {
    Subject subject = subjects.all().getFirst();
    return switch (subject) {
      case Subject.OfFormula f ->
          new Limits.Made<>(Hoa.write(f.automaton(), f.atoms(), f.formula().name()));
      case Subject.OfMachine m ->
          Limits.USUAL.attempt(
              meter -> {
                Alphabet alphabet = subjects.alphabet(meter);
                AtomNames atoms = new AtomNames();
                for (int v = 0; v < alphabet.size(); v++) {
                  atoms.number(alphabet.name(v));
                }
                return Hoa.write(
                    alphabet.payments(m.graph()),
                    atoms,
                    m.machine().name(),
                    m::state,
                    pay -> text(pay, alphabet));
              });
    };
  }

  /** A number, or an expression of the program. */
  static String text(Pay pay, Alphabet alphabet) {
    if (pay.symbol() == 0) {
      return pay.number().toString();
    }
    String expression = alphabet.expression(pay.symbol());
    return pay.number().sign() == 0 ? expression : pay.number() + " + " + expression;
  }
}
