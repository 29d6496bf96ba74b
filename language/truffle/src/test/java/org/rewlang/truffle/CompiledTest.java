package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.runtime.OptimizedCallTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreCases;
import org.rewlang.engine.Differential;
import org.rewlang.engine.EngineCases;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;

/** The same, every program compiled before its first step. */
@Tag("compiled")
class CompiledTest {

  private static final long PROGRAMS = Long.getLong("rew.random.compiled", 150);

  static Iterable<CoreCases.Case> cases() {
    return CoreCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equalsDirectJava(CoreCases.Case test) {
    EngineCases.run(new TruffleEngine(), test);
  }

  @Test
  void equalsTheInterpreterOnRandomPrograms() {
    Differential.compare(new TruffleEngine(), new Interpreter(), 1_000_000, 1_000_000 + PROGRAMS);
  }

  @Test
  void compilesBeforeTheFirstStep() {
    TruffleEvaluator evaluator = Programs.prepare("in x f64 out total t = exp(x)");
    Frame frame = evaluator.newFrame(new double[0]);
    evaluator.step(frame);
    assertTrue(((OptimizedCallTarget) evaluator.stepTarget()).isValidLastTier());
  }
}
