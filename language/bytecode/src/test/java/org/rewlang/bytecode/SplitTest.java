package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.EngineContract;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.LargePrograms;

/** The same programs, cut into many small methods. */
class SplitTest implements EngineContract {

  @Override
  public Engine engine() {
    return new Engine() {
      @Override
      public String name() {
        return "bytecode in small methods";
      }

      @Override
      public String reason() {
        return "tests";
      }

      @Override
      public Evaluator prepare(CoreProgram program) {
        return BytecodeEngine.prepare(program, 120);
      }
    };
  }

  @Test
  void largeProgramsAreCut() {
    assertTrue(true);
  }
}
