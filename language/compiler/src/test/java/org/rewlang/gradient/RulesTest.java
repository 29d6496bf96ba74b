package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Kind;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/** Each operation by itself: smooth places against differences, kinks against the rules. */
class RulesTest {

  private static final String V = "in v f64[4]\n";

  private static CoreProgram program(String text) {
    CoreProgram program =
        CoreParser.parse(Source.of("rules", "core rules clock step\n" + text)).orThrow();
    assertEquals(List.of(), CoreValidator.validate(program));
    return program;
  }

  /** The derivatives of the only output by all inputs, one after the other. */
  private static double[] at(String text, double... inputs) {
    CoreProgram program = program(text);
    CoreProgram both = Gradient.of(program, List.of(0), Differences.leaves(program));
    assertEquals(List.of(), CoreValidator.validate(both));
    Evaluator evaluator = new Interpreter().prepare(both);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    System.arraycopy(inputs, 0, frame.inputs, 0, inputs.length);
    assertEquals(Evaluator.OK, evaluator.step(frame));
    int first = program.outputs().getFirst().type().size();
    return Arrays.copyOfRange(frame.outputs, first, frame.outputs.length);
  }

  private static double one(String expression, double x) {
    return at("in x f64\nout total total = " + expression, x)[0];
  }

  private static double[] two(String op, double x, double y) {
    return at("in x f64\nin y f64\nout total total = " + op + "(x, y)", x, y);
  }

  // Every operation that has a slope, by closed forms worked out by hand.

  @ParameterizedTest
  @CsvSource({
    "neg(x), 0.3, -1",
    "abs(x), 0.3, 1",
    "abs(x), -0.3, -1",
    "sqrt(x), 4, 0.25",
    "floor(x), 1.5, 0",
    "rint(x), 1.7, 0",
    "exp(x), 0, 1",
    "exp(x), 1, 2.718281828459045",
    "expm1(x), 1, 2.718281828459045",
    "log(x), 4, 0.25",
    "log1p(x), 3, 0.25",
    "sin(x), 0, 1",
    "sin(x), 1.0471975511965976, 0.5",
    "cos(x), 0.5235987755982989, -0.5",
    "tan(x), 0.7853981633974483, 2",
    "asin(x), 0.6, 1.25",
    "acos(x), 0.6, -1.25",
    "tanh(x), 0, 1",
    "tanh(x), 0.5493061443340548, 0.75",
  })
  void oneOperand(String expression, double x, double slope) {
    assertEquals(slope, one(expression, x), 1e-14);
  }

  @ParameterizedTest
  @CsvSource({
    "add, 2, 5, 1, 1",
    "sub, 2, 5, 1, -1",
    "mul, 2, 5, 5, 2",
    "div, 3, 4, 0.25, -0.1875",
    "min, 2, 5, 1, 0",
    "min, 5, 2, 0, 1",
    "max, 2, 5, 0, 1",
    "max, 5, 2, 1, 0",
    "pow, 3, 2, 6, 9.887510598012987",
    "pow, -3, 2, -6, NaN",
    "atan2, 3, 4, 0.16, -0.12",
  })
  void twoOperands(String op, double x, double y, double byX, double byY) {
    assertArrayEquals(new double[] {byX, byY}, two(op, x, y), 1e-14);
  }

  @Test
  void noOperationIsForgotten() throws NoSuchMethodException {
    Set<UnaryOp> unary = EnumSet.noneOf(UnaryOp.class);
    for (String row : rows("oneOperand", String.class, double.class, double.class)) {
      unary.add(UnaryOp.valueOf(row.substring(0, row.indexOf('(')).toUpperCase()));
    }
    for (UnaryOp op : UnaryOp.values()) {
      assertEquals(op.operand() == Kind.F64 && op.result() == Kind.F64, unary.contains(op));
    }
    Set<BinaryOp> binary = EnumSet.noneOf(BinaryOp.class);
    for (String row :
        rows("twoOperands", String.class, double.class, double.class, double.class, double.class)) {
      binary.add(BinaryOp.valueOf(row.substring(0, row.indexOf(',')).toUpperCase()));
    }
    for (BinaryOp op : BinaryOp.values()) {
      assertEquals(op.result() == Kind.F64, binary.contains(op));
    }
  }

