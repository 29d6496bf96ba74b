package org.rewlang.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/**
 * Whether rows hold all that a program needs: each of its inputs, and of each agent that is there
 * all or nothing. What a row rightly lacks gets numbers that are allowed.
 */
final class Supply {

  /** Of which agent places are looked at; all where there are none. */
  private static final int EVERYONE = -1;

  private final InputLayout inputs;
  private final Columns columns;
  private final RowProblems problems;
  private final double[] values;
  private final boolean[] given;
  private final boolean[] present;

  /** Inputs that are one array each, but for the one that says who is there. */
  private final List<InputInfo> plain = new ArrayList<>();

  /** The other inputs. What is given for the whole run is in neither list. */
  private final List<Structured<InputVar>> structured = new ArrayList<>();

  private long row;

  /**
   * @param values where a row's numbers lie
   * @param given which of them columns of numbers gave
   */
  Supply(
      InputLayout inputs, Columns columns, RowProblems problems, double[] values, boolean[] given) {
    this.inputs = inputs;
    this.columns = columns;
    this.problems = problems;
    this.values = values;
    this.given = given;
    this.present = new boolean[inputs.inputs().size()];
    for (int port = 0; port < present.length; port++) {
      InputInfo input = inputs.inputs().get(port);
      if (inputs.owner(port) == null && !input.isPresence() && !inputs.isHeld(port)) {
        plain.add(input);
      }
    }
    for (Structured<InputVar> input : inputs.structured()) {
      if (!inputs.isHeld(inputs.port(input.form().arrays().getFirst()))) {
        structured.add(input);
      }
    }
  }

  /** Which inputs the row has; a row that is no reset has all. */
  boolean[] present() {
    return present;
  }

  /** Looks at the names of columns that are known beforehand. */
  void columns(List<String> names) throws DataException {
    for (Structured<InputVar> input : structured) {
      boolean found =
          names.stream()
              .anyMatch(
                  n ->
                      n.equals(input.host())
                          || n.startsWith(input.host() + ".")
                          || input.equals(inputs.owner(columns.target(n).port())));
      if (!found && !(input.form() instanceof Form.Maybe)) {
        throw problems.missing(input, unused(names));
      }
    }
    // A struct's fields are columns that its name does not show: those wait for the first row.
    if (names.stream().anyMatch(columns::mayHoldFields)) {
      return;
    }
    boolean[] covered = new boolean[inputs.size()];
    for (String name : names) {
      Columns.Target t = columns.target(name);
      if (t.port() != Columns.NONE) {
        int size = t.whole() ? inputs.inputs().get(t.port()).size() : 1;
        Arrays.fill(covered, t.offset(), t.offset() + size, true);
      }
    }
    for (InputInfo input : plain) {
      boolean some = input.perAgent() && any(covered, input, EVERYONE);
      for (int i = input.offset(); i < input.offset() + input.size(); i++) {
        if (!covered[i] && !input.optional() && !some) {
          throw problems.missing(input, i, unused(names));
        }
      }
    }
  }

  /**
   * Looks at a row that is read.
   *
   * @param trees what it holds for structured inputs, by their hosts' names
   */
  void row(long number, Map<String, Tree> trees, boolean observation) throws DataException {
    row = number;
    for (InputInfo input : plain) {
      if (!input.perAgent()) {
        plain(input, observation);
      }
    }
    for (Structured<InputVar> input : structured) {
      if (!input.perAgent()) {
        mark(input, structured(input, trees.get(input.host()), observation));
      }
    }
    if (inputs.presence() >= 0) {
      agents(trees, observation);
    }
    inputs.hold(values, present);
  }

  private void plain(InputInfo input, boolean observation) throws DataException {
    boolean some = any(given, input, EVERYONE);
    boolean all = !missing(input, EVERYONE);
    present[inputs.port(input.name())] = all || input.optional();
    if (!all) {
      if (some || !observation && !input.optional()) {
        throw incomplete(input, EVERYONE);
      }
      Arrays.fill(values, input.offset(), input.offset() + input.size(), 0);
    }
  }

