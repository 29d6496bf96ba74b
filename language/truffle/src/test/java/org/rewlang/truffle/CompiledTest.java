package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.RootCallTarget;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.nodes.NodeUtil;
import com.oracle.truffle.runtime.OptimizedCallTarget;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Differential;
import org.rewlang.engine.EngineCases;
import org.rewlang.engine.Frame;
import org.rewlang.engine.LargePrograms;
import org.rewlang.interpret.Interpreter;

/** The same, every program compiled before its first step. */
@Tag("compiled")
class CompiledTest {

  private static final long PROGRAMS = Long.getLong("rew.random.compiled", 100);

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

  @Test
  void aLongSequenceIsCompiledInParts() {
    CoreProgram program = LargePrograms.straight(400);
    TruffleEvaluator evaluator = (TruffleEvaluator) new TruffleEngine().prepare(program);
    evaluator.step(evaluator.newFrame(new double[0]));
    Node root = ((RootCallTarget) evaluator.stepTarget()).getRootNode();
    List<Part> parts = NodeUtil.findAllNodeInstances(root, Part.class);
    assertTrue(parts.size() > 3, parts.toString());
    for (Part part : parts) {
      assertTrue(((OptimizedCallTarget) part.target()).isValidLastTier());
    }
    Differential.compare(program, new TruffleEngine(), new Interpreter(), 7, 20);
  }
}
