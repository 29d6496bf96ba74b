package org.rewlang.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Machine;
import org.rewlang.model.Operation;
import org.rewlang.model.Requirement;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Decl.Rule;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;

/**
 * The cells of one machine. {@code place} numbers the state before and what the guards say: it is
 * where the machine's tables are read. State, reward and counters are what the tables hold there.
 */
final class MachineCells implements MachineParts {

  private final Session session;
  private final MachineScope scope;
  private final Decl.Machine decl;
  private final Chart chart;
  private final Env env;
  private final Location at;

  /** Where terms are that nobody wrote. */
  private final Location nowhere;

  private final Cell state;
  private final Cell before;
  private final Cell reward;
  private final Cell fired;
  private final Cell place;
  private final Cell held;
  private final Cell heldBefore;
  private final List<Counter> counters = new ArrayList<>();

  /** A counter's cells. */
  private record Counter(Rule.Counter rule, Cell now, Cell before) {}

  // What the cells leave for one another, and for the model.

  private @Nullable MachinePlan plan;

  /** Cells that guards read the past of, and so were elaborated before there was a plan. */
  private final List<Consumer<MachinePlan>> waiting = new ArrayList<>();

  private List<@Nullable Term> paid = List.of();
  private Map<Integer, Term> pays = Map.of();
  private final Map<Integer, Map<Integer, Term>> updates = new LinkedHashMap<>();
  private final Map<Rule.Counter, int[]> bounds = new LinkedHashMap<>();
  private final Map<Rule.Edge, Integer> waits = new IdentityHashMap<>();

  MachineCells(Session session, Decl.Machine decl, Chart chart, Env env) {
    this.session = session;
    this.decl = decl;
    this.chart = chart;
    this.env = env;
    at = env.file.at(decl.name().span());
    nowhere = at.point();
    scope = new MachineScope(session, decl, env);
    Type type = Type.of(chart.states());
    state = scope.cell("", Index.Kind.MACHINE, at, type, this::state);
    before = scope.past(state, type, () -> chart.initial());
    reward = scope.cell(".reward", Index.Kind.COUNTER, at, Type.REAL, this::reward);
    fired = scope.cell(".fired", Index.Kind.COUNTER, at, Type.INT, this::fired);
    scope.wrong = !chart.valid();
    place = scope.cell(".place", Index.Kind.LET, at, Type.INT, this::place);
    held = scope.cell(".held", Index.Kind.LET, at, Type.INT, this::held);
    heldBefore = scope.past(held, Type.INT, () -> 0);
    for (Rule.Counter rule : chart.counters()) {
      int index = counters.size();
      Location here = env.file.at(rule.name().span());
      String suffix = "." + rule.name().text();
      Cell now = scope.cell(suffix, Index.Kind.COUNTER, here, Type.INT, a -> counter(index, a));
      counters.add(new Counter(rule, now, scope.past(now, Type.INT, () -> bounds(rule)[2])));
    }
  }

  @Override
  public List<Cell> cells() {
    List<Cell> all = new ArrayList<>(List.of(state, reward, fired));
    counters.forEach(c -> all.add(c.now));
    return all;
  }

  @Override
  public void perAgent(Binder agents) {
    List<Cell> every = cells();
    every.addAll(List.of(before, place, held, heldBefore));
    counters.forEach(c -> every.add(c.before));
    every.forEach(c -> c.agents = agents);
  }

  @Override
  public Entity.Machine entity() {
    Map<String, Cell> now = new LinkedHashMap<>();
    Map<String, Cell> then = new LinkedHashMap<>();
    now.put("reward", reward);
    then.put("reward", reward);
    for (Counter c : counters) {
      now.put(c.rule.name().text(), c.now);
      then.put(c.rule.name().text(), c.before);
    }
    return new Entity.Machine(
        this,
        chart.states(),
        new Entity.Machine.Read(state, now),
        new Entity.Machine.Read(before, then),
        at);
  }

