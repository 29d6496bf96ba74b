package org.rewlang.host;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.RewardEvaluationException;
import org.rewlang.compile.FailedStep;
import org.rewlang.core.Output;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;

/**
 * Runs steps on frames: checks inputs, runs the engine, turns a refused step into its diagnostic.
 * Immutable; frames belong to their callers.
 */
public final class Stepper {

  private final Evaluator evaluator;
  private final InputLayout inputs;
  private final int terminated;
  private final int truncated;
  private final int[] terminates;
  private final int[] truncates;

  public Stepper(Evaluator evaluator, InputLayout inputs, List<OutputInfo> outputs) {
    this.evaluator = evaluator;
    this.inputs = inputs;
    terminated = implicit(inputs, "terminated");
    truncated = implicit(inputs, "truncated");
    terminates = offsets(outputs, Output.Role.TERMINATE);
    truncates = offsets(outputs, Output.Role.TRUNCATE);
  }

  private static int implicit(InputLayout inputs, String name) {
    int port = inputs.port(name);
    return port >= 0 && inputs.inputs().get(port).implicit()
        ? inputs.inputs().get(port).offset()
        : -1;
  }

  private static int[] offsets(List<OutputInfo> outputs, Output.Role role) {
    return outputs.stream().filter(o -> o.role() == role).mapToInt(OutputInfo::offset).toArray();
  }

  /** The same over a layout that holds other inputs. */
  public Stepper over(InputLayout layout) {
    return new Stepper(this, layout);
  }

  private Stepper(Stepper of, InputLayout inputs) {
    this.evaluator = of.evaluator;
    this.inputs = inputs;
    this.terminated = of.terminated;
    this.truncated = of.truncated;
    this.terminates = of.terminates;
    this.truncates = of.truncates;
  }

  public Evaluator evaluator() {
    return evaluator;
  }

  /**
   * Whether a program reads that its episode ends and can end it by itself. Live, a step that ends
   * its own episode then runs a second time, knowing so: it needs room for the state before.
   */
  public boolean readsItsOwnEnd() {
    return terminated >= 0 && terminates.length > 0 || truncated >= 0 && truncates.length > 0;
  }

  /** One step in which the host alone says whether the episode ends. */
  public void step(Frame frame) {
    RewardEvaluationException refusal = refusal(frame.inputs);
    if (refusal != null) {
      throw refusal;
    }
    int sink = evaluator.step(frame);
    if (sink != Evaluator.OK) {
      throw failure(sink, frame, false);
    }
  }

  /** Makes inputs ready for a step; why they are refused, or null. */
  @Nullable RewardEvaluationException refusal(double[] values) {
    inputs.hold(values);
    inputs.fillAway(values);
    int bad = inputs.firstBad(values);
    return bad < 0
        ? null
        : new RewardEvaluationException(List.of(inputs.bad(bad, values[bad], "")));
  }

  /**
   * Makes the inputs of {@code lanes} lanes ready for a step, a column for each place.
   *
   * @param room for a number of each lane
   * @return false if some lane's are refused: then each is to be looked at alone
   */
  boolean accepts(double[][] columns, int lanes, double[] room) {
    inputs.hold(columns, lanes);
    inputs.fillAway(columns, lanes);
    return inputs.areGood(columns, lanes, room);
  }

  /** Why a check failed, of the frame as the failed call left it. */
  RewardEvaluationException failure(int sink, Frame frame, boolean reset) {
    return new RewardEvaluationException(
        List.of(FailedStep.diagnose(evaluator.layout(), sink, frame, reset)));
  }

  /**
   * One step of a live episode, which the program's own outcomes end too.
   *
   * @param before room for a state where {@link #readsItsOwnEnd}, else unused
   */
  public void live(Frame frame, double[] before) {
    if (!readsItsOwnEnd()) {
      step(frame);
      return;
    }
    System.arraycopy(frame.state, 0, before, 0, before.length);
    step(frame);
    if (marksEnd(frame)) {
      System.arraycopy(before, 0, frame.state, 0, before.length);
      step(frame);
    }
  }

  /** Says in a frame's inputs that the step just done ends its own episode, if it does. */
  boolean marksEnd(Frame frame) {
    boolean ends = own(frame, terminated, terminates);
    boolean cuts = own(frame, truncated, truncates);
    if (ends) {
      frame.inputs[terminated] = 1;
    }
    if (cuts) {
      frame.inputs[truncated] = 1;
    }
    return ends || cuts;
  }

  /** Whether an outcome of the program ends the episode and the host's flag does not say so yet. */
  private static boolean own(Frame frame, int flag, int[] outcomes) {
    return flag >= 0 && frame.inputs[flag] == 0 && any(frame, outcomes);
  }

  private static boolean any(Frame frame, int[] outputs) {
    for (int offset : outputs) {
      if (frame.outputs[offset] != 0) {
        return true;
      }
    }
    return false;
  }

  /** The outputs, as ports, that had no value in the step that just failed. */
  public List<Integer> undefined(Frame frame) {
    return FailedStep.undefined(evaluator.layout(), frame);
  }

  /** Whether the program ended the episode in the last step. */
  public boolean terminates(Frame frame) {
    return any(frame, terminates);
  }

  /** Whether the program cut the episode short in the last step. */
  public boolean truncates(Frame frame) {
    return any(frame, truncates);
  }

  /** Whether the program ended the episode of a lane in its last step, or cut it short. */
  public boolean ends(Lockstep lanes, int lane) {
    return any(lanes, lane, terminates) || any(lanes, lane, truncates);
  }

  private static boolean any(Lockstep lanes, int lane, int[] outputs) {
    for (int offset : outputs) {
      if (lanes.output(lane, offset) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Starts an episode from the observation in the frame. */
  public void observe(Frame frame) {
    inputs.hold(frame.inputs, frame.present);
    inputs.fillAway(frame.inputs);
    int bad = inputs.firstBad(frame.inputs, frame.present);
    if (bad >= 0) {
      throw new RewardEvaluationException(List.of(inputs.bad(bad, frame.inputs[bad], "")));
    }
    int sink = evaluator.observe(frame);
    if (sink != Evaluator.OK) {
      throw failure(sink, frame, true);
    }
  }
}
