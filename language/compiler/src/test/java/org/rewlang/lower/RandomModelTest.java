package org.rewlang.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rewlang.analysis.Fact;
import org.rewlang.analysis.Ranges;
import org.rewlang.analysis.TermGraph;
import org.rewlang.analysis.Terms;
import org.rewlang.engine.Evaluator;
import org.rewlang.model.Base;
import org.rewlang.model.InputVar;
import org.rewlang.model.Model;
import org.rewlang.model.Term;

/**
 * Random programs on random data: the lowered program says what the terms mean, and no range lies.
 */
class RandomModelTest {

  private static final int PROGRAMS = Integer.getInteger("rew.test.programs", 1500);
  private static final int STEPS = 6;

  @Test
  void lowersToWhatTermsMeanAndRangesHold() {
    long values = 0;
    long claims = 0;
    int failures = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Run run = new Run(seed);
      run.run();
      values += run.values;
      claims += run.claims;
      failures += run.failures;
    }
    assertTrue(values > 20L * PROGRAMS, "only " + values);
    assertTrue(claims > 65L * PROGRAMS, "only " + claims);
    assertTrue(failures > PROGRAMS / 10, "only " + failures);
    System.out.println(values + " values, " + claims + " claims, " + failures + " failed steps");
  }

  private static final class Run {
    private final long seed;
    private final Random random;
    private final RandomModel made;
    private final Model model;
    private final List<Term> closed = new ArrayList<>();
    long values;
    long claims;
    int failures;

    Run(long seed) {
      this.seed = seed;
      random = new Random(seed * 31 + 7);
      made = new RandomModel(seed);
      model = made.kit.model();
      // Every term that stands in no loop is looked at, not only the results.
      TermGraph graph = new TermGraph();
      graph.add(made.terms);
      Set<Term> roots = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
      roots.addAll(made.terms);
      for (Term term : graph.order()) {
        if (graph.free(term).isEmpty() && (roots.contains(term) || random.nextInt(3) == 0)) {
          closed.add(term);
        }
      }
    }

    void run() {
      Ranges ranges = Ranges.of(closed);
      Program program = new Program(model, closed);
      List<Map<InputVar, double[]>> done = new ArrayList<>();
      for (int s = 0; s < STEPS; s++) {
        Map<InputVar, double[]> inputs = new IdentityHashMap<>();
        List<Double> flat = new ArrayList<>();
        for (InputVar input : model.inputs()) {
          double[] numbers = new double[input.type().size()];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(input);
            flat.add(numbers[i]);
          }
          inputs.put(input, numbers);
        }
        List<Map<InputVar, double[]>> steps = new ArrayList<>(done);
        steps.add(inputs);
        double[] before = program.state();
        int result = program.tryStep(flat.stream().mapToDouble(Double::doubleValue).toArray());
        if (result != Evaluator.OK) {
          failures++;
          org.junit.jupiter.api.Assertions.assertArrayEquals(before, program.state());
          continue;
        }
        done = steps;
        compare(program, ranges, new Oracle(steps), s == 0 ? 0 : steps.size() - 1);
      }
    }

    private double number(InputVar input) {
      double low = Math.max(input.range().low(), -1e3);
      double high = Math.min(input.range().high(), 1e3);
      if (input.range().high() > 1e6 && input.type().base() == Base.INT && random.nextInt(4) == 0) {
        return input.range().high() - random.nextInt(3);
      }
      double value =
          switch (random.nextInt(5)) {
            case 0 -> low;
            case 1 -> high;
            case 2 -> Math.max(low, Math.min(0, high));
            default -> low + (high - low) * random.nextDouble();
          };
      return switch (input.type().base()) {
        case REAL -> value;
        case INT -> Math.rint(value);
        default -> random.nextInt(2);
      };
    }

    private void compare(Program program, Ranges ranges, Oracle oracle, int step) {
      int at = 0;
      for (Term term : closed) {
        Fact fact = ranges.fact(term);
        for (int i = 0; i < term.type().size(); i++) {
          double expected = oracle.at(term, step, Oracle.unflat(i, term.type().shape()));
          double got = program.frame.outputs[at++];
          String where =
              "seed " + seed + " step " + step + " of " + describe(term, 5) + " element " + i;
          assertEquals(expected, got, where);
          values++;
          claim(fact, expected, where);
        }
      }
    }

    private void claim(Fact fact, double value, String where) {
      claims++;
      switch (fact) {
        case Fact.Number n -> {
          claims++;
          boolean holds =
              Double.isNaN(value)
                  ? n.nan()
                  : Double.isInfinite(value)
                      ? value < 0 ? n.below() : n.above()
                      : n.low() <= value && value <= n.high() && !(n.nonZero() && value == 0);
          assertTrue(holds, () -> where + ": " + value + " is not in " + n);
          claims++;
        }
        case Fact.Truth t -> {
          boolean holds =
              Double.isNaN(value) ? t.mayBeUnknown() : value == 1 ? t.mayBeTrue() : t.mayBeFalse();
          assertTrue(holds, () -> where + ": " + value + " is not in " + t);
        }
      }
    }
  }

  /** A term as text, for messages. */
  static String describe(Term term, int depth) {
    Term bare = Terms.bare(term);
    String name =
        switch (bare) {
          case Term.Const c -> String.valueOf(c.value());
          case Term.Input i -> i.input().name();
          case Term.Apply a -> a.op().name();
          case Term.Reduce r -> r.op() + (r.axis() == null ? "" : "@" + r.axis());
          case Term.ReduceOver r -> r.op() + "over" + r.binders();
          case Term.Past p -> "past" + p.op();
          case Term.Sliding s -> "sliding" + s.op() + s.from() + ".." + s.to();
          case Term.LoopIndex i -> i.binder().name();
          case Term.WindowAt w -> "window" + w.window().steps();
          default -> bare.getClass().getSimpleName();
        };
    if (depth == 0 || Terms.children(bare).isEmpty()) {
      return name + bare.type().shape();
    }
    List<String> parts = new ArrayList<>();
    Terms.children(bare).forEach(c -> parts.add(describe(c, depth - 1)));
    return name + bare.type().shape() + parts;
  }

  @Test
  void loweringIsDeterministic() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      RandomModel made = new RandomModel(4711);
      texts.add(new Program(made.kit.model(), made.terms).text());
    }
    assertEquals(1, texts.size());
  }
}
