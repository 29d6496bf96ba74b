package org.rewlang.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.compile.RandomBlocks;
import org.rewlang.compile.RandomMachines;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.interpret.Interpreter;
import org.rewlang.oracle.RandomLists;
import org.rewlang.source.Source;
import org.rewlang.temporal.PatternCases;
import org.rewlang.temporal.RtamtCases;
import org.rewlang.temporal.TemporalCases;
import org.rewlang.temporal.VerdictCases;

/** What every engine that compiles must pass; the tests of each implement this. */
public interface EngineContract {

  /** Random programs of the core; {@code -Drew.random=100000} for a long run. */
  long PROGRAMS = Long.getLong("rew.random", 2_500);

  Engine engine();

  static Iterable<CoreCases.Case> cases() {
    return CoreCases.all();
  }

  @ParameterizedTest
  @MethodSource("org.rewlang.engine.EngineContract#cases")
  default void equalsDirectJava(CoreCases.Case test) {
    EngineCases.run(engine(), test);
  }

  @Test
  default void equalsTheInterpreterOnRandomPrograms() {
    Differential.Report report = Differential.compare(engine(), new Interpreter(), 0, PROGRAMS);
    assertTrue(report.values() > 400 * PROGRAMS, report.toString());
  }

  @Test
  default void equalsTheInterpreterOnLists() {
    int programs = 60;
    long values = 0;
    for (long seed = 0; seed < programs; seed++) {
      String text = new RandomLists(seed).text;
      Compilation compiled = Compiler.compile(Source.of("lists.rew", text), Loader.NONE);
      CoreProgram core = compiled.core();
      assertNotNull(core, () -> text + compiled.diagnostics());
      values += Differential.compare(core, new Interpreter(), engine(), seed, 20).values();
    }
    assertTrue(values >= programs * 20 * 6, "only " + values);
  }

  @Test
  default void blocksPayWhatTheTreeSays() {
    RandomBlocks.Report report =
        RandomBlocks.check(engine(), 10_000, 10_000 + Long.getLong("rew.random", 200));
    assertTrue(report.sums > 500 && report.overridden > 150, "sums and overrides");
  }

  @Test
  default void machinesDoWhatTheEdgesSay() {
    RandomMachines.Report report =
        RandomMachines.check(engine(), 10_000, 10_000 + Long.getLong("rew.random", 80));
    assertTrue(report.fired > 1000 && report.failures > 200, "edges fire, and some steps fail");
  }

  @Test
  default void robustnessOfFormulas() {
    assertTrue(TemporalCases.robustness(engine(), 30) >= 12_000);
  }

  @Test
  default void smoothRobustnessOfFormulas() {
    assertTrue(TemporalCases.smooth(engine(), 15) >= 6_000);
  }

  @Test
  default void pastOperators() {
    assertTrue(TemporalCases.past(engine(), 40) >= 24_000);
  }

  @Test
  default void verdictsOfFormulas() {
    assertTrue(VerdictCases.verdicts(engine(), 20) >= 1120);
  }

  @Test
  default void unknownAtomsOfFormulas() {
    assertTrue(VerdictCases.unknown(engine(), 40) >= 280);
  }

  @Test
  default void progressOfFormulas() {
    assertTrue(VerdictCases.progress(engine(), 40) >= 200);
  }

  @Test
  default void patternsOfFormulas() {
    assertTrue(PatternCases.compare(engine(), 700) >= 122_500);
  }

  @Test
  default void robustnessIsThatOfRtamt() throws IOException {
    assertTrue(RtamtCases.compare(engine(), RtamtCases.recorded()).online() >= 1_000);
  }

  @Test
  default void exactOperationsAreJavas() {
    Edges.check(engine());
  }