  private static String[] rows(String method, Class<?>... types) throws NoSuchMethodException {
    return RulesTest.class.getDeclaredMethod(method, types).getAnnotation(CsvSource.class).value();
  }

  // Kinks.

  @ParameterizedTest
  @CsvSource({
    "abs(x), 0, 0",
    "'min(x, 1)', 1, 1",
    "'min(1, x)', 1, 0",
    "'max(x, 1)', 1, 1",
    "'max(1, x)', 1, 0",
    "'min(max(x, 0), 1)', 0, 1",
    "'min(max(x, 0), 1)', 1, 1",
    "'min(max(x, 0), 1)', -0.1, 0",
    "'min(max(x, 0), 1)', 1.1, 0",
    "floor(x), 2, 0",
    "rint(x), 2.5, 0",
    "'select(lt(x, 1), mul(2, x), mul(3, x))', 1, 3",
    "'select(le(x, 1), mul(2, x), mul(3, x))', 1, 2",
    "'itof(btoi(lt(x, 1)))', 1, 0",
    "'itof(ftoi(x))', 1, 0",
  })
  void kinks(String expression, double x, double slope) {
    assertEquals(slope, one(expression, x));
  }

  /** What isn't taken is worth nothing, defined or not; nor is what doesn't move. */
  @ParameterizedTest
  @CsvSource({
    "'select(lt(x, 0), sqrt(x), x)', 2, 1",
    "'select(lt(0, x), sqrt(x), x)', -2, 1",
    "'select(lt(0, x), log(x), 0)', 0, 0",
    "'select(finite(div(1, x)), div(1, x), 7)', 0, 0",
    "'sqrt(mul(x, x))', 0, 0",
    "'mul(sin(0), sqrt(x))', 0, 0",
    "'max(sqrt(x), 5)', -0.0, 0",
    "sqrt(x), 0, Infinity",
    "'pow(x, 0)', 0, 0",
    "'pow(x, 1)', 0, 1",
    "'pow(x, 3)', -2, 12",
  })
  void zeroEndsTheChain(String expression, double x, double slope) {
    assertEquals(slope, one(expression, x));
  }

