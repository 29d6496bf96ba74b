package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Allowance;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Incentives;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.automata.RewardMachine;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.model.Machine;
import org.rewlang.model.Model;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** What is probably wrong with a machine, each with a shortest way to see it. */
final class MachineLints {

  /** Of pairs of edges that overlap, so many are told of one machine. */
  private static final int MOST_OVERLAPS = 5;

  private final Machine machine;
  private final MachineGraph graph;
  private final RewardMachine automaton;
  private final RewardMachine.Ways ways;
  private final Diagrams diagrams;
  private final Meter meter;
  private final List<Diagnostic> found;

  /** The edges that never fire. */
  private final BitSet idle = new BitSet();

  private MachineLints(MachineGraph graph, Meter meter, List<Diagnostic> found) {
    this.graph = graph;
    this.meter = meter;
    this.found = found;
    machine = graph.machine();
    automaton = graph.automaton();
    ways = automaton.ways();
    diagrams = automaton.diagrams();
  }

  static List<Diagnostic> find(Source source, Model model, Ranges ranges) {
    List<Diagnostic> all = new ArrayList<>();
    Allowance allowance = new Allowance(Limits.USUAL);
    for (Machine machine : model.machines()) {
      if (machine.at().source() == source) {
        // What was found before a limit ended the search is kept.
        allowance.spend(limits -> limits.attempt(meter -> find(machine, ranges, meter, all)));
      }
    }
    return all;
  }

  private static List<Diagnostic> find(
      Machine machine, Ranges ranges, Meter meter, List<Diagnostic> found) {
    MachineGraph graph = MachineGraph.of(machine, ranges, meter);
    if (graph == null) {
      return found;
    }
    MachineLints lints = new MachineLints(graph, meter, found);
    if (machine.follows() == null) {
      lints.reach();
      lints.overlaps();
      lints.open();
      lints.ends();
    }
    lints.incentives();
    return found;
  }

  private String name(int state) {
    return machine.states().members().get(state);
  }

  private Diagnostic.Builder at(Code code, String message, Location at) {
    return Diagnostic.of(code, message, at.source(), at.span());
  }

  // Words.