  @Override
  public @Nullable Machine model() {
    MachinePlan made = plan;
    // What edges pay is unknown where an error kept anybody from asking.
    boolean asked = paid.size() == chart.edges().size();
    if (made == null || !asked || cells().stream().anyMatch(Cell::isWrong)) {
      return null;
    }
    List<Machine.Edge> edges = new ArrayList<>();
    for (int i = 0; i < chart.edges().size(); i++) {
      Chart.Edge edge = chart.edges().get(i);
      MachinePlan.Guard guard = made.guards().get(i);
      edges.add(
          new Machine.Edge(
              edge.from(),
              edge.to(),
              guard.condition(),
              guard.after(),
              edge.isOtherwise(),
              paid.get(i),
              updates.getOrDefault(i, Map.of()),
              env.file.at(edge.rule().span())));
    }
    List<Machine.Counter> all = new ArrayList<>();
    for (Counter c : counters) {
      int[] range = bounds(c.rule);
      all.add(
          new Machine.Counter(
              c.rule.name().text(), range[0], range[1], range[2], c.before.define()));
    }
    return new Machine(
        decl.name().text(),
        chart.states(),
        chart.names().stream().map(n -> env.file.at(n.span())).toList(),
        chart.initial(),
        chart.over(),
        edges,
        pays,
        all,
        made.exclusive(),
        before.define(),
        state.define(),
        reward.define(),
        fired.define(),
        null,
        decl.doc(),
        at);
  }

  @Override
  public Shapes.@Nullable Potential potential(double discount, double sign, Location where) {
    MachineScope.Around around = scope.around();
    if (around == null) {
      return null;
    }
    List<Integer> counts = new ArrayList<>(List.of(chart.names().size()));
    counts.add(1 + chart.edges().stream().mapToInt(e -> steps(e.rule())).max().orElse(0));
    counters.forEach(c -> counts.add(bounds(c.rule)[1] - bounds(c.rule)[0] + 1));
    MachineValue value =
        new MachineValue(
            MachineValue.isSmall(counts) ? counts : counts.subList(0, 1), discount, sign, where);
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
    Term now = at(table, false, around);
    Term then = at(table, true, around);
    return now == null || then == null
        ? null
        : new Shapes.Potential(scope.sum(now, around), scope.sum(then, around), state.define());
  }

  /** What a table has for the machine as it is, or was before the step. */
  private @Nullable Term at(Definition table, boolean past, MachineScope.Around around) {
    Term own = scope.one(past ? before : state, around);
    List<@Nullable Term> indices = new ArrayList<>();
    indices.add(own == null ? null : Terms.retype(own, Type.INT));
    if (table.type().shape().size() > 1) {
      indices.add(scope.one(past ? heldBefore : held, around));
      for (Counter c : counters) {
        Term value = scope.one(past ? c.before : c.now, around);
        Term low = Terms.integer(bounds(c.rule)[0], at);
        indices.add(
            value == null ? null : Terms.apply(Operation.SUBTRACT, Type.INT, at, value, low));
      }
    }
    List<Term> found = indices.stream().filter(Objects::nonNull).toList();
    return found.size() < indices.size()
        ? null
        : Terms.element(new Term.Ref(table, table.type(), at), found, at);
  }

  /** Where guards and updates are read: machines and counters are as they were before. */
  private Env guards(MachineScope.Around around) {
    return named(around, around.env().asGuard(), true);
  }

  /** Where rewards are read: everything is as it is after the step. */
  private Env rewards(MachineScope.Around around) {
    return named(around, around.env(), false);
  }

  private Env named(MachineScope.Around around, Env outer, boolean past) {
    Env inner = outer.inner();
    if (around.each() != null) {
      scope.bind(inner, decl.name(), Index.Kind.MACHINE, past ? before : state, around);
    }
    for (Counter c : counters) {
      scope.bind(inner, c.rule.name(), Index.Kind.COUNTER, past ? c.before : c.now, around);
    }
    return inner;
  }

  // Where the tables are read.

  private @Nullable Term place(MachineScope.Around around) {
    plan = null;
    waiting.clear();
    Env inner = guards(around);
    Term own = scope.one(before, around);
    List<MachinePlan.Guard> guards = new ArrayList<>();
    boolean fine = true;
    for (Chart.Edge edge : chart.edges()) {
      MachinePlan.Guard guard = guard(edge.rule(), around, inner);
      fine &= guard != null;
      guards.add(guard == null ? new MachinePlan.Guard(null, null, 0) : guard);
    }
    List<List<Term>> exclusive = new ArrayList<>();
    for (Rule.Exclusive rule : chart.exclusive()) {
      List<Term> events = new ArrayList<>();
      for (Expr e : rule.events()) {
        events.add(condition(e, "an event of `exclusive`", inner));
      }
      fine &= events.stream().noneMatch(Terms::isError);
      exclusive.add(events);
    }
    MachinePlan made =
        fine && own != null
            ? MachinePlan.of(chart, guards, exclusive, own, before.define(), session, at)
            : null;
    if (made == null) {
      return null;
    }
    plan = made;
    session.demands.put(place, demands(exclusive, around));
    waiting.forEach(w -> w.accept(made));
    waiting.clear();
    return made.place();
  }

