package org.rewlang.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Base;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/**
 * Puts the cells of a row where a program's inputs lie, and checks each. What it holds is the last
 * row ended.
 */
final class RowBinder implements Row {

  private final InputLayout inputs;
  private final Columns columns;
  private final RowProblems problems;
  private final double[] values;
  private final boolean[] given;
  private final Supply supply;
  private final boolean[] flags = new boolean[Columns.FLAGS.size()];
  private final long[] seen = new long[Columns.FLAGS.size()];
  private @Nullable Object episode;
  private boolean anyEnding;
  private long number;
  private Columns.Target target = Columns.NOTHING;
  private int depth;
  private final int[] counts;
  private int place;

  /** What the row holds for structured inputs, by their hosts' names. */
  private final Map<String, Tree> trees = new HashMap<>();

  private @Nullable Tree tree;

  RowBinder(InputLayout inputs, String source, String unit) {
    this.inputs = inputs;
    columns = new Columns(inputs);
    problems = new RowProblems(source, unit);
    this.values = new double[inputs.size()];
    this.given = new boolean[inputs.size()];
    this.supply = new Supply(inputs, columns, problems, values, given);
    int rank = 1;
    for (InputInfo input : inputs.inputs()) {
      rank = Math.max(rank, input.type().shape().size());
    }
    this.counts = new int[rank + 1];
  }

  /** The row's inputs; those not {@link #present} are 0. */
  double[] values() {
    return values;
  }

  /** Which inputs the row has; a row that is no reset has all. */
  boolean[] present() {
    return supply.present();
  }

  boolean terminated() {
    return flags[Columns.TERMINATED];
  }

  boolean truncated() {
    return flags[Columns.TRUNCATED];
  }

  boolean reset() {
    return flags[Columns.RESET];
  }

  /** A Long or a String, or null where the data names no episodes. */
  @Nullable Object episode() {
    return episode;
  }

  /** Whether any row so far had a column that can end an episode. */
  boolean anyEnding() {
    return anyEnding;
  }

  long number() {
    return number;
  }

  @Override
  public void columns(List<String> names) throws DataException {
    for (String name : names) {
      int flag = columns.target(name).flag();
      anyEnding |= flag == Columns.TERMINATED || flag == Columns.TRUNCATED;
    }
    supply.columns(names);
  }

  @Override
  public void begin(long row) {
    number = row;
    problems.at(row, "");
    Arrays.fill(given, false);
    Arrays.fill(flags, false);
    trees.clear();
    tree = null;
    episode = null;
    depth = 0;
  }

  @Override
  public void column(String name) throws DataException {
    problems.at(number, name);
    target = columns.target(name);
    depth = 0;
    place = target.offset();
    tree = null;
    if (isObject(name)) {
      tree = new Tree();
      if (trees.put(name, tree) != null) {
        throw problems.twice();
      }
    }
    if (target.flag() != Columns.NONE) {
      if (seen[target.flag()] == number) {
        throw problems.twice();
      }
      seen[target.flag()] = number;
      anyEnding |= target.flag() == Columns.TERMINATED || target.flag() == Columns.TRUNCATED;
    }
  }

  @Override
  public boolean isObject(String column) {
    Structured<InputVar> input = inputs.structured(column);
    return input != null
        && input.host().equals(column)
        && !inputs.isHeld(inputs.port(input.form().arrays().getFirst()));
  }

  @Override
  public boolean takesObjects() {
    return tree != null;
  }

  @Override
  public void beginObject() {
    open().beginObject();
  }

  @Override
  public void field(String name) {
    open().field(name);
  }

  @Override
  public void endObject() {
    open().end();
  }

  private Tree open() {
    return Objects.requireNonNull(tree, "no object is read");
  }

  @Override
  public void number(double value) throws DataException {
    if (tree != null) {
      tree.add(value);
      return;
    }
    if (target.flag() == Columns.EPISODE) {
      episode =
          value == Math.rint(value) && Math.abs(value) <= 0x1p53
              ? (Object) (long) value
              : (Object) Double.toString(value);
    } else if (target.flag() != Columns.NONE) {
      flag(value == 1, value == 0 || value == 1, Numeral.of(value));
    }
    if (target.port() != Columns.NONE) {
      InputInfo input = inputs.inputs().get(target.port());
      if (input.type().base() == Base.ENUM) {
        throw problems.wrongType(input, nameHere(), Numeral.of(value));
      }
      put(input, value);
    }
  }

  @Override
  public void bool(boolean value) throws DataException {
    if (tree != null) {
      tree.add(value);
      return;
    }
    if (target.flag() == Columns.EPISODE) {
      throw problems.wrongEpisode(Boolean.toString(value));
    } else if (target.flag() != Columns.NONE) {
      flags[target.flag()] = value;
    }
    if (target.port() != Columns.NONE) {
      InputInfo input = inputs.inputs().get(target.port());
      if (input.type().base() != Base.BOOL) {
        throw problems.wrongType(input, nameHere(), Boolean.toString(value));
      }
      put(input, value ? 1 : 0);
    }
  }

  @Override
  public void text(String value) throws DataException {
    if (tree != null) {
      tree.add(value);
      return;
    }
    if (target.flag() == Columns.EPISODE) {
      episode = value;
    } else if (target.flag() != Columns.NONE) {
      flag(false, false, RowProblems.quoted(value));
    }
    if (target.port() != Columns.NONE) {
      InputInfo input = inputs.inputs().get(target.port());
      int member = input.members().indexOf(value);
      if (member < 0) {
        throw problems.wrongType(input, nameHere(), RowProblems.quoted(value));
      }
      put(input, member);
    }
  }