  /** The atoms that hold in a letter: {@code {coffee, plant}}. */
  private String letter(Cube cube) {
    return graph.atoms().stream()
        .filter(a -> cube.isTrue(a.variable()))
        .map(Guards.Atom::name)
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String word(List<Cube> letters) {
    return letters.stream().map(this::letter).collect(Collectors.joining(" "));
  }

  private String after(List<Cube> way) {
    return way.isEmpty() ? "" : " after `" + word(way) + "`";
  }

  private Cube simplest(int condition) {
    return Objects.requireNonNull(Cube.simplest(diagrams, condition, n -> n == 1));
  }

  // States and edges that nothing leads to.

  private void reach() {
    BitSet states = new BitSet();
    BitSet fired = new BitSet();
    for (int place : ways.reached()) {
      states.set(graph.place(place).state());
      int which = diagrams.ite(graph.possible(), graph.fired(place), Diagrams.leaf(0));
      fired.or(diagrams.leaves(which));
    }
    for (int e = 0; e < machine.edges().size(); e++) {
      Machine.Edge edge = machine.edges().get(e);
      if (!fired.get(e + 1) && edge.from().intersects(states)) {
        // That is why, where nothing else leads there.
        states.set(edge.to());
        idle.set(e);
        found.add(
            at(Code.UNREACHABLE_STATE, "this edge never fires", edge.at())
                .label(canHold(e) ? "edges before it fire first" : "its guard can't hold here")
                .build());
      }
    }
    List<String> reached = states.stream().mapToObj(this::name).toList();
    for (int s = 0; s < machine.states().members().size(); s++) {
      if (!states.get(s)) {
        Location at = machine.named().get(s);
        Diagnostic.Builder d =
            at(Code.UNREACHABLE_STATE, "no way leads to the state `" + name(s) + "`", at)
                .label("the machine is never in it");
        Spelling.closest(name(s), reached).ifPresent(n -> d.hint("did you mean `" + n + "`?"));
        found.add(d.build());
      }
    }
  }

  private boolean canHold(int edge) {
    return ways.reached().stream()
        .anyMatch(p -> diagrams.and(graph.guard(p, edge), graph.possible()) != Diagrams.FALSE);
  }

  // Edges that fire together.

  private record Pair(int one, int other) {}

  private void overlaps() {
    Set<Pair> told = new HashSet<>();
    for (int place : ways.reached()) {
      List<Integer> edges =
          graph.leaving(graph.place(place).state()).stream()
              .filter(e -> !machine.edges().get(e).otherwise())
              .toList();
      int free = graph.possible();
      for (int i = 0; i < edges.size(); i++) {
        int first = diagrams.and(free, graph.guard(place, edges.get(i)));
        for (int j = i + 1; j < edges.size() && first != Diagrams.FALSE; j++) {
          Pair pair = new Pair(edges.get(i), edges.get(j));
          int both = diagrams.and(first, graph.guard(place, pair.other));
          if (both != Diagrams.FALSE && !idle.get(pair.other) && differ(pair) && told.add(pair)) {
            if (told.size() > MOST_OVERLAPS) {
              return;
            }
            overlap(place, pair, simplest(both));
          }
        }
        free = diagrams.and(free, diagrams.not(graph.guard(place, edges.get(i))));
      }
    }
  }

  private boolean differ(Pair pair) {
    Machine.Edge a = machine.edges().get(pair.one);
    Machine.Edge b = machine.edges().get(pair.other);
    return a.to() != b.to() || !same(a.reward(), b.reward()) || !a.updates().equals(b.updates());
  }

  private static boolean same(
      org.rewlang.model.@Nullable Term a, org.rewlang.model.@Nullable Term b) {
    return a == b || a != null && b != null && Terms.constant(a) == Terms.constant(b);
  }

  private void overlap(int place, Pair pair, Cube letter) {
    String state = name(graph.place(place).state());
    Machine.Edge first = machine.edges().get(pair.one);
    Machine.Edge other = machine.edges().get(pair.other);
    found.add(
        at(
                Code.OVERLAPPING_EDGES,
                "two edges that leave `" + state + "` can fire in one step",
                other.at())
            .label("would fire at `" + letter(letter) + "`" + after(ways.to(place)))
            .related(first.at().source(), first.at().span(), "is tried first, and wins")
            .found(letter(letter))
            .hint("exclude one in the guard of the other, or say `exclusive` of their events")
            .build());
  }

  // What is left open where staying is said elsewhere.

  private void open() {
    if (machine.edges().stream().noneMatch(e -> e.otherwise() && e.from().get(e.to()))) {
      return;
    }
    BitSet told = new BitSet();
    for (int place : ways.reached()) {
      int state = graph.place(place).state();
      int stays =
          diagrams.and(
              graph.possible(),
              diagrams
                  .atLeaves(n -> n == 0 ? Diagrams.TRUE : Diagrams.FALSE)
                  .applyAsInt(graph.fired(place)));
      if (machine.over().get(state) || stays == Diagrams.FALSE || told.get(state)) {
        continue;
      }
      told.set(state);
      Location at = machine.named().get(state);
      String letter = letter(simplest(stays));
      found.add(
          at(
                  Code.UNCOVERED_LETTER,
                  "nothing is said of `" + letter + "` in `" + name(state) + "`",
                  at)
              .label("no edge fires, so the machine stays" + after(ways.to(place)))
              .found(letter)
              .hint("say it: `" + name(state) + " -> " + name(state) + " otherwise`")
              .build());
    }
  }

  // States from which there is no end.

  private void ends() {
    BitSet over = new BitSet();
    ways.reached().stream().filter(automaton::isOver).forEach(over::set);
    if (over.isEmpty()) {
      return;
    }
    BitSet ending = automaton.reaching(over);
    BitSet alive = new BitSet();
    BitSet reached = new BitSet();
    for (int place : ways.reached()) {
      reached.set(graph.place(place).state());
      alive.set(
          graph.place(place).state(), alive.get(graph.place(place).state()) || ending.get(place));
    }
    reached.andNot(alive);
    reached.stream()
        .forEach(
            s -> {
              Location at = machine.named().get(s);
              found.add(
                  at(Code.DEAD_STATE, "no way leads from `" + name(s) + "` to an end", at)
                      .label("a `final` state is never reached from here")
                      .hint("make it `final`, or give it an edge that leads on")
                      .build());
            });
  }

  // What it tempts to.

  private void incentives() {
    Incentives incentives = new Incentives(automaton, meter);
    Incentives.Loop loop = incentives.payingLoop(graph::atLeast);
    Double discount = loop == null ? null : incentives.farmingFrom(graph::atLeast);
    if (loop != null && discount != null) {
      String round =
          loop.states().stream()
              .map(p -> name(graph.place(p).state()))
              .distinct()
              .collect(Collectors.joining("`, `"));
      found.add(
          at(
                  Code.PAYING_LOOP,
                  "the machine pays for going round "
                      + (loop.states().size() == 1 ? "in " : "")
                      + "`"
                      + round
                      + "`: "
                      + number(loop.pays())
                      + " each time",
                  machine.named().get(graph.place(loop.states().getFirst()).state()))
              .label("`" + word(loop.letters()) + "` again and again" + after(loop.way()))
              .found(number(discount))
              .hint(
                  discount == 0
                      ? "that is worth more than to end, whatever the discount: pay it once"
                      : "with a discount of "
                          + number(discount)
                          + " or more that is worth more than to end: pay it once")
              .build());
    }
    Incentives.End end = incentives.soonest(graph::atLeast, graph::atMost);
    if (end != null) {
      int state = graph.place(end.state()).state();
      found.add(
          at(
                  Code.EARLY_END,
                  "the soonest end is the best: every step costs, and no end pays",
                  machine.named().get(state))
              .label("comes first" + after(end.way()))
              .found(name(state))
              .hint("pay for the end that is meant, or make others cost more than a step")
              .build());
    }
  }

  /** To six digits: what is found by halving is no better known. */
  private static String number(double value) {
    return Numeral.of(
        new java.math.BigDecimal(value).round(new java.math.MathContext(6)).doubleValue());
  }
}
