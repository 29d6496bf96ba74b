package org.rewlang.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.RewardEvaluationException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.EnumType;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Order;
import org.rewlang.model.Scope;
import org.rewlang.model.Shape;
import org.rewlang.model.Structured;

/**
 * Where the inputs of a program lie in a flat array, and what numbers each place allows. Every way
 * in checks here, so that what the compiler concludes from ranges holds whatever the host does.
 */
public final class InputLayout {

  private final List<InputVar> variables;
  private final List<InputInfo> inputs;
  private final List<Structured<InputVar>> structured;
  private final Map<InputVar, Integer> ports = new IdentityHashMap<>();
  private final Map<Integer, Structured<InputVar>> owners = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final int size;
  private final Bounds bounds;

  /** Where it says which agents are there; -1 in a program without agents. */
  private final int presence;

  /** The places of each agent, but for its presence. */
  private final int[][] agents;

  /** What stands at a place where the agent is not. */
  private final double[] away;

  /** What is given once for a whole run; NaN at all other places. */
  private final double[] held;

  private boolean holds;

  private InputLayout(
      List<InputVar> variables,
      List<InputInfo> inputs,
      List<Structured<InputVar>> structured,
      int size) {
    this.variables = List.copyOf(variables);
    this.inputs = List.copyOf(inputs);
    this.structured = structured;
    for (int port = 0; port < variables.size(); port++) {
      ports.put(variables.get(port), port);
    }
    for (Structured<InputVar> input : structured) {
      input.form().arrays().forEach(v -> owners.put(port(v), input));
    }
    this.size = size;
    bounds = new Bounds(this.inputs, size);
    away = new double[size];
    held = new double[size];
    Arrays.fill(held, Double.NaN);
    int there = -1;
    for (int port = 0; port < inputs.size(); port++) {
      InputInfo input = inputs.get(port);
      byName.put(input.name(), port);
      byName.putIfAbsent(input.host(), port);
      there = input.isPresence() ? input.offset() : there;
      Arrays.fill(away, input.offset(), input.offset() + input.size(), variables.get(port).idle());
    }
    presence = there;
    agents = new int[there < 0 ? 0 : inputAt(there).size()][];
    for (int agent = 0; agent < agents.length; agent++) {
      agents[agent] = placesOf(agent);
    }
  }

  private int[] placesOf(int agent) {
    return inputs.stream()
        .filter(input -> input.perAgent() && !input.isPresence())
        .flatMapToInt(
            input -> {
              int from = input.offset() + agent * perAgent(input);
              return IntStream.range(from, from + perAgent(input));
            })
        .toArray();
  }

  /** The layout of {@code inputs}, one after the other. */
  public static InputLayout of(List<InputVar> inputs) {
    return of(inputs, List.of());
  }

  /** The layout of a program's inputs. */
  public static InputLayout of(Model model) {
    return of(model.inputs(), model.structured());
  }

  /** The layout of {@code inputs}, some of which belong together. */
  public static InputLayout of(List<InputVar> inputs, List<Structured<InputVar>> structured) {
    List<InputInfo> infos = new ArrayList<>();
    int offset = 0;
    for (InputVar input : inputs) {
      Interval range = input.range();
      infos.add(
          new InputInfo(
              input.name(),
              input.host(),
              input.type(),
              input.unit(),
              range.low(),
              range.high(),
              offset,
              input.scope(),
              input.implicit(),
              input.doc(),
              input.at()));
      offset = Math.addExact(offset, input.type().size());
    }
    return new InputLayout(inputs, infos, structured, offset);
  }

  /**
   * This layout with a value for all steps to come, of an input that is the run's.
   *
   * @param values of all its arrays, one after the other
   * @throws RewardEvaluationException if it is no input of the run, or a number isn't allowed
   */
  public InputLayout holding(String name, double... values) {
    List<InputInfo> arrays = ofRun(name);
    int wanted = arrays.stream().mapToInt(InputInfo::size).sum();
    if (values.length != wanted) {
      throw refused(
          Diagnostic.of(
                  Code.WRONG_LENGTH,
                  "`" + name + "` takes " + wanted + " values, not " + values.length)
              .found(Integer.toString(values.length))
              .expected(List.of(Integer.toString(wanted)))
              .build());
    }
    InputLayout holding = new InputLayout(variables, inputs, structured, size);
    System.arraycopy(held, 0, holding.held, 0, size);
    holding.holds = true;
    int from = 0;
    for (InputInfo array : arrays) {
      for (int i = array.offset(); i < array.offset() + array.size(); i++) {
        holding.held[i] = values[from++];
        if (!isGood(i, holding.held[i])) {
          throw refused(bad(i, holding.held[i], ""));
        }
      }
    }
    return holding;
  }

