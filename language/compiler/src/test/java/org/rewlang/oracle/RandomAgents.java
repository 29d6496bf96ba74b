package org.rewlang.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.source.Source;

/**
 * Random programs of several agents that come and go, each with its meaning in Java: aggregations,
 * comprehensions, records, lists and optional values of each agent and of the step, gates, and a
 * past that is forgotten by who goes.
 */
public final class RandomAgents {

  private static final int MOST = 4;
  private static final int COMPONENTS = 5;
  private static final int STEPS = 14;

  private static final String DECLARATIONS =
      """
      enum Team { blue, orange }
      record Box { size: real  lit: bool }
      record Goal { at: real  weight: real? }
      inputs { g: real  goal: Goal?  marks: real[..3]? }
      inputs per agent[..4] {
        a: real  n: int in 0..3  team: Team  up: bool  o: real?  box: Box  hits: real[..3]
      }
      let before     = prev(a, initially = -1)
      let ups: int   = prev(ups, initially = 0) + (1 if up else 0)
      let peak       = max(a over past)
      let recent     = sum(a over last 2)
      let seen       = ever(up)
      let old        = prev(box, initially = Box(size = 8, lit = true))
      """;

  /** What an agent is given; {@code o} may be absent. */
  private record Agent(
      double a,
      int n,
      int team,
      boolean up,
      @Nullable Double o,
      double size,
      boolean lit,
      List<Double> hits) {}

  /** What is left of an agent's past once it has had its step. */
  private record Past(
      Agent now, double before, int ups, double peak, double recent, boolean seen, Agent old) {

    private static final Agent NONE = new Agent(-1, 0, 0, false, null, 8, true, List.of());

    static Past after(@Nullable Past past, Agent now) {
      return past == null
          ? new Past(now, -1, now.up ? 1 : 0, now.a, now.a, now.up, NONE)
          : new Past(
              now,
              past.now.a,
              past.ups + (now.up ? 1 : 0),
              Math.max(past.peak, now.a),
              past.now.a + now.a,
              past.seen || now.up,
              past.now);
    }
  }

  private record Goal(double at, @Nullable Double weight) {}

  /** A step; who is away is null. */
  private record World(
      double g, @Nullable Goal goal, @Nullable List<Double> marks, List<@Nullable Past> agents) {

    Past agent(int i) {
      Past agent = agents.get(i);
      if (agent == null) {
        throw new IllegalArgumentException("agent " + i + " is away");
      }
      return agent;
    }

    List<Integer> here() {
      return IntStream.range(0, MOST).filter(i -> agents.get(i) != null).boxed().toList();
    }
  }

  private interface Value {
    double of(World world, int agent);
  }

  private interface Condition {
    boolean of(World world, int agent);
  }

  /** Of an agent {@code other}, in the eyes of {@code me}. */
  private interface Relation {
    boolean of(World world, int me, int other);
  }

  private record Number(String text, Value value) {}

  private record Truth(String text, Condition value) {}

  private record Between(String text, Relation value) {}

  private enum Gate {
    NONE,
    WHEN,
    ON,
    ONCE
  }

  /** A component, and of each agent whether its condition held before, and ever. */
  private record Component(
      Number number, Gate gate, Truth condition, boolean[] held, boolean[] ever) {

    double pays(World world, int agent) {
      boolean now = condition.value.of(world, agent);
      boolean open =
          switch (gate) {
            case NONE -> true;
            case WHEN -> now;
            case ON -> now && !held[agent];
            case ONCE -> now && !ever[agent];
          };
      held[agent] = now;
      ever[agent] |= now;
      return open ? number.value.of(world, agent) : 0;
    }

    void forget(int agent) {
      held[agent] = false;
      ever[agent] = false;
    }

    String written() {
      return number.text
          + (gate == Gate.NONE ? "" : " " + gate.name().toLowerCase(Locale.ROOT) + " ")
          + (gate == Gate.NONE ? "" : condition.text);
    }
  }

  /** What is looked at of an agent; {@code me.} or {@code b.} goes before names. */
  private record Feature(UnaryOperator<String> text, Value value) {}

  private static final List<Feature> FEATURES =
      List.of(
          new Feature(p -> p + "a", (w, i) -> w.agent(i).now.a),
          new Feature(p -> p + "n", (w, i) -> w.agent(i).now.n),
          new Feature(p -> "(" + p + "o ?? -3)", (w, i) -> or(w.agent(i).now.o, -3)),
          new Feature(p -> p + "box.size", (w, i) -> w.agent(i).now.size),
          new Feature(p -> "sum(" + p + "hits)", (w, i) -> sum(w.agent(i).now.hits)),
          new Feature(p -> "length(" + p + "hits)", (w, i) -> w.agent(i).now.hits.size()),
          new Feature(p -> "(" + p + "hits[1] ?? -2)", (w, i) -> at(w.agent(i).now.hits, 1)),
          new Feature(p -> p + "before", (w, i) -> w.agent(i).before),
          new Feature(p -> p + "ups", (w, i) -> w.agent(i).ups),
          new Feature(p -> p + "peak", (w, i) -> w.agent(i).peak),
          new Feature(p -> p + "recent", (w, i) -> w.agent(i).recent),
          new Feature(p -> p + "old.size", (w, i) -> w.agent(i).old.size));

