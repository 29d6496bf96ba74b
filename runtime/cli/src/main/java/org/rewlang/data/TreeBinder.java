package org.rewlang.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Base;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/** Puts what a row holds for a structured input where its arrays lie, and checks it. */
final class TreeBinder {

  private final InputLayout inputs;
  private final RowProblems problems;
  private final double[] values;
  private final Structured<InputVar> input;

  TreeBinder(
      InputLayout inputs, RowProblems problems, double[] values, Structured<InputVar> input) {
    this.inputs = inputs;
    this.problems = problems;
    this.values = values;
    this.input = input;
  }

  void bind(@Nullable Object tree) throws DataException {
    inputs.clear(input.form(), values);
    bind(input.form(), input.name(), tree, 0);
  }

  /**
   * What each of the agents has, null for those that have nothing; perhaps fewer than there are.
   */
  List<?> agents(@Nullable Object tree, int most) throws DataException {
    if (tree == null) {
      return List.of();
    }
    List<?> list = list(input.name(), tree, "a list by agent");
    if (list.size() > most) {
      throw problems.problem(
          Diagnostic.of(
                  Code.WRONG_LENGTH,
                  problems.where()
                      + "`"
                      + input.name()
                      + "` holds values of "
                      + list.size()
                      + " agents, at most "
                      + most
                      + " are allowed")
              .found(Integer.toString(list.size()))
              .hint("declare a larger bound: `inputs per agent[.." + list.size() + "]`")
              .related(input.at().source(), input.at().span(), "declared here"));
    }
    return list;
  }

  /** What one agent has; the arrays were cleared. */
  void bind(@Nullable Object tree, int agent) throws DataException {
    bind(input.form(), input.name() + "[" + agent + "]", tree, agent);
  }

  /**
   * @param index which of its arrays' leading places, over the axes of the lists around
   */
  private void bind(Form<InputVar> form, String name, @Nullable Object tree, int index)
      throws DataException {
    if (form instanceof Form.Maybe<InputVar> maybe) {
      values[inputs.offset(maybe.present()) + index] = tree == null ? 0 : 1;
      if (tree != null) {
        bind(maybe.of(), name, tree, index);
      }
      return;
    }
    if (tree == null) {
      throw problems.problem(
          Diagnostic.of(Code.MISSING_VALUE, problems.where() + "`" + name + "` is null")
              .found("null")
              .hint("declare it optional, with `?` behind its type, if it may be absent")
              .related(input.at().source(), input.at().span(), "declared here"));
    }
    switch (form) {
      case Form.Leaf<InputVar> leaf -> leaf(leaf.array(), name, tree, index);
      case Form.Fields<InputVar> fields -> fields(fields, name, tree, index);
      case Form.Row<InputVar> row -> {
        List<?> list = list(name, tree, "a list of " + row.count());
        if (list.size() != row.count()) {
          throw wrong(
              Code.WRONG_LENGTH, name, "a list of " + list.size(), "a list of " + row.count());
        }
        elements(row.element(), name, list, index * row.count());
      }
      case Form.Listed<InputVar> listed -> {
        List<?> list = list(name, tree, "a list");
        if (list.size() > listed.bound()) {
          throw problems.problem(
              Diagnostic.of(
                      Code.WRONG_LENGTH,
                      problems.where()
                          + "`"
                          + name
                          + "` holds "
                          + list.size()
                          + " elements, at most "
                          + listed.bound()
                          + " are allowed")
                  .found(Integer.toString(list.size()))
                  .hint("declare a larger bound: `[.." + list.size() + "]`")
                  .related(input.at().source(), input.at().span(), "declared here"));
        }
        values[inputs.offset(listed.length()) + index] = list.size();
        elements(listed.element(), name, list, index * listed.bound());
      }
      case Form.Maybe<InputVar> _ -> throw new IllegalStateException("looked at before");
    }
  }

  private void elements(Form<InputVar> element, String name, List<?> list, int first)
      throws DataException {
    for (int i = 0; i < list.size(); i++) {
      bind(element, name + "[" + i + "]", list.get(i), first + i);
    }
  }

  private List<?> list(String name, Object tree, String expected) throws DataException {
    if (tree instanceof List<?> list) {
      return list;
    }
    throw wrong(Code.WRONG_TYPE, name, shown(tree), expected);
  }

