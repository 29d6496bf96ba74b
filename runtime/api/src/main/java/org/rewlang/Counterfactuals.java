package org.rewlang;

import java.util.List;
import org.rewlang.host.ProductSpace;
import org.rewlang.model.Machine;

/**
 * What one transition of the environment would have been worth in every state of the program's
 * machines: counterfactual experiences, for learners off-policy. A machine's state is a number from
 * 0 on, those of several machines together one number, so that tables have it as an index.
 *
 * <pre>{@code
 * Counterfactuals each = reward.counterfactuals();
 * each.imagine(episode, inputs);
 * for (int u = 0; u < each.size(); u++) {
 *   learn(place, u, action, each.reward(u), nextPlace, each.next(u), each.done(u));
 * }
 * episode.step(inputs);
 * }</pre>
 *
 * <p>All else that the program remembers ({@code prev}, windows) is as the episode has it: these
 * are experiences the learner could have made where that doesn't hang on the machines. For one
 * thread.
 */
public final class Counterfactuals {

  private final ProductSpace space;
  private final Episode imagined;
  private final double[] inputs;
  private final double[] rewards;
  private final int[] next;
  private final boolean[] done;
  private final int initial;

  Counterfactuals(Reward reward, List<Machine> machines) {
    space = new ProductSpace(machines, reward.stepper().evaluator().layout());
    imagined = reward.newEpisode();
    initial = space.number(imagined.state());
    inputs = new double[reward.inputSize()];
    rewards = new double[space.size()];
    next = new int[space.size()];
    done = new boolean[space.size()];
  }

  /** How many states there are; not all need be ever reached. */
  public int size() {
    return space.size();
  }

  /** The state in which an episode begins. */
  public int initial() {
    return initial;
  }

  /** The state in which an episode is. */
  public int state(Episode episode) {
    return space.number(episode.state());
  }

  /** Whether every machine is in a final state, and so learns nothing more. */
  public boolean isOver(int state) {
    return space.isOver(state);
  }

  /**
   * Runs the step that the episode is about to do from every state of the machines. The episode
   * itself does nothing.
   *
   * @param values as {@link Episode#step(double[])} takes them
   * @throws RewardEvaluationException if the step is refused, or fails, in one of the states
   */
  public void imagine(Episode episode, double[] values) {
    for (int state = 0; state < rewards.length; state++) {
      imagined.follow(episode);
      space.write(state, imagined.state());
      rewards[state] = imagined.step(values);
      next[state] = space.number(imagined.state());
      done[state] = imagined.terminates();
    }
  }

  /** The same for an episode whose inputs are {@linkplain Episode#set set} by name. */
  public void imagine(Episode episode) {
    episode.inputs(inputs);
    imagine(episode, inputs);
  }

  /** The total that the step pays in a state, with what the program's shaping adds. */
  public double reward(int state) {
    return rewards[state];
  }

  /** Where the step leads from a state. */
  public int next(int state) {
    return next[state];
  }

  /** Whether the program terminates the episode there, by an outcome of its own. */
  public boolean done(int state) {
    return done[state];
  }
}