  /** No two of events that exclude each other hold in one step, or else the data is bad. */
  private List<Requirement> demands(List<List<Term>> exclusive, MachineScope.Around around) {
    List<Requirement> all = new ArrayList<>();
    for (int i = 0; i < exclusive.size(); i++) {
      Location here = env.file.at(chart.exclusive().get(i).span());
      Term count = Terms.integer(0, here);
      for (Term event : exclusive.get(i)) {
        Term known =
            Terms.apply(Operation.COALESCE, Type.BOOL, here, event, Terms.bool(false, here));
        Term one = Terms.select(known, Terms.integer(1, here), Terms.integer(0, here), here);
        count = Terms.apply(Operation.ADD, Type.INT, here, count, one);
      }
      Term most = Terms.integer(1, here);
      Term fine = Terms.apply(Operation.LESS_EQUAL, Type.BOOL, here, count, most);
      if (around.each() != null) {
        fine = Agents.everywhere(around.each(), fine, here);
      }
      if (place.agents != null) {
        fine = Agents.everywhere(place.agents, fine, here);
      }
      all.add(new Requirement(fine, here));
    }
    return all;
  }

  private MachinePlan.@Nullable Guard guard(Rule.Edge rule, MachineScope.Around around, Env inner) {
    Gate gate = rule.gate();
    Expr expr = gate == null ? null : gate.condition();
    Term condition = null;
    if (gate != null && expr != null) {
      condition = condition(expr, "a guard", inner);
      if (Terms.isError(condition)) {
        return null;
      }
      if (gate.kind() == Gate.Kind.ON) {
        Location here = inner.at(gate.span());
        Term event = Functions.shared(decl.name().text(), condition, here);
        Term own = session.agents.own(expr, event, inner);
        Term past = new Term.Prev(own, Terms.bool(false, here), false, Type.BOOL, here);
        condition = Terms.and(event, Terms.not(past, here), here);
      }
    }
    Expr after = rule.after();
    if (after == null) {
      return new MachinePlan.Guard(condition, null, 0);
    }
    int steps = steps(rule);
    Term since = steps == 0 ? null : scope.one(heldBefore, around);
    if (since == null) {
      return null;
    }
    Location here = inner.at(after.span()).point();
    Term late =
        Terms.apply(Operation.LESS_EQUAL, Type.BOOL, here, Terms.integer(steps - 1, here), since);
    return new MachinePlan.Guard(condition, late, steps);
  }

  /** How many steps an edge waits for; 0 if it doesn't, or if that is wrong. */
  private int steps(Rule.Edge rule) {
    Expr after = rule.after();
    if (after == null) {
      return 0;
    }
    Integer known = waits.get(rule);
    if (known == null) {
      Integer steps = session.windows.after(after, env);
      known = steps == null ? 0 : steps;
      waits.put(rule, known);
    }
    return known;
  }

  private Term condition(Expr e, String what, Env inner) {
    return session.fit.condition(session.expr(e, inner), e, inner, what);
  }

  /** What {@code read} makes of the tables for one element, once there are any. */
  private @Nullable Term tables(
      Type type, MachineScope.Around around, BiFunction<MachinePlan, Lookup, Term> read) {
    Term index = scope.one(place, around);
    MachinePlan made = plan;
    if (index == null) {
      return null;
    }
    if (made != null) {
      return read.apply(made, made.lookup().where(index));
    }
    Definition later =
        new Definition(decl.name().text(), Definition.Kind.LOCAL, type, null, nowhere);
    waiting.add(p -> later.define(read.apply(p, p.lookup().where(index))));
    return new Term.Ref(later, type, nowhere);
  }

  // What the tables hold.

  private @Nullable Term state(MachineScope.Around around) {
    Type type = Type.of(chart.states());
    return tables(type, around, (p, tables) -> tables.table(i -> p.outcome(i).to(), type));
  }

  private @Nullable Term fired(MachineScope.Around around) {
    return tables(
        Type.INT,
        around,
        (p, tables) -> tables.table(i -> Math.max(-1, p.outcome(i).edge()), Type.INT));
  }