  private void fields(Form.Fields<InputVar> fields, String name, Object tree, int index)
      throws DataException {
    if (!(tree instanceof Map<?, ?> map)) {
      throw wrong(Code.WRONG_TYPE, name, shown(tree), "an object");
    }
    for (Map.Entry<String, Form<InputVar>> field : fields.fields().entrySet()) {
      String key = field.getKey();
      if (!map.containsKey(key) && !(field.getValue() instanceof Form.Maybe)) {
        List<String> others =
            map.keySet().stream()
                .map(String::valueOf)
                .filter(k -> !fields.fields().containsKey(k))
                .toList();
        Diagnostic.Builder problem =
            Diagnostic.of(
                    Code.MISSING_VALUE, problems.where() + "`" + name + "` has no `" + key + "`")
                .expected(List.copyOf(fields.fields().keySet()))
                .related(input.at().source(), input.at().span(), "declared here");
        Spelling.closest(key, others)
            .ifPresent(k -> problem.found(k).hint("rename `" + k + "` to `" + key + "`"));
        throw problems.problem(problem);
      }
      bind(field.getValue(), name + "." + key, map.get(key), index);
    }
  }

  private void leaf(InputVar array, String name, Object tree, int index) throws DataException {
    InputInfo info = inputs.inputs().get(inputs.port(array));
    List<Integer> shape = shape(array);
    int size = 1;
    for (int n : shape) {
      size *= n;
    }
    array(info, name, tree, shape, info.offset() + index * size);
  }

  /** The own shape of an array, behind the axes of the lists around. */
  private List<Integer> shape(InputVar array) {
    List<Integer> all = array.type().shape();
    int agents = input.perAgent() ? 1 : 0;
    return all.subList(agents + around(input.form(), array), all.size());
  }

  private static int around(Form<InputVar> form, InputVar array) {
    return switch (form) {
      case Form.Leaf<InputVar> leaf -> leaf.array().equals(array) ? 0 : -1;
      case Form.Maybe<InputVar> maybe -> around(maybe.of(), array);
      case Form.Row<InputVar> row -> inside(around(row.element(), array));
      case Form.Listed<InputVar> listed -> inside(around(listed.element(), array));
      case Form.Fields<InputVar> fields -> {
        int found = -1;
        for (Form<InputVar> field : fields.fields().values()) {
          found = Math.max(found, around(field, array));
        }
        yield found;
      }
    };
  }

  private static int inside(int depth) {
    return depth < 0 ? -1 : depth + 1;
  }

  private void array(
      InputInfo info, String name, @Nullable Object tree, List<Integer> shape, int at)
      throws DataException {
    if (shape.isEmpty()) {
      values[at] = number(info, name, tree);
      if (!inputs.isGood(at, values[at])) {
        throw new DataException(inputs.bad(at, values[at], problems.where()), problems.at());
      }
      return;
    }
    String expected =
        "a list of " + String.join(" lists of ", shape.stream().map(String::valueOf).toList());
    if (!(tree instanceof List<?> list)) {
      throw wrong(Code.WRONG_LENGTH, name, tree == null ? "null" : shown(tree), expected);
    }
    if (list.size() != shape.getFirst()) {
      throw wrong(Code.WRONG_LENGTH, name, "a list of " + list.size(), expected);
    }
    List<Integer> rest = shape.subList(1, shape.size());
    int size = 1;
    for (int n : rest) {
      size *= n;
    }
    for (int i = 0; i < list.size(); i++) {
      array(info, name + "[" + i + "]", list.get(i), rest, at + i * size);
    }
  }

  private double number(InputInfo info, String name, @Nullable Object value) throws DataException {
    Base base = info.type().base();
    switch (value) {
      case null -> throw problems.missingValue("`" + name + "` is null");
      case Double d when base != Base.ENUM -> {
        return d;
      }
      case Boolean b when base == Base.BOOL -> {
        return b ? 1 : 0;
      }
      case String s when base == Base.ENUM && info.members().contains(s) -> {
        return info.members().indexOf(s);
      }
      case List<?> _, Map<?, ?> _ ->
          throw wrong(Code.WRONG_LENGTH, name, shown(value), "a single value");
      default -> throw problems.wrongType(info, "`" + name + "`", shown(value));
    }
  }

  private DataException wrong(Code code, String name, String found, String expected) {
    return problems.problem(
        Diagnostic.of(code, problems.where() + "`" + name + "` is " + found + ", not " + expected)
            .found(found)
            .expected(List.of(expected))
            .related(input.at().source(), input.at().span(), "declared here"));
  }

  private static String shown(Object tree) {
    return switch (tree) {
      case Map<?, ?> _ -> "an object";
      case List<?> list -> "a list of " + list.size();
      case Double d -> Numeral.of(d);
      case String s -> RowProblems.quoted(s);
      default -> String.valueOf(tree);
    };
  }
}