  /** The arrays of an input of the run. */
  private List<InputInfo> ofRun(String name) {
    Structured<InputVar> whole = structured(name);
    if (whole != null && whole.scope() == Scope.RUN) {
      return whole.form().arrays().stream().map(a -> inputs.get(port(a))).toList();
    }
    int port = port(name);
    if (whole == null && port >= 0 && inputs.get(port).scope() == Scope.RUN) {
      return List.of(inputs.get(port));
    }
    Set<String> names = new LinkedHashSet<>();
    for (int p = 0; p < inputs.size(); p++) {
      Structured<InputVar> owner = owners.get(p);
      if (inputs.get(p).scope() == Scope.RUN) {
        names.add(owner == null ? inputs.get(p).name() : owner.name());
      }
    }
    boolean known = whole != null || port >= 0;
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.BAD_BINDING,
                known
                    ? "`" + name + "` is no input of the run, it may change in each step"
                    : "the program has no input `" + name + "` per run")
            .found(name)
            .expected(List.copyOf(names));
    if (known) {
      problem.hint("declare it in `inputs per run { … }`");
    }
    throw refused(problem.build());
  }

  private static RewardEvaluationException refused(Diagnostic diagnostic) {
    return new RewardEvaluationException(List.of(diagnostic));
  }

  /** Whether the input of a port is given for the whole run. */
  public boolean isHeld(int port) {
    return !Double.isNaN(held[inputs.get(port).offset()]);
  }

  /** The numbers that are given for the whole run, of the array of a port. */
  public List<Double> held(int port) {
    int from = inputs.get(port).offset();
    return Arrays.stream(held, from, from + inputs.get(port).size()).boxed().toList();
  }

  /** Puts what is given for the whole run at its places. */
  public void hold(double[] values) {
    for (int i = 0; holds && i < size; i++) {
      values[i] = Double.isNaN(held[i]) ? values[i] : held[i];
    }
  }

  /** The same of columns, each of one place in {@code lanes} lanes. */
  void hold(double[][] columns, int lanes) {
    for (int i = 0; holds && i < size; i++) {
      if (!Double.isNaN(held[i])) {
        Arrays.fill(columns[i], 0, lanes, held[i]);
      }
    }
  }

  /** The same of a reset observation, which then has these inputs. */
  public void hold(double[] values, boolean[] present) {
    hold(values);
    for (int port = 0; holds && port < present.length; port++) {
      present[port] |= isHeld(port);
    }
  }

  /** Whether it is of the same program. */
  public boolean isOf(InputLayout other) {
    return inputs.equals(other.inputs);
  }

  /** How many numbers one agent has of an input. */
  public static int perAgent(InputInfo input) {
    return input.size() / input.type().shape().getFirst();
  }

  /** Says that all agents are there. */
  public void allThere(double[] values) {
    if (presence >= 0) {
      InputInfo input = inputAt(presence);
      Arrays.fill(values, presence, presence + input.size(), 1);
    }
  }

  /** Where the first agent's presence lies; -1 in a program without agents. */
  public int presence() {
    return presence;
  }

  /** Gives agents that are not there numbers that do no harm. */
  public void fillAway(double[] values) {
    for (int agent = 0; agent < agents.length; agent++) {
      if (values[presence + agent] == 0) {
        for (int i : agents[agent]) {
          values[i] = away[i];
        }
      }
    }
  }

  /** The same of columns, each of one place in {@code lanes} lanes. */
  void fillAway(double[][] columns, int lanes) {
    for (int agent = 0; agent < agents.length; agent++) {
      double[] there = columns[presence + agent];
      for (int i : agents[agent]) {
        double[] column = columns[i];
        for (int lane = 0; lane < lanes; lane++) {
          column[lane] = there[lane] == 0 ? away[i] : column[lane];
        }
      }
    }
  }

  public List<InputInfo> inputs() {
    return inputs;
  }

  /** Inputs that are more than one array; those are among {@link #inputs}. */
  public List<Structured<InputVar>> structured() {
    return structured;
  }

  /** The structured input called {@code name}, here or by the host; null if there is none. */
  public @Nullable Structured<InputVar> structured(String name) {
    for (Structured<InputVar> input : structured) {
      if (input.name().equals(name) || input.host().equals(name)) {
        return input;
      }
    }
    return null;
  }

  /** The structured input that the array of a port belongs to, or null. */
  public @Nullable Structured<InputVar> owner(int port) {
    return owners.get(port);
  }

  /** The order of the quaternion that the array of a port is; null if it is none. */
  public @Nullable Order order(int port) {
    Structured<InputVar> owner = owners.get(port);
    return owner == null ? null : order(owner.form(), inputs.get(port).name());
  }

  private static @Nullable Order order(Form<InputVar> form, String array) {
    return switch (form) {
      case Form.Leaf<InputVar> leaf -> leaf.array().name().equals(array) ? leaf.order() : null;
      case Form.Maybe<InputVar> maybe -> order(maybe.of(), array);
      case Form.Row<InputVar> row -> order(row.element(), array);
      case Form.Listed<InputVar> listed -> order(listed.element(), array);
      case Form.Fields<InputVar> fields -> {
        Order found = null;
        for (Form<InputVar> field : fields.fields().values()) {
          found = found == null ? order(field, array) : found;
        }
        yield found;
      }
    };
  }

  /** The port of one of the program's arrays. */
  public int port(InputVar array) {
    Integer port = ports.get(array);
    if (port == null) {
      throw new IllegalArgumentException("no input of this program: " + array.name());
    }
    return port;
  }

  /** Where an array's numbers begin. */
  public int offset(InputVar array) {
    return inputs.get(port(array)).offset();
  }

  /** Fills the arrays of a form with numbers that are allowed and mean that nothing is there. */
  public void clear(Form<InputVar> form, double[] values) {
    for (InputVar array : form.arrays()) {
      int from = offset(array);
      Arrays.fill(values, from, from + array.type().size(), array.idle());
    }
  }

  /** How many numbers all inputs take. */
  public int size() {
    return size;
  }

  /** The port of an input, by its name or the host's; -1 if there is none. */
  public int port(String name) {
    return byName.getOrDefault(name, -1);
  }

  /** The first place whose number is not allowed, or -1. */
  public int firstBad(double[] values) {
    return bounds.firstBad(values);
  }

  /**
   * Whether columns, each of one place, allow what stands in {@code lanes} lanes.
   *
   * @param room for a number of each lane
   */
  boolean areGood(double[][] columns, int lanes, double[] room) {
    return bounds.areGood(columns, lanes, room);
  }

  /**
   * The first such place among the inputs that an observation has, or -1.
   *
   * @param present which those are, by port
   */
  public int firstBad(double[] values, boolean[] present) {
    for (int port = 0; port < inputs.size(); port++) {
      InputInfo input = inputs.get(port);
      int from = input.offset();
      int bad = present[port] ? bounds.firstBad(values, from, from + input.size()) : -1;
      if (bad >= 0) {
        return bad;
      }
    }
    return -1;
  }

  /** Whether place {@code i} allows {@code value}. */
  public boolean isGood(int i, double value) {
    return bounds.allows(i, value);
  }

  /** The input that place {@code i} belongs to. */
  public InputInfo inputAt(int i) {
    for (InputInfo input : inputs) {
      if (i < input.offset() + input.size()) {
        return input;
      }
    }
    throw new IndexOutOfBoundsException(i);
  }

  /** The name of place {@code i}: {@code opening}, or {@code hand[2]}. */
  public String nameAt(int i) {
    InputInfo input = inputAt(i);
    Structured<InputVar> owner = owners.get(inputs.indexOf(input));
    return owner == null
        ? input.name() + index(input.type().shape(), i - input.offset())
        : FormPlaces.name(owner, input, i - input.offset());
  }

  private static String index(List<Integer> shape, int flat) {
    List<Integer> index = Shape.index(shape, flat);
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < index.size(); d++) {
      EnumType axis = Shape.axis(shape, d);
      String position = index.get(d).toString();
      text.append('[')
          .append(axis == null ? position : axis.members().get(index.get(d)))
          .append(']');
    }
    return text.toString();
  }

  /**
   * Why place {@code i} does not allow {@code value}.
   *
   * @param where in front of the message: the row of some data, or empty
   */
  public Diagnostic bad(int i, double value, String where) {
    return BadInput.of(inputAt(i), where + "`" + nameAt(i) + "`", value);
  }

  /** A range as it is written: {@code 0..1 <m>}. An end at -0 is one at 0. */
  public static String range(double low, double high, String unit) {
    String ends =
        (Double.isInfinite(low) ? "" : Numeral.of(low + 0.0))
            + ".."
            + (Double.isInfinite(high) ? "" : Numeral.of(high + 0.0));
    return unit.isEmpty() ? ends : ends + " <" + unit + ">";
  }
}