  private static final List<Number> OF_THE_STEP =
      List.of(
          new Number("g", (w, _) -> w.g),
          new Number("(goal.at ?? 2)", (w, _) -> w.goal == null ? 2 : w.goal.at),
          new Number("(goal.weight ?? 3)", (w, _) -> w.goal == null ? 3 : or(w.goal.weight, 3)),
          new Number("(sum(marks) ?? 4)", (w, _) -> w.marks == null ? 4 : sum(w.marks)),
          new Number("(1 if present(goal) else 0)", (w, _) -> w.goal == null ? 0 : 1),
          new Number("length(agents)", (w, _) -> w.here().size()));

  private static double or(@Nullable Double x, double otherwise) {
    return x == null ? otherwise : x;
  }

  private static double sum(List<Double> values) {
    return values.stream().reduce(0.0, Double::sum);
  }

  private static double at(List<Double> values, int i) {
    return i < values.size() ? values.get(i) : -2;
  }

  private final Random random;
  private final List<Component> components = new ArrayList<>();
  private final List<Number> metrics = new ArrayList<>();
  private final String text;
  private final Evaluator evaluator;
  private final Frame frame;
  private long compared;

  private RandomAgents(long seed, Engine engine) {
    random = new Random(seed);
    StringBuilder program = new StringBuilder(DECLARATIONS).append("reward per agent {\n");
    for (int i = 0; i < COMPONENTS; i++) {
      Gate gate = Gate.values()[random.nextInt(4)];
      Component made =
          new Component(number(2), gate, condition(), new boolean[MOST], new boolean[MOST]);
      components.add(made);
      program.append("  c").append(i).append(" = ").append(made.written()).append('\n');
    }
    program.append("}\n");
    for (int i = 0; i < 3; i++) {
      Number metric = overAgents(false);
      metrics.add(metric);
      program.append("metric m").append(i).append(" = ").append(metric.text).append('\n');
    }
    text = program.toString();
    Compilation compiled = Compiler.compile(Source.of("agents.rew", text), Loader.NONE);
    assertNotNull(compiled.core(), () -> text + compiled.diagnostics());
    evaluator = engine.prepare(compiled.core());
    frame = evaluator.newFrame(evaluator.layout().defaultParams());
  }

