package org.rewlang.interpret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Op;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.source.Source;

class InterpreterTest {

  private static CoreProgram parse(String text) {
    CoreProgram program = CoreParser.parse(Source.of("t", "core t clock step\n" + text)).orThrow();
    assertEquals(List.of(), CoreValidator.validate(program));
    return program;
  }

  private static Frame frame(CoreProgram program) {
    Evaluator evaluator = new Interpreter().prepare(program);
    return evaluator.newFrame(evaluator.layout().defaultParams());
  }

  private static double[] outputs(String text, double... inputs) {
    CoreProgram program = parse(text);
    Frame frame = frame(program);
    System.arraycopy(inputs, 0, frame.inputs, 0, inputs.length);
    assertEquals(Evaluator.OK, new Interpreter().prepare(program).step(frame));
    return frame.outputs;
  }

  private static void gives(String expression, double... expected) {
    assertArrayEquals(
        expected, outputs("in x f64[4] out log y = " + expression, 3, -1, 3, 2), expression);
  }

  @Test
  void reducesFromTheLeft() {
    gives("sum i<4 { yield x[i] }", 7);
    gives("sum i<4 { where lt(x[i], 9) yield x[i] }", 7);
    gives("sum i<4 { where lt(9, x[i]) yield x[i] }", 0);
    gives("prod i<4 { yield x[i] }", -18);
    gives("prod i<4 { where false yield x[i] }", 1);
    gives("min i<4 { yield x[i] }", -1);
    gives("max i<4 { yield x[i] }", 3);
    gives("min i<4 { where false yield x[i] }", Double.NaN);
    gives("max i<4 { where false yield x[i] }", Double.NaN);
    gives("min i<4 { yield inf }", Double.POSITIVE_INFINITY);
    gives("any i<4 { yield lt(x[i], 0) }", 1);
    gives("all i<4 { yield lt(x[i], 0) }", 0);
    gives("any i<4 { where false yield true }", 0);
    gives("all i<4 { where false yield false }", 1);
    gives("argmax i<4 { yield x[i] }", 0);
    gives("argmax i<4 { where ilt(0, i) yield x[i] }", 2);
    gives("argmin i<4 { yield x[i] }", 1);
    gives("argmin i<4 { where false yield x[i] }", -1);
    gives("argmin i<4 { yield inf }", 0);
    gives("argmin i<4 { yield select(ieq(i, 0), 0, -0) }", 0);
    gives("argmin i<4 { yield select(ilt(i, 2), x[i], nan) }", 2);
    gives("argmax j<2, i<2 { yield mul(x[i], itof(j)) }", 2);
  }

  @Test
  void buildsFoldsAndPuts() {
    gives("build i<4 { where lt(0, x[i]) yield neg(x[i]) }", -3, 0, -3, -2);
    gives("build j<2, i<2 { yield sub(x[i], itof(j)) }", 3, -1, 2, -2);
    gives("sort(build i<4 { yield select(ieq(i, 1), nan, x[i]) })", 2, 3, 3, Double.NaN);
    gives("sort(build i<2 { yield select(ieq(i, 0), 0, -0) })", -0.0, 0);
    gives("put(build i<4 { yield x[i] }, ftoi(9), 5)", 3, -1, 3, 5);
    String swap =
        "in x f64[4] a, b = fold i<3 (p = 1, q = 2) { where ilt(i, 2) yield q, add(p, q) }"
            + " out log a = a out log b = b";
    assertArrayEquals(new double[] {3, 5}, outputs(swap));
  }

  @Test
  void converts() {
    gives("itof(ftoi(-2.9))", -2);
    gives("itof(ftoi(nan))", 0);
    gives("itof(ftoi(1e300))", Integer.MAX_VALUE);
    gives("itof(iadd(2147483647, 1))", Integer.MIN_VALUE);
    gives("itof(imul(65536, 65536))", 0);
    gives("rint(2.5)", 2);
    gives("x[ftoi(-1e9)]", 3);
    gives("x[int(7)]".replace("int(7)", "ftoi(7)"), 2);
  }