  /** Of equal ones the first, in the order in which the elements stand. */
  @ParameterizedTest
  @CsvSource({
    "'min i<4 { yield v[i] }', 0 1 0 0",
    "'max i<4 { yield v[i] }', 1 0 0 0",
    "'max i<4 { where lt(v[i], 3) yield v[i] }', 0 1 0 0",
    "'sum i<4 { where lt(v[i], 3) yield v[i] }', 0 1 1 0",
    "'prod i<4 { yield v[i] }', 3 9 9 3",
    "'prod i<4 { where lt(v[i], 3) yield v[i] }', 0 1 1 0",
    "'itof(argmin i<4 { yield v[i] })', 0 0 0 0",
    "'v[argmin i<4 { yield v[i] }]', 0 1 0 0",
    "'v[ftoi(-7)]', 1 0 0 0",
    "'v[ftoi(7)]', 0 0 0 1",
    "'v[ftoi(v[0])]', 0 0 0 1",
  })
  void reductions(String expression, String derivatives) {
    double[] expected =
        Stream.of(derivatives.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertArrayEquals(expected, at(V + "out total total = " + expression, 3, 1, 1, 3));
  }

  /** A zero among factors: others by the product of the rest, which no division would give. */
  @Test
  void productsOfZeros() {
    String prod = V + "out total total = prod i<4 { yield v[i] }";
    assertArrayEquals(new double[] {0, 24, 0, 0}, at(prod, 2, 0, 3, 4));
    assertArrayEquals(new double[] {0, 0, 0, 0}, at(prod, 2, 0, 0, 4));
  }

  /** Nothing is left of an empty minimum: it has no value, and no derivative. */
  @Test
  void anEmptyMinimum() {
    String text =
        V
            + "m = min i<4 { where lt(v[i], 0) yield v[i] }\n"
            + "out total total = select(finite(m), m, v[2])";
    assertArrayEquals(new double[] {0, 0, 1, 0}, at(text, 3, 1, 1, 3));
  }

  /** The place that each element is sorted to; equal ones keep their order. */
  @Test
  void sorting() {
    String text =
        V + "s = sort(v)\nout total total = add(mul(10, s[0]), add(mul(100, s[2]), s[3]))";
    assertArrayEquals(new double[] {100, 10, 0, 1}, at(text, 3, 1, 2, 4));
    assertArrayEquals(new double[] {0, 10, 100, 1}, at(text, 2, 1, 2, 4));
  }

  /** An exponential average of four numbers: weights 1/8, 1/8, 1/4, 1/2. */
  @Test
  void folds() {
    String text =
        V + "s = fold i<4 (a = v[0]) { yield div(add(a, v[i]), 2) }\n" + "out total total = s";
    assertArrayEquals(new double[] {1 / 8.0, 1 / 8.0, 1 / 4.0, 1 / 2.0}, at(text, 3, 1, 2, 4));
  }

  /** Only rounds that count; the mask is told from what the fold has so far. */
  @Test
  void maskedFolds() {
    String text =
        V + "s = fold i<4 (a = 1) { where lt(a, 5) yield mul(a, v[i]) }\n" + "out total total = s";
    // 1, 3, 6 and no more.
    assertArrayEquals(new double[] {2, 3, 0, 0}, at(text, 3, 2, 2, 4));
  }

  @Test
  void foldsThatPut() {
    String text =
        V
            + "a = fold i<3 (a = build k<4 { yield v[k] })"
            + " { yield put(a, iadd(i, 1), mul(a[i], a[iadd(i, 1)])) }\n"
            + "out total total = a[3]";
    // The product of all.
    assertArrayEquals(new double[] {24, 40, 30, 60}, at(text, 5, 3, 4, 2));
  }

  /** State is held as it is, and so is what was pushed. */
  @Test
  void stateIsHeld() {
    String text =
        """
        in x f64
        state s f64 = 2
        hist h f64 last 2
        next s = x
        push h = x
        out total total = add(mul(s, x), mul(x, select(ilt(int(0), filled(h)), ago(h, int(0)), 5)))
        """;
    assertArrayEquals(new double[] {7}, at(text, 3));
  }

  static Stream<String> arrays() {
    return Stream.of(
        "sum i<2, j<3 { yield exp(m[i,j]) }",
        "sum i<2 { yield sqrt(add(1, sum j<3 { yield mul(m[i,j], m[i,j]) })) }",
        "sum i<2 { n = sum j<3 { yield exp(m[i,j]) } yield sum j<3 { yield mul(div(exp(m[i,j]),"
            + " n), itof(j)) } }",
        "max i<2 { yield sum j<3 { yield mul(m[i,j], m[i,j]) } }",
        "sum i<2 { yield max j<3 { yield mul(m[i,j], m[i,int(0)]) } }",
        "prod i<2 { yield sum j<3 { yield sin(m[i,j]) } }",
        "sum i<2 { r = build j<3 { yield mul(m[i,j], 2) } s = sort(r) yield mul(s[1], s[2]) }",
        "fold i<2 (a = 1) { yield sin(add(a, sum j<3 { yield mul(m[i,j], a) })) }",
        "sum i<2 { f = fold j<3 (a = m[i,0]) { yield mul(a, sin(m[i,j])) } yield f }",
        "m[ftoi(m[0,0]), ftoi(m[1,1])]",
        "sum i<2 { yield mul(m[i,0], sum j<3 { yield mul(m[int(0),j], m[i,ftoi(m[i,j])]) }) }");
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arraysInLoops(String expression) {
    CoreProgram program = program("in m f64[2,3]\nt = " + expression + "\nout total total = t");
    Differences.Report report = Differences.compare(program, new Interpreter(), new Random(1), 20);
    assertTrue(report.compared() > 60, report.toString());
    assertTrue(report.moving() > 5, report.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"out total total = 3", "out total total = itof(ftoi(x))"})
  void whatDoesNotDepend(String text) {
    assertArrayEquals(new double[] {0}, at("in x f64\n" + text, 1.5));
  }

  @Test
  void whatEachAgentIsPaidIsAddedUp() {
    String text = V + "out total total = build i<4 { yield mul(v[i], v[0]) }";
    assertArrayEquals(new double[] {2 * 5 + 3 + 4 + 2, 5, 5, 5}, at(text, 5, 3, 4, 2));
  }
}
