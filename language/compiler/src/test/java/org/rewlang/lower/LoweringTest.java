package org.rewlang.lower;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rewlang.lower.Kit.add;
import static org.rewlang.lower.Kit.and;
import static org.rewlang.lower.Kit.apply;
import static org.rewlang.lower.Kit.at;
import static org.rewlang.lower.Kit.bool;
import static org.rewlang.lower.Kit.build;
import static org.rewlang.lower.Kit.coalesce;
import static org.rewlang.lower.Kit.div;
import static org.rewlang.lower.Kit.index;
import static org.rewlang.lower.Kit.integer;
import static org.rewlang.lower.Kit.less;
import static org.rewlang.lower.Kit.mul;
import static org.rewlang.lower.Kit.norm;
import static org.rewlang.lower.Kit.not;
import static org.rewlang.lower.Kit.num;
import static org.rewlang.lower.Kit.or;
import static org.rewlang.lower.Kit.over;
import static org.rewlang.lower.Kit.past;
import static org.rewlang.lower.Kit.prev;
import static org.rewlang.lower.Kit.primed;
import static org.rewlang.lower.Kit.real;
import static org.rewlang.lower.Kit.reduce;
import static org.rewlang.lower.Kit.ref;
import static org.rewlang.lower.Kit.select;
import static org.rewlang.lower.Kit.slice;
import static org.rewlang.lower.Kit.stack;
import static org.rewlang.lower.Kit.step;
import static org.rewlang.lower.Kit.sub;
import static org.rewlang.lower.Kit.sum;
import static org.rewlang.lower.Kit.truth;
import static org.rewlang.lower.Kit.unknown;
import static org.rewlang.lower.Kit.whole;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.engine.Evaluator;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Requirement;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Window;

class LoweringTest {

  private static final double NAN = Double.NaN;

  @Test
  void distanceOfTwoPoints() {
    Kit kit = new Kit();
    Term hand = kit.input("hand", real(3), -10, 10);
    Term cube = kit.input("cube", real(3), -10, 10);
    kit.total(norm(sub(hand, cube)));
    Program program = new Program(kit);
    assertEquals(
        Math.sqrt((0.0 + 1.5 * 1.5) + 2.0 * 2.0 + 0.25 * 0.25),
        program.step(1.5, 0, 0.25, 0, 2, 0)[0]);
    // One loop, the difference computed once in it; the root of a sum of squares needs no check.
    assertEquals(6, program.facts().ops(), program::text);
    assertTrue(program.core.step().sinks().size() == 1, program::text);
  }

