package org.rewlang.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.rewlang.automata.Monitor;
import org.rewlang.model.Machine;
import org.rewlang.model.Model;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Watch;
import org.rewlang.score.Trajectory.Cell;
import org.rewlang.score.Trajectory.Part;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/**
 * What machines and formulas did in a step, in the words of the program: the edge that was taken,
 * the atoms that decided.
 */
final class Moves {

  /**
   * What has an automaton that conditions drive.
   *
   * @param name of what is shown
   */
  private record Judged(
      String name, Monitor monitor, List<Watch.Condition> atoms, Term state, Location at) {

    static Judged of(Watch w) {
      return new Judged("formula." + w.name(), w.monitor(), w.atoms(), w.state(), w.at());
    }

    static Judged of(Machine m, Machine.Follows f) {
      return new Judged("machine." + m.name(), f.monitor(), f.atoms(), f.state(), m.at());
    }
  }

  private final List<Machine> machines;
  private final List<Judged> judged = new ArrayList<>();
  private final List<Term> terms = new ArrayList<>();

  /** Where the state of each formula was after the step before; null before the first one. */
  private final Map<Judged, int[]> states = new LinkedHashMap<>();

  Moves(Model model) {
    Source program = model.sources().getFirst();
    List<Machine> own = model.machines().stream().filter(m -> m.at().source() == program).toList();
    machines = own.stream().filter(m -> m.follows() == null).toList();
    model.watches().forEach(w -> judged.add(Judged.of(w)));
    own.stream()
        .filter(m -> m.follows() != null)
        .forEach(m -> judged.add(Judged.of(m, Objects.requireNonNull(m.follows()))));
    for (Machine machine : machines) {
      for (var d : List.of(machine.fired(), machine.state())) {
        terms.add(new Term.Ref(d, d.type(), machine.at()));
      }
    }
    for (Judged watch : judged) {
      terms.add(watch.state());
      watch.atoms().forEach(a -> terms.add(a.term()));
    }
  }

  /** What has to be known of each step. */
  List<Term> terms() {
    return terms;
  }

  /** An episode begins. */
  void begin() {
    states.clear();
  }

  /**
   * What happened in a step.
   *
   * @param value of the terms, by their places among them
   * @param closes whether the episode ends here for good
   */
  Map<String, List<Part>> of(IntFunction<Cell> value, boolean closes) {
    Map<String, List<Part>> moves = new LinkedHashMap<>();
    int at = 0;
    for (Machine machine : machines) {
      moves.put("machine." + machine.name(), edges(machine, value.apply(at), value.apply(at + 1)));
      at += 2;
    }
    for (Judged watch : judged) {
      Cell state = value.apply(at++);
      List<Cell> atoms = new ArrayList<>();
      for (int i = 0; i < watch.atoms().size(); i++) {
        atoms.add(value.apply(at++));
      }
      moves.put(watch.name(), deciders(watch, state, atoms, closes));
    }
    return moves;
  }

  private static List<Part> edges(Machine machine, Cell fired, Cell state) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < fired.values().length; i++) {
      int edge = (int) fired.values()[i];
      if (edge >= 0) {
        Location at = machine.edges().get(edge).at();
        parts.add(part(element(state, i) + text(at), state, i, at));
      }
    }
    return parts;
  }

  /** The atoms that led to another state, and the end where it decides. */
  private List<Part> deciders(Judged watch, Cell state, List<Cell> atoms, boolean closes) {
    Monitor monitor = watch.monitor();
    int size = state.values().length;
    int[] before = states.get(watch);
    if (before == null) {
      before = new int[size];
      Arrays.fill(before, monitor.initial());
    }
    int[] after = new int[size];
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int element = i;
      boolean away = !(state.values()[i] >= 0);
      // Who was away begins anew.
      after[i] = away ? monitor.initial() : (int) state.values()[i];
      if (!away && after[i] != before[i]) {
        BitSet needed = monitor.reasons(before[i], a -> atoms.get(a).values()[element] == 1);
        needed.stream()
            .forEach(
                a -> {
                  Watch.Condition atom = watch.atoms().get(a);
                  String name = element(state, element) + atom.name();
                  parts.add(part(name, atoms.get(a), element, atom.at()));
                });
      }
      if (!away && closes && !monitor.verdict(after[i]).isFinal()) {
        Cell yes = new Cell(Type.BOOL, new double[] {1});
        parts.add(part(element(state, i) + "terminated", yes, 0, watch.at()));
      }
    }
    states.put(watch, after);
    return parts;
  }

  private static Part part(String text, Cell cell, int element, Location at) {
    Cell one = new Cell(cell.type().element(), new double[] {cell.values()[element]});
    return new Part(text, one, at.start().line(), at.start().column());
  }

  /** Which element is meant, where there is more than one. */
  private static String element(Cell cell, int i) {
    return cell.type().isScalar() ? "" : "[" + i + "] ";
  }

  static String text(Location at) {
    return at.text().strip().replaceAll("\\s+", " ");
  }
}
