package org.rewlang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.host.Compiled;
import org.rewlang.host.Derivatives;
import org.rewlang.host.Engines;
import org.rewlang.host.FirstStep;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Lockstep;
import org.rewlang.host.Outputs;
import org.rewlang.host.Parameters;
import org.rewlang.host.Programs;
import org.rewlang.host.Stepper;
import org.rewlang.model.Machine;

/** A compiled program: immutable, shared by any number of threads. */
public final class Reward {

  private final Compiled compiled;
  private final Engines.Choice choice;
  private final InputLayout layout;
  private final List<OutputInfo> outputs;
  private final List<OutputInfo> rewards;
  private final List<ParamInfo> params;
  private final double[] parameters;
  private final Stepper stepper;
  private final @Nullable BatchEvaluator batches;
  private final Facts facts;
  private final String hash;

  Reward(Compiled compiled, Engines.Choice choice) {
    this(compiled, choice, InputLayout.of(compiled.model()), null);
  }

  private Reward(
      Compiled compiled,
      Engines.Choice choice,
      InputLayout layout,
      double @Nullable [] parameters) {
    this.compiled = compiled;
    this.choice = choice;
    Engine engine = choice.engine();
    Evaluator evaluator = engine.prepare(compiled.core());
    this.layout = layout;
    this.outputs = Outputs.of(compiled.model(), compiled.core());
    this.rewards = outputs(Output.Role.REWARD);
    this.parameters = parameters == null ? evaluator.layout().defaultParams() : parameters;
    this.params = Parameters.of(compiled.model().params(), this.parameters);
    this.stepper = new Stepper(evaluator, layout, outputs);
    this.batches = engine.prepareBatch(compiled.core()).orElse(null);
    this.facts = Programs.facts(compiled);
    this.hash = Programs.hash(compiled);
    if (evaluator.layout().inputSize() != layout.size()) {
      throw new IllegalStateException("the inputs declared and those compiled differ");
    }
  }

  private Reward(Reward of, InputLayout layout, double[] parameters) {
    this.compiled = of.compiled;
    this.choice = of.choice;
    this.layout = layout;
    this.outputs = of.outputs;
    this.rewards = of.rewards;
    this.parameters = parameters;
    this.params = Parameters.of(compiled.model().params(), parameters);
    this.stepper = of.stepper.over(layout);
    this.batches = of.batches;
    this.facts = of.facts;
    this.hash = of.hash;
  }

  /** The name in its {@code module} line, or its file's. */
  public String name() {
    return compiled.model().name();
  }

  /** The engine that runs it, and why. */
  public EngineInfo engine() {
    return new EngineInfo(choice.engine().name(), true, choice.reason());
  }

  /** Its inputs, in the order in which a flat array holds them. */
  public List<InputInfo> inputs() {
    return layout.inputs();
  }

  /** How many numbers a flat array of all inputs holds. */
  public int inputSize() {
    return layout.size();
  }

  /**
   * The input called {@code name} (or so by the host).
   *
   * @throws RewardEvaluationException if there is none
   */
  public InputInfo input(String name) {
    int port = layout.port(name);
    if (port < 0) {
      List<String> names = inputs().stream().map(InputInfo::name).toList();
      Diagnostic.Builder problem =
          Diagnostic.of(Code.BAD_BINDING, "the program has no input `" + name + "`")
              .found(name)
              .expected(names);
      Spelling.closest(name, names).ifPresent(n -> problem.hint("did you mean `" + n + "`?"));
      throw new RewardEvaluationException(List.of(problem.build()));
    }
    return layout.inputs().get(port);
  }

  /**
   * Its parameters, with the values they have here; one that is more than an array is several,
   * {@code goal.at} and {@code goal.weight}.
   */
  public List<ParamInfo> params() {
    return params;
  }

  /** Its results: the total, components, outcomes, metrics, costs, logged terms. */
  public List<OutputInfo> outputs() {
    return outputs;
  }

  /** The results of one role. */
  public List<OutputInfo> outputs(Output.Role role) {
    return outputs.stream().filter(o -> o.role() == role).toList();
  }

  /** The components of the reward, in the order in which they add up to the total. */
  public List<OutputInfo> components() {
    return outputs(Output.Role.COMPONENT);
  }

