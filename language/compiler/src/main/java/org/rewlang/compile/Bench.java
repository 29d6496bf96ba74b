package org.rewlang.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.CoreProgram;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Interpreter;
import org.rewlang.lower.Lowering;
import org.rewlang.model.Base;
import org.rewlang.model.Claim;
import org.rewlang.model.InputVar;
import org.rewlang.model.Model;
import org.rewlang.model.Term;
import org.rewlang.source.Location;

/**
 * A program on the bench: lowered with its claims as probes, on a frame of its own, fed one value
 * after the other.
 */
final class Bench {

  private final Layout layout;
  private final Evaluator evaluator;
  final Frame frame;
  private final Map<Claim, Integer> probes = new IdentityHashMap<>();

  Bench(Model model, Ranges ranges, List<Claim> claims) {
    List<Term> terms = new ArrayList<>();
    for (Claim claim : claims) {
      terms.add(claim.condition());
      terms.addAll(claim.parts());
    }
    CoreProgram core = Lowering.lower(model, ranges, terms);
    evaluator = new Interpreter().prepare(core);
    layout = evaluator.layout();
    frame = evaluator.newFrame(layout.defaultParams());
    int at = core.outputs().size() - terms.size();
    for (Claim claim : claims) {
      probes.put(claim, at);
      at += 1 + claim.parts().size();
    }
  }

  Layout layout() {
    return layout;
  }

  void reset() {
    layout.reset(frame.state);
  }

  /** Why the step failed, or null if it did not. */
  @Nullable Diagnostic step() {
    int failed = evaluator.step(frame);
    return failed == Evaluator.OK ? null : FailedStep.diagnose(layout, failed, frame, false);
  }

  /** Starts an episode from the observation in the frame. */
  @Nullable Diagnostic observe() {
    int failed = evaluator.observe(frame);
    return failed == Evaluator.OK ? null : FailedStep.diagnose(layout, failed, frame, true);
  }

  /** The port of an input, or -1 if nothing reads it. */
  int port(String input) {
    for (int i = 0; i < layout.program().inputs().size(); i++) {
      if (layout.program().inputs().get(i).name().equals(input)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Sets an input; what is wrong with the value, or null. A single number stands for every element.
   */
  @Nullable Diagnostic set(InputVar input, double[] values, Location at) {
    return set(input, 0, input.type().size(), values, at);
  }

  /** Sets what one agent has of an input. */
  @Nullable Diagnostic set(InputVar input, int agent, double[] values, Location at) {
    int size = input.type().size() / input.type().shape().getFirst();
    return set(input, agent * size, size, values, at);
  }

  /** Gives those that are not there numbers that do no harm. */
  void fillAway(List<InputVar> inputs) {
    int there =
        inputs.stream()
            .filter(InputVar::isPresence)
            .mapToInt(i -> layout.input(port(i.name())))
            .findFirst()
            .orElse(-1);
    for (InputVar input : inputs) {
      int port = input.perAgent() && !input.isPresence() ? port(input.name()) : -1;
      int agents = port < 0 ? 0 : input.type().shape().getFirst();
      for (int agent = 0; agent < agents; agent++) {
        if (frame.inputs[there + agent] != 1) {
          int size = input.type().size() / agents;
          int from = layout.input(port) + agent * size;
          Arrays.fill(frame.inputs, from, from + size, input.idle());
        }
      }
    }
  }

  /** Says that the reset observation has an input. */
  void have(InputVar input) {
    int port = port(input.name());
    if (port >= 0) {
      frame.present[port] = true;
    }
  }

  private @Nullable Diagnostic set(
      InputVar input, int from, int size, double[] values, Location at) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        return Diagnostic.of(
                Code.NOT_FINITE,
                "`" + input.name() + "` is not a number here",
                at.source(),
                at.span())
            .build();
      }
      if (input.type().base() != Base.ENUM && !input.range().contains(value)) {
        return Diagnostic.of(
                Code.OUT_OF_RANGE,
                "`" + input.name() + "` lies outside its declared range",
                at.source(),
                at.span())
            .label(Numeral.of(value) + " is not in " + Printed.range(input.range()))
            .build();
      }
    }
    int port = port(input.name());
    if (port >= 0) {
      for (int i = 0; i < size; i++) {
        frame.inputs[layout.input(port) + from + i] = values[values.length == 1 ? 0 : i];
      }
    }
    return null;
  }

  /** The value of a claim's condition, then of its parts, after a step. */
  List<double[]> probes(Claim claim) {
    Integer at = probes.get(claim);
    if (at == null) {
      throw new IllegalArgumentException("not a claim of this bench");
    }
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i <= claim.parts().size(); i++) {
      int from = layout.output(at + i);
      int size = layout.program().outputs().get(at + i).type().size();
      values.add(Arrays.copyOfRange(frame.outputs, from, from + size));
    }
    return values;
  }

  /** The diagnostic of a claim that does not hold, with the value of each of its parts. */
  static Diagnostic broken(Code code, String message, Claim claim, List<double[]> values) {
    boolean unknown = Double.isNaN(values.getFirst()[0]);
    Diagnostic.Builder problem =
        Diagnostic.of(code, message, claim.at().source(), claim.at().span())
            .label(unknown ? "this is undefined" : "this is false");
    for (int i = 0; i < claim.parts().size(); i++) {
      Term part = claim.parts().get(i);
      String value = Printed.value(part.type(), values.get(i + 1));
      if (!value.equals(part.at().text())) {
        problem.related(part.at().source(), part.at().span(), value);
      }
    }
    return problem.build();
  }
}