  private void flag(boolean value, boolean valid, String found) throws DataException {
    if (!valid) {
      throw problems.notBool(found);
    }
    flags[target.flag()] = value;
  }

  @Override
  public void cell(String value) throws DataException {
    if (tree != null) {
      parse(tree, value);
      return;
    }
    if (value.isEmpty()) {
      absent();
      return;
    }
    String word = value.strip();
    boolean isTrue = word.equalsIgnoreCase("true");
    if (word.startsWith("[") && rank() > 0 && depth == 0) {
      json(word);
    } else if (target.flag() == Columns.EPISODE) {
      // 7 and 07 are two names; 7 and 7.0 in one file are, too.
      episode = word.matches("0|-?[1-9][0-9]{0,14}") ? (Object) Long.parseLong(word) : word;
    } else if (isTrue || word.equalsIgnoreCase("false")) {
      if (target.port() == Columns.NONE
          || inputs.inputs().get(target.port()).type().base() == Base.BOOL) {
        bool(isTrue);
      } else {
        text(word);
      }
    } else if (target.port() != Columns.NONE
        && inputs.inputs().get(target.port()).type().base() == Base.ENUM) {
      text(word);
    } else if (target.flag() != Columns.NONE || target.port() != Columns.NONE) {
      double number;
      try {
        number = CellText.number(word);
      } catch (NumberFormatException e) {
        text(word);
        return;
      }
      number(number);
    }
  }

  private void parse(Tree into, String text) throws DataException {
    try {
      into.cell(text);
    } catch (JsonProcessingException e) {
      throw problems.notJson(text, JsonRows.reason(e));
    }
  }

  /** A list in a cell. */
  private void json(String text) throws DataException {
    Tree list = new Tree();
    parse(list, text);
    element(list.root());
  }

  private void element(@Nullable Object value) throws DataException {
    switch (value) {
      case null -> absent();
      case Double d -> number(d);
      case Boolean b -> bool(b);
      case List<?> list -> {
        beginList();
        for (Object element : list) {
          element(element);
        }
        endList();
      }
      case String text -> text(text);
      default -> text("{…}");
    }
  }

  /** How many lists lie in each other where the column begun is a whole array. */
  int rank() {
    return target.port() != Columns.NONE && target.whole()
        ? inputs.inputs().get(target.port()).type().shape().size()
        : 0;
  }

  @Override
  public void absent() throws DataException {
    if (tree != null) {
      tree.add(null);
      return;
    }
    if (depth == 1 && isOfAgents()) {
      // Nobody is there.
      skipAgent(inputs.inputs().get(target.port()));
    } else if (depth > 0 && target.port() != Columns.NONE) {
      throw problems.missingValue(nameHere() + " is null");
    }
  }

  private boolean isOfAgents() {
    return target.port() != Columns.NONE
        && target.whole()
        && inputs.inputs().get(target.port()).perAgent();
  }

  private void skipAgent(InputInfo input) throws DataException {
    if (counts[1] == input.type().shape().getFirst()) {
      throw problems.wrongShape(input, true, "a longer list");
    }
    counts[1]++;
    place += InputLayout.perAgent(input);
  }

  private void put(InputInfo input, double value) throws DataException {
    int rank = rank();
    if (depth != rank) {
      throw problems.wrongShape(
          input, target.whole(), depth < rank ? "a single value" : "a list in a list");
    }
    if (depth > 0) {
      if (counts[depth] == input.type().shape().get(depth - 1)) {
        throw problems.wrongShape(input, target.whole(), "a longer list");
      }
      counts[depth]++;
    }
    if (!inputs.isGood(place, value)) {
      throw new DataException(inputs.bad(place, value, problems.where()), problems.at());
    }
    if (given[place]) {
      throw problems.twice();
    }
    values[place] = value;
    given[place] = true;
    place++;
  }

  @Override
  public void beginList() throws DataException {
    if (tree != null) {
      tree.beginList();
      return;
    }
    if (target.flag() != Columns.NONE) {
      throw problems.list();
    }
    if (target.port() == Columns.NONE) {
      return;
    }
    InputInfo input = inputs.inputs().get(target.port());
    int rank = rank();
    if (depth == rank) {
      throw problems.wrongShape(input, target.whole(), rank == 0 ? "a list" : "a list in a list");
    }
    if (depth > 0) {
      if (counts[depth] == input.type().shape().get(depth - 1)) {
        throw problems.wrongShape(input, target.whole(), "a longer list");
      }
      counts[depth]++;
    }
    depth++;
    counts[depth] = 0;
  }

  @Override
  public void endList() throws DataException {
    if (tree != null) {
      tree.end();
      return;
    }
    if (target.port() == Columns.NONE) {
      return;
    }
    InputInfo input = inputs.inputs().get(target.port());
    int wanted = input.type().shape().get(depth - 1);
    boolean shorter = depth == 1 && isOfAgents();
    if (counts[depth] != wanted && !shorter) {
      throw problems.wrongShape(input, target.whole(), "a list of " + counts[depth]);
    }
    depth--;
  }

  @Override
  public void end() throws DataException {
    supply.row(number, trees, flags[Columns.RESET]);
  }

  private String nameHere() {
    InputInfo input = inputs.inputs().get(target.port());
    return "`"
        + (place < input.offset() + input.size() ? inputs.nameAt(place) : input.name())
        + "`";
  }

  /** In front of a message: the row, in the words of its source. */
  String where() {
    return problems.where();
  }

  DataException problem(Diagnostic.Builder problem) {
    return problems.problem(problem);
  }
}
