package org.rewlang.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/** What programs over lists give is what the same words mean of Java's lists. */
class RandomListsTest {

  private static final int PROGRAMS = 300;
  private static final int STEPS = 8;

  @Test
  void listsMeanWhatJavasListsMean() {
    long compared = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      compared += compare(new RandomLists(seed));
    }
    assertTrue(compared >= PROGRAMS * STEPS * 4, "only " + compared);
  }

  private static long compare(RandomLists lists) {
    Compilation compiled = Compiler.compile(Source.of("lists.rew", lists.text), Loader.NONE);
    CoreProgram core = compiled.core();
    assertNotNull(core, () -> lists.text + compiled.diagnostics());
    Evaluator evaluator = new Interpreter().prepare(core);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    List<RandomLists.Box> before = List.of();
    long compared = 0;
    for (int step = 0; step < STEPS; step++) {
      RandomLists.Row row = lists.row(before);
      give(core, evaluator, frame, row);
      assertEquals(Evaluator.OK, evaluator.step(frame), lists.text);
      for (int i = 0; i < lists.numbers.size(); i++) {
        double expected = lists.numbers.get(i).meaning().applyAsDouble(row);
        assertEquals(
            expected + 0.0,
            output(core, evaluator, frame, "c" + i) + 0.0,
            lists.text + "c" + i + " of " + row);
        compared++;
      }
      before = row.boxes();
    }
    return compared;
  }

  private static double output(CoreProgram core, Evaluator evaluator, Frame frame, String name) {
    for (int i = 0; i < core.outputs().size(); i++) {
      if (core.outputs().get(i).name().equals(name)) {
        return frame.outputs[evaluator.layout().output(i)];
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static void give(
      CoreProgram core, Evaluator evaluator, Frame frame, RandomLists.Row row) {
    for (int port = 0; port < core.inputs().size(); port++) {
      int at = evaluator.layout().input(port);
      double[] values =
          switch (core.inputs().get(port).name()) {
            case "boxes.length" -> new double[] {row.boxes().size()};
            case "boxes.a" -> row.boxes().stream().mapToDouble(RandomLists.Box::a).toArray();
            case "boxes.n" -> row.boxes().stream().mapToDouble(RandomLists.Box::n).toArray();
            case "boxes.lit" -> row.boxes().stream().mapToDouble(b -> b.on() ? 1 : 0).toArray();
            case "p" -> new double[] {row.p() ? 1 : 0};
            case "k" -> new double[] {row.k()};
            default -> throw new IllegalStateException(core.inputs().get(port).name());
          };
      Arrays.fill(frame.inputs, at, at + core.inputs().get(port).type().size(), 1);
      System.arraycopy(values, 0, frame.inputs, at, values.length);
    }
  }
}