  @Test
  void broadcastSliceAxisAndStack() {
    Kit kit = new Kit();
    Term points = kit.input("points", real(4, 3), -10, 10);
    Term hand = kit.input("hand", real(3), -10, 10);
    Term d = sub(points, hand);
    Term lengths = apply(Operation.SQRT, reduce(ReduceOp.SUM, mul(d, d), 1));
    kit.metric("nearest", reduce(ReduceOp.MIN, lengths));
    kit.metric("which", reduce(ReduceOp.ARGMIN, lengths));
    kit.metric("lengths", lengths);
    kit.metric("part", sum(slice(points, List.of(1, 1), 2, 2)));
    kit.metric("stack", sum(stack(at(points, whole(0)), hand)));
    double[] in = {1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, 0.5, 0.25, 0};
    double[] out = new Program(kit).step(in);
    double[] length = new double[4];
    for (int p = 0; p < 4; p++) {
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        double x = in[p * 3 + c] - in[12 + c];
        sum += x * x;
      }
      length[p] = Math.sqrt(sum);
    }
    assertEquals(length[0], out[0]);
    assertEquals(0, out[1]);
    assertArrayEquals(length, new double[] {out[2], out[3], out[4], out[5]});
    assertEquals(5 + 6 + 8 + 9, out[6]);
    assertEquals(1 + 2 + 3 + 0.5 + 0.25, out[7]);
  }

  @Test
  void kleeneTables() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(2));
    // NaN > 0 is unknown: 0/0 in the input stands for it.
    Term a = less(num(0), div(at(x, whole(0)), at(x, whole(0))));
    Term yes = truth(true);
    Term no = truth(false);
    Term[] values = {no, yes, unknown(), a};
    double[] as = {0, 1, NAN, NAN};
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        kit.metric("and" + i + j, coded(and(values[i], values[j])));
        kit.metric("or" + i + j, coded(or(values[i], values[j])));
      }
    }
    double[] out = new Program(kit).step(0, 0);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        double p = as[i];
        double q = as[j];
        double both = p == 0 || q == 0 ? 0 : Double.isNaN(p) || Double.isNaN(q) ? NAN : 1;
        double either = p == 1 || q == 1 ? 1 : Double.isNaN(p) || Double.isNaN(q) ? NAN : 0;
        assertEquals(both, out[2 * (4 * i + j)], i + " and " + j);
        assertEquals(either, out[2 * (4 * i + j) + 1], i + " or " + j);
      }
    }
  }

  /** 1 if true, 0 if false, NaN if unknown: a choice by an unknown condition is undefined. */
  private static Term coded(Term bool) {
    return select(bool, num(1), num(0));
  }

  @Test
  void whatStandsForUndefinedValues() {
    Kit kit = new Kit();
    Term a = kit.input("a", real());
    Term b = kit.input("b", real());
    Term q = div(a, b);
    kit.metric("number", coalesce(q, num(-1)));
    kit.metric("bool", coded(coalesce(less(num(2), q), truth(false))));
    kit.metric("bool or true", coded(coalesce(less(num(2), q), truth(true))));
    kit.metric("defined", coded(apply(Operation.DEFINED, q)));
    kit.metric("arm", select(less(num(0), b), q, num(5)));
    kit.metric("equal", coded(coalesce(apply(Operation.EQUAL, q, q), truth(false))));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {3, 1, 1, 1, 3, 1}, program.step(6, 2));
    assertArrayEquals(new double[] {-1, 0, 1, 0, 5, 0}, program.step(0, 0));
    // Infinity compares, but does not stand.
    assertArrayEquals(new double[] {-1, 1, 1, 0, 5, 1}, program.step(1, 0));
  }

  @Test
  void undefinedResultsFailAndLeaveState() {
    Kit kit = new Kit();
    Term a = kit.input("a", real());
    Term b = kit.input("b", real());
    Term ratio = kit.let("ratio", div(a, b));
    Term held = kit.let("held", prev(ratio, num(7)));
    Term first = kit.component("first", add(ratio, held));
    kit.total(first);
    Program program = new Program(kit);
    assertArrayEquals(new double[] {10, 10}, program.step(6, 2));
    assertArrayEquals(new double[] {5, 5}, program.step(2, 1));
    double[] before = program.state();
    assertEquals("undefined component `first`", program.failure(0, 0));
    assertArrayEquals(before, program.state());
    assertArrayEquals(new double[] {5, 5}, program.step(6, 2));
  }

  @Test
  void guardsAreAskedBeforeComponentsAndRequirementsBeforeGuards() {
    Kit kit = new Kit();
    Term a = kit.input("a", real());
    Term b = kit.input("b", real());
    Term open = less(num(3), div(a, b));
    kit.strict.add(new Strict("the condition of `bonus`", open));
    Term bonus = kit.component("bonus", select(open, div(a, b), num(0)));
    kit.total(bonus);
    kit.requirements.add(new Requirement(less(a, num(100)), Kit.HERE));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {4, 4}, program.step(8, 2));
    assertEquals("undefined the condition of `bonus`", program.failure(0, 0));
    assertEquals("required the requirement", program.failure(100, 0));
    assertEquals("undefined component `bonus`", program.failure(1, 0));
  }

  @Test
  void closedGateHidesUndefinedValue() {
    Kit kit = new Kit();
    Term a = kit.input("a", real());
    Term open = less(num(0), a);
    kit.strict.add(new Strict("the condition of `bonus`", open));
    kit.component("bonus", select(open, apply(Operation.LOG, a), num(0)));
    Program program = new Program(kit);
    assertEquals(0, program.step(-1)[0]);
    assertEquals(StrictMath.log(3), program.step(3)[0]);
  }

  @Test
  void stateAdvancesInABranchNotTaken() {
    Kit kit = new Kit();
    Term use = kit.input("use", bool());
    Term x = kit.input("x", real());
    Term y = kit.input("y", real());
    Definition ema = kit.declare("ema", Type.REAL);
    Term before = prev(ref(ema), num(0));
    ema.define(add(mul(num(0.5), before), mul(num(0.5), div(x, y))));
    kit.total(select(use, ref(ema), num(0)));
    Program program = new Program(kit);
    assertEquals(0, program.step(0, 8, 1)[0]);
    assertEquals(0.5 * 4 + 0.5 * 2, program.step(1, 2, 1)[0]);
    double[] state = program.state();
    assertEquals("undefined the state of `ema`", program.failure(0, 0, 0));
    assertArrayEquals(state, program.state());
  }

  @Test
  void previousValueAndResetObservation() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -100, 100);
    Term y = kit.input("y", real(), -100, 100);
    Term change = sub(x, primed(x, x));
    kit.metric("change", change);
    kit.metric("sum", primed(add(x, y), num(-1)));
    kit.metric("start", new Term.Initial(x, true, Type.REAL, Kit.HERE));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {0, -1, 5}, program.step(5, 2));
    assertArrayEquals(new double[] {3, 7, 5}, program.step(8, 1));
    program.observe(4, NAN);
    assertArrayEquals(new double[] {1, -1, 4}, program.step(5, 2));
    assertArrayEquals(new double[] {-5, 7, 4}, program.step(0, 0));
    program.observe(4, 6);
    assertArrayEquals(new double[] {1, 10, 4}, program.step(5, 2));
    program.end();
    assertArrayEquals(new double[] {0, -1, 9}, program.step(9, 9));
  }

  @Test
  void nothingBeforeTheFirstStep() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -100, 100);
    kit.total(primed(x, null));
    kit.metric("rising", coded(and(truth(true), not(primed(less(num(0), x), null)))));
    Program program = new Program(kit);
    assertEquals("undefined the total", program.failure(1));
    program.observe(3);
    assertArrayEquals(new double[] {3, 0}, program.step(1));
  }

  @Test
  void undefinedResetObservation() {
    Kit kit = new Kit();
    Term x = kit.input("x", real());
    Term y = kit.input("y", real());
    kit.let("ratio", div(x, y));
    kit.total(primed(ref(kit.definitions.getFirst()), num(0)));
    Program program = new Program(kit);
    program.observe(8, 4);
    assertEquals(2, program.step(1, 1)[0]);
    double[] before = program.state();
    assertTrue(program.tryObserve(0, 0) != Evaluator.OK);
    assertArrayEquals(before, program.state());
  }

  @Test
  void timersOfFourFeet() {
    Kit kit = new Kit();
    Term contact = kit.input("contact", bool(4));
    Definition air = kit.declare("air", real(4));
    Term zero = new Term.Broadcast(num(0), real(4), Kit.HERE);
    Term before = prev(ref(air), num(0));
    air.define(select(contact, zero, add(before, num(0.02))));
    kit.metric("air", ref(air));
    kit.total(sum(select(contact, sub(prev(ref(air), num(0)), num(0.5)), zero)));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {0.02, 0, 0.02, 0, 2 * (0 - 0.5)}, program.step(0, 1, 0, 1));
    assertArrayEquals(
        new double[] {0.02 + 0.02, 0.02, 0, 0.02, 0 + (0.02 - 0.5)}, program.step(0, 0, 1, 0));
    // Both of `prev` are one slot.
    assertEquals(4 * 8, program.facts().stateBytes(), program::text);
  }

  @Test
  void stateInALoopHasOneElementForEachRound() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(2, 3), -10, 10);
    Binder i = new Binder("i", 2);
    Binder j = new Binder("j", 3);
    Definition local = new Definition("acc", Definition.Kind.LOCAL, Type.REAL, null, Kit.HERE);
    Term element = at(x, index(i), index(j));
    local.define(add(mul(num(0.5), prev(ref(local), element)), element));
    Term all = kit.let("acc", build(List.of(i, j), ref(local)));
    kit.metric("acc", all);
    kit.total(sum(all));
    Program program = new Program(kit);
    double[] state = {1, 2, 3, 4, 5, 6};
    for (int s = 0; s < 3; s++) {
      double[] in = new double[6];
      for (int k = 0; k < 6; k++) {
        in[k] = k + 1 + s;
        state[k] = 0.5 * (s == 0 ? in[k] : state[k]) + in[k];
      }
      double[] out = program.step(in);
      double sum = 0;
      for (int k = 0; k < 6; k++) {
        assertEquals(state[k], out[k]);
        sum += state[k];
      }
      assertEquals(sum, out[6]);
    }
  }

  @Test
  void aggregatesOverThePast() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -100, 100);
    Term since = kit.input("since", bool());
    Term where = kit.input("where", bool());
    for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MIN, ReduceOp.MAX)) {
      kit.metric(op + "", past(op, x, null, null));
      kit.metric(op + " since", past(op, x, since, null));
      kit.metric(op + " where", past(op, x, null, where));
      kit.metric(op + " both", past(op, x, since, where));
    }
    kit.metric("ever", coded(past(ReduceOp.ANY, less(num(6), x), null, null)));
    kit.metric("always", coded(past(ReduceOp.ALL, less(x, num(6)), since, null)));
    Program program = new Program(kit);
    double[][] steps = {{5, 0, 0}, {3, 0, 1}, {4, 0, 1}, {7, 1, 0}, {2, 0, 1}, {9, 0, 0}};
    double[][] expected = {
      {5, 5, 0, 0, 5, 5, 1, 1, 5, 5, NAN, NAN, 5, 5, NAN, NAN, 0, 1},
      {8, 8, 3, 3, 15, 15, 3, 3, 3, 3, 3, 3, 5, 5, 3, 3, 0, 1},
      {12, 12, 7, 7, 60, 60, 12, 12, 3, 3, 3, 3, 5, 5, 4, 4, 0, 1},
      {19, 7, 7, 0, 420, 7, 12, 1, 3, 7, 3, NAN, 7, 7, 4, NAN, 1, 0},
      {21, 9, 9, 2, 840, 14, 24, 2, 2, 2, 2, 2, 7, 7, 4, 2, 1, 0},
      {30, 18, 9, 2, 7560, 126, 24, 2, 2, 2, 2, 2, 9, 9, 4, 2, 1, 0},
    };
    for (int s = 0; s < steps.length; s++) {
      assertArrayEquals(expected[s], program.step(steps[s]), "step " + s);
    }
  }

  @Test
  void windows() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -1e6, 1e6);
    Window window = new Window(x, 3);
    Term count = new Term.WindowCount(window, Type.INT, Kit.HERE);
    Binder k = new Binder("k", 3);
    Term value = new Term.WindowAt(window, index(k), Type.REAL, Kit.HERE);
    Term where = less(index(k), count);
    kit.metric("mean", div(over(ReduceOp.SUM, List.of(k), where, value), count));
    kit.metric("max", over(ReduceOp.MAX, List.of(k), where, value));
    kit.metric("oldest", new Term.WindowAt(window, whole(0), Type.REAL, Kit.HERE));
    kit.metric("outside", new Term.WindowAt(window, whole(2), Type.REAL, Kit.HERE));
    kit.total(over(ReduceOp.MIN, List.of(k), where, value));
    Program program = new Program(kit);
    double[] x0 = {1e6, 0.1, 0.2, 0.3, -5};
    for (int s = 0; s < x0.length; s++) {
      double[] out = program.step(x0[s]);
      int first = Math.max(0, s - 2);
      double sum = 0;
      double max = x0[first];
      double min = x0[first];
      for (int t = first; t <= s; t++) {
        sum += x0[t];
        max = Math.max(max, x0[t]);
        min = Math.min(min, x0[t]);
      }
      assertArrayEquals(
          new double[] {sum / (s - first + 1), max, x0[first], s < 2 ? NAN : x0[s], min},
          out,
          "step " + s);
    }
    // The window is never empty, so neither minimum nor mean is ever checked.
    assertTrue(
        program.core.step().sinks().stream()
            .noneMatch(s -> s instanceof org.rewlang.core.Sink.Check),
        program::text);
  }

  @Test
  void occurrencesOfAKey() {
    Kit kit = new Kit();
    Term key = kit.input("key", real(), -100, 100);
    Term times = kit.let("times", new Term.Occurrences(key, 3, Type.INT, Kit.HERE));
    kit.total(times);
    Program program = new Program(kit);
    double[] keys = {4, -2, 4, 0, -0.0, 4, -2};
    double[] counts = {1, 1, 2, 1, 2, 3, 2};
    for (int s = 0; s < keys.length; s++) {
      assertEquals(counts[s], program.step(keys[s])[0], "step " + s);
    }
    double[] before = program.state();
    assertEquals("full the table of `times`", program.failure(17));
    assertArrayEquals(before, program.state());
    assertEquals(4, program.step(4)[0]);
    program.end();
    assertEquals(1, program.step(17)[0]);
  }

  @Test
  void computedIndices() {
    Kit kit = new Kit();
    Term v = kit.input("v", real(3));
    Term flags = kit.input("flags", bool(3));
    Term i = kit.input("i", integer(), -5, 5);
    kit.metric("at", at(v, i));
    kit.metric("flag", coded(at(flags, i)));
    kit.metric("computed", at(mul(v, num(2)), apply(Operation.ADD, i, whole(1))));
    kit.metric("table", at(stack(num(10), num(20), num(30)), i));
    kit.metric("parts", at(stack(at(v, whole(2)), num(20)), i));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {8, 1, 18, 20, 20}, program.step(7, 8, 9, 0, 1, 0, 1));
    assertArrayEquals(new double[] {9, 0, NAN, 30, NAN}, program.step(7, 8, 9, 0, 1, 0, 2));
    assertArrayEquals(new double[] {NAN, 0, NAN, NAN, NAN}, program.step(7, 8, 9, 1, 1, 1, 3));
    assertArrayEquals(new double[] {NAN, 0, 14, NAN, NAN}, program.step(7, 8, 9, 1, 1, 1, -1));
    assertArrayEquals(new double[] {7, 1, 16, 10, 9}, program.step(7, 8, 9, 1, 1, 1, 0));
  }

  @Test
  void intsBeyondWhatDoublesHoldAreUndefined() {
    Kit kit = new Kit();
    Term a = kit.input("a", integer());
    Term b = kit.input("b", integer());
    Term v = kit.input("v", integer(3));
    kit.metric("sum", add(a, b));
    kit.metric("product", mul(a, b));
    kit.metric("total", sum(v));
    kit.metric("small", add(apply(Operation.MIN, a, whole(5)), whole(1)));
    Program program = new Program(kit);
    double top = 9007199254740991.0;
    assertArrayEquals(new double[] {5, 6, 6, 3}, program.step(2, 3, 1, 2, 3));
    assertArrayEquals(new double[] {NAN, top, NAN, 6}, program.step(top, 1, top, 2, -2));
    assertArrayEquals(new double[] {top - 1, -top, top, 6}, program.step(top, -1, top, -2, 2));
  }

  @Test
  void reductionsWhereSomeAreLeftOut() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(4));
    Binder i = new Binder("i", 4);
    Term element = at(x, index(i));
    Term positive = less(num(0), element);
    for (ReduceOp op :
        List.of(ReduceOp.SUM, ReduceOp.PROD, ReduceOp.MIN, ReduceOp.MAX, ReduceOp.ARGMIN)) {
      kit.metric(op + "", over(op, List.of(i), positive, element));
    }
    kit.metric("any", coded(over(ReduceOp.ANY, List.of(i), positive, less(element, num(2)))));
    kit.metric("all", coded(over(ReduceOp.ALL, List.of(i), positive, less(element, num(2)))));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {4, 3, 1, 3, 0, 1, 0}, program.step(1, -5, 3, 0));
    assertArrayEquals(new double[] {0, 1, NAN, NAN, NAN, 0, 1}, program.step(-1, -5, -3, 0));
  }

  @Test
  void unknownConditionsInReductions() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(2));
    Binder i = new Binder("i", 2);
    Term q = div(at(x, index(i)), at(x, index(i)));
    Term maybe = less(num(0), q);
    Term big = less(num(1), at(x, index(i)));
    kit.metric("sum", over(ReduceOp.SUM, List.of(i), maybe, num(1)));
    kit.metric("any", coded(over(ReduceOp.ANY, List.of(i), null, or(big, and(maybe, not(maybe))))));
    kit.metric("argmax", over(ReduceOp.ARGMAX, List.of(i), maybe, at(x, index(i))));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {2, 0, 0}, program.step(1, 1));
    assertArrayEquals(new double[] {NAN, 1, NAN}, program.step(0, 2));
    assertArrayEquals(new double[] {NAN, NAN, NAN}, program.step(0, 1));
  }

  @Test
  void stateThatNothingReadsIsCheckedAllTheSame() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -1, 1);
    Term kept = prev(div(num(1), x), num(1));
    kit.metric("known", coded(apply(Operation.DEFINED, kept)));
    Program program = new Program(kit);
    assertEquals(1, program.step(0.5)[0]);
    assertEquals("undefined the state of `known`", program.failure(0));
    assertEquals(0, program.facts().stateBytes(), program::text);
  }

  @Test
  void stepsAreCounted() {
    Kit kit = new Kit();
    kit.metric("step", step());
    kit.metric("time", mul(step(), num(0.5)));
    Program program = new Program(kit);
    assertArrayEquals(new double[] {0, 0}, program.step());
    assertArrayEquals(new double[] {1, 0.5}, program.step());
    program.end();
    assertArrayEquals(new double[] {0, 0}, program.step());
    assertEquals(8, program.facts().stateBytes());
  }

  @Test
  void equalStateIsOne() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), -1, 1);
    Definition first = kit.declare("first", Type.REAL);
    Definition second = kit.declare("second", Type.REAL);
    first.define(add(prev(ref(first), num(0)), x));
    second.define(add(prev(ref(second), num(0)), x));
    kit.metric("first", ref(first));
    kit.metric("second", ref(second));
    Program program = new Program(kit);
    assertEquals(8, program.facts().stateBytes(), program::text);
    assertArrayEquals(new double[] {1, 1}, program.step(1));
  }

  @Test
  void deepTermsDoNotOverflowTheStack() {
    Kit kit = new Kit();
    Term x = kit.input("x", real(), 0, 1);
    Term sum = x;
    for (int i = 0; i < 50_000; i++) {
      sum = add(sum, i % 2 == 0 ? num(1) : num(-1));
    }
    kit.total(sum);
    double expected = 0.25;
    for (int i = 0; i < 50_000; i++) {
      expected += i % 2 == 0 ? 1 : -1;
    }
    assertEquals(expected, new Program(kit).step(0.25)[0]);
  }

  @Test
  void constants() {
    List<double[]> values =
        Lowering.constants(
            List.of(
                stack(num(1), mul(num(2), num(3))),
                apply(Operation.EXP, num(1)),
                less(num(1), num(2))));
    assertArrayEquals(new double[] {1, 6}, values.get(0));
    assertArrayEquals(new double[] {StrictMath.exp(1)}, values.get(1));
    assertArrayEquals(new double[] {1}, values.get(2));
  }
}
