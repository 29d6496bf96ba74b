package org.rewlang.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Fact;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.Port;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Claim;
import org.rewlang.model.EnumType;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.ParamVar;
import org.rewlang.model.PropertyCase;
import org.rewlang.model.Scope;
import org.rewlang.model.Structured;
import org.rewlang.model.Type;

/**
 * One property: proved where the ranges of its terms show that it can't be false, else tried on
 * generated episodes, which can only refute it.
 */
final class PropertyRun {

  private static final int EPISODES = 250;
  private static final int STEPS = 8;
  private static final long SEED = 1;

  private final Model model;
  private final Ranges ranges;
  private final PropertyCase property;
  private final Random random = new Random(SEED);

  private int steps;
  private int failedSteps;

  PropertyRun(Model model, Ranges ranges, PropertyCase property) {
    this.model = model;
    this.ranges = ranges;
    this.property = property;
  }

  Outcome run() {
    List<Claim> open =
        property.claims().stream()
            .filter(c -> !(ranges.fact(c.condition()) instanceof Fact.Truth t && t.isAlwaysTrue()))
            .toList();
    if (open.isEmpty()) {
      return Outcome.passed(Outcome.Kind.PROPERTY, property.title(), "proved", 0, property.at());
    }
    Bench bench = new Bench(model, ranges, open);
    List<InputVar> inputs = new ArrayList<>(model.inputs());
    inputs.addAll(property.variables());
    double[] defaults = bench.frame.params.clone();
    for (int episode = 0; episode < EPISODES; episode++) {
      System.arraycopy(defaults, 0, bench.frame.params, 0, defaults.length);
      if (episode % 2 == 1) {
        params(bench);
      }
      bench.reset();
      List<double[]> rows = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        for (InputVar input : inputs) {
          input(bench, input);
        }
        rows.add(bench.frame.inputs.clone());
        if (bench.step() != null) {
          // What the program itself refuses says nothing about the property.
          failedSteps++;
          continue;
        }
        steps++;
        if (look(bench, open) != null) {
          List<double[]> small = new Shrinking(bench, open, inputs).shrink(rows);
          Diagnostic problem = Objects.requireNonNull(look(bench, open));
          return Outcome.failed(
              Outcome.Kind.PROPERTY,
              property.title(),
              steps,
              withInputs(problem, bench, inputs, small),
              property.at());
        }
      }
    }
    return tried();
  }

  private Outcome tried() {
    if (steps == 0) {
      Diagnostic problem =
          Diagnostic.of(
                  Code.PROPERTY_FAILED,
                  "the property `" + property.title() + "` could not be tried",
                  property.at().source(),
                  property.at().span())
              .label("every generated step failed or broke a `require`")
              .build();
      return Outcome.failed(Outcome.Kind.PROPERTY, property.title(), 0, problem, property.at());
    }
    String how = "held in " + steps + " generated steps";
    if (failedSteps > 0) {
      how += ", " + failedSteps + " more failed or broke a `require`";
    }
    return Outcome.passed(Outcome.Kind.PROPERTY, property.title(), how, steps, property.at());
  }

  private @Nullable Diagnostic look(Bench bench, List<Claim> open) {
    for (Claim claim : open) {
      List<double[]> values = bench.probes(claim);
      if (values.getFirst()[0] != 1) {
        return Bench.broken(
            Code.PROPERTY_FAILED,
            "the property `" + property.title() + "` does not hold",
            claim,
            values);
      }
    }
    return null;
  }

  /** The steps that refuted it, as they would stand in a test. */
  private Diagnostic withInputs(
      Diagnostic problem, Bench bench, List<InputVar> inputs, List<double[]> rows) {
    List<String> actions = new ArrayList<>();
    String given = given(bench);
    if (!given.isEmpty()) {
      actions.add("given " + given);
    }
    for (double[] row : rows) {
      actions.add("step { " + shown(bench, inputs, row) + " }");
    }
    String values = String.join(" ", actions);
    return new Diagnostic(
        problem.code(),
        problem.severity(),
        problem.phase(),
        problem.message(),
        problem.primary(),
        problem.related(),
        values,
        problem.expected(),
        "it does not hold after " + values,
        problem.fixes());
  }

  private String shown(Bench bench, List<InputVar> inputs, double[] row) {
    StringBuilder shown =
        new StringBuilder(String.join(", ", given(bench, inputs, row, List.of())));
    for (InputVar input : inputs) {
      if (input.isPresence() && bench.port(input.name()) >= 0) {
        double[] there = read(bench, input, row);
        for (int agent = 0; agent < there.length; agent++) {
          String own = String.join(", ", given(bench, inputs, row, List.of(agent)));
          shown.append(there[agent] == 0 ? " agent { }" : " agent { " + own + " }");
        }
      }
    }
    return shown.toString().strip();
  }

  /**
   * What a step is given, or an agent in it.
   *
   * @param agent empty for the step
   */
  private List<String> given(
      Bench bench, List<InputVar> inputs, double[] row, List<Integer> agent) {
    List<InputVar> parts =
        model.structured().stream().flatMap(s -> s.form().arrays().stream()).toList();
    PrintedForm<InputVar> printed =
        new PrintedForm<>(
            array ->
                bench.port(array.name()) >= 0
                    ? read(bench, array, row)
                    : new double[array.type().size()]);
    List<String> given = new ArrayList<>();
    for (InputVar input : inputs) {
      boolean own = !input.isPresence() && input.perAgent() != agent.isEmpty();
      if (own && bench.port(input.name()) >= 0 && !parts.contains(input)) {
        given.add(input.name() + " = " + printed.of(new Form.Leaf<>(input, null), agent));
      }
    }
    for (Structured<InputVar> input : model.structured()) {
      String value = input.perAgent() != agent.isEmpty() ? printed.of(input.form(), agent) : "";
      if (!value.isEmpty()) {
        given.add(input.name() + " = " + value);
      }
    }
    return given;
  }

  private static double[] read(Bench bench, InputVar input, double[] row) {
    int from = bench.layout().input(bench.port(input.name()));
    return Arrays.copyOfRange(row, from, from + input.type().size());
  }

  /** Parameters that are not at their defaults. */
  private String given(Bench bench) {
    PrintedForm<ParamVar> printed = new PrintedForm<>(p -> read(bench, p, bench.frame.params));
    double[] defaults = bench.layout().defaultParams();
    List<String> given = new ArrayList<>();
    for (Structured<ParamVar> param : params()) {
      boolean changed =
          param.form().arrays().stream()
              .anyMatch(
                  p ->
                      !Arrays.equals(read(bench, p, bench.frame.params), read(bench, p, defaults)));
      if (changed) {
        given.add(param.name() + " = " + printed.of(param.form(), List.of()));
      }
    }
    return String.join(", ", given);
  }

  /** All parameters, also those that are one array each. */
  private List<Structured<ParamVar>> params() {
    List<Structured<ParamVar>> all = new ArrayList<>(model.structuredParams());
    List<ParamVar> parts = all.stream().flatMap(p -> p.form().arrays().stream()).toList();
    for (ParamVar p : model.params()) {
      if (!parts.contains(p)) {
        Form<ParamVar> leaf = new Form.Leaf<>(p, null);
        String type = p.type().toString();
        all.add(new Structured<>(p.name(), p.name(), type, leaf, Scope.RUN, p.doc(), p.at()));
      }
    }
    return all;
  }

  private double[] read(Bench bench, ParamVar param, double[] values) {
    int from = bench.layout().param(model.params().indexOf(param));
    return Arrays.copyOfRange(values, from, from + param.type().size());
  }

  private void params(Bench bench) {
    List<Port> ports = bench.layout().program().params();
    for (ParamVar param : model.params()) {
      for (int port = 0; port < ports.size(); port++) {
        if (ports.get(port).name().equals(param.name())
            && (param.range().low() > Double.NEGATIVE_INFINITY
                || param.range().high() < Double.POSITIVE_INFINITY)) {
          for (int i = 0; i < param.type().size(); i++) {
            bench.frame.params[bench.layout().param(port) + i] =
                number(param.type(), param.range());
          }
        }
      }
    }
  }

  private void input(Bench bench, InputVar input) {
    int port = bench.port(input.name());
    if (port < 0) {
      return;
    }
    int size = input.type().size();
    for (int i = 0; i < size; i++) {
      bench.frame.inputs[bench.layout().input(port) + i] = number(input.type(), input.range());
    }
  }

  /** Ends of the range, zero and whole numbers more often than chance would have them. */
  private double number(Type type, Interval range) {
    EnumType members = type.enumeration();
    if (members != null) {
      return random.nextInt(members.members().size());
    }
    if (type.base() == Base.BOOL) {
      return random.nextInt(2);
    }
    double low = Math.max(range.low(), -1e3);
    double high = Math.min(range.high(), 1e3);
    if (low > high) {
      low = range.low() > 1e3 ? range.low() : Math.max(range.low(), range.high() - 1e3);
      high = range.high() < -1e3 ? range.high() : Math.min(range.high(), range.low() + 1e3);
    }
    double value =
        switch (random.nextInt(8)) {
          case 0 -> low;
          case 1 -> high;
          case 2 -> 0;
          case 3 -> Math.rint(low + (high - low) * random.nextDouble());
          case 4 -> random.nextGaussian();
          default -> low + (high - low) * random.nextDouble();
        };
    if (type.base() == Base.INT) {
      value = Math.rint(value);
    }
    return Math.min(Math.max(value, low), high);
  }
}