  OutputInfo output(Output.Role role, String name) {
    List<String> names = new ArrayList<>();
    for (OutputInfo output : outputs) {
      if (output.role() == role) {
        if (output.column().equals(name) || output.name().equals(name)) {
          return output;
        }
        names.add(output.name());
      }
    }
    throw new IllegalArgumentException(
        "the program has no " + role.text() + " `" + name + "`, only " + names);
  }

  /** What it costs, and what it asks of its host. */
  public Facts facts() {
    return facts;
  }

  /**
   * This program with a parameter set.
   *
   * @param name a record, a pose or the like may be set as a whole, or by its arrays: {@code goal},
   *     {@code goal.at}
   * @param values one number, or one for each element, of a record those of its arrays in the order
   *     of {@link #params}; an enum's is its index
   * @throws RewardEvaluationException if there is no such parameter, or a value is out of range
   */
  public Reward with(String name, double... values) {
    return new Reward(this, layout, with(parameters, name, values));
  }

  /**
   * This program with the value of an input {@code per run}, or of {@code progress}, for all steps:
   * a host need not supply it any more, and what lies at its place in a flat array doesn't count.
   *
   * @param values one number, or one for each element; an enum's is its index
   * @throws RewardEvaluationException if it is no input of the run, or a value is out of range
   */
  public Reward withRun(String name, double... values) {
    return new Reward(this, layout.holding(name, values), parameters);
  }

  /**
   * This program with derivatives among its results: of the total, of rewards beside it and of each
   * component, by what is named. They are {@link #outputs} of role {@link Output.Role#GRADIENT},
   * each of the shape of what it is by, in columns {@code d_total.hand}, {@code d_near.hand}; of
   * what each agent is paid, they are of the sum. All else is as before, bit for bit, and a step
   * that fails, fails as before.
   *
   * <pre>{@code
   * Reward both = reward.withGradient("hand", "params");
   * Episode episode = both.newEpisode();
   * double total = episode.step(inputs);
   * double[] byHand = episode.gradient("total", "hand");
   * }</pre>
   *
   * <p>They say how this step's result changes with this step's inputs and the parameters; what
   * earlier steps left is held as it is. At a kink they are those of one side, by fixed rules;
   * where one has no value, it is NaN or infinite.
   *
   * @param by names of inputs and parameters that are real, or {@code inputs}, {@code params} for
   *     all that are
   * @throws RewardEvaluationException if there is none of a name, or derivatives cost too much
   */
  public Reward withGradient(String... by) {
    Compiled both = Derivatives.add(compiled, inputs(), params, List.of(by));
    return new Reward(both, choice, layout, parameters);
  }

  /**
   * Where the derivative of a result by an input or parameter lies.
   *
   * @param of {@code total}, or the name of a component or reward
   */
  OutputInfo gradient(String of, String by) {
    return output(Output.Role.GRADIENT, "d_" + of + "." + by);
  }

  /** Flat values of all parameters with one changed. */
  double[] with(double[] flat, String name, double... values) {
    return Parameters.with(params, compiled.model().structuredParams(), flat, name, values);
  }

  /** Binds a record class that supplies every input. */
  public <R extends Record> Binding<R> bind(Schema<R> schema) {
    return Binding.of(schema, layout, false);
  }

  /** Binds a record class for reset observations, which may lack inputs (actions, say). */
  public <R extends Record> Binding<R> bindReset(Schema<R> schema) {
    return Binding.of(schema, layout, true);
  }

  /** The coordinates of a vector reward, or the rewards beside the total; else empty. */
  public List<OutputInfo> rewards() {
    return rewards;
  }

  /** How many numbers all coordinates of a vector reward are: one each, or one for each agent. */
  public int rewardSize() {
    return rewards.stream().mapToInt(OutputInfo::size).sum();
  }

  /** Copies the coordinates of a vector reward out of results. */
  void rewards(double[] outputs, double[] into, int at) {
    int to = at;
    for (int i = 0; i < rewards.size(); i++) {
      OutputInfo coordinate = rewards.get(i);
      System.arraycopy(outputs, coordinate.offset(), into, to, coordinate.size());
      to += coordinate.size();
    }
  }