  private static final double[] GRID = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.75,
    2.5,
    -3,
    1e-9,
    700,
    -710,
    1e300,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.NaN
  };

  private static double bit(boolean b) {
    return b ? 1 : 0;
  }

  /** Each operation by itself, against what Java has for it. */
  @Test
  void computesEveryOperation() {
    Map<String, DoubleUnaryOperator> one = new HashMap<>();
    one.put("neg(x)", x -> -x);
    one.put("abs(x)", x -> x < 0 || 1 / x < 0 ? -x : x);
    one.put("sqrt(x)", Math::sqrt);
    one.put("floor(x)", Math::floor);
    one.put("rint(x)", Math::rint);
    one.put("exp(x)", StrictMath::exp);
    one.put("expm1(x)", StrictMath::expm1);
    one.put("log(x)", StrictMath::log);
    one.put("log1p(x)", StrictMath::log1p);
    one.put("sin(x)", StrictMath::sin);
    one.put("cos(x)", StrictMath::cos);
    one.put("tan(x)", StrictMath::tan);
    one.put("asin(x)", StrictMath::asin);
    one.put("acos(x)", StrictMath::acos);
    one.put("tanh(x)", StrictMath::tanh);
    one.put("finite(x)", x -> bit(x - x == 0));
    one.put("not(lt(x, 0))", x -> bit(!(x < 0)));
    one.put("btoi(lt(x, 0))", x -> bit(x < 0));
    one.put("ftoi(x)", x -> (int) x);
    one.put("itof(ftoi(x))", x -> (double) (int) x);
    Map<String, DoubleBinaryOperator> two = new HashMap<>();
    two.put("add(x, y)", (x, y) -> x + y);
    two.put("sub(x, y)", (x, y) -> x - y);
    two.put("mul(x, y)", (x, y) -> x * y);
    two.put("div(x, y)", (x, y) -> x / y);
    two.put("min(x, y)", Math::min);
    two.put("max(x, y)", Math::max);
    two.put("pow(x, y)", StrictMath::pow);
    two.put("atan2(x, y)", StrictMath::atan2);
    two.put("lt(x, y)", (x, y) -> bit(x < y));
    two.put("le(x, y)", (x, y) -> bit(x <= y));
    two.put("gt(x, y)", (x, y) -> bit(x > y));
    two.put("ge(x, y)", (x, y) -> bit(x >= y));
    two.put("eq(x, y)", (x, y) -> bit(x == y));
    two.put("ne(x, y)", (x, y) -> bit(!(x == y)));
    two.put("and(lt(x, 1), lt(y, 1))", (x, y) -> bit(x < 1 && y < 1));
    two.put("or(lt(x, 1), lt(y, 1))", (x, y) -> bit(x < 1 || y < 1));
    two.put("xor(lt(x, 1), lt(y, 1))", (x, y) -> bit(x < 1 ^ y < 1));
    two.put("iadd(ftoi(x), ftoi(y))", (x, y) -> (int) x + (int) y);
    two.put("imul(ftoi(x), ftoi(y))", (x, y) -> (int) x * (int) y);
    two.put("ieq(ftoi(x), ftoi(y))", (x, y) -> bit((int) x == (int) y));
    two.put("ilt(ftoi(x), ftoi(y))", (x, y) -> bit((int) x < (int) y));
    assertEquals(UnaryOp.values().length, one.size());
    // Three of these are written for others.
    assertEquals(BinaryOp.values().length + 3, two.size());
    one.forEach((text, f) -> computes(text, (x, _) -> f.applyAsDouble(x)));
    two.forEach(InterpreterTest::computes);
  }

  private static void computes(String text, DoubleBinaryOperator expected) {
    CoreProgram program = parse("in x f64 in y f64 out log z = " + text);
    Frame frame = frame(program);
    Evaluator evaluator = new Interpreter().prepare(program);
    for (double x : GRID) {
      for (double y : GRID) {
        frame.inputs[0] = x;
        frame.inputs[1] = y;
        evaluator.step(frame);
        assertEquals(
            expected.applyAsDouble(x, y), frame.outputs[0], text + " of " + x + " and " + y);
      }
    }
  }

  @Test
  void aPlaceBeforeTheNewestIsNotFilled() {
    CoreProgram program =
        parse("in x f64 hist h f64 last 2 out log y = ago(h, ftoi(-1)) push h = x");
    Frame frame = frame(program);
    Evaluator evaluator = new Interpreter().prepare(program);
    for (int i = 0; i < 4; i++) {
      evaluator.step(frame);
      assertEquals(Double.NaN, frame.outputs[0]);
    }
  }

  @Test
  void remembersInOrder() {
    CoreProgram program =
        parse(
            """
            in x f64
            hist h f64 last 3
            state last f64 = -1
            y = add(mul(100, ago(h, 0)), ago(h, 2))
            out log y = y
            out log n = filled(h)
            out log last = last
            push h = x
            next last = x
            """);
    Evaluator evaluator = new Interpreter().prepare(program);
    Frame frame = frame(program);
    double[][] expected = {
      {Double.NaN, 0, -1}, {Double.NaN, 1, 1}, {Double.NaN, 2, 2}, {301, 3, 3}, {402, 3, 4}
    };
    for (int t = 0; t < 5; t++) {
      frame.inputs[0] = t + 1;
      assertEquals(Evaluator.OK, evaluator.step(frame));
      assertArrayEquals(expected[t], frame.outputs);
    }
    double[] canonical = evaluator.layout().canonical(frame.state);
    assertArrayEquals(new double[] {5, 3, 4, 5, 0, 3}, canonical);
    System.arraycopy(canonical, 0, frame.state, 0, canonical.length);
    evaluator.step(frame);
    assertArrayEquals(new double[] {503, 3, 5}, frame.outputs);
  }

  @Test
  void aFailedStepChangesNothing() {
    CoreProgram program =
        parse(
            """
            in x f64
            state n f64 = 5
            hist h f64 last 2
            r = div(1, x)
            next n = add(n, 1)
            push h = r
            out total t = r
            check required "x" lt(-9, x) of x
            check undefined "t" finite(r) of r
            """);
    Evaluator evaluator = new Interpreter().prepare(program);
    Frame frame = frame(program);
    frame.inputs[0] = 4;
    assertEquals(Evaluator.OK, evaluator.step(frame));
    double[] state = frame.state.clone();
    frame.inputs[0] = 0;
    assertEquals(4, evaluator.step(frame));
    frame.inputs[0] = -10;
    assertEquals(3, evaluator.step(frame));
    assertArrayEquals(state, frame.state);
    assertArrayEquals(new double[] {0.25}, frame.outputs);
  }

  @Test
  void aResetSeesItsObservation() {
    CoreProgram program =
        parse(
            """
            in x f64
            in k i32
            state last f64 = 7
            state primed bool = false
            hist h f64 last 2
            out log last = last
            out log primed = primed
            out log n = filled(h)
            next last = x
            push h = x
            reset {
              next last = select(present(x), x, last)
              next primed = present(x)
              check required "k" ilt(k, 9) of k
            }
            """);
    Evaluator evaluator = new Interpreter().prepare(program);
    Frame frame = frame(program);
    frame.inputs[0] = 3;
    evaluator.step(frame);
    double[] before = frame.state.clone();
    frame.inputs[1] = 9;
    assertEquals(2, evaluator.observe(frame));
    assertArrayEquals(before, frame.state);
    frame.present[1] = false;
    assertEquals(Evaluator.OK, evaluator.observe(frame));
    evaluator.step(frame);
    assertArrayEquals(new double[] {3, 1, 0}, frame.outputs);
    frame.present[0] = false;
    evaluator.observe(frame);
    evaluator.step(frame);
    assertArrayEquals(new double[] {7, 0, 0}, frame.outputs);
  }

  // Replay.

  private static Replay replay(CoreProgram program, double... inputs) {
    Frame frame = frame(program);
    System.arraycopy(inputs, 0, frame.inputs, 0, inputs.length);
    return Replay.ofStep(
        new Interpreter().prepare(program).layout(), frame.inputs, frame.params, frame.state);
  }

  /** The line of the printed program that made the value, and the loop's indices. */
  private static String why(String text, double... inputs) {
    CoreProgram program = parse(text + " check undefined \"it\" finite(it) of it");
    int sink = program.step().sinks().size() - 1;
    Replay.Cause cause = replay(program, inputs).why(sink);
    String start = "%" + cause.value() + ":";
    String line =
        CorePrinter.print(program)
            .lines()
            .map(String::strip)
            .filter(l -> l.startsWith(start))
            .findFirst()
            .orElseThrow();
    return line.substring(line.indexOf('=') + 2).replaceAll("%\\d+", "_")
        + cause.operands().stream().map(Replay.Operand::was).toList()
        + cause.loop();
  }

  @Test
  void namesTheOperation() {
    String in = "in x f64 in v f64[3] in w f64[3] state s f64 = 0 next s = x ";
    double[] zero = new double[7];
    assertEquals("div(_, _)[0.0, 0.0][]", why(in + "it = exp(add(1, div(x, x)))", zero));
    assertEquals("div(_, _)[1.0, 0.0][]", why(in + "d = div(1, x) it = sub(d, d)", zero));
    assertEquals("log(_)[0.0][]", why(in + "it = neg(log(x))", zero));
    assertEquals(
        "sqrt(_)[-1.0][]", why(in + "it = select(lt(x, 1), sqrt(sub(x, 1)), log(x))", zero));
    assertEquals("in(x)[][]", why(in + "it = add(x, 1)", Double.NaN));
    assertEquals(
        "div(_, _)[1.0, 0.0][2]", why(in + "it = sum i<3 { yield div(1, v[i]) }", 0, 1, 1, 0));
    assertEquals(
        "div(_, _)[1.0, 0.0][1, 2]",
        why(
            in + "it = max i<2 { where ilt(0, i) yield sum j<3 { yield div(itof(i), v[j]) } }",
            0,
            1,
            1,
            0));
    assertEquals("in(v)[][]", why(in + "it = sum i<3 { yield v[i] }", 0, 1, Double.NaN, 0));
    assertEquals("min _<3 {[][]", why(in + "it = min i<3 { where lt(0, v[i]) yield v[i] }", zero));
    assertEquals(
        "div(_, _)[0.0, 0.0][1]",
        why(in + "b = build i<3 { yield div(v[i], w[i]) } it = neg(b[1])", 0, 1, 0, 1, 1, 0, 1));
    assertEquals(
        "log(_)[-1.0][]",
        why(
            in + "b = put(build i<3 { yield v[i] }, 1, log(-1)) it = sum i<3 { yield b[i] }",
            zero));
    assertEquals(
        "sub(_, _)[-Infinity, -Infinity][]", why(in + "top = -inf it = sub(top, top)", zero));
    assertEquals("mul(_, _)[1.0E300, 1.0E300][]", why(in + "it = mul(x, x)", 1e300));
    assertEquals(
        "div(_, _)[0.0, 0.0][]",
        why(
                in
                    + "b = build i<3 { yield select(ieq(i, 0), div(x, x), 0) } c = sort(b) it = c[2]",
                zero)
            .replace("[0]", "[]"));
  }

  @Test
  void namesTheRoundOfAFold() {
    String in = "in v f64[4] in w f64[4] ";
    assertEquals(
        "div(_, _)[0.0, 0.0][1]",
        why(
            in + "it = fold i<4 (a = 0) { yield add(div(v[i], w[i]), a) }",
            1,
            0,
            1,
            0,
            1,
            0,
            1,
            0));
    assertEquals(
        "div(_, _)[0.0, 0.0][2]",
        why(
            in + "it = fold i<4 (a = 0) { yield add(a, div(v[i], w[i])) }",
            1,
            1,
            0,
            1,
            1,
            1,
            0,
            1));
    assertEquals(
        "log(_)[-1.0][1]",
        why(in + "p, it = fold i<4 (a = 0, b = 0) { yield log(v[i]), add(b, a) }", 1, -1, 1, 1));
    assertEquals(
        "log(_)[-1.0][0]",
        why(
            in
                + "it, q = fold i<4 (a = 1, b = 1) { where ilt(i, 2) yield b, select(ieq(i, 0), log(v[i]), a) }",
            -1,
            1,
            1,
            1));
    assertEquals(
        "log(_)[-1.0][3]",
        why(
            in
                + "c = fold i<4 (a = build k<4 { yield 0 }) { yield put(a, i, log(v[i])) } it = sum i<4 { yield c[i] }",
            1,
            1,
            1,
            -1));
    assertEquals(
        "log(_)[-5.0][]",
        why(in + "z = log(-5) it = fold i<4 (a = z) { yield add(a, v[i]) }", 1, 1, 1, 1));
  }

  @Test
  void namesWhatARequirementLookedAt() {
    CoreProgram program =
        parse(
            """
            in x f64
            ok = and(lt(x, 3), le(sqrt(x), 9))
            check required "x" ok of ok
            """);
    Replay.Cause bad = replay(program, 4).why(0);
    assertEquals(Op.Binary.class, bad.statement().op().getClass());
    Replay undefined = replay(program, -1);
    assertEquals("Unary[op=SQRT, operand=0]", undefined.why(0).statement().op().toString());
    assertEquals(false, undefined.held(0));
  }

  @Test
  void showsEveryValue() {
    CoreProgram program =
        parse("in x f64[2] y = build i<2 { z = mul(x[i], 2) yield z } out log y = y[0]");
    Replay replay = replay(program, 3, 4);
    int built = program.step().block().statements().get(1).result();
    assertEquals("[6.0, 8.0]", Arrays.toString(replay.values(built)));
    assertEquals(8, replay.value(built - 1));
  }
}
