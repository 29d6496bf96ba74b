package org.rewlang.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Base;
import org.rewlang.report.DataPlace;

/**
 * Puts the cells of a row where a program's inputs lie, and checks each. What it holds is the last
 * row ended.
 */
final class RowBinder implements Row {

  private static final List<String> AXES = List.of("x", "y", "z", "w");

  /** What a column supplies: places of one input, a flag, the episode, or nothing. */
  private record Target(int flag, int port, int offset, boolean whole) {}

  private static final int EPISODE = 0;
  private static final int TERMINATED = 1;
  private static final int TRUNCATED = 2;
  private static final int RESET = 3;
  private static final List<String> FLAGS = List.of("episode", "terminated", "truncated", "reset");
  private static final int NONE = -1;
  private static final Target NOTHING = new Target(NONE, NONE, 0, false);

  private final InputLayout inputs;
  private final String source;
  private final String unit;
  private final Map<String, Target> targets = new HashMap<>();
  private final double[] values;
  private final boolean[] given;
  private final boolean[] present;
  private final boolean[] flags = new boolean[FLAGS.size()];
  private final long[] seen = new long[FLAGS.size()];
  private @Nullable Object episode;
  private boolean anyEnding;
  private long number;
  private String column = "";
  private Target target = NOTHING;
  private int depth;
  private final int[] counts;
  private int place;

  RowBinder(InputLayout inputs, String source, String unit) {
    this.inputs = inputs;
    this.source = source;
    this.unit = unit;
    this.values = new double[inputs.size()];
    this.given = new boolean[inputs.size()];
    this.present = new boolean[inputs.inputs().size()];
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
    return present;
  }

  boolean terminated() {
    return flags[TERMINATED];
  }

  boolean truncated() {
    return flags[TRUNCATED];
  }

  boolean reset() {
    return flags[RESET];
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
    boolean[] covered = new boolean[inputs.size()];
    for (String name : names) {
      Target t = target(name);
      anyEnding |= t.flag == TERMINATED || t.flag == TRUNCATED;
      if (t.port != NONE) {
        InputInfo input = inputs.inputs().get(t.port);
        int size = t.whole ? input.size() : 1;
        Arrays.fill(covered, t.offset, t.offset + size, true);
      }
    }
    // A struct's fields are columns that its name does not show: those wait for the first row.
    if (names.stream().noneMatch(this::mayHoldFields)) {
      for (InputInfo input : inputs.inputs()) {
        for (int i = input.offset(); i < input.offset() + input.size(); i++) {
          if (!covered[i] && !input.optional()) {
            throw missing(input, i, names);
          }
        }
      }
    }
  }

  private boolean mayHoldFields(String name) {
    return inputs.inputs().stream()
        .anyMatch(
            i -> i.host().startsWith(name + ".") || i.name().equals(name) && !i.type().isScalar());
  }

  private Target target(String name) {
    return targets.computeIfAbsent(name, this::resolve);
  }

  private Target resolve(String name) {
    int flag = FLAGS.indexOf(name);
    for (int port = 0; port < inputs.inputs().size(); port++) {
      InputInfo input = inputs.inputs().get(port);
      int place = place(input, name);
      if (place >= 0) {
        return new Target(flag, port, input.offset() + place, input.host().equals(name));
      }
    }
    return flag >= 0 ? new Target(flag, NONE, 0, false) : NOTHING;
  }

