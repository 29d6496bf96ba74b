package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.rewlang.analysis.MachineGraph;
import org.rewlang.analysis.Ranges;
import org.rewlang.automata.Incentives;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.automata.RewardMachine;
import org.rewlang.automata.Values;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Machine;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * What a machine is worth from each state on, by its counters and how long the state was held: a
 * table for its potential.
 *
 * @param counts how many values each index has: states, steps held, counters
 */
record MachineValue(List<Integer> counts, double discount, double sign, Location at) {

  /** Elements of a table; beyond, only the state counts. */
  private static final int LARGEST = 1 << 16;

  /** Whether a table over all that states know is small enough. */
  static boolean isSmall(List<Integer> counts) {
    return counts.stream()
            .mapToLong(Integer::longValue)
            .reduce(1, (a, b) -> Math.min(a * b, 1L << 40))
        <= LARGEST;
  }

  /** The table, once all that the machine reads is elaborated. */
  Term table(Machine machine, Session session) {
    Limits.Outcome<Double[]> made =
        session.automata.spend(limits -> limits.attempt(meter -> values(machine, session, meter)));
    if (made instanceof Limits.Refused<Double[]> refused) {
      wrong(
          session,
          "the value of `" + machine.name() + "` can't be computed",
          "it needs more than " + refused.bounds());
    }
    Double[] values = made.orNull();
    return new Term.Table(
        List.of(values == null ? zeros() : values), Type.REAL.withShape(counts), at);
  }

  private Double[] zeros() {
    Double[] values = new Double[counts.stream().reduce(1, (a, b) -> a * b)];
    java.util.Arrays.fill(values, 0.0);
    return values;
  }

  private Double[] values(Machine machine, Session session, Meter meter) {
    Double[] values = zeros();
    MachineGraph graph = MachineGraph.of(machine, Ranges.of(List.of()), meter);
    if (graph == null) {
      wrong(
          session,
          "the value of `" + machine.name() + "` can't be computed",
          "its counters depend on the data, or it has too many states");
      return values;
    }
    RewardMachine automaton = graph.automaton();
    if (discount == 1 && new Incentives(automaton, meter).payingLoop(graph::plausible) != null) {
      wrong(
          session,
          "the value of `" + machine.name() + "` has no bound",
          "going round pays each time: its discount must be below 1");
      return values;
    }
    Values of =
        discount < 1
            ? Values.of(automaton, discount, graph::plausible, meter)
            : Values.ending(automaton, graph::plausible, meter);
    boolean[] seen = new boolean[values.length];
    for (int p = 0; p < automaton.size(); p++) {
      int index = index(graph.place(p), machine);
      values[index] =
          seen[index] ? Math.max(values[index], sign * of.of(p)) : sign * of.of(p) + 0.0;
      seen[index] = true;
    }
    return values;
  }

  private int index(MachineGraph.Place place, Machine machine) {
    List<Integer> index = new ArrayList<>(List.of(place.state()));
    if (counts.size() > 1) {
      index.add(place.held());
      IntStream.range(0, machine.counters().size())
          .forEach(i -> index.add(place.counters().get(i) - machine.counters().get(i).low()));
    }
    int flat = 0;
    for (int d = 0; d < counts.size(); d++) {
      flat = flat * counts.get(d) + index.get(d);
    }
    return flat;
  }

  private void wrong(Session session, String message, String label) {
    session.reporter.report(
        Diagnostic.of(Code.BAD_SHAPE, message, at.source(), at.span()).label(label));
  }
}
