package org.rewlang.interpret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewlang.core.Block;
import org.rewlang.core.CoreFacts;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.RandomCore;
import org.rewlang.core.Regions;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.source.Source;

/** What a program is said to cost, against what running it takes. */
class OperationsTest {

  private static CoreProgram program(int length, String expression) {
    String text = "core t clock step\nin x f64[" + length + "] out log y = " + expression;
    return CoreParser.parse(Source.of("t", text)).orThrow();
  }

  private static long taken(CoreProgram program, double... inputs) {
    Layout layout = new Layout(program);
    return Replay.ofStep(layout, inputs, new double[0], new double[layout.stateSize()])
        .operations();
  }

  /** Counted by hand, for x = 3, -1, 3, 2: an operation, an element taken up, a region. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7 | 0 | 0
          x[0] | 1 | 1
          add(x[0], x[1]) | 3 | 3
          select(lt(x[0], 9), x[1], exp(x[2])) | 6 | 6
          sum i<4 { yield x[i] } | 9 | 9
          sum i<4 { where lt(x[i], 0) yield x[i] } | 14 | 17
          sum i<4 { where false yield x[i] } | 5 | 9
          max i<4 { yield sum j<2 { yield mul(x[i], x[j]) } } | 41 | 41
          argmax i<4 { yield x[i] } | 9 | 9
          """)
  void byHand(String expression, long taken, long stated) {
    CoreProgram program = program(4, expression);
    assertEquals(taken, taken(program, 3, -1, 3, 2));
    assertEquals(stated, CoreFacts.of(program).operations());
  }

  /** Nothing that is sorted takes more comparisons than said, and some nearly as many. */
  @Test
  void sorting() {
    Random random = new Random(7);
    double most = 0;
    for (int n = 1; n < 300; n++) {
      int length = n;
      CoreProgram program = program(n, "sort(x)");
      long stated = CoreFacts.of(program).operations();
      IntToDoubleFunction[] orders = {
        i -> i, i -> -i, i -> i % 7, i -> i % 2 == 0 ? i : length - i, i -> random.nextDouble()
      };
      for (IntToDoubleFunction order : orders) {
        double[] x = new double[n];
        Arrays.setAll(x, order);
        long taken = taken(program, x);
        assertTrue(taken <= stated, n + " elements: " + taken + " of " + stated);
        most = Math.max(most, (double) taken / stated);
      }
    }
    assertTrue(most > 0.9, "at most " + most + " of what is stated");
  }

  /** Exact where no round is left out and nothing is sorted; never more. */
  @Test
  void randomPrograms() {
    int exact = 0;
    int less = 0;
    for (long seed = 0; seed < 1_000; seed++) {
      CoreProgram program = RandomCore.program(seed);
      CoreFacts facts = CoreFacts.of(program);
      Evaluator evaluator = new Interpreter().prepare(program);
      Layout layout = evaluator.layout();
      Frame frame = evaluator.newFrame(layout.defaultParams());
      Random random = new Random(seed);
      for (int step = 0; step < 10; step++) {
        RandomCore.fill(random, program.inputs(), frame.inputs);
        boolean reset = step % 5 == 0;
        Block block = (reset ? program.reset() : program.step()).block();
        long stated = reset ? facts.resetOperations() : facts.operations();
        Replay replay =
            reset
                ? Replay.ofReset(layout, frame.inputs, frame.present, frame.params)
                : Replay.ofStep(layout, frame.inputs, frame.params, frame.state);
        long taken = replay.operations();
        assertTrue(taken <= stated, "seed " + seed + ": " + taken + " of " + stated);
        if (mayTakeLess(block)) {
          less += taken < stated ? 1 : 0;
        } else {
          assertEquals(stated, taken, "seed " + seed);
          exact += taken > 0 ? 1 : 0;
        }
        if (reset) {
          evaluator.observe(frame);
        } else {
          evaluator.step(frame);
        }
      }
    }
    assertTrue(exact > 200 && less > 5_000, exact + " exact, " + less + " less");
  }

  private static boolean mayTakeLess(Block block) {
    return block.statements().stream()
        .anyMatch(
            stmt -> {
              Op.Region region = Regions.of(stmt.op());
              return stmt.op() instanceof Op.Sort
                  || region != null && (region.isMasked() || mayTakeLess(region.body()));
            });
  }
}
