package org.rewlang.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Buchi;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Frontier;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Limits.Outcome;
import org.rewlang.machine.Imported.Edge;

/**
 * A formula on words without an end as a program that pays for it, and says how much each step
 * counts: a machine whose states know which acceptance sets are still to come.
 */
public final class Objective {

  private static final String JUMP = "jump";
  private static final String TITLE = "`%s` of %s, on words without an end.";

  private Objective() {}

  /**
   * The program's text; of {@code null} if no small automaton is made for such a formula.
   *
   * @param name its module and its machine
   * @param file where the formula stands
   */
  public static Outcome<Text> of(Subject.OfFormula subject, String name, String file) {
    return switch (Buchi.of(subject.formula().formula(), Limits.USUAL)) {
      case Limits.Made<Buchi.Result>(Buchi.Result result) -> {
        Buchi automaton = result.automaton();
        yield automaton == null
            ? new Limits.Made<>(new Text(null))
            : of(automaton, subject.atoms(), name)
                .then(made -> new Text(made.text(TITLE.formatted(name, file))));
      }
      case Limits.Refused<Buchi.Result>(var limit, long bound) ->
          new Limits.Refused<>(limit, bound);
    };
  }

  /**
   * @param text null if there is none
   */
  public record Text(@Nullable String text) {}

  static Outcome<Imported> of(Buchi automaton, AtomNames atoms, String name) {
    List<String> names = new ArrayList<>(atoms.all());
    names.add(names.contains(JUMP) ? "to " + JUMP : JUMP);
    return switch (Frontier.of(automaton, names.size() - 1, Limits.USUAL)) {
      case Limits.Made<Frontier>(Frontier frontier) ->
          new Limits.Made<>(machine(frontier, names, name));
      case Limits.Refused<Frontier>(var limit, long bound) -> new Limits.Refused<>(limit, bound);
    };
  }

  private static Imported machine(Frontier frontier, List<String> atoms, String name) {
    Diagrams diagrams = frontier.diagrams();
    List<String> states = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    BitSet complete = new BitSet();
    boolean inSteps = false;
    for (int s = 0; s < frontier.size(); s++) {
      states.add(name(frontier.state(s)));
      int next = frontier.next(s);
      for (int e : diagrams.leaves(next).stream().toArray()) {
        Frontier.Edge edge = frontier.edge(e);
        if (edge.round()) {
          complete.set(edge.target());
        }
        inSteps |= edge.news() && !edge.round();
        // A machine stays where no edge fits, and is paid nothing.
        if (edge.target() != s || edge.news()) {
          int guard = diagrams.where(next, n -> n == e);
          edges.add(
              new Edge(
                  s,
                  edge.target(),
                  Imported.literals(diagrams, guard, atoms::get),
                  false,
                  edge.news() ? "1" : "0",
                  ""));
        }
      }
    }
    return new Imported(
        name,
        states,
        0,
        new BitSet(),
        edges,
        new Imported.Rounds(inSteps ? complete : new BitSet()));
  }

  private static String name(Frontier.State state) {
    String seen = state.seen().stream().mapToObj(i -> "_" + i).collect(Collectors.joining());
    return state.of() == Frontier.REJECTED
        ? "rejected"
        : "q" + state.of() + (seen.isEmpty() ? "" : "_with" + seen);
  }
}
