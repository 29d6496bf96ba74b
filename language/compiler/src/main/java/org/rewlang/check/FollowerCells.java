package org.rewlang.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Regex;
import org.rewlang.automata.Verdict;
import org.rewlang.check.MachineScope.Around;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.EnumType;
import org.rewlang.model.Machine;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Watch;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;

/**
 * The cells of a machine that follows a formula or a regular expression. {@code inner} numbers the
 * states of the automaton, {@code place} says where its arrays are read, and the machine's own
 * state is what is known of the episode there.
 */
final class FollowerCells implements MachineParts {

  private final Session session;
  private final MachineScope scope;
  private final Decl.Machine decl;
  private final Expr from;
  private final Chart chart;
  private final Location at;
  private final Location nowhere;

  private final Cell inner;
  private final Cell innerBefore;
  private final Cell place;
  private final Cell state;
  private final Cell before;
  private final Cell reward;
  private final Cell fired;

  /**
   * What the machine follows.
   *
   * @param formula null of a regular expression
   * @param around where its conditions are read
   */
  private record Followed(
      @Nullable Formula formula, List<Guards.Atom> atoms, Monitor monitor, Around around) {

    int known(int state) {
      return FollowerRules.state(monitor.verdict(state));
    }
  }

  private @Nullable Followed followed;
  private @Nullable Lookup lookup;

  /** Cells whose past is read where the arrays are not made yet. */
  private final List<Consumer<Lookup>> waiting = new ArrayList<>();

  private List<@Nullable Term> paid = List.of();
  private Map<Integer, Term> pays = Map.of();

  FollowerCells(Session session, Decl.Machine decl, Expr from, Chart chart, Env env) {
    this.session = session;
    this.decl = decl;
    this.from = from;
    this.chart = chart;
    at = env.file.at(decl.name().span());
    nowhere = at.point();
    scope = new MachineScope(session, decl, env);
    scope.wrong = !chart.valid();
    Type type = Type.of(chart.states());
    place = scope.cell(".place", Index.Kind.LET, at, Type.INT, this::place);
    inner = scope.cell(".state", Index.Kind.LET, at, Type.INT, this::inner);
    innerBefore = scope.past(inner, Type.INT, () -> first());
    state = scope.cell("", Index.Kind.MACHINE, at, type, a -> known(inner, a));
    before = scope.cell(".before", Index.Kind.LET, at, type, a -> known(innerBefore, a));
    reward = scope.cell(".reward", Index.Kind.COUNTER, at, Type.REAL, this::reward);
    fired = scope.cell(".fired", Index.Kind.COUNTER, at, Type.INT, this::fired);
  }

  @Override
  public List<Cell> cells() {
    return new ArrayList<>(List.of(state, reward, fired));
  }

  @Override
  public void perAgent(Binder agents) {
    List.of(inner, innerBefore, place, state, before, reward, fired)
        .forEach(c -> c.agents = agents);
  }

  @Override
  public Entity.Machine entity() {
    Map<String, Cell> parts = Map.of("reward", reward);
    return new Entity.Machine(
        this,
        chart.states(),
        new Entity.Machine.Read(state, parts),
        new Entity.Machine.Read(before, parts),
        at);
  }

  private int first() {
    Followed known = followed;
    return known == null ? 0 : known.monitor.initial();
  }

  // Where steps lead.

  private @Nullable Term place(Around around) {
    followed = null;
    lookup = null;
    waiting.clear();
    Followed made = follow(around);
    followed = made;
    Term own = made == null ? null : scope.one(innerBefore, around);
    if (made == null || own == null) {
      return null;
    }
    Limits.Outcome<Lookup> arrays =
        session.automata.spend(
            limits ->
                limits.attempt(
                    meter -> Watching.lookup(made.monitor, made.atoms, own, meter, nowhere)));
    if (arrays instanceof Limits.Refused<Lookup> refused) {
      tooLarge(refused);
    }
    Lookup table = arrays.orNull();
    if (table == null) {
      return null;
    }
    Term there = table.decided(made.monitor.size(), made.atoms);
    Lookup sure = there == table.place() ? table : table.unless();
    lookup = sure;
    waiting.forEach(w -> w.accept(sure));
    waiting.clear();
    return there;
  }