  private void mark(Structured<InputVar> input, boolean there) {
    input.form().arrays().forEach(a -> present[inputs.port(a)] = there);
  }

  /** Whether the row has a structured input: as a whole, or its fields as columns. */
  private boolean structured(Structured<InputVar> input, @Nullable Tree whole, boolean observation)
      throws DataException {
    boolean fields = hasFields(input, EVERYONE);
    if (isGiven(input, whole, fields, observation)) {
      new TreeBinder(inputs, problems, values, input).bind(Objects.requireNonNull(whole).root());
      return true;
    }
    if (fields) {
      complete(input.form(), EVERYONE);
      return true;
    }
    inputs.clear(input.form(), values);
    if (!observation && !(input.form() instanceof Form.Maybe)) {
      throw problems.missing(input, unused(columns.seen()));
    }
    return !observation;
  }

  /** Whether the row has a structured input as a whole; it can't have its fields as well. */
  private boolean isGiven(
      Structured<InputVar> input, @Nullable Tree whole, boolean fields, boolean observation)
      throws DataException {
    problems.at(row, input.host());
    if (whole == null || !whole.given() || whole.root() == null && observation) {
      return false;
    }
    if (fields && whole.root() != null) {
      throw problems.twice();
    }
    return !fields;
  }

  private boolean hasFields(Structured<InputVar> input, int agent) {
    return input.form().arrays().stream().anyMatch(a -> any(given, info(a), agent));
  }

  /** Checks fields that are columns: what is optional may lack. */
  private void complete(Form<InputVar> form, int agent) throws DataException {
    switch (form) {
      case Form.Maybe<InputVar> maybe -> {
        boolean there = maybe.of().arrays().stream().anyMatch(a -> any(given, info(a), agent));
        values[from(info(maybe.present()), agent)] = there ? 1 : 0;
        if (there) {
          complete(maybe.of(), agent);
        } else {
          clear(maybe.of(), agent);
        }
      }
      case Form.Fields<InputVar> fields -> {
        for (Form<InputVar> field : fields.fields().values()) {
          complete(field, agent);
        }
      }
      default -> {
        for (InputVar array : form.arrays()) {
          if (missing(info(array), agent)) {
            throw incomplete(info(array), agent);
          }
        }
      }
    }
  }

  private void clear(Form<InputVar> form, int agent) {
    for (InputVar array : form.arrays()) {
      int from = from(info(array), agent);
      Arrays.fill(values, from, from + size(info(array), agent), array.idle());
    }
  }

  // Agents.

  /** An agent is there where any of its inputs is given; then all must be. */
  private void agents(Map<String, Tree> trees, boolean observation) throws DataException {
    InputInfo there = inputs.inputAt(inputs.presence());
    Arrays.fill(values, there.offset(), there.offset() + there.size(), 0);
    boolean some = false;
    for (InputInfo input : plain) {
      if (input.perAgent()) {
        int port = inputs.port(input.name());
        present[port] = columns.supply(port, input.offset()) || any(given, input, EVERYONE);
        if (!present[port] && !observation) {
          throw incomplete(input, EVERYONE);
        }
        some |= present[port];
        for (int agent = 0; agent < there.size(); agent++) {
          come(agent, any(given, input, agent));
        }
      }
    }
    for (Structured<InputVar> input : structured) {
      if (input.perAgent()) {
        boolean has = ofAgents(input, trees.get(input.host()), observation);
        mark(input, has);
        some |= has;
      }
    }
    present[inputs.port(there.name())] = some || !observation;
    for (int agent = 0; agent < there.size(); agent++) {
      if (values[inputs.presence() + agent] == 1) {
        whole(agent, trees);
      }
    }
    inputs.fillAway(values);
  }

