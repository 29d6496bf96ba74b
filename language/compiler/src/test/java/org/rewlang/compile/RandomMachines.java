package org.rewlang.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.rewlang.check.Loader;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.source.Source;

/**
 * Random machines as text, and run as they are defined: the edges that leave the state are tried in
 * order, and the first whose guard isn't false fires, or fails the step where it is unknown.
 */
public final class RandomMachines {

  /** What was run. */
  public static final class Report {
    public int machines;
    public int steps;
    public int fired;
    public int failures;
    public int finals;
  }

  private static final int WIDTH = 3;

  /** A condition; its truth is null where it is unknown. */
  private sealed interface Condition {
    record Flag(int i) implements Condition {}

    record Above(int i, int bound) implements Condition {}

    record Ratio(int i, int j) implements Condition {}

    record In(int state) implements Condition {}

    record Counted(int least) implements Condition {}

    record Not(Condition of) implements Condition {}

    record And(Condition a, Condition b) implements Condition {}

    record Or(Condition a, Condition b) implements Condition {}

    record If(Condition c, Condition a, Condition b) implements Condition {}
  }

  /**
   * @param from -1 for all states that aren't final
   */
  private record Edge(
      int from,
      int to,
      @Nullable Condition guard,
      boolean rising,
      boolean otherwise,
      int after,
      Pay pay,
      int change) {}

  /** A number, and the quotient of two inputs where {@code i} isn't negative. */
  private record Pay(boolean any, double number, int i, int j) {
    static final Pay NOTHING = new Pay(false, 0, -1, -1);
  }

  private final Random random;
  private final int states;
  private final int most;
  private final boolean[] over;
  private final List<Edge> edges = new ArrayList<>();
  private final Pay[] pays;
  private final int copies;

  private RandomMachines(long seed) {
    random = new Random(seed);
    states = 1 + random.nextInt(6);
    most = random.nextInt(3);
    copies = random.nextInt(3) == 0 ? 2 : 1;
    over = new boolean[states];
    for (int s = 1; s < states; s++) {
      over[s] = random.nextInt(5) == 0;
    }
    int depth = random.nextInt(4);
    for (int e = random.nextInt(3 * states + 1); e > 0; e--) {
      edges.add(edge(depth));
    }
    pays = new Pay[states];
    for (int s = 0; s < states; s++) {
      pays[s] = random.nextInt(3) == 0 ? pay() : Pay.NOTHING;
    }
  }

  private Edge edge(int depth) {
    int from = random.nextInt(6) == 0 ? -1 : random.nextInt(states);
    if (from >= 0 && over[from]) {
      from = 0;
    }
    int kind = random.nextInt(10);
    boolean otherwise = kind == 0;
    Condition guard = kind <= 1 ? null : condition(depth);
    if (kind == 2) {
      // What rises is remembered, and what is remembered must be known.
      guard = new Condition.Or(new Condition.Flag(0), new Condition.Above(1, 0));
    }
    return new Edge(
        from,
        random.nextInt(states),
        guard,
        guard != null && kind == 2,
        otherwise,
        otherwise || random.nextInt(4) > 0 ? 0 : 1 + random.nextInt(4),
        random.nextBoolean() ? pay() : Pay.NOTHING,
        random.nextInt(3) == 0 ? random.nextInt(5) - 2 : 0);
  }

  private Pay pay() {
    boolean quotient = random.nextInt(4) == 0;
    return new Pay(
        true, random.nextInt(9) - 4, quotient ? random.nextInt(WIDTH) : -1, random.nextInt(WIDTH));
  }