  private @Nullable Followed follow(Around around) {
    Env env = around.env();
    Expr.Call call = Regexes.call(from);
    if (call != null) {
      Conditions conditions = new Conditions(session);
      Regex regex = session.regexes.read(call, conditions, env);
      return regex == null
          ? null
          : made(
              session.automata.spend(limits -> Monitor.matching(regex, limits)),
              monitor -> new Followed(null, conditions.atoms(), monitor, around));
    }
    Value value =
        session.temporal.bool(session.value(from, env), from, "behind `from`", false, env);
    if (value.isError()) {
      return null;
    }
    if (!(value instanceof Value.Logic logic)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.WRONG_KIND,
                  "a machine is made from what is said of a whole episode",
                  from.span(),
                  env)
              .label("true or false in each step")
              .hint("say when it is to hold, as in `eventually(…)`"));
      return null;
    }
    return made(
        session.automata.spend(
            limits -> Watching.judge(logic.formula(), false, limits, session, at)),
        judged -> new Followed(judged.of(), judged.atoms(), judged.monitor(), around));
  }

  private <T> @Nullable Followed made(Limits.Outcome<T> outcome, Function<T, Followed> then) {
    if (outcome instanceof Limits.Refused<T> refused) {
      tooLarge(refused);
    }
    T value = outcome.orNull();
    return value == null ? null : then.apply(value);
  }

  private void tooLarge(Limits.Refused<?> refused) {
    String hint = "make several machines of its parts, and add up what they pay";
    session.formulas.tooLarge("`" + decl.name().text() + "`", refused, hint, at);
  }

  private @Nullable Term inner(Around around) {
    Term index = scope.one(place, around);
    if (index == null) {
      return null;
    }
    Lookup arrays = lookup;
    if (arrays != null) {
      return leaf(arrays.where(index));
    }
    Definition later = new Definition(inner.name, Definition.Kind.LOCAL, Type.INT, null, nowhere);
    waiting.add(made -> later.define(leaf(made.where(index))));
    return new Term.Ref(later, Type.INT, nowhere);
  }

  private Term leaf(Lookup arrays) {
    int states = Objects.requireNonNull(followed).monitor.size();
    int[] leaves = arrays.leaves();
    return arrays.table(i -> leaves[i] < states ? leaves[i] : 0, Type.INT);
  }

  /** What is known in a state of the automaton. */
  private @Nullable Term known(Cell number, Around around) {
    Term index = scope.one(place, around) == null ? null : scope.one(number, around);
    Followed of = followed;
    return index == null || of == null
        ? null
        : array(of, s -> of.known(s), Type.of(chart.states()), index);
  }

  private Term array(Followed of, IntUnaryOperator values, Type element, Term index) {
    List<Double> all =
        IntStream.range(0, of.monitor.size()).mapToObj(s -> (double) values.applyAsInt(s)).toList();
    Term.Table table = new Term.Table(all, element.withShape(List.of(all.size())), nowhere);
    return Terms.element(table, List.of(index), nowhere);
  }

  // What is paid.

  private @Nullable Term reward(Around around) {
    Env env = around.env().inner();
    if (around.each() != null) {
      scope.bind(env, decl.name(), Index.Kind.MACHINE, state, around);
    }
    List<@Nullable Term> edges = new ArrayList<>();
    chart.edges().forEach(e -> edges.add(paid(Objects.requireNonNull(e.rule().reward()), env)));
    Map<Integer, Term> states = new LinkedHashMap<>();
    chart.pays().forEach((known, rule) -> states.put(known, paid(rule.reward(), env)));
    MachinePlan moves = moves(around);
    boolean fine =
        edges.stream().filter(Objects::nonNull).noneMatch(Terms::isError)
            && states.values().stream().noneMatch(Terms::isError);
    if (!fine || moves == null) {
      return null;
    }
    paid = edges;
    pays = states;
    return new MachinePay(session, edges, states, nowhere).of(moves, moves.lookup());
  }

  private Term paid(Expr e, Env env) {
    Term value = session.fit.plain(session.expr(e, env), e, env, "a machine's reward");
    return session.fit.coerce(value, Type.REAL, e, env, "a machine's reward");
  }

  private @Nullable Term fired(Around around) {
    MachinePlan moves = moves(around);
    return moves == null
        ? null
        : moves.lookup().table(i -> Math.max(MachinePlan.STAYS, moves.outcome(i).edge()), Type.INT);
  }

  /** From what was known before the step to what is known after it. */
  private @Nullable MachinePlan moves(Around around) {
    Term then = scope.one(before, around);
    Term now = scope.one(state, around);
    if (then == null || now == null) {
      return null;
    }
    int states = chart.states().members().size();
    Term row =
        Terms.apply(
            Operation.MULTIPLY,
            Type.INT,
            nowhere,
            Terms.retype(then, Type.INT),
            Terms.integer(states, nowhere));
    Term index =
        Functions.shared(
            "move",
            Terms.apply(Operation.ADD, Type.INT, nowhere, row, Terms.retype(now, Type.INT)),
            nowhere);
    List<MachinePlan.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < states * states; i++) {
      outcomes.add(new MachinePlan.Outcome(edge(i / states, i % states), i % states));
    }
    int[] leaves = IntStream.range(0, outcomes.size()).toArray();
    Lookup table = new Lookup(index, leaves, false, nowhere);
    return new MachinePlan(index, table, outcomes, List.of(), List.of());
  }

  /** The rule that pays for a move. */
  private int edge(int then, int now) {
    if (chart.over().get(then)) {
      return MachinePlan.OVER;
    }
    for (int e = 0; e < chart.edges().size(); e++) {
      Chart.Edge edge = chart.edges().get(e);
      if (edge.from().get(then) && edge.to() == now) {
        return e;
      }
    }
    return MachinePlan.STAYS;
  }

  // What tools see.

  @Override
  public Shapes.@Nullable Potential potential(double discount, double sign, Location where) {
    Around around = scope.around();
    Term there = around == null ? null : scope.one(place, around);
    Followed of = followed;
    if (around == null || there == null || of == null) {
      return null;
    }
    MachineValue value = new MachineValue(List.of(of.monitor.size()), discount, sign, where);
    Definition table =
        new Definition(
            decl.name().text() + ".value",
            Definition.Kind.LOCAL,
            Type.REAL.withShape(value.counts()),
            null,
            where);
    session.last.add(
        () -> {
          Machine machine = model();
          table.define(machine == null ? Terms.error(where) : value.table(machine, session));
        });
    Term all = new Term.Ref(table, table.type(), at);
    Term now = scope.one(inner, around);
    Term then = scope.one(innerBefore, around);
    return now == null || then == null
        ? null
        : new Shapes.Potential(
            scope.sum(Terms.element(all, List.of(now), at), around),
            scope.sum(Terms.element(all, List.of(then), at), around),
            inner.define());
  }

  @Override
  public @Nullable Machine model() {
    Followed of = followed;
    boolean asked = paid.size() == chart.edges().size();
    if (of == null || lookup == null || !asked || cells().stream().anyMatch(Cell::isWrong)) {
      return null;
    }
    int size = of.monitor.size();
    BitSet over = new BitSet();
    Map<Integer, Term> each = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (int s = 0; s < size; s++) {
      Verdict verdict = of.monitor.verdict(s);
      over.set(s, verdict.isFinal());
      names.add(verdict.isFinal() ? FollowerRules.STATES.get(of.known(s)) : "s" + s);
      Term pay = pays.get(of.known(s));
      if (pay != null) {
        each.put(s, pay);
      }
    }
    List<Machine.Edge> edges = new ArrayList<>();
    IntStream.range(0, size).filter(s -> !over.get(s)).forEach(s -> edges(s, of, edges));
    List<Watch.Condition> atoms =
        of.atoms.stream()
            .map(a -> new Watch.Condition(a.name(), every(a.term(), of), a.term().at()))
            .toList();
    Definition number = inner.define();
    return new Machine(
        decl.name().text(),
        new EnumType(decl.name().text(), names),
        names.stream().map(_ -> at).toList(),
        of.monitor.initial(),
        over,
        edges,
        each,
        List.of(),
        List.of(),
        innerBefore.define(),
        number,
        reward.define(),
        fired.define(),
        new Machine.Follows(of.formula, of.monitor, atoms, new Term.Ref(number, number.type(), at)),
        decl.doc(),
        at);
  }

  /** The edges that leave a state; staying without a reward of its own is none. */
  private void edges(int state, Followed of, List<Machine.Edge> edges) {
    Diagrams diagrams = of.monitor.diagrams();
    int next = of.monitor.next(state);
    diagrams.leaves(next).stream()
        .forEach(
            to -> {
              int rule = edge(of.known(state), of.known(to));
              Term pay = rule < 0 ? null : paid.get(rule);
              if (to != state || pay != null) {
                Term guard = guard(next, to, of, new HashMap<>());
                BitSet from = new BitSet();
                from.set(state);
                Location where =
                    rule < 0
                        ? at
                        : new Location(at.source(), chart.edges().get(rule).rule().span());
                edges.add(
                    new Machine.Edge(
                        from,
                        to,
                        guard instanceof Term.Const ? null : guard,
                        0,
                        false,
                        pay,
                        Map.of(),
                        where));
              }
            });
  }

  /** What must hold for a diagram to lead to a state. */
  private Term guard(int diagram, int to, Followed of, Map<Integer, Term> known) {
    if (Diagrams.isLeaf(diagram)) {
      return Terms.bool(Diagrams.number(diagram) == to, nowhere);
    }
    Term before = known.get(diagram);
    if (before != null) {
      return before;
    }
    Diagrams diagrams = of.monitor.diagrams();
    Term low = guard(diagrams.low(diagram), to, of, known);
    Term high = guard(diagrams.high(diagram), to, of, known);
    Term atom = of.atoms.get(diagrams.variable(diagram)).term();
    Term guard = low.equals(high) ? low : Terms.select(atom, high, low, nowhere);
    known.put(diagram, guard);
    return guard;
  }

  /** A condition of one element or agent, for all of them. */
  private Term every(Term one, Followed of) {
    Binder each = of.around.each();
    Term all = each == null ? one : Comprehensions.build(List.of(each), one, one.at());
    Binder agents = place.agents;
    return agents == null ? all : Agents.each(agents, all, Double.NaN, one.at());
  }
}
