package org.rewlang;

import java.util.Arrays;
import org.rewlang.host.Lockstep;
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
  private final Lockstep lanes;
  private final int stateSize;
  private final int inputSize;
  private final int outputSize;
  private final double[] outputs;

  Lanes(Reward reward, int count) {
    this.reward = reward;
    this.stepper = reward.stepper();
    this.lanes = reward.newLockstep(count);
    this.stateSize = stepper.evaluator().layout().stateSize();
    this.inputSize = reward.layout().size();
    this.outputSize = stepper.evaluator().layout().outputSize();
    this.outputs = new double[outputSize];
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
    return lanes.count();
  }

  /** Starts an episode in every lane, without observations. */
  public void reset() {
    boolean[] all = new boolean[lanes.count()];
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
    for (int lane = 0; lane < lanes.count(); lane++) {
      if (mask[lane]) {
        lanes.reset(lane);
      }
    }
  }

  /** Starts an episode in the lanes that {@code mask} names, from observations of every input. */
  public void reset(boolean[] mask, double[] observations) {
    boolean[] all = new boolean[reward.inputs().size()];
    Arrays.fill(all, true);
    for (int lane = 0; lane < lanes.count(); lane++) {
      if (mask[lane]) {
        int from = lane * inputSize;
        lanes.observe(lane, Arrays.copyOfRange(observations, from, from + inputSize), all);
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
    lanes.inputs(0, inputs, 0, lanes.count());
    boolean good = lanes.step(lanes.count(), true);
    if (reward.totalOffset() < 0) {
      Arrays.fill(totals, 0, lanes.count(), Double.NaN);
    } else {
      lanes.output(reward.totalOffset(), totals);
    }
    RewardEvaluationException first = null;
    for (int lane = 0; !good && lane < lanes.count(); lane++) {
      RewardEvaluationException failure = lanes.failure(lane);
      if (failure != null) {
        totals[lane] = Double.NaN;
        first = first == null ? failure : first;
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
    for (int lane = 0; lane < lanes.count(); lane++) {
      if (lanes.failure(lane) == null) {
        lanes.outputs(lane, outputs, 0, 1);
        reward.rewards(outputs, into, lane * size);
      } else {
        Arrays.fill(into, lane * size, (lane + 1) * size, Double.NaN);
      }
    }
  }

  /**
   * A result of each lane's last step; of a vector or of what each agent has, its first element.
   */
  public void values(OutputInfo output, double[] into) {
    lanes.output(output.offset(), into);
  }

  /** All results of each lane's last step. */
  public void values(double[] into) {
    lanes.outputs(0, into, 0, lanes.count());
  }

  /** Which lanes' episodes the program itself ended, or cut short, with their last step. */
  public void ended(boolean[] into) {
    for (int lane = 0; lane < lanes.count(); lane++) {
      into[lane] = stepper.ends(lanes, lane);
    }
  }

  /** The state of one lane as it is now. */
  public Snapshot snapshot(int lane) {
    double[] state = new double[stateSize];
    lanes.getState(lane, state);
    return new Snapshot(reward.programHash(), stepper.evaluator().layout().canonical(state), 0);
  }

  /** Sets the state of one lane. */
  public void restore(int lane, Snapshot snapshot) {
    if (!snapshot.program().equals(reward.programHash())) {
      throw new IllegalArgumentException("the snapshot is of another program");
    }
    lanes.setState(lane, snapshot.state());
  }
}
