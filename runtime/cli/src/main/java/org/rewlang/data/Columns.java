package org.rewlang.data;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Order;
import org.rewlang.model.Shape;

/** Which column of the data supplies what: by name, once per name. */
final class Columns {

  private static final Pattern AGENT = Pattern.compile("_(0|[1-9][0-9]{0,8})(|[._].*)");
  private static final List<String> AXES = List.of("x", "y", "z", "w");

  /** What a column supplies: places of one input, a flag, the episode, or nothing. */
  record Target(int flag, int port, int offset, boolean whole) {}

  static final int EPISODE = 0;
  static final int TERMINATED = 1;
  static final int TRUNCATED = 2;
  static final int RESET = 3;
  static final List<String> FLAGS = List.of("episode", "terminated", "truncated", "reset");
  static final int NONE = -1;
  static final Target NOTHING = new Target(NONE, NONE, 0, false);

  private final InputLayout inputs;
  private final Map<String, Target> targets = new HashMap<>();

  Columns(InputLayout inputs) {
    this.inputs = inputs;
  }

  Target target(String name) {
    return targets.computeIfAbsent(name, this::resolve);
  }

  private Target resolve(String name) {
    int flag = FLAGS.indexOf(name);
    for (int port = 0; port < inputs.inputs().size(); port++) {
      InputInfo input = inputs.inputs().get(port);
      boolean none = input.isPresence() || inputs.isHeld(port);
      int place = none ? -1 : place(input, inputs.order(port), name);
      if (place >= 0) {
        return new Target(flag, port, input.offset() + place, input.host().equals(name));
      }
    }
    return flag >= 0 ? new Target(flag, NONE, 0, false) : NOTHING;
  }

  /** Which place of an input a column is: 0 for the whole of it; -1 if it is another's. */
  private static int place(InputInfo input, @Nullable Order order, String name) {
    String host = input.host();
    if (name.equals(host)) {
      return 0;
    }
    List<Integer> shape = input.type().shape();
    if (shape.isEmpty() || !name.startsWith(host) || name.length() < host.length() + 2) {
      return -1;
    }
    String rest = name.substring(host.length());
    return input.perAgent() ? ofAgent(shape, order, rest) : element(shape, order, rest);
  }

  /** {@code _1}, {@code _1.w}: an agent, then the place in what it has. */
  private static int ofAgent(List<Integer> shape, @Nullable Order order, String rest) {
    Matcher agent = AGENT.matcher(rest);
    if (!agent.matches() || Integer.parseInt(agent.group(1)) >= shape.getFirst()) {
      return -1;
    }
    List<Integer> one = Shape.without(shape, 0);
    int place = one.isEmpty() ? 0 : element(one, order, agent.group(2));
    boolean whole = one.isEmpty() == agent.group(2).isEmpty();
    int size = one.stream().reduce(1, Math::multiplyExact);
    return place < 0 || !whole ? -1 : Integer.parseInt(agent.group(1)) * size + place;
  }

  private static int element(List<Integer> shape, @Nullable Order order, String rest) {
    if (rest.length() < 2) {
      return -1;
    }
    char separator = rest.charAt(0);
    String index = rest.substring(1);
    if (separator == '.' && shape.size() == 1 && order != null) {
      return index.length() == 1 ? order.place(index.charAt(0)) : -1;
    }
    if (Shape.axes(shape).stream().anyMatch(Objects::nonNull)) {
      int place = named(shape, rest);
      if (place >= 0) {
        return place;
      }
    }
    if (separator == '.' && shape.size() == 1 && shape.getFirst() <= AXES.size()) {
      int axis = AXES.indexOf(index);
      return axis < shape.getFirst() ? axis : -1;
    }
    return separator == '_' ? flat(index.split("_", -1), shape) : -1;
  }

  private static int named(List<Integer> shape, String column) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    for (int i = 0; i < size; i++) {
      if (Shape.column(shape, i).equals(column)) {
        return i;
      }
    }
    return -1;
  }

  private static int flat(String[] indices, List<Integer> shape) {
    if (indices.length != shape.size()) {
      return -1;
    }
    int flat = 0;
    for (int d = 0; d < indices.length; d++) {
      if (!indices[d].matches("0|[1-9][0-9]{0,8}")
          || Integer.parseInt(indices[d]) >= shape.get(d)) {
        return -1;
      }
      flat = flat * shape.get(d) + Integer.parseInt(indices[d]);
    }
    return flat;
  }

  /** Whether it may be a struct, whose fields are columns that its name does not show. */
  boolean mayHoldFields(String name) {
    return inputs.inputs().stream()
        .anyMatch(
            i -> i.host().startsWith(name + ".") || i.name().equals(name) && !i.type().isScalar());
  }

  /** Whether a column seen so far supplies this place of an input. */
  boolean supply(int port, int place) {
    return targets.values().stream()
        .anyMatch(t -> t.port == port && (t.whole || t.offset == place));
  }

  /** The columns seen so far. */
  Collection<String> seen() {
    return targets.keySet();
  }
}