  /**
   * How many steps the state was held after the one in which it was entered; no more than asked.
   */
  private @Nullable Term held(MachineScope.Around around) {
    Term now = scope.one(state, around);
    Term then = scope.one(before, around);
    Term since = scope.one(heldBefore, around);
    if (now == null || then == null || since == null) {
      return null;
    }
    int most = chart.edges().stream().mapToInt(e -> steps(e.rule())).max().orElse(0);
    Term more = Terms.apply(Operation.ADD, Type.INT, nowhere, since, Terms.integer(1, nowhere));
    return Terms.select(
        Terms.apply(Operation.EQUAL, Type.BOOL, nowhere, now, then),
        Terms.apply(Operation.MIN, Type.INT, nowhere, more, Terms.integer(most, nowhere)),
        Terms.integer(0, nowhere),
        at);
  }

  private @Nullable Term reward(MachineScope.Around around) {
    Env inner = rewards(around);
    List<@Nullable Term> edges = new ArrayList<>();
    for (Chart.Edge edge : chart.edges()) {
      Expr e = edge.rule().reward();
      edges.add(e == null ? null : paid(e, inner));
    }
    Map<Integer, Term> states = new LinkedHashMap<>();
    chart.pays().forEach((state, rule) -> states.put(state, paid(rule.reward(), inner)));
    boolean fine =
        edges.stream().filter(Objects::nonNull).noneMatch(Terms::isError)
            && states.values().stream().noneMatch(Terms::isError);
    if (!fine) {
      return null;
    }
    paid = edges;
    pays = states;
    return tables(Type.REAL, around, new MachinePay(session, edges, states, nowhere)::of);
  }

  private Term paid(Expr e, Env inner) {
    Term value = session.fit.plain(session.expr(e, inner), e, inner, "a machine's reward");
    return session.fit.coerce(value, Type.REAL, e, inner, "a machine's reward");
  }

  // Counters.

  private @Nullable Term counter(int index, MachineScope.Around around) {
    Env inner = guards(around);
    Term then = scope.one(counters.get(index).before, around);
    if (then == null) {
      return null;
    }
    int[] range = bounds(counters.get(index).rule);
    String name = counters.get(index).rule.name().text();
    List<Term> values = new ArrayList<>(List.of(then));
    Map<Integer, Integer> which = new LinkedHashMap<>();
    for (int i = 0; i < chart.edges().size(); i++) {
      for (Decl.Option update : chart.edges().get(i).rule().updates()) {
        if (update.name().text().equals(name)) {
          Term value =
              session.fit.coerce(
                  session.expr(update.value(), inner),
                  Type.INT,
                  update.value(),
                  inner,
                  "the counter `" + name + "`");
          which.put(i, values.size());
          values.add(value);
          updates.computeIfAbsent(i, _ -> new LinkedHashMap<>()).put(index, value);
        }
      }
    }
    Term chosen =
        values.stream().anyMatch(Terms::isError)
            ? null
            : tables(
                Type.INT,
                around,
                (p, tables) ->
                    tables.table(i -> which.getOrDefault(p.outcome(i).edge(), 0), Type.INT));
    if (chosen == null) {
      return null;
    }
    Term all = new Term.Stack(values, Type.INT.withShape(List.of(values.size())), nowhere);
    Term value = Terms.element(all, List.of(chosen), nowhere);
    return Terms.apply(
        Operation.MIN,
        Type.INT,
        at,
        Terms.apply(Operation.MAX, Type.INT, nowhere, value, Terms.integer(range[0], nowhere)),
        Terms.integer(range[1], nowhere));
  }

  /** The least and the greatest value of a counter, and where it begins. */
  private int[] bounds(Rule.Counter rule) {
    return bounds.computeIfAbsent(rule, this::readBounds);
  }

  private int[] readBounds(Rule.Counter rule) {
    String what = "a bound of the counter `" + rule.name().text() + "`";
    Expr.Range range = rule.range() instanceof Expr.Range r ? r : null;
    Expr from = range == null ? null : range.from();
    Expr to = range == null ? null : range.to();
    if (from == null || to == null) {
      session.reporter.report(
          session
              .diagnose(Code.BAD_RANGE, "a counter has two bounds", rule.range().span(), env)
              .label("open on one side")
              .hint("write both: `counter " + rule.name().text() + " in 0..5`"));
      scope.wrong = true;
      return new int[] {0, 0, 0};
    }
    Integer low = session.constants.whole(from, env, what);
    Integer high = session.constants.whole(to, env, what);
    if (low == null || high == null) {
      scope.wrong = true;
      return new int[] {0, 0, 0};
    }
    if (low > high) {
      session.reporter.report(
          session
              .diagnose(Code.BAD_RANGE, "this range is empty", rule.range().span(), env)
              .label("from " + low + " to " + high));
      scope.wrong = true;
      return new int[] {0, 0, 0};
    }
    return new int[] {low, high, Math.clamp(0, low, high)};
  }
}