  /** Which place of an input a column is: 0 for the whole of it; -1 if it is another's. */
  private static int place(InputInfo input, String name) {
    String host = input.host();
    if (name.equals(host)) {
      return 0;
    }
    List<Integer> shape = input.type().shape();
    if (shape.isEmpty() || !name.startsWith(host) || name.length() < host.length() + 2) {
      return -1;
    }
    char separator = name.charAt(host.length());
    String rest = name.substring(host.length() + 1);
    if (separator == '.' && shape.size() == 1 && shape.getFirst() <= AXES.size()) {
      int axis = AXES.indexOf(rest);
      return axis < shape.getFirst() ? axis : -1;
    }
    return separator == '_' ? flat(rest.split("_", -1), shape) : -1;
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

  @Override
  public void begin(long row) {
    number = row;
    Arrays.fill(given, false);
    Arrays.fill(flags, false);
    episode = null;
    depth = 0;
  }

  @Override
  public void column(String name) throws DataException {
    column = name;
    target = target(name);
    depth = 0;
    place = target.offset;
    if (target.flag != NONE) {
      if (seen[target.flag] == number) {
        throw twice();
      }
      seen[target.flag] = number;
      anyEnding |= target.flag == TERMINATED || target.flag == TRUNCATED;
    }
  }

  private DataException twice() {
    return problem(
        Diagnostic.of(Code.DUPLICATE_COLUMN, where() + "`" + column + "` is given twice"));
  }

  @Override
  public void number(double value) throws DataException {
    if (target.flag == EPISODE) {
      episode =
          value == Math.rint(value) && Math.abs(value) <= 0x1p53
              ? (Object) (long) value
              : (Object) Double.toString(value);
    } else if (target.flag != NONE) {
      flag(value == 1, value == 0 || value == 1, InputLayout.number(value));
    }
    if (target.port != NONE) {
      InputInfo input = inputs.inputs().get(target.port);
      if (input.type().base() == Base.ENUM) {
        throw wrongType(input, InputLayout.number(value));
      }
      put(input, value);
    }
  }

  @Override
  public void bool(boolean value) throws DataException {
    if (target.flag == EPISODE) {
      throw wrongEpisode(Boolean.toString(value));
    } else if (target.flag != NONE) {
      flags[target.flag] = value;
    }
    if (target.port != NONE) {
      InputInfo input = inputs.inputs().get(target.port);
      if (input.type().base() != Base.BOOL) {
        throw wrongType(input, Boolean.toString(value));
      }
      put(input, value ? 1 : 0);
    }
  }

  @Override
  public void text(String value) throws DataException {
    if (target.flag == EPISODE) {
      episode = value;
    } else if (target.flag != NONE) {
      flag(false, false, quoted(value));
    }
    if (target.port != NONE) {
      InputInfo input = inputs.inputs().get(target.port);
      int member = input.members().indexOf(value);
      if (member < 0) {
        throw wrongType(input, quoted(value));
      }
      put(input, member);
    }
  }

  private void flag(boolean value, boolean valid, String found) throws DataException {
    if (!valid) {
      throw problem(
          Diagnostic.of(Code.WRONG_TYPE, where() + "`" + column + "` is " + found + ", not a bool")
              .found(found)
              .expected(List.of("true", "false")));
    }
    flags[target.flag] = value;
  }

  private DataException wrongEpisode(String found) {
    return problem(
        Diagnostic.of(
                Code.WRONG_TYPE, where() + "`episode` is " + found + ", neither a number nor text")
            .found(found));
  }

  @Override
  public void cell(String value) throws DataException {
    if (value.isEmpty()) {
      absent();
      return;
    }
    String word = value.strip();
    boolean isTrue = word.equalsIgnoreCase("true");
    if (target.flag == EPISODE) {
      // 7 and 07 are two names; 7 and 7.0 in one file are, too.
      episode = word.matches("0|-?[1-9][0-9]{0,14}") ? (Object) Long.parseLong(word) : word;
    } else if (isTrue || word.equalsIgnoreCase("false")) {
      if (target.port == NONE || inputs.inputs().get(target.port).type().base() == Base.BOOL) {
        bool(isTrue);
      } else {
        text(word);
      }
    } else if (target.port != NONE && inputs.inputs().get(target.port).type().base() == Base.ENUM) {
      text(word);
    } else if (target.flag != NONE || target.port != NONE) {
      double number;
      try {
        number = parse(word);
      } catch (NumberFormatException e) {
        text(word);
        return;
      }
      number(number);
    }
  }

  /** Java would also take {@code 1d} and hexadecimal. */
  private static double parse(String word) {
    char last = word.charAt(word.length() - 1);
    if (last == 'd'
        || last == 'D'
        || last == 'f' && !word.endsWith("inf")
        || last == 'F'
        || word.indexOf('x') >= 0
        || word.indexOf('X') >= 0) {
      throw new NumberFormatException(word);
    }
    return switch (word.toLowerCase(java.util.Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }

  @Override
  public void absent() throws DataException {
    if (depth > 0 && target.port != NONE) {
      throw missingValue(nameHere() + " is null");
    }
  }

  private void put(InputInfo input, double value) throws DataException {
    int rank = target.whole ? input.type().shape().size() : 0;
    if (depth != rank) {
      throw wrongShape(input, depth < rank ? "a single value" : "a list in a list");
    }
    if (depth > 0) {
      if (counts[depth] == input.type().shape().get(depth - 1)) {
        throw wrongShape(input, "a longer list");
      }
      counts[depth]++;
    }
    if (!inputs.isGood(place, value)) {
      throw new DataException(inputs.bad(place, value, where()), at());
    }
    if (given[place]) {
      throw twice();
    }
    values[place] = value;
    given[place] = true;
    place++;
  }

  @Override
  public void beginList() throws DataException {
    if (target.flag != NONE) {
      throw problem(
          Diagnostic.of(Code.WRONG_TYPE, where() + "`" + column + "` is a list").found("a list"));
    }
    if (target.port == NONE) {
      return;
    }
    InputInfo input = inputs.inputs().get(target.port);
    int rank = target.whole ? input.type().shape().size() : 0;
    if (depth == rank) {
      throw wrongShape(input, rank == 0 ? "a list" : "a list in a list");
    }
    if (depth > 0) {
      if (counts[depth] == input.type().shape().get(depth - 1)) {
        throw wrongShape(input, "a longer list");
      }
      counts[depth]++;
    }
    depth++;
    counts[depth] = 0;
  }

  @Override
  public void endList() throws DataException {
    if (target.port == NONE) {
      return;
    }
    InputInfo input = inputs.inputs().get(target.port);
    int wanted = input.type().shape().get(depth - 1);
    if (counts[depth] != wanted) {
      throw wrongShape(input, "a list of " + counts[depth]);
    }
    depth--;
  }

  @Override
  public void end() throws DataException {
    boolean observation = flags[RESET];
    for (int port = 0; port < present.length; port++) {
      InputInfo input = inputs.inputs().get(port);
      int filled = 0;
      for (int i = input.offset(); i < input.offset() + input.size(); i++) {
        filled += given[i] ? 1 : 0;
      }
      present[port] = filled == input.size() || input.optional();
      if (filled < input.size()) {
        if (filled > 0 || !observation && !input.optional()) {
          throw incomplete(input);
        }
        Arrays.fill(values, input.offset(), input.offset() + input.size(), 0);
      }
    }
  }

  private DataException incomplete(InputInfo input) {
    int first = input.offset();
    while (given[first]) {
      first++;
    }
    int port = inputs.port(input.name());
    int place = first;
    boolean isColumn =
        targets.values().stream().anyMatch(t -> t.port == port && (t.whole || t.offset == place));
    if (isColumn) {
      column = input.host();
    }
    return isColumn
        ? missingValue("`" + inputs.nameAt(first) + "` is missing")
        : missing(input, first, List.copyOf(targets.keySet()));
  }

  private DataException missing(InputInfo input, int place, List<String> columns) {
    String name =
        place == input.offset() ? input.host() : input.host() + "_" + (place - input.offset());
    Diagnostic.Builder problem =
        Diagnostic.of(
            Code.MISSING_COLUMN,
            "`"
                + source
                + "` has no column for input `"
                + input.name()
                + "`"
                + (name.equals(input.name()) ? "" : ": `" + name + "` is missing"));
    List<String> unused = columns.stream().filter(c -> target(c).equals(NOTHING)).sorted().toList();
    Spelling.closest(name, unused)
        .ifPresent(
            near -> problem.found(near).hint("rename the column `" + near + "` to `" + name + "`"));
    problem.expected(List.of(name));
    if (!input.implicit()) {
      problem.related(input.at().source(), input.at().span(), "declared here");
    }
    return new DataException(problem.build(), new DataPlace(source, number, name));
  }

  private DataException missingValue(String message) {
    return problem(Diagnostic.of(Code.MISSING_VALUE, where() + message).found("null"));
  }

  private String nameHere() {
    InputInfo input = inputs.inputs().get(target.port);
    return "`"
        + (place < input.offset() + input.size() ? inputs.nameAt(place) : input.name())
        + "`";
  }

  private DataException wrongType(InputInfo input, String found) {
    String type = input.type().element().toString();
    List<String> expected =
        input.type().base() == Base.BOOL ? List.of("true", "false", "0", "1") : input.members();
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.WRONG_TYPE,
                where()
                    + nameHere()
                    + " is "
                    + found
                    + ", not "
                    + article(type)
                    + " `"
                    + type
                    + "`")
            .found(found)
            .expected(expected)
            .related(input.at().source(), input.at().span(), "declared here");
    if (!input.members().isEmpty() && found.length() > 2) {
      Spelling.closest(found.substring(1, found.length() - 1), input.members())
          .ifPresent(near -> problem.hint("did you mean `" + near + "`?"));
    }
    return problem(problem);
  }

  private static String article(String type) {
    return "aeiou".indexOf(type.charAt(0)) >= 0 ? "an" : "a";
  }

  private DataException wrongShape(InputInfo input, String found) {
    String expected =
        target.whole && !input.type().isScalar()
            ? "a list of "
                + String.join(
                    " lists of ", input.type().shape().stream().map(String::valueOf).toList())
            : "a single value";
    return problem(
        Diagnostic.of(
                Code.WRONG_LENGTH, where() + "`" + column + "` is " + found + ", not " + expected)
            .found(found)
            .expected(List.of(expected))
            .related(input.at().source(), input.at().span(), "declared here"));
  }

  private static String quoted(String text) {
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
  }

  /** In front of a message: the row, in the words of its source. */
  String where() {
    return "`" + source + "` " + unit + " " + number + ": ";
  }

  private DataPlace at() {
    return new DataPlace(source, number, column);
  }

  DataException problem(Diagnostic.Builder problem) {
    return new DataException(problem.build(), at());
  }
}
