package org.rewlang.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Output;
import org.rewlang.core.Port;
import org.rewlang.core.Type;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;

/**
 * Derivatives against central differences of the program itself, which the reference interpreter
 * runs. Where differences of two widths, or of two sides, disagree, there is a kink, a jump or too
 * much rounding: such places are left out, and counted.
 */
public final class Differences {

  /**
   * What was looked at.
   *
   * @param compared derivatives compared
   * @param moving of these, the ones that are not 0
   * @param skipped places at which differences say nothing
   */
  public record Report(long compared, long moving, long skipped) {
    public Report plus(Report o) {
      return new Report(compared + o.compared, moving + o.moving, skipped + o.skipped);
    }
  }

  private static final double WIDTH = 1e-4;
  private static final double TOLERANCE = 2e-6;

  private final CoreProgram program;
  private final Evaluator plain;
  private final Evaluator both;
  private final Frame frame;
  private final Frame derived;
  private final List<Integer> of;
  private final List<Op> by;
  private long compared;
  private long moving;
  private long skipped;

  private Differences(CoreProgram program, Engine engine) {
    this.program = program;
    this.of =
        IntStream.range(0, program.outputs().size())
            .filter(o -> program.outputs().get(o).type().kind() == Kind.F64)
            .boxed()
            .toList();
    this.by = leaves(program);
    CoreProgram gradient = Gradient.of(program, of, by);
    assertEquals(List.of(), CoreValidator.validate(gradient));
    this.plain = new Interpreter().prepare(program);
    this.both = engine.prepare(gradient);
    this.frame = plain.newFrame(plain.layout().defaultParams());
    this.derived = both.newFrame(both.layout().defaultParams());
  }

  /** Everything that holds numbers. */
  public static List<Op> leaves(CoreProgram program) {
    List<Op> leaves = new ArrayList<>();
    for (int i = 0; i < program.inputs().size(); i++) {
      if (program.inputs().get(i).type().kind() == Kind.F64) {
        leaves.add(new Op.Input(i));
      }
    }
    for (int i = 0; i < program.params().size(); i++) {
      if (program.params().get(i).type().kind() == Kind.F64) {
        leaves.add(new Op.Param(i));
      }
    }
    return leaves;
  }

  /** A program without checks, at random numbers. */
  public static Report compare(CoreProgram program, Engine engine, Random random, int steps) {
    Differences differences = new Differences(program, engine);
    for (int i = 0; i < steps; i++) {
      differences.step(random);
    }
    return new Report(differences.compared, differences.moving, differences.skipped);
  }

  private void step(Random random) {
    int at = 0;
    for (Port port : program.inputs()) {
      for (int i = 0; i < port.type().size(); i++) {
        frame.inputs[at++] =
            switch (port.type().kind()) {
              case F64 -> random.nextGaussian();
              case BOOL -> random.nextInt(2);
              case I32 -> random.nextInt(5) - 1;
            };
      }
    }
    System.arraycopy(frame.inputs, 0, derived.inputs, 0, at);
    double[] before = frame.state.clone();
    assertEquals(Evaluator.OK, plain.step(frame));
    assertEquals(Evaluator.OK, both.step(derived));
    double[] after = frame.state.clone();
    double[] results = frame.outputs.clone();
    for (int leaf = 0; leaf < by.size(); leaf++) {
      boolean input = by.get(leaf) instanceof Op.Input;
      double[] moved = input ? frame.inputs : frame.params;
      int from =
          switch (by.get(leaf)) {
            case Op.Input i -> plain.layout().input(i.port());
            case Op.Param p -> plain.layout().param(p.port());
            default -> throw new IllegalStateException();
          };
      for (int i = 0; i < type(by.get(leaf)).size(); i++) {
        double[][] near = new double[4][];
        double middle = moved[from + i];
        for (int k = 0; k < 4; k++) {
          moved[from + i] = middle + WIDTH * new double[] {-1, -0.5, 0.5, 1}[k];
          System.arraycopy(before, 0, frame.state, 0, before.length);
          plain.step(frame);
          near[k] = frame.outputs.clone();
        }
        moved[from + i] = middle;
        for (int o = 0; o < of.size(); o++) {
          int port = program.outputs().size() + o * by.size() + leaf;
          compare(of.get(o), near, results, both.layout().output(port) + i);
        }
      }
    }
    System.arraycopy(after, 0, frame.state, 0, after.length);
  }

  private Type type(Op leaf) {
    return switch (leaf) {
      case Op.Input i -> program.inputs().get(i.port()).type();
      case Op.Param p -> program.params().get(p.port()).type();
      default -> throw new IllegalStateException();
    };
  }

  private void compare(int port, double[][] near, double[] results, int place) {
    double[] f = new double[4];
    double middle = sum(port, results);
    for (int k = 0; k < 4; k++) {
      f[k] = sum(port, near[k]);
    }
    double wide = (f[3] - f[0]) / (2 * WIDTH);
    double narrow = (f[2] - f[1]) / WIDTH;
    double right = (f[2] - middle) / (WIDTH / 2);
    double left = (middle - f[1]) / (WIDTH / 2);
    double best = (4 * narrow - wide) / 3;
    double size = 1 + Math.abs(best);
    boolean smooth =
        Math.abs(wide - narrow) < 1e-5 * size
            && Math.abs(right - left) < 1e-2 * size
            && Math.abs(middle) < 1e4;
    if (!smooth) {
      skipped++;
      return;
    }
    double derivative = derived.outputs[place];
    compared++;
    moving += derivative == 0 ? 0 : 1;
    assertTrue(
        Math.abs(derivative - best) <= TOLERANCE * size,
        () ->
            both.layout().program().outputs()
                + "\nresult "
                + port
                + ", derivative "
                + place
                + ": "
                + derivative
                + ", differences "
                + best
                + " of "
                + Arrays.toString(f)
                + " around "
                + middle
                + "\ninputs "
                + Arrays.toString(derived.inputs)
                + " params "
                + Arrays.toString(derived.params)
                + "\n"
                + CorePrinter.print(program));
  }

  private double sum(int port, double[] outputs) {
    Output output = program.outputs().get(port);
    double sum = 0;
    for (int i = 0; i < output.type().size(); i++) {
      sum += outputs[plain.layout().output(port) + i];
    }
    return sum;
  }
}
