package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Kind;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;

/** A program with its derivatives is right, and computes what it did: every bit, failures too. */
class SameProgramTest {

  @Test
  void everyBitIsTheSame() {
    for (long seed = 0; seed < 400; seed++) {
      long shown = seed;
      CoreProgram program = RandomCore.program(seed);
      CoreProgram both = Gradient.of(program, results(program), Differences.leaves(program));
      String text = CorePrinter.print(program);
      assertEquals(List.of(), CoreValidator.validate(both), () -> "seed " + shown + "\n" + text);
      compare(program, both, seed);
    }
  }

  private static List<Integer> results(CoreProgram program) {
    return IntStream.range(0, program.outputs().size())
        .filter(o -> program.outputs().get(o).type().kind() == Kind.F64)
        .boxed()
        .toList();
  }

  private static void compare(CoreProgram program, CoreProgram both, long seed) {
    Evaluator one = new Interpreter().prepare(program);
    Evaluator other = new Interpreter().prepare(both);
    Frame a = one.newFrame(one.layout().defaultParams());
    Frame b = other.newFrame(other.layout().defaultParams());
    Random random = new Random(seed);
    for (int step = 0; step < 12; step++) {
      RandomCore.fill(random, program.inputs(), a.inputs);
      System.arraycopy(a.inputs, 0, b.inputs, 0, a.inputs.length);
      boolean reset = step % 5 == 4;
      int failed = reset ? one.observe(a) : one.step(a);
      assertEquals(failed, reset ? other.observe(b) : other.step(b), "seed " + seed);
      same(a.outputs, b.outputs, a.outputs.length, seed);
      same(
          one.layout().canonical(a.state), other.layout().canonical(b.state), a.state.length, seed);
    }
  }

  private static void same(double[] a, double[] b, int n, long seed) {
    for (int i = 0; i < n; i++) {
      assertEquals(Double.doubleToLongBits(a[i]), Double.doubleToLongBits(b[i]), "seed " + seed);
    }
  }
}
