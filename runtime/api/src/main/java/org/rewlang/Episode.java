package org.rewlang;

import java.util.Arrays;
import java.util.List;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Stepper;

/**
 * One episode at a time, step by step; {@link #reset()} starts the next. For one thread.
 *
 * <p>Inputs come in one of three ways, of which the first two allocate nothing: as a flat array
 * ({@link #step(double[])}, laid out as {@link Reward#inputs} says), as a record ({@link
 * #step(Binding, Record)}), or by name ({@link #set}, then {@link #step()}). All three check each
 * number: NaN, infinities and numbers outside the declared range are refused with a {@link
 * RewardEvaluationException}, which costs a few comparisons a number. A step that is refused, or
 * that fails, changes nothing.
 */
public final class Episode {

  private final Reward reward;
  private final Stepper stepper;
  private final InputLayout inputs;
  private final Frame frame;
  private final double[] before;
  private final boolean live;
  private final int total;
  private double[] params;
  private boolean started;
  private long steps;

  Episode(Reward reward, boolean live) {
    this.reward = reward;
    this.stepper = reward.stepper();
    this.inputs = reward.layout();
    // A copy: parameters may be set for this episode alone.
    this.params = reward.parameters().clone();
    this.frame = stepper.evaluator().newFrame(params);
    inputs.allThere(frame.inputs);
    // Lists begin empty, what is optional absent.
    inputs.structured().forEach(s -> inputs.clear(s.form(), frame.inputs));
    this.live = live && stepper.readsItsOwnEnd();
    this.before = new double[this.live ? frame.state.length : 0];
    this.total = reward.totalOffset();
  }

  /** The program. */
  public Reward reward() {
    return reward;
  }

  /**
   * Starts an episode without an observation.
   *
   * @throws RewardEvaluationException if the program needs one
   */
  public void reset() {
    if (reward.facts().needsReset()) {
      throw new RewardEvaluationException(List.of(reward.needsReset()));
    }
    stepper.evaluator().layout().reset(frame.state);
    begin();
  }

  /** Starts an episode from an observation that has every input. */
  public void reset(double[] observation) {
    copy(observation);
    Arrays.fill(frame.present, true);
    observe();
  }

  /**
   * Starts an episode from an observation.
   *
   * @param present which inputs it has, in the order of {@link Reward#inputs}
   */
  public void reset(double[] observation, boolean[] present) {
    copy(observation);
    System.arraycopy(present, 0, frame.present, 0, frame.present.length);
    observe();
  }

  /** Starts an episode from an observation. Optional inputs it lacks are 0. */
  public <R extends Record> void reset(Binding<R> binding, R observation) {
    binding.mustFit(inputs);
    binding.read(observation, frame.inputs, frame.present);
    observe();
  }

  private void observe() {
    stepper.observe(frame);
    begin();
  }

  private void begin() {
    started = true;
    steps = 0;
  }

  /** Runs a step on inputs laid out flat; returns the total, NaN for a program without one. */
  public double step(double[] values) {
    copy(values);
    return step();
  }

  /** Runs a step on a record; returns the total, NaN for a program without one. */
  public <R extends Record> double step(Binding<R> binding, R values) {
    binding.mustFit(inputs);
    binding.read(values, frame.inputs, frame.present);
    return step();
  }

  /**
   * Runs a step on the inputs as they were set; those not set since keep their values. Returns the
   * total, NaN for a program without one.
   */
  public double step() {
    if (!started) {
      reset();
    }
    if (live) {
      stepper.live(frame, before);
    } else {
      stepper.step(frame);
    }
    steps++;
    return total();
  }

