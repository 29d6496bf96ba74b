package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Rational;
import org.rewlang.automata.RewardMachine;
import org.rewlang.automata.RewardMachine.Pay;
import org.rewlang.model.Base;
import org.rewlang.model.Interval;
import org.rewlang.model.Machine;
import org.rewlang.model.Term;

/**
 * A machine as an automaton: one whose states know the counters, how long the state was held where
 * an edge waits for that, and what was true in the step before where a guard asks for it. Exact,
 * but that atoms other than comparisons of one number are taken to be free.
 */
public final class MachineGraph {

  /**
   * What a state of the automaton stands for.
   *
   * @param state of the machine
   * @param held how many steps it was held after the one in which it was entered, as far as an edge
   *     asks
   * @param counters their values
   * @param past what guards ask about the step before
   */
  public record Place(int state, int held, List<Integer> counters, List<Boolean> past) {}

  /** What is paid for a symbol: terms that add up, and what they are worth. */
  public record Expression(List<Term> terms, Interval range) {}

  private final Machine machine;
  private final RewardMachine automaton;
  private final List<Place> places;
  private final List<Guards.Atom> atoms;
  private final List<Expression> expressions;

  /** The edges that leave each state, in the order in which they are tried. */
  private final List<List<Integer>> leaving;

  /** For each place the diagram whose leaves hold the edge that fires, or {@link #STAYS}. */
  private final List<Integer> fired;

  /** The leaf where no edge fires. */
  static final int STAYS = 0;

  private final Map<Long, Integer> guards;
  private final int possible;

  private MachineGraph(Maker maker, RewardMachine automaton) {
    this.machine = maker.machine;
    this.automaton = automaton;
    this.places = List.copyOf(maker.places.keySet());
    this.atoms = maker.guards.atoms();
    this.expressions = List.copyOf(maker.expressions.values());
    this.leaving = maker.leaving;
    this.fired = maker.fired;
    this.guards = maker.active;
    this.possible = maker.possible;
  }

  /**
   * The automaton of a machine; null if a counter is set to what no counter says, or a limit is
   * hit.
   */
  public static @Nullable MachineGraph of(Machine machine, Ranges ranges) {
    Limits.Outcome<List<MachineGraph>> made =
        Limits.USUAL.attempt(
            meter -> {
              MachineGraph graph = of(machine, ranges, meter);
              return graph == null ? List.of() : List.of(graph);
            });
    List<MachineGraph> graphs = made.orNull();
    return graphs == null || graphs.isEmpty() ? null : graphs.getFirst();
  }

  /** The same, as part of what counts on a meter. */
  public static @Nullable MachineGraph of(Machine machine, Ranges ranges, Meter meter) {
    return new Maker(machine, ranges, meter).make();
  }

  public Machine machine() {
    return machine;
  }

  /** Not minimal; its states are {@linkplain #place places}. */
  public RewardMachine automaton() {
    return automaton;
  }

  public Place place(int state) {
    return places.get(state);
  }

  /** The atoms, by the variables of the automaton's diagrams. */
  public List<Guards.Atom> atoms() {
    return atoms;
  }

  /** What a symbol of the automaton's pays stands for. */
  public Expression expression(int symbol) {
    return expressions.get(symbol - 1);
  }

  /** The least that is paid. */
  public double atLeast(Pay pay) {
    return pay.number().toDouble() + (pay.symbol() == 0 ? 0 : expression(pay.symbol()).range.low());
  }

  /** The most that is paid. */
  public double atMost(Pay pay) {
    return pay.number().toDouble()
        + (pay.symbol() == 0 ? 0 : expression(pay.symbol()).range.high());
  }

  /** The number nearest to 0 that may be paid: what an unknown reward is taken for. */
  public double plausible(Pay pay) {
    if (pay.symbol() == 0) {
      return pay.number().toDouble();
    }
    Interval range = expression(pay.symbol()).range;
    return pay.number().toDouble() + Math.clamp(0.0, range.low(), range.high());
  }

  // What the checks of machines ask.

  /** The edges that leave a state, in the order in which they are tried. */
  List<Integer> leaving(int state) {
    return leaving.get(state);
  }

  /** For a place, the diagram whose leaves hold the edge that fires and one, or {@link #STAYS}. */
  int fired(int place) {
    return fired.get(place);
  }

