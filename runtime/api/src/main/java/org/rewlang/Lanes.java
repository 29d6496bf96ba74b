package org.rewlang;

import java.util.Arrays;
import org.rewlang.engine.Frame;
import org.rewlang.host.Stepper;

/**
 * Many episodes of one program in step, as a vectorised environment runs them: lane {@code i} has
 * its inputs from {@code i * inputSize} on and its results from {@code i * outputSize} on, laid out
 * as {@link Reward#inputs} and {@link Reward#outputs} say. For one thread; allocates nothing per
 * step.
 */
public final class Lanes {

  private final Reward reward;
  private final Stepper stepper;
  private final Frame[] frames;
  private final boolean[] failed;
  private final double[][] before;
  private final boolean live;
  private final int inputSize;
  private final int outputSize;

  Lanes(Reward reward, int count) {
    this.reward = reward;
    this.stepper = reward.stepper();
    this.frames = new Frame[count];
    this.failed = new boolean[count];
    double[] params = reward.parameters();
    for (int lane = 0; lane < count; lane++) {
      frames[lane] = stepper.evaluator().newFrame(params);
    }
    this.inputSize = reward.layout().size();
    this.outputSize = stepper.evaluator().layout().outputSize();
    this.live = stepper.readsItsOwnEnd();
    this.before = new double[count][live ? stepper.evaluator().layout().stateSize() : 0];
    if (!reward.facts().needsReset()) {
      reset();
    }
  }

  /** The program. */
  public Reward reward() {
    return reward;
  }

  /** How many lanes there are. */
  public int count() {
    return frames.length;
  }

  /** Starts an episode in every lane, without observations. */
  public void reset() {
    boolean[] all = new boolean[frames.length];
    Arrays.fill(all, true);
    reset(all);
  }

  /**
   * Starts an episode in the lanes that {@code mask} names, without observations.
   *
   * @throws RewardEvaluationException if the program needs observations
   */
  public void reset(boolean[] mask) {
    if (reward.facts().needsReset()) {
      throw new RewardEvaluationException(java.util.List.of(reward.needsReset()));
    }
    for (int lane = 0; lane < frames.length; lane++) {
      if (mask[lane]) {
        stepper.evaluator().layout().reset(frames[lane].state);
      }
    }
  }

  /** Starts an episode in the lanes that {@code mask} names, from observations of every input. */
  public void reset(boolean[] mask, double[] observations) {
    for (int lane = 0; lane < frames.length; lane++) {
      if (mask[lane]) {
        Frame frame = frames[lane];
        System.arraycopy(observations, lane * inputSize, frame.inputs, 0, inputSize);
        Arrays.fill(frame.present, true);
        stepper.observe(frame);
      }
    }
  }

  /**
   * Runs a step in every lane.
   *
   * @param totals takes each lane's total, NaN where there is none, as of a vector
   * @throws RewardEvaluationException of the first lane that fails, after all lanes were tried: a
   *     lane that fails keeps its state, and its total is NaN; the others have stepped
   */
  public void step(double[] inputs, double[] totals) {
    RewardEvaluationException first = null;
    int total = reward.totalOffset();
    for (int lane = 0; lane < frames.length; lane++) {
      Frame frame = frames[lane];
      System.arraycopy(inputs, lane * inputSize, frame.inputs, 0, inputSize);
      try {
        if (live) {
          stepper.live(frame, before[lane]);
        } else {
          stepper.step(frame);
        }
        totals[lane] = total < 0 ? Double.NaN : frame.outputs[total];
        failed[lane] = false;
      } catch (RewardEvaluationException e) {
        totals[lane] = Double.NaN;
        failed[lane] = true;
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * The coordinates of a vector reward in each lane's last step, in the order of {@link
   * Reward#rewards}: lane {@code i} has its from {@code i * rewardSize} on, NaN if its step failed.
   */
  public void rewards(double[] into) {
    int size = reward.rewardSize();
    for (int lane = 0; lane < frames.length; lane++) {
      if (failed[lane]) {
        Arrays.fill(into, lane * size, (lane + 1) * size, Double.NaN);
      } else {
        reward.rewards(frames[lane].outputs, into, lane * size);
      }
    }
  }

  /**
   * A result of each lane's last step; of a vector or of what each agent has, its first element.
   */
  public void values(OutputInfo output, double[] into) {
    for (int lane = 0; lane < frames.length; lane++) {
      into[lane] = frames[lane].outputs[output.offset()];
    }
  }

  /** All results of each lane's last step. */
  public void values(double[] into) {
    for (int lane = 0; lane < frames.length; lane++) {
      System.arraycopy(frames[lane].outputs, 0, into, lane * outputSize, outputSize);
    }
  }

  /** Which lanes' episodes the program itself ended, or cut short, with their last step. */
  public void ended(boolean[] into) {
    for (int lane = 0; lane < frames.length; lane++) {
      into[lane] = stepper.terminates(frames[lane]) || stepper.truncates(frames[lane]);
    }
  }

  /** The state of one lane as it is now. */
  public Snapshot snapshot(int lane) {
    return new Snapshot(
        reward.programHash(), stepper.evaluator().layout().canonical(frames[lane].state), 0);
  }

  /** Sets the state of one lane. */
  public void restore(int lane, Snapshot snapshot) {
    if (!snapshot.program().equals(reward.programHash())) {
      throw new IllegalArgumentException("the snapshot is of another program");
    }
    double[] state = frames[lane].state;
    System.arraycopy(snapshot.state(), 0, state, 0, state.length);
  }
}