  private void copy(double[] values) {
    if (values.length != frame.inputs.length) {
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(
                      Code.WRONG_LENGTH,
                      "the program takes "
                          + frame.inputs.length
                          + " numbers, the array holds "
                          + values.length)
                  .found(Integer.toString(values.length))
                  .expected(List.of(Integer.toString(frame.inputs.length)))
                  .build()));
    }
    // Not System.arraycopy: what that has just written takes long to read back, and is read at
    // once.
    for (int i = 0; i < values.length; i++) {
      frame.inputs[i] = values[i];
    }
  }

  /** Sets an input by name, for the steps to come. */
  public Episode set(String name, double... values) {
    InputInfo input = reward.input(name);
    if (values.length != input.size()) {
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(
                      Code.WRONG_LENGTH,
                      "`" + name + "` takes " + input.size() + " values, not " + values.length)
                  .found(Integer.toString(values.length))
                  .expected(List.of(Integer.toString(input.size())))
                  .build()));
    }
    System.arraycopy(values, 0, frame.inputs, input.offset(), values.length);
    return this;
  }

  /** Sets a bool input by name, for the steps to come. */
  public Episode set(String name, boolean value) {
    return set(name, value ? 1 : 0);
  }

  /** Sets an input that is an enum by name, for the steps to come. */
  public Episode set(String name, String member) {
    InputInfo input = reward.input(name);
    int index = input.members().indexOf(member);
    if (index < 0) {
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(Code.WRONG_TYPE, "`" + name + "` has no member `" + member + "`")
                  .found(member)
                  .expected(input.members())
                  .build()));
    }
    return set(name, index);
  }

  /**
   * Sets a parameter, for this episode object alone and from the next step on.
   *
   * @throws RewardEvaluationException if there is none of this name, or the value is out of range
   */
  public void setParam(String name, double... values) {
    double[] changed = reward.with(params, name, values);
    System.arraycopy(changed, 0, params, 0, params.length);
  }

  /** The steps done since the reset. */
  public long steps() {
    return steps;
  }

  /** The total of the last step, NaN for a program without one. */
  public double total() {
    return total < 0 ? Double.NaN : frame.outputs[total];
  }

  /** A result of the last step; a bool is 0 or 1, a skipped or undefined one NaN. */
  public double value(OutputInfo output) {
    return frame.outputs[output.offset()];
  }

  /** A result of the last step that is a vector. */
  public void values(OutputInfo output, double[] into) {
    System.arraycopy(frame.outputs, output.offset(), into, 0, output.size());
  }

  /**
   * The coordinates of a vector reward in the last step, in the order of {@link Reward#rewards};
   * they need room for {@link Reward#rewardSize} numbers.
   */
  public void rewards(double[] into) {
    reward.rewards(frame.outputs, into, 0);
  }

  /** All results of the last step, laid out as {@link Reward#outputs} says. */
  public void values(double[] into) {
    System.arraycopy(frame.outputs, 0, into, 0, frame.outputs.length);
  }

  /** How many numbers {@link #values(double[])} needs room for. */
  public int outputSize() {
    return frame.outputs.length;
  }

  /** A component of the last step, by its column's name. */
  public double component(String name) {
    return value(reward.output(Output.Role.COMPONENT, name));
  }

  /** A metric of the last step. */
  public double metric(String name) {
    return value(reward.output(Output.Role.METRIC, name));
  }

  /** A cost of the last step. */
  public double cost(String name) {
    return value(reward.output(Output.Role.COST, name));
  }

  /**
   * A derivative of the last step, of a program {@link Reward#withGradient}: row-major, as many
   * numbers as {@code by} has.
   *
   * @param of {@code total}, or the name of a component or reward
   * @param by the name of an input or parameter
   */
  public double[] gradient(String of, String by) {
    OutputInfo derivative = reward.gradient(of, by);
    double[] values = new double[derivative.size()];
    values(derivative, values);
    return values;
  }

  /**
   * The results that have no value in the step that was just refused: after {@link #step} threw,
   * and before anything else is done. Runs the step again, slowly.
   */
  public List<OutputInfo> undefined() {
    return reward.outputsAt(stepper.undefined(frame));
  }

  /** Whether the program reports success in the last step. */
  public boolean succeeded() {
    return reward.any(frame.outputs, Output.Role.SUCCESS);
  }

  /** Whether the program reports failure in the last step. */
  public boolean failed() {
    return reward.any(frame.outputs, Output.Role.FAILURE);
  }

  /** Whether the program's own outcomes end the episode with the last step. */
  public boolean terminates() {
    return stepper.terminates(frame);
  }

  /** Whether the program's own outcomes cut the episode short after the last step. */
  public boolean truncates() {
    return stepper.truncates(frame);
  }

  /** What ends the episode with the last step: {@code terminate.fell}, {@code truncate}, …. */
  public List<String> causes() {
    return reward.outputs().stream()
        .filter(o -> o.role() == Output.Role.TERMINATE || o.role() == Output.Role.TRUNCATE)
        .filter(o -> frame.outputs[o.offset()] == 1)
        .map(OutputInfo::column)
        .toList();
  }

  /** The state as it is now. */
  public Snapshot snapshot() {
    Layout layout = stepper.evaluator().layout();
    return new Snapshot(reward.programHash(), layout.canonical(frame.state), steps);
  }

  /**
   * Goes back, or over, to a state of the same program; outputs keep showing the last step run.
   *
   * @throws IllegalArgumentException if the snapshot is of another program
   */
  public void restore(Snapshot snapshot) {
    if (!snapshot.program().equals(reward.programHash())) {
      throw new IllegalArgumentException("the snapshot is of another program");
    }
    System.arraycopy(snapshot.state(), 0, frame.state, 0, frame.state.length);
    steps = snapshot.steps();
    started = true;
  }

  /** The state itself, laid out as the program's layout says. */
  double[] state() {
    return frame.state;
  }

  /** The inputs as they were set. */
  void inputs(double[] into) {
    System.arraycopy(frame.inputs, 0, into, 0, frame.inputs.length);
  }

  /** Takes on another episode's state and parameters. */
  void follow(Episode other) {
    System.arraycopy(other.frame.state, 0, frame.state, 0, frame.state.length);
    System.arraycopy(other.params, 0, params, 0, params.length);
    steps = other.steps;
    started = true;
  }
}