  /** Where an edge that leaves a place's state could fire, if it were tried first. */
  int guard(int place, int edge) {
    Integer guard = guards.get(key(place, edge));
    return guard == null ? Diagrams.FALSE : guard;
  }

  private static long key(int place, int edge) {
    return (long) place << 32 | edge;
  }

  /** Which letters occur. */
  int possible() {
    return possible;
  }

  private static final class Maker {
    private final Machine machine;
    private final Ranges ranges;
    private final Diagrams diagrams;
    private final Guards guards;
    private final List<List<Integer>> leaving = new ArrayList<>();
    private final int[] waits;
    private final List<Term.Prev> past = new ArrayList<>();
    private final Map<Place, Integer> places = new LinkedHashMap<>();
    private final List<Integer> fired = new ArrayList<>();
    private final Map<Long, Integer> active = new HashMap<>();
    private final Map<List<Integer>, Expression> expressions = new LinkedHashMap<>();
    private final Map<List<Integer>, Integer> symbols = new HashMap<>();
    private int possible = Diagrams.TRUE;
    private boolean open;

    Maker(Machine machine, Ranges ranges, Meter meter) {
      this.machine = machine;
      this.ranges = ranges;
      diagrams = new Diagrams(meter);
      guards = new Guards(diagrams, _ -> false);
      int states = machine.states().members().size();
      waits = new int[states];
      for (int s = 0; s < states; s++) {
        leaving.add(new ArrayList<>());
      }
      for (int e = 0; e < machine.edges().size(); e++) {
        Machine.Edge edge = machine.edges().get(e);
        int index = e;
        edge.from().stream()
            .forEach(
                s -> {
                  leaving.get(s).add(index);
                  waits[s] = Math.max(waits[s], edge.after() - 1);
                });
      }
    }

    @Nullable MachineGraph make() {
      for (Machine.Edge edge : machine.edges()) {
        if (edge.guard() != null) {
          guards.of(edge.guard(), this::remembered);
        }
      }
      Place first =
          new Place(
              machine.initial(),
              0,
              machine.counters().stream().map(Machine.Counter::initial).toList(),
              past.stream().map(p -> isTrue(p.initially())).toList());
      places.put(first, 0);
      List<Place> order = new ArrayList<>(List.of(first));
      List<Integer> next = new ArrayList<>();
      RewardMachine.Builder made = new RewardMachine.Builder(diagrams);
      made.state();
      for (int p = 0; p < order.size(); p++) {
        next.add(next(p, order, made));
        if (open) {
          return null;
        }
      }
      possible = new Letters(diagrams, ranges).possible(guards, machine.exclusive());
      for (int p = 0; p < order.size(); p++) {
        if (machine.over().get(order.get(p).state)) {
          made.ends(p);
        } else {
          made.leads(p, diagrams.ite(possible, next.get(p), Diagrams.leaf(RewardMachine.NEVER)));
        }
      }
      return new MachineGraph(this, made.from(0));
    }

    /** Takes note of what a guard asks about the step before. */
    @SuppressWarnings("ReferenceEquality") // One `Prev` object is one piece of state.
    private @Nullable Boolean remembered(Term atom) {
      if (isMemory(atom)) {
        Term.Prev prev = (Term.Prev) atom;
        if (past.stream().noneMatch(p -> p == prev)) {
          past.add(prev);
          guards.of(prev.of(), this::remembered);
        }
        return isTrue(prev.initially());
      }
      return isOwn(atom) ? Boolean.FALSE : null;
    }

    private static boolean isMemory(Term atom) {
      return atom instanceof Term.Prev prev
          && prev.type().base() == Base.BOOL
          && prev.initially() instanceof Term.Const;
    }

    private static boolean isTrue(@Nullable Term term) {
      return term instanceof Term.Const c && c.value() == 1;
    }

    /** Whether an atom is about the machine and its counters alone. */
    private boolean isOwn(Term atom) {
      Place any =
          new Place(
              0, 0, machine.counters().stream().map(Machine.Counter::initial).toList(), List.of());
      return new OwnState(machine, any).truth(atom) != null;
    }

