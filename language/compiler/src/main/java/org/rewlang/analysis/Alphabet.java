package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Rational;
import org.rewlang.automata.RewardMachine;
import org.rewlang.automata.RewardMachine.Pay;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Term;

/**
 * Machines and formulas of one program over the same letters: equal conditions are one atom, and
 * letters that can't occur, for what the atoms of all of them say together, are left out.
 */
public final class Alphabet {

  /** A condition and what people call it. */
  public record Named(Term condition, String name) {}

  private static final Pay ONE = new Pay(Rational.ONE, 0);

  private final Ranges ranges;
  private final Diagrams diagrams;
  private final Guards guards;
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<List<Integer>, Integer> symbols = new LinkedHashMap<>();
  private final List<String> expressions = new ArrayList<>();
  private final int possible;

  /**
   * @param named what people call conditions, before all else, in an order that the answers keep
   */
  public Alphabet(
      Ranges ranges,
      List<MachineGraph> machines,
      List<DeclaredFormula> formulas,
      List<Named> named,
      Meter meter) {
    this.ranges = ranges;
    diagrams = new Diagrams(meter);
    guards = new Guards(diagrams, _ -> false);
    named.forEach(n -> atom(n.condition, n.name));
    int free = Diagrams.TRUE;
    for (MachineGraph machine : machines) {
      machine.atoms().forEach(a -> atom(a.term(), a.name()));
      IntUnaryOperator here = diagrams.copier(machine.automaton().diagrams(), n -> n);
      IntUnaryOperator mine = mine(machine);
      free = diagrams.and(free, mine.applyAsInt(here.applyAsInt(machine.possible())));
    }
    formulas.forEach(f -> f.atoms().forEach(guards::of));
    for (Guards.Atom atom : guards.atoms()) {
      names.putIfAbsent(atom.variable(), atom.name());
    }
    tellApart();
    possible = diagrams.and(free, new Letters(diagrams, ranges).possible(guards.atoms()));
  }

  /** A condition and its name, if it is one atom. */
  private void atom(Term condition, String name) {
    int yes = guards.of(condition).yes();
    if (!Diagrams.isLeaf(yes) && yes == diagrams.variableIs(diagrams.variable(yes))) {
      names.putIfAbsent(diagrams.variable(yes), name);
    }
  }

  /** Different atoms with one name: their texts, and where even those are equal, their places. */
  private void tellApart() {
    for (Function<Guards.Atom, String> otherwise :
        List.<Function<Guards.Atom, String>>of(Guards.Atom::name, a -> a.term().at().toString())) {
      Map<String, Integer> times = new HashMap<>();
      names.values().forEach(n -> times.merge(n, 1, Integer::sum));
      for (Guards.Atom atom : guards.atoms()) {
        names.computeIfPresent(
            atom.variable(),
            (_, name) -> times.getOrDefault(name, 0) > 1 ? otherwise.apply(atom) : name);
      }
    }
  }

  /** Puts the atoms here in the place of a machine's. */
  private IntUnaryOperator mine(MachineGraph machine) {
    Map<Integer, Integer> conditions = new HashMap<>();
    machine.atoms().forEach(a -> conditions.put(a.variable(), guards.of(a.term()).yes()));
    return diagrams.substitution(conditions::get);
  }

  /** What people call an atom. */
  public String name(int variable) {
    String name = names.get(variable);
    if (name == null) {
      throw new IllegalArgumentException("no atom has the variable " + variable);
    }
    return name;
  }

  /** How many atoms there are. */
  public int size() {
    return guards.atoms().size();
  }

  /** The text of what a symbol stands for. */
  public String expression(int symbol) {
    return expressions.get(symbol - 1);
  }

  /** What a machine pays. */
  public RewardMachine payments(MachineGraph machine) {
    RewardMachine of = machine.automaton();
    return machine(
        machine,
        of::isOver,
        outcome -> {
          Pay pay = of.pay(of.outcome(outcome));
          return pay.symbol() == 0
              ? pay
              : new Pay(pay.number(), symbol(machine.expression(pay.symbol()).terms()));
        });
  }

  private int symbol(List<Term> terms) {
    terms.forEach(ranges::fact);
    return symbols.computeIfAbsent(
        terms.stream().map(ranges.graph()::number).toList(),
        _ -> {
          expressions.add(String.join(" + ", terms.stream().map(t -> t.at().text()).toList()));
          return expressions.size();
        });
  }

  /** Pays 1 in each step after which a machine is in one of some states. */
  public RewardMachine truth(MachineGraph machine, IntPredicate states) {
    RewardMachine of = machine.automaton();
    return machine(
        machine,
        _ -> false,
        o -> states.test(machine.place(of.outcome(o).to()).state()) ? ONE : Pay.NOTHING);
  }

  /** What is paid for an outcome. */
  private interface Paid {
    Pay of(int outcome);
  }

  private RewardMachine machine(MachineGraph machine, IntPredicate ends, Paid paid) {
    RewardMachine of = machine.automaton();
    RewardMachine.Builder made = new RewardMachine.Builder(diagrams);
    for (int s = 0; s < of.size(); s++) {
      made.state();
    }
    IntUnaryOperator copier =
        diagrams.copier(
            of.diagrams(),
            o ->
                o == RewardMachine.NEVER
                    ? o
                    : Diagrams.number(made.step(of.outcome(o).to(), paid.of(o))));
    IntUnaryOperator mine = mine(machine);
    for (int s = 0; s < of.size(); s++) {
      if (ends.test(s)) {
        made.ends(s);
      } else {
        made.leads(s, occurring(mine.applyAsInt(copier.applyAsInt(of.next(s)))));
      }
    }
    return made.from(of.initial());
  }

  private int occurring(int diagram) {
    return diagrams.ite(possible, diagram, Diagrams.leaf(RewardMachine.NEVER));
  }

  /**
   * Pays 1 in each step after which a formula is true of the steps so far.
   *
   * @param automaton the formula's
   */
  public RewardMachine truth(Dfa automaton, DeclaredFormula formula) {
    RewardMachine.Builder made = new RewardMachine.Builder(diagrams);
    for (int s = 0; s < automaton.size(); s++) {
      made.state();
    }
    IntUnaryOperator copier =
        diagrams.copier(
            automaton.diagrams(),
            s -> Diagrams.number(made.step(s, automaton.accepts(s) ? ONE : Pay.NOTHING)));
    IntUnaryOperator mine = diagrams.substitution(a -> guards.of(formula.atoms().get(a)).yes());
    for (int s = 0; s < automaton.size(); s++) {
      made.leads(s, occurring(mine.applyAsInt(copier.applyAsInt(automaton.next(s)))));
    }
    return made.from(automaton.initial());
  }
}
