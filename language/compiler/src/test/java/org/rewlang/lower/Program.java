package org.rewlang.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.CoreFacts;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Sink;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.model.Model;
import org.rewlang.model.Term;

/** A lowered model on the reference interpreter. */
public final class Program {

  public final CoreProgram core;
  private final Evaluator evaluator;
  public final Frame frame;

  public Program(Kit kit, Term... probes) {
    this(kit.model(), List.of(probes));
  }

  public Program(Model model, List<Term> probes) {
    core = Lowering.lower(model, Ranges.of(model), probes);
    assertEquals(List.of(), CoreValidator.validate(core), () -> CorePrinter.print(core));
    evaluator = new Interpreter().prepare(core);
    frame = evaluator.newFrame(evaluator.layout().defaultParams());
  }

  /** All inputs, one number after the other. */
  public double[] step(double... inputs) {
    assertEquals(Evaluator.OK, tryStep(inputs), () -> text());
    return frame.outputs.clone();
  }

  /** The outputs, or the failed check's words. */
  public String failure(double... inputs) {
    int failed = tryStep(inputs);
    return failed == Evaluator.OK
        ? "none"
        : ((Sink.Check) core.step().sinks().get(failed)).failure().text()
            + " "
            + ((Sink.Check) core.step().sinks().get(failed)).what();
  }

  public int tryStep(double... inputs) {
    System.arraycopy(inputs, 0, frame.inputs, 0, inputs.length);
    Arrays.fill(frame.present, true);
    return evaluator.step(frame);
  }

  public void end() {
    evaluator.layout().reset(frame.state);
  }

  /** NaN inputs are absent from the observation. */
  public void observe(double... inputs) {
    assertEquals(Evaluator.OK, tryObserve(inputs));
  }

  public int tryObserve(double... inputs) {
    System.arraycopy(inputs, 0, frame.inputs, 0, inputs.length);
    for (int port = 0; port < core.inputs().size(); port++) {
      frame.present[port] = !Double.isNaN(inputs[evaluator.layout().input(port)]);
    }
    return evaluator.observe(frame);
  }

  public double[] state() {
    return frame.state.clone();
  }

  public CoreFacts facts() {
    return CoreFacts.of(core);
  }

  public String text() {
    return CorePrinter.print(core);
  }
}