  /** One ulp behind a comparison is another reward. */
  @Test
  default void elementaryFunctionsAreStrictMaths() {
    CoreProgram program =
        parse(
            """
            in x f64 in y f64
            out log a = exp(x)
            out log b = expm1(x)
            out log c = log(y)
            out log d = log1p(y)
            out log e = sin(x)
            out log f = cos(x)
            out log g = tan(x)
            out log h = asin(x)
            out log i = acos(x)
            out log j = tanh(x)
            out log k = pow(y, x)
            out log l = atan2(x, y)
            out total t = sqrt(y)
            """);
    Evaluator evaluator = engine().prepare(program);
    Frame frame = evaluator.newFrame(new double[0]);
    Random random = new Random(3);
    for (int n = 0; n < 50_000; n++) {
      double x = n % 2 == 0 ? 2 * random.nextDouble() - 1 : 30 * random.nextGaussian();
      double y = Math.exp(5 * random.nextGaussian());
      frame.inputs[0] = x;
      frame.inputs[1] = y;
      assertEquals(Evaluator.OK, evaluator.step(frame));
      double[] expected = {
        StrictMath.exp(x),
        StrictMath.expm1(x),
        StrictMath.log(y),
        StrictMath.log1p(y),
        StrictMath.sin(x),
        StrictMath.cos(x),
        StrictMath.tan(x),
        StrictMath.asin(x),
        StrictMath.acos(x),
        StrictMath.tanh(x),
        StrictMath.pow(y, x),
        StrictMath.atan2(x, y),
        StrictMath.sqrt(y),
      };
      // Equal in every bit; NaN equals itself.
      assertArrayEquals(expected, frame.outputs, () -> x + ", " + y);
    }
  }

  private static CoreProgram parse(String text) {
    return CoreParser.parse(Source.of("test.core", "core test clock step\n" + text)).orThrow();
  }

  /**
   * All is read before anything is written, arrays too: slots change places, a push is of before.
   */
  @Test
  default void arraysOfSlotsChangeAtOnce() {
    Evaluator evaluator =
        engine()
            .prepare(
                parse(
                    """
                    in x f64[2]
                    state a f64[2] = [1, 2]
                    state b f64[2] = [3, 4]
                    hist h f64[2] last 3
                    c = build i<2 { yield x[i] }
                    next a = b
                    next b = a
                    push h = a
                    out log a = a
                    out log b = b
                    out log last = ago(h, int(0), int(1))
                    out total t = x[0]
                    """));
    Frame frame = evaluator.newFrame(new double[0]);
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {1, 2, 3, 4, Double.NaN, 0}, frame.outputs);
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {3, 4, 1, 2, 2, 0}, frame.outputs);
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {1, 2, 3, 4, 4, 0}, frame.outputs);
  }

  /** An index outside acts as the nearest one inside, known or not. */
  @Test
  default void indicesOutsideActAsTheNearest() {
    Evaluator evaluator =
        engine()
            .prepare(
                parse(
                    """
                    in x f64[3] in i i32
                    out log a = x[int(7)]
                    out log b = x[int(-1)]
                    out total t = x[i]
                    """));
    Frame frame = evaluator.newFrame(new double[0]);
    System.arraycopy(new double[] {1, 2, 3, 7}, 0, frame.inputs, 0, 4);
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {3, 1, 3}, frame.outputs);
    frame.inputs[3] = -1;
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {3, 1, 1}, frame.outputs);
  }

  private void agrees(CoreProgram program) {
    Differential.compare(program, engine(), new Interpreter(), 7, 20);
  }

  @Test
  default void aLongChainNeedsNoDeepStack() {
    agrees(LargePrograms.chain(20_000));
  }

  @Test
  default void aLongChainOfChoicesNeedsNoDeepStack() {
    agrees(LargePrograms.choices(5_000));
  }

  @Test
  default void manyOperationsAgree() {
    agrees(LargePrograms.straight(10_000));
  }

  @Test
  default void longBodiesOfLoopsAgree() {
    agrees(LargePrograms.loops(800));
  }

  @Test
  default void longArmsAgree() {
    agrees(LargePrograms.arms(2_000));
  }

  @Test
  default void manyChecksAgree() {
    Differential.Report report =
        Differential.compare(LargePrograms.checks(2_000), engine(), new Interpreter(), 7, 20);
    assertTrue(report.failures() > 0, report.toString());
  }

  @Test
  default void manyConstantsAgree() {
    agrees(LargePrograms.constants(12_000));
  }
}