  private void come(int agent, boolean comes) {
    if (comes) {
      values[inputs.presence() + agent] = 1;
    }
  }

  /** Whether the row has a structured input of agents; whoever has one is there. */
  private boolean ofAgents(Structured<InputVar> input, @Nullable Tree whole, boolean observation)
      throws DataException {
    int count = inputs.inputAt(inputs.presence()).size();
    boolean fields = hasFields(input, EVERYONE);
    if (isGiven(input, whole, fields, observation)) {
      inputs.clear(input.form(), values);
      TreeBinder binder = new TreeBinder(inputs, problems, values, input);
      List<?> each = binder.agents(Objects.requireNonNull(whole).root(), count);
      for (int agent = 0; agent < each.size(); agent++) {
        come(agent, each.get(agent) != null);
        if (each.get(agent) != null) {
          binder.bind(each.get(agent), agent);
        }
      }
      return true;
    }
    for (int agent = 0; agent < count; agent++) {
      come(agent, hasFields(input, agent));
    }
    if (!fields) {
      inputs.clear(input.form(), values);
    }
    boolean column =
        fields
            || input.form().arrays().stream()
                .anyMatch(a -> columns.supply(inputs.port(a), info(a).offset()));
    if (!column && !observation && !(input.form() instanceof Form.Maybe)) {
      throw problems.missing(input, unused(columns.seen()));
    }
    return column || !observation;
  }

  /** Whether an agent that is there has all of its inputs that the row has. */
  private void whole(int agent, Map<String, Tree> trees) throws DataException {
    for (InputInfo input : plain) {
      boolean needed = input.perAgent() && present[inputs.port(input.name())];
      if (needed && missing(input, agent)) {
        throw incomplete(input, agent);
      }
    }
    for (Structured<InputVar> input : structured) {
      boolean needed = input.perAgent() && present[inputs.port(input.form().arrays().getFirst())];
      Tree tree = trees.get(input.host());
      problems.at(row, input.host());
      if (needed && hasFields(input, EVERYONE)) {
        complete(input.form(), agent);
      } else if (needed && tree != null && !(input.form() instanceof Form.Maybe)) {
        boolean has =
            tree.root() instanceof List<?> list && agent < list.size() && list.get(agent) != null;
        if (!has) {
          throw problems.missingValue("`" + input.name() + "[" + agent + "]` is missing");
        }
      }
    }
  }

  // Places.

  private InputInfo info(InputVar array) {
    return inputs.inputs().get(inputs.port(array));
  }

  private static int size(InputInfo input, int agent) {
    return agent == EVERYONE ? input.size() : InputLayout.perAgent(input);
  }

  private static int from(InputInfo input, int agent) {
    return input.offset() + (agent == EVERYONE ? 0 : agent * InputLayout.perAgent(input));
  }

  private static boolean any(boolean[] marked, InputInfo input, int agent) {
    int from = from(input, agent);
    for (int i = from; i < from + size(input, agent); i++) {
      if (marked[i]) {
        return true;
      }
    }
    return false;
  }

  private boolean missing(InputInfo input, int agent) {
    int from = from(input, agent);
    for (int i = from; i < from + size(input, agent); i++) {
      if (!given[i]) {
        return true;
      }
    }
    return false;
  }

  private DataException incomplete(InputInfo input, int agent) {
    int first = from(input, agent);
    while (given[first]) {
      first++;
    }
    boolean isColumn = columns.supply(inputs.port(input.name()), first);
    if (isColumn) {
      problems.at(row, input.host());
    }
    return isColumn
        ? problems.missingValue("`" + inputs.nameAt(first) + "` is missing")
        : problems.missing(input, first, unused(columns.seen()));
  }

  private List<String> unused(Collection<String> names) {
    return names.stream().filter(n -> columns.target(n).equals(Columns.NOTHING)).toList();
  }
}
