package org.rewlang.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.EnumType;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Order;
import org.rewlang.model.Shape;
import org.rewlang.model.StructuredInput;

/**
 * Where the inputs of a program lie in a flat array, and what numbers each place allows. Every way
 * in checks here, so that what the compiler concludes from ranges holds whatever the host does.
 */
public final class InputLayout {

  /** The largest int: 2^53 itself is what 2^53 + 1 would be rounded to. */
  private static final double WHOLE = 0x1p53 - 1;

  private final List<InputInfo> inputs;
  private final List<StructuredInput> structured;
  private final Map<InputVar, Integer> ports = new IdentityHashMap<>();
  private final Map<Integer, StructuredInput> owners = new HashMap<>();
  private final Map<String, Integer> byName = new HashMap<>();
  private final int size;
  private final double[] low;
  private final double[] high;
  private final boolean[] whole;

  /** Where it says which agents are there; -1 in a program without agents. */
  private final int presence;

  /** Which agent a place belongs to; -1 for what is the step's. */
  private final int[] agents;

  /** What stands there where the agent is not. */
  private final double[] away;

  private InputLayout(
      List<InputVar> variables,
      List<InputInfo> inputs,
      List<StructuredInput> structured,
      int size) {
    this.inputs = List.copyOf(inputs);
    this.structured = structured;
    for (int port = 0; port < variables.size(); port++) {
      ports.put(variables.get(port), port);
    }
    for (StructuredInput input : structured) {
      input.form().arrays().forEach(v -> owners.put(port(v), input));
    }
    this.size = size;
    low = new double[size];
    high = new double[size];
    whole = new boolean[size];
    agents = new int[size];
    away = new double[size];
    int there = -1;
    for (int port = 0; port < inputs.size(); port++) {
      InputInfo input = inputs.get(port);
      byName.put(input.name(), port);
      byName.putIfAbsent(input.host(), port);
      boolean ofAgents = input.perAgent() && !input.isPresence();
      there = input.isPresence() ? input.offset() : there;
      for (int i = input.offset(); i < input.offset() + input.size(); i++) {
        low[i] = least(input);
        high[i] = greatest(input);
        whole[i] = input.type().base() != Base.REAL;
        agents[i] = ofAgents ? (i - input.offset()) / perAgent(input) : -1;
        away[i] = variables.get(port).idle();
      }
    }
    presence = there;
  }

  /** The layout of {@code inputs}, one after the other. */
  public static InputLayout of(List<InputVar> inputs) {
    return of(inputs, List.of());
  }

  /** The layout of a program's inputs. */
  public static InputLayout of(Model model) {
    return of(model.inputs(), model.structured());
  }

  private static InputLayout of(List<InputVar> inputs, List<StructuredInput> structured) {
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
    for (int i = 0; presence >= 0 && i < size; i++) {
      if (agents[i] >= 0 && values[presence + agents[i]] == 0) {
        values[i] = away[i];
      }
    }
  }

  private static double least(InputInfo input) {
    return switch (input.type().base()) {
      case REAL -> Math.max(input.low(), -Double.MAX_VALUE);
      case INT -> Math.max(input.low(), -WHOLE);
      case BOOL, ENUM -> 0;
    };
  }

  private static double greatest(InputInfo input) {
    return switch (input.type().base()) {
      case REAL -> Math.min(input.high(), Double.MAX_VALUE);
      case INT -> Math.min(input.high(), WHOLE);
      case BOOL -> 1;
      case ENUM -> input.members().size() - 1.0;
    };
  }

  public List<InputInfo> inputs() {
    return inputs;
  }

  /** Inputs that are more than one array; those are among {@link #inputs}. */
  public List<StructuredInput> structured() {
    return structured;
  }

  /** The structured input called {@code name}, here or by the host; null if there is none. */
  public @Nullable StructuredInput structured(String name) {
    for (StructuredInput input : structured) {
      if (input.name().equals(name) || input.host().equals(name)) {
        return input;
      }
    }
    return null;
  }

  /** The structured input that the array of a port belongs to, or null. */
  public @Nullable StructuredInput owner(int port) {
    return owners.get(port);
  }

  /** The order of the quaternion that the array of a port is; null if it is none. */
  public @Nullable Order order(int port) {
    StructuredInput owner = owners.get(port);
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

  /**
   * Checks the numbers from {@code at} on.
   *
   * @param present which inputs to look at, by port; null for all
   * @return the first bad place, relative to {@code at}, or -1
   */
  public int firstBad(double[] values, int at, boolean @Nullable [] present) {
    if (present == null) {
      for (int i = 0; i < size; i++) {
        if (!isGood(i, values[at + i])) {
          return i;
        }
      }
      return -1;
    }
    for (int port = 0; port < inputs.size(); port++) {
      InputInfo input = inputs.get(port);
      for (int i = input.offset(); present[port] && i < input.offset() + input.size(); i++) {
        if (!isGood(i, values[at + i])) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Whether place {@code i} allows {@code value}. NaN fails both comparisons. */
  public boolean isGood(int i, double value) {
    return value >= low[i] && value <= high[i] && (!whole[i] || value == Math.rint(value));
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
    StructuredInput owner = owners.get(inputs.indexOf(input));
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
    InputInfo input = inputAt(i);
    String name = where + "`" + nameAt(i) + "`";
    String found = Numeral.of(value);
    if (!Double.isFinite(value)) {
      return declared(Diagnostic.of(Code.NOT_FINITE, name + " is " + found), input)
          .found(found)
          .build();
    }
    return switch (input.type().base()) {
      case BOOL ->
          declared(Diagnostic.of(Code.WRONG_TYPE, name + " is " + found + ", not a bool"), input)
              .found(found)
              .expected(List.of("0", "1"))
              .build();
      case ENUM ->
          declared(
                  Diagnostic.of(
                      Code.WRONG_TYPE,
                      name + " is " + found + ", the index of no `" + input.type() + "`"),
                  input)
              .found(found)
              .expected(input.members())
              .build();
      case INT, REAL -> {
        if (whole[i] && (value != Math.rint(value) || Math.abs(value) > WHOLE)) {
          yield declared(
                  Diagnostic.of(
                      Code.WRONG_TYPE,
                      name
                          + " is "
                          + found
                          + (Math.abs(value) > WHOLE
                              ? ", beyond the whole numbers an `int` holds"
                              : ", not a whole number")),
                  input)
              .found(found)
              .build();
        }
        String range = range(input.low(), input.high(), input.unit());
        yield declared(
                Diagnostic.of(Code.OUT_OF_RANGE, name + " is " + found + ", outside " + range),
                input)
            .found(found)
            .expected(List.of(range))
            .build();
      }
    };
  }

  private static Diagnostic.Builder declared(Diagnostic.Builder diagnostic, InputInfo input) {
    return input.implicit()
        ? diagnostic
        : diagnostic.related(input.at().source(), input.at().span(), "declared here");
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
