package org.rewlang.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.source.Source;

/** What the reference page shows is true. */
class CoreTextDocsTest {

  private static String page() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/reference/core-text.md"))) {
      folder = folder.getParent();
    }
    return Files.readString(folder.resolve("docs/reference/core-text.md"));
  }

  @Test
  void theProgramParsesAndRuns() throws IOException {
    String text = page().split("```core\n")[1].split("```")[0];
    CoreProgram program = CoreParser.parse(Source.of("page", text)).orThrow();
    assertEquals(List.of(), CoreValidator.validate(program));
    CoreFacts facts = CoreFacts.of(program);
    assertTrue(
        page()
            .replaceAll("\\s+", " ")
            .contains(
                "carries out "
                    + facts.operations()
                    + " operations in a step and has "
                    + facts.stateBytes()
                    + " bytes of state"),
        facts.toString());
    Evaluator evaluator = new Interpreter().prepare(program);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    frame.inputs[0] = 3;
    frame.inputs[1] = 4;
    frame.present[2] = false;
    assertEquals(Evaluator.OK, evaluator.observe(frame));
    frame.inputs[1] = 0;
    frame.inputs[6] = 1;
    assertEquals(Evaluator.OK, evaluator.step(frame));
    assertArrayEquals(new double[] {2, 1, 19}, frame.outputs);
    frame.inputs[0] = Double.NaN;
    assertEquals(0, evaluator.step(frame));
  }

  @Test
  void thePageNamesEveryOperation() throws IOException {
    String page = page();
    for (UnaryOp op : UnaryOp.values()) {
      assertTrue(page.contains(op.text()), op.text());
    }
    for (BinaryOp op : BinaryOp.values()) {
      assertTrue(page.contains(op.text()), op.text());
    }
    for (Reduction op : Reduction.values()) {
      assertTrue(page.contains(op.text()), op.text());
    }
    for (Output.Role role : Output.Role.values()) {
      assertTrue(page.contains("`" + role.text() + "`"), role.text());
    }
  }
}