  private Condition condition(int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      return switch (random.nextInt(6)) {
        case 0 -> new Condition.Above(random.nextInt(WIDTH), random.nextInt(3) - 1);
        case 1 -> new Condition.Ratio(random.nextInt(WIDTH), random.nextInt(WIDTH));
        case 2 -> new Condition.In(random.nextInt(states));
        case 3 -> new Condition.Counted(random.nextInt(most + 1));
        default -> new Condition.Flag(random.nextInt(WIDTH));
      };
    }
    Condition a = condition(depth - 1);
    Condition b = condition(depth - 1);
    return switch (random.nextInt(7)) {
      case 0 -> new Condition.Not(a);
      case 1 -> new Condition.If(condition(0), a, b);
      case 2, 3 -> new Condition.Or(a, b);
      default -> new Condition.And(a, b);
    };
  }

  // As text.

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append("inputs { bs: bool[" + copies + ", 3]  xs: real[" + copies + ", 3] }\n");
    text.append(copies == 1 ? "let b = bs[0]  let x = xs[0]\nmachine d" : "machine d for b, x in");
    text.append(copies == 1 ? "" : " zip(bs, xs)").append(" {\n  initial s0\n");
    text.append("  counter n in 0.." + most + "\n");
    for (Edge e : edges) {
      text.append("  ").append(e.from < 0 ? "any" : "s" + e.from).append(" -> s").append(e.to);
      if (e.guard != null) {
        text.append(e.rising ? " on " : " when ").append(text(e.guard));
      }
      text.append(e.otherwise ? " otherwise" : e.after > 0 ? " after " + e.after : "");
      text.append(text(e.pay));
      if (e.change != 0) {
        text.append(" set n = n " + (e.change < 0 ? "- " + -e.change : "+ " + e.change));
      }
      text.append('\n');
    }
    StringJoiner finals = new StringJoiner(", ", "  final ", "\n").setEmptyValue("");
    for (int s = 0; s < states; s++) {
      // A state is one that a rule names.
      text.append(over[s] ? "" : "  s" + s + " -> s" + s + " when 1 < 0\n");
      if (pays[s].any) {
        text.append("  s" + s + ":" + text(pays[s]) + "\n");
      }
      if (over[s]) {
        finals.add("s" + s);
      }
    }
    text.append(finals).append("}\nreward { pay = ");
    text.append(copies == 1 ? "d.reward" : "sum(d.reward)").append(" }\n");
    return text.append("metric state = d\nmetric n = d.n\n").toString();
  }

  private static String text(Pay pay) {
    return !pay.any
        ? ""
        : " reward "
            + (pay.i < 0 ? "" : "x[" + pay.i + "] / x[" + pay.j + "] + ")
            + String.format(Locale.ROOT, pay.number < 0 ? "(%s)" : "%s", pay.number);
  }

  private static String text(Condition c) {
    return switch (c) {
      case Condition.Flag f -> "b[" + f.i + "]";
      case Condition.Above a -> "x[" + a.i + "] > (" + a.bound + ")";
      case Condition.Ratio r -> "x[" + r.i + "] / x[" + r.j + "] >= 1";
      case Condition.In s -> "d == s" + s.state;
      case Condition.Counted n -> "n >= " + n.least;
      case Condition.Not n -> "not (" + text(n.of) + ")";
      case Condition.And a -> "(" + text(a.a) + " and " + text(a.b) + ")";
      case Condition.Or o -> "(" + text(o.a) + " or " + text(o.b) + ")";
      case Condition.If i -> "(" + text(i.a) + " if " + text(i.c) + " else " + text(i.b) + ")";
    };
  }

  // As it is defined.

  /** One copy while it runs. */
  private final class Run {
    private int state;
    private int held;
    private int n;
    private final boolean[] before = new boolean[edges.size()];

    private boolean @Nullable [] b;
    private double @Nullable [] x;

    private int fired;
    private int to;
    private double reward;

    /** Works a step out; false where it fails. */
    boolean step(boolean[] flags, double[] numbers) {
      b = flags;
      x = numbers;
      fired = -1;
      to = state;
      for (boolean last : new boolean[] {false, true}) {
        for (int i = 0; i < edges.size() && fired < 0 && !over[state]; i++) {
          Edge e = edges.get(i);
          if (e.otherwise != last || e.from >= 0 && e.from != state || held + 1 < e.after) {
            continue;
          }
          Boolean truth = e.guard == null ? Boolean.TRUE : truth(e.guard);
          if (truth == null) {
            return false;
          }
          if (truth && !(e.rising && before[i])) {
            fired = i;
            to = e.to;
          }
        }
      }
      reward = 0;
      if (!over[state]) {
        Pay edge = fired < 0 ? Pay.NOTHING : edges.get(fired).pay;
        Pay end = pays[to];
        reward =
            edge.any && end.any ? worth(edge) + worth(end) : edge.any ? worth(edge) : worth(end);
      }
      return true;
    }

    void commit() {
      for (int i = 0; i < before.length; i++) {
        Edge e = edges.get(i);
        before[i] = e.rising && Boolean.TRUE.equals(truth(e.guard));
      }
      n = fired < 0 ? n : Math.clamp(n + edges.get(fired).change, 0, most);
      held = to == state ? held + 1 : 0;
      state = to;
    }

    private double worth(Pay pay) {
      return pay.i < 0 ? pay.number : x[pay.i] / x[pay.j] + pay.number;
    }

    private @Nullable Boolean truth(Condition condition) {
      return switch (condition) {
        case Condition.Flag f -> b[f.i];
        case Condition.Above a -> x[a.i] > a.bound;
        case Condition.Ratio r -> Double.isNaN(x[r.i] / x[r.j]) ? null : x[r.i] / x[r.j] >= 1;
        case Condition.In s -> state == s.state;
        case Condition.Counted c -> n >= c.least;
        case Condition.Not c -> {
          Boolean of = truth(c.of);
          yield of == null ? null : Boolean.valueOf(!of);
        }
        case Condition.And c -> both(truth(c.a), truth(c.b), false);
        case Condition.Or c -> both(truth(c.a), truth(c.b), true);
        case Condition.If c -> {
          Boolean of = truth(c.c);
          yield of == null ? null : truth(of ? c.a : c.b);
        }
      };
    }

    private static @Nullable Boolean both(@Nullable Boolean a, @Nullable Boolean b, boolean wins) {
      return a != null && a == wins || b != null && b == wins
          ? Boolean.valueOf(wins)
          : a == null || b == null ? null : Boolean.valueOf(!wins);
    }
  }

  /** Runs machines of these seeds, and fails where an engine differs from the definition. */
  public static Report check(Engine engine, long from, long to) {
    Report report = new Report();
    for (long seed = from; seed < to; seed++) {
      new RandomMachines(seed).run(engine, "seed " + seed, report);
    }
    return report;
  }

  private void run(Engine engine, String what, Report report) {
    String text = text();
    Compilation compiled = Compiler.compile(Source.of("random.rew", text), Loader.NONE);
    CoreProgram core = compiled.core();
    assertNotNull(core, () -> what + "\n" + text + compiled.diagnostics());
    report.machines++;
    List<String> members = compiled.model().machines().getFirst().states().members();
    Evaluator evaluator = engine.prepare(core);
    Layout layout = evaluator.layout();
    Frame frame = evaluator.newFrame(layout.defaultParams());
    for (int episode = 0; episode < 4; episode++) {
      layout.reset(frame.state);
      List<Run> runs = new ArrayList<>();
      for (int c = 0; c < copies; c++) {
        runs.add(new Run());
      }
      for (int step = 0; step < 25; step++) {
        String where = what + ", step " + step + "\n" + text;
        boolean[][] flags = new boolean[copies][WIDTH];
        double[][] numbers = new double[copies][WIDTH];
        boolean fine = true;
        double total = 0;
        for (int c = 0; c < copies; c++) {
          for (int i = 0; i < WIDTH; i++) {
            flags[c][i] = random.nextInt(3) == 0;
            numbers[c][i] = random.nextInt(6) == 0 ? 0 : random.nextInt(5) - 2;
            frame.inputs[c * WIDTH + i] = flags[c][i] ? 1 : 0;
            frame.inputs[copies * WIDTH + c * WIDTH + i] = numbers[c][i];
          }
          fine &= runs.get(c).step(flags[c], numbers[c]);
          total = copies == 1 ? runs.get(c).reward : total + runs.get(c).reward;
        }
        fine &= Double.isFinite(total);
        boolean passed = evaluator.step(frame) == Evaluator.OK;
        report.steps++;
        assertEquals(fine, passed, where);
        if (!fine) {
          report.failures++;
          continue;
        }
        runs.forEach(Run::commit);
        report.fired += (int) runs.stream().filter(r -> r.fired >= 0).count();
        report.finals += (int) runs.stream().filter(r -> over[r.state]).count();
        assertEquals(total, frame.outputs[layout.output(0)] + 0.0, where);
        double[] expected = new double[2 * copies];
        for (int c = 0; c < copies; c++) {
          expected[c] = members.indexOf("s" + runs.get(c).state);
          expected[copies + c] = runs.get(c).n;
        }
        int metrics = layout.output(2);
        double[] actual = Arrays.copyOfRange(frame.outputs, metrics, metrics + expected.length);
        assertEquals(Arrays.toString(expected), Arrays.toString(actual), where);
      }
    }
  }
}