    private Function<Term, @Nullable Boolean> known(Place place) {
      OwnState own = new OwnState(machine, place);
      return atom -> {
        for (int i = 0; i < past.size(); i++) {
          if (past.get(i) == atom) {
            return place.past.get(i);
          }
        }
        return own.truth(atom);
      };
    }

    /** The diagram of a place, and the places that it leads to. */
    private int next(int number, List<Place> order, RewardMachine.Builder made) {
      Place place = order.get(number);
      if (machine.over().get(place.state)) {
        fired.add(Diagrams.leaf(STAYS));
        return Diagrams.leaf(STAYS);
      }
      Function<Term, @Nullable Boolean> known = known(place);
      int which = Diagrams.leaf(STAYS);
      for (int e : leaving.get(place.state).reversed()) {
        Machine.Edge edge = machine.edges().get(e);
        if (edge.after() <= place.held + 1) {
          int guard = edge.guard() == null ? Diagrams.TRUE : guards.of(edge.guard(), known).yes();
          active.put(key(number, e), guard);
          which = diagrams.ite(guard, Diagrams.leaf(e + 1), which);
        }
      }
      fired.add(which);
      // What is remembered of this step is part of where it leads.
      int bits = past.size();
      IntUnaryOperator widen = diagrams.atLeaves(n -> Diagrams.leaf(n << bits));
      int result = widen.applyAsInt(which);
      for (int i = 0; i < bits; i++) {
        int bit = 1 << i;
        IntUnaryOperator set = diagrams.atLeaves(n -> Diagrams.leaf(n | bit));
        result =
            diagrams.ite(guards.of(past.get(i).of(), known).yes(), set.applyAsInt(result), result);
      }
      IntUnaryOperator lead =
          diagrams.atLeaves(n -> step(place, (n >> bits) - 1, n & ((1 << bits) - 1), order, made));
      return lead.applyAsInt(result);
    }

    private int step(
        Place place, int edge, int memory, List<Place> order, RewardMachine.Builder made) {
      Machine.Edge by = edge < 0 ? null : machine.edges().get(edge);
      int to = by == null ? place.state : by.to();
      Boolean[] past = new Boolean[this.past.size()];
      Arrays.setAll(past, i -> (memory >> i & 1) == 1);
      Place next =
          new Place(
              to,
              machine.over().get(to)
                  ? 0
                  : Math.min(waits[to], to == place.state ? place.held + 1 : 0),
              by == null ? place.counters : counted(place, by),
              List.of(past));
      Integer known = places.get(next);
      if (known == null) {
        known = made.state();
        places.put(next, known);
        order.add(next);
      }
      return made.step(known, pay(by, to));
    }

    private List<Integer> counted(Place place, Machine.Edge edge) {
      List<Integer> counters = new ArrayList<>(place.counters);
      OwnState known = new OwnState(machine, place);
      edge.updates()
          .forEach(
              (counter, value) -> {
                double number = known.number(value);
                open |= Double.isNaN(number);
                Machine.Counter of = machine.counters().get(counter);
                counters.set(counter, (int) Math.clamp(number, of.low(), of.high()));
              });
      return List.copyOf(counters);
    }

    private Pay pay(Machine.@Nullable Edge edge, int to) {
      Rational number = Rational.ZERO;
      List<Term> terms = new ArrayList<>();
      Term[] parts = {edge == null ? null : edge.reward(), machine.pays().get(to)};
      for (Term part : parts) {
        if (part != null) {
          Double constant = constant(part);
          if (constant == null) {
            terms.add(part);
          } else {
            number = number.plus(Rational.of(constant));
          }
        }
      }
      return new Pay(number, terms.isEmpty() ? 0 : symbol(terms));
    }

    private @Nullable Double constant(Term term) {
      return ranges.fact(term) instanceof Fact.Number n
              && !n.mayBeUndefined()
              && n.low() == n.high()
          ? Double.valueOf(n.low())
          : null;
    }

    private int symbol(List<Term> terms) {
      List<Integer> key = terms.stream().map(ranges.graph()::number).toList();
      return symbols.computeIfAbsent(
          key,
          _ -> {
            double low = 0;
            double high = 0;
            for (Term term : terms) {
              Interval range = ranges.interval(term);
              low += range.low();
              high += range.high();
            }
            expressions.put(key, new Expression(List.copyOf(terms), new Interval(low, high)));
            return expressions.size();
          });
    }
  }
}