  /** Runs the programs of the seeds from {@code from} on, below {@code to}; how much agreed. */
  public static long check(Engine engine, long from, long to) {
    long compared = 0;
    for (long seed = from; seed < to; seed++) {
      RandomAgents one = new RandomAgents(seed, engine);
      one.run();
      compared += one.compared;
    }
    return compared;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** A number of the agent whose turn it is. */
  private Number number(int depth) {
    if (depth == 0) {
      Feature feature = pick(FEATURES);
      return random.nextInt(3) == 0
          ? pick(OF_THE_STEP)
          : new Number(feature.text.apply(""), feature.value);
    }
    Number x = number(depth - 1);
    Number y = number(depth - 1);
    return switch (random.nextInt(9)) {
      case 0 ->
          new Number(
              "(" + x.text + " + " + y.text + ")", (w, i) -> x.value.of(w, i) + y.value.of(w, i));
      case 1 ->
          new Number(
              "(" + x.text + " - " + y.text + ")", (w, i) -> x.value.of(w, i) - y.value.of(w, i));
      case 2 ->
          new Number(
              "max(" + x.text + ", " + y.text + ")",
              (w, i) -> Math.max(x.value.of(w, i), y.value.of(w, i)));
      case 3 -> {
        Truth c = condition();
        yield new Number(
            "(" + x.text + " if " + c.text + " else " + y.text + ")",
            (w, i) -> c.value.of(w, i) ? x.value.of(w, i) : y.value.of(w, i));
      }
      case 4 -> x;
      case 5, 6 -> each();
      default -> overAgents(true);
    };
  }

  /** Also where it reads nothing of the agent, what a gate remembers of it is the agent's own. */
  private Truth condition() {
    Number x = random.nextInt(3) == 0 ? pick(OF_THE_STEP) : number(0, FEATURES);
    return pick(
        List.of(
            new Truth("up", (w, i) -> w.agent(i).now.up),
            new Truth("team == orange", (w, i) -> w.agent(i).now.team == 1),
            new Truth("seen", (w, i) -> w.agent(i).seen),
            new Truth("box.lit", (w, i) -> w.agent(i).now.lit),
            new Truth("old.lit", (w, i) -> w.agent(i).old.lit),
            new Truth("present(o)", (w, i) -> w.agent(i).now.o != null),
            new Truth(x.text + " > 0", (w, i) -> x.value.of(w, i) > 0)));
  }

  /** An aggregation in which bare names are those of who is ranged over. */
  private Number overAgents(boolean hasMe) {
    List<Between> where = new ArrayList<>();
    Truth own = condition();
    where.add(new Between("", (_, _, _) -> true));
    where.add(new Between(" where " + own.text, (w, _, j) -> own.value.of(w, j)));
    if (hasMe) {
      where.add(
          new Between(
              " where team == me.team", (w, i, j) -> w.agent(j).now.team == w.agent(i).now.team));
      where.add(new Between(" where a < me.a", (w, i, j) -> w.agent(j).now.a < w.agent(i).now.a));
      where.add(new Between(" where ups >= me.ups", (w, i, j) -> w.agent(j).ups >= w.agent(i).ups));
    }
    Number of = number(random.nextInt(2) == 0 ? 0 : 1, FEATURES);
    return aggregated(of, condition(), " over agents", pick(where));
  }

  /** A number made of features alone: an aggregation can't stand in another. */
  private Number number(int depth, List<Feature> features) {
    Feature feature = pick(features);
    Number x = new Number(feature.text.apply(""), feature.value);
    if (depth == 0) {
      return x;
    }
    Number y = number(0, features);
    return new Number(
        "(" + x.text + " + " + y.text + ")", (w, i) -> x.value.of(w, i) + y.value.of(w, i));
  }

  /** A comprehension, in which bare names are still those of whose turn it is. */
  private Number each() {
    Feature feature = pick(FEATURES);
    Between where =
        pick(
            List.of(
                new Between("", (_, _, _) -> true),
                new Between(" if b != me", (_, i, j) -> i != j),
                new Between(" if b.up", (w, _, j) -> w.agent(j).now.up),
                new Between(" if b.seen and b != me", (w, i, j) -> i != j && w.agent(j).seen),
                new Between(
                    " if b.team == team", (w, i, j) -> w.agent(j).now.team == w.agent(i).now.team),
                new Between(" if b.a < a", (w, i, j) -> w.agent(j).now.a < w.agent(i).now.a)));
    return aggregated(
        new Number(feature.text.apply("b."), feature.value),
        new Truth("b.box.lit", (w, j) -> w.agent(j).now.lit),
        " for b in agents",
        where);
  }

  private Number aggregated(Number x, Truth c, String over, Between where) {
    String numbers = "(" + x.text + over + where.text + ")";
    String truths = "(" + c.text + over + where.text + ")";
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Number("sum" + numbers, (w, i) -> sum(values(x, where, w, i)));
      case 2 ->
          new Number(
              "(mean" + numbers + " ?? -4)",
              (w, i) -> {
                List<Double> all = values(x, where, w, i);
                return all.isEmpty() ? -4 : sum(all) / all.size();
              });
      case 3 ->
          new Number(
              "(max" + numbers + " ?? -5)",
              (w, i) -> values(x, where, w, i).stream().reduce(Math::max).orElse(-5.0));
      case 4 -> new Number("(argmin" + numbers + " ?? -6)", (w, i) -> least(x, where, w, i));
      case 5 ->
          new Number(
              "count" + truths,
              (w, i) -> among(where, w, i).stream().filter(j -> c.value.of(w, j)).count());
      case 6 ->
          new Number(
              "(1 if any" + truths + " else 0)",
              (w, i) -> among(where, w, i).stream().anyMatch(j -> c.value.of(w, j)) ? 1 : 0);
      default ->
          new Number(
              "(1 if all" + truths + " else 0)",
              (w, i) -> among(where, w, i).stream().allMatch(j -> c.value.of(w, j)) ? 1 : 0);
    };
  }

  private static List<Integer> among(Between where, World w, int me) {
    return w.here().stream().filter(j -> where.value.of(w, me, j)).toList();
  }

  private static List<Double> values(Number x, Between where, World w, int me) {
    return among(where, w, me).stream().map(j -> x.value.of(w, j)).toList();
  }

  /** The place in the data of the agent of whom it is least. */
  private static double least(Number x, Between where, World w, int me) {
    return among(where, w, me).stream().min(Comparator.comparing(j -> x.value.of(w, j))).orElse(-6);
  }

  private double fraction() {
    return random.nextInt(9) / 4.0 - 1;
  }