  /**
   * An episode in a live environment: where the program ends it, it knows in that same step.
   *
   * @throws RewardEvaluationException if the reward is a vector, of which there is no one total
   */
  public Episode newEpisode() {
    mustBeScalar();
    return new Episode(this, true);
  }

  /** The same for a host that takes {@link #rewards} as a vector: {@link Episode#rewards}. */
  public Episode newVectorEpisode() {
    return new Episode(this, true);
  }

  /** An episode over recorded data, which alone says where episodes end. */
  public Episode newReplay() {
    return new Episode(this, false);
  }

  /**
   * What steps would be worth in every state of machines: of those named, or of all.
   *
   * @throws IllegalArgumentException if there is none of a name, its state can't be set, or they
   *     have too many states together
   * @throws RewardEvaluationException if the reward is a vector, of which there is no one total
   */
  public Counterfactuals counterfactuals(String... machines) {
    List<Machine> all = compiled.model().machines();
    List<Machine> chosen = new ArrayList<>(machines.length == 0 ? all : List.of());
    for (String name : machines) {
      chosen.add(
          all.stream()
              .filter(m -> m.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the program has no machine `"
                              + name
                              + "`, only "
                              + all.stream().map(Machine::name).toList())));
    }
    return new Counterfactuals(this, chosen);
  }

  /**
   * Many episodes in step.
   *
   * @throws RewardEvaluationException if the reward is a vector, of which there is no one total
   */
  public Lanes newLanes(int count) {
    mustBeScalar();
    return new Lanes(this, count);
  }

  /** The same for a host that takes {@link #rewards} as a vector: {@link Lanes#rewards}. */
  public Lanes newVectorLanes(int count) {
    return new Lanes(this, count);
  }

  private void mustBeScalar() {
    if (rewards().isEmpty() || totalOffset() >= 0) {
      return;
    }
    List<String> names = rewards().stream().map(OutputInfo::name).toList();
    throw new RewardEvaluationException(
        List.of(
            Diagnostic.of(
                    Code.BAD_BINDING,
                    "the reward is a vector of `"
                        + String.join("`, `", names)
                        + "` without a total")
                .expected(List.of("total"))
                .hint(
                    "say what they are worth together: `reward = "
                        + String.join(" + ", names)
                        + "`")
                .build()));
  }

  /** The SHA-256 of the program's text, and of what it uses, in hexadecimal. */
  public String programHash() {
    return hash;
  }

  /** What the compiler made of the program; for Rew's own tools. */
  public Compiled compiled() {
    return compiled;
  }

  /** Where its inputs lie; for Rew's own tools. */
  public InputLayout layout() {
    return layout;
  }

  /** Lanes that step together: blocks of them where the engine has blocks; for Rew's own tools. */
  public Lockstep newLockstep(int count) {
    return Lockstep.of(stepper, batches, count, parameters);
  }

  /** How many numbers the results of a step are. */
  public int outputSize() {
    return stepper.evaluator().layout().outputSize();
  }

  /** How many numbers the state of an episode is; for Rew's own tools. */
  public int stateSize() {
    return stepper.evaluator().layout().stateSize();
  }

  /** The results of ports of the core; for Rew's own tools. */
  public List<OutputInfo> outputsAt(List<Integer> ports) {
    Set<Integer> offsets = new HashSet<>();
    ports.forEach(port -> offsets.add(stepper.evaluator().layout().output(port)));
    return outputs.stream().filter(o -> offsets.contains(o.offset())).toList();
  }

  /** How many lanes step together best; 1 for an engine that runs one step at a time. */
  public int lanesAtOnce() {
    return batches == null ? 1 : batches.width();
  }

  Stepper stepper() {
    return stepper;
  }

  double[] parameters() {
    return parameters;
  }

  int totalOffset() {
    for (OutputInfo output : outputs) {
      if (output.role() == Output.Role.TOTAL && output.type().isScalar()) {
        return output.offset();
      }
    }
    return -1;
  }

  boolean any(double[] values, Output.Role role) {
    for (int i = 0; i < outputs.size(); i++) {
      OutputInfo output = outputs.get(i);
      if (output.role() == role && values[output.offset()] == 1) {
        return true;
      }
    }
    return false;
  }

  Diagnostic needsReset() {
    return FirstStep.needsReset(compiled.model());
  }
}