  private List<Double> fractions() {
    return java.util.stream.Stream.generate(this::fraction).limit(random.nextInt(4)).toList();
  }

  private Agent agent() {
    return new Agent(
        fraction(),
        random.nextInt(4),
        random.nextInt(2),
        random.nextBoolean(),
        random.nextInt(3) == 0 ? null : fraction(),
        fraction(),
        random.nextBoolean(),
        fractions());
  }

  private void run() {
    @Nullable Past[] agents = new Past[MOST];
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(8) == 0) {
        evaluator.layout().reset(frame.state);
        Arrays.fill(agents, null);
      }
      for (int i = 0; i < MOST; i++) {
        if (agents[i] == null) {
          int gone = i;
          components.forEach(c -> c.forget(gone));
        }
        agents[i] = random.nextInt(4) == 0 ? null : Past.after(agents[i], agent());
      }
      Goal goal =
          random.nextInt(3) == 0
              ? null
              : new Goal(fraction(), random.nextBoolean() ? null : fraction());
      World world =
          new World(
              fraction(),
              goal,
              random.nextInt(3) == 0 ? null : fractions(),
              Arrays.asList(agents.clone()));
      give(world);
      assertEquals(Evaluator.OK, evaluator.step(frame), () -> text + world);
      compare(world);
    }
  }

  private void compare(World world) {
    double[] totals = new double[MOST];
    for (int c = 0; c < components.size(); c++) {
      double[] paid = output("c" + c);
      for (int i = 0; i < MOST; i++) {
        double expected =
            world.agents.get(i) == null ? Double.NaN : components.get(c).pays(world, i);
        totals[i] += expected;
        same(expected, paid[i], "c" + c + " of agent " + i, world);
      }
    }
    double[] total = output("");
    for (int i = 0; i < MOST; i++) {
      same(totals[i], total[i], "total of agent " + i, world);
    }
    for (int m = 0; m < metrics.size(); m++) {
      same(metrics.get(m).value.of(world, -1), output("m" + m)[0], "m" + m, world);
    }
  }

  private void same(double expected, double actual, String what, World world) {
    // In a sum, -0 becomes 0.
    assertEquals(expected + 0.0, actual + 0.0, () -> what + "\n" + text + world);
    compared++;
  }

  private double[] output(String name) {
    var outputs = evaluator.layout().program().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).name().equals(name)) {
        int at = evaluator.layout().output(i);
        return Arrays.copyOfRange(frame.outputs, at, at + outputs.get(i).type().size());
      }
    }
    throw new IllegalArgumentException(name);
  }

  private void give(World w) {
    var ports = evaluator.layout().program().inputs();
    for (int port = 0; port < ports.size(); port++) {
      int at = evaluator.layout().input(port);
      int size = ports.get(port).type().size();
      String name = ports.get(port).name();
      // What isn't there holds some allowed number.
      Arrays.fill(frame.inputs, at, at + size, name.equals("agents") ? 0 : 1);
      double[] ofStep =
          switch (name) {
            case "g" -> new double[] {w.g};
            case "goal.present" -> new double[] {w.goal == null ? 0 : 1};
            case "goal.at" -> new double[] {w.goal == null ? 1 : w.goal.at};
            case "goal.weight.present" ->
                new double[] {w.goal == null || w.goal.weight == null ? 0 : 1};
            case "goal.weight" -> new double[] {w.goal == null ? 1 : or(w.goal.weight, 1)};
            case "marks.present" -> new double[] {w.marks == null ? 0 : 1};
            case "marks.length" -> new double[] {w.marks == null ? 1 : w.marks.size()};
            case "marks" -> w.marks == null ? new double[0] : array(w.marks);
            default -> new double[0];
          };
      System.arraycopy(ofStep, 0, frame.inputs, at, ofStep.length);
      for (int i : w.here()) {
        double[] own = own(name, w.agent(i).now);
        System.arraycopy(own, 0, frame.inputs, at + i * size / MOST, own.length);
      }
    }
  }

  private static double[] own(String name, Agent agent) {
    return switch (name) {
      case "agents" -> new double[] {1};
      case "a" -> new double[] {agent.a};
      case "n" -> new double[] {agent.n};
      case "team" -> new double[] {agent.team};
      case "up" -> new double[] {agent.up ? 1 : 0};
      case "o.present" -> new double[] {agent.o == null ? 0 : 1};
      case "o" -> new double[] {or(agent.o, 1)};
      case "box.size" -> new double[] {agent.size};
      case "box.lit" -> new double[] {agent.lit ? 1 : 0};
      case "hits.length" -> new double[] {agent.hits.size()};
      case "hits" -> array(agent.hits);
      default -> new double[0];
    };
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
