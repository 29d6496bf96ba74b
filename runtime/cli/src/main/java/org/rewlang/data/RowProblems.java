package org.rewlang.data;

import java.util.Collection;
import java.util.List;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.model.Base;
import org.rewlang.model.InputVar;
import org.rewlang.model.Shape;
import org.rewlang.model.Structured;
import org.rewlang.report.DataPlace;

/** What can be wrong with a row, in the words of its source. */
final class RowProblems {

  private final String source;
  private final String unit;
  private long row;
  private String column = "";

  /**
   * @param unit what the source calls a row; empty where it has but one
   */
  RowProblems(String source, String unit) {
    this.source = source;
    this.unit = unit;
  }

  /** What is read next. */
  void at(long newRow, String newColumn) {
    row = newRow;
    column = newColumn;
  }

  DataException twice() {
    return problem(
        Diagnostic.of(Code.DUPLICATE_COLUMN, where() + "`" + column + "` is given twice"));
  }

  DataException notBool(String found) {
    return problem(
        Diagnostic.of(Code.WRONG_TYPE, where() + "`" + column + "` is " + found + ", not a bool")
            .found(found)
            .expected(List.of("true", "false")));
  }

  /** Of a flag or an episode. */
  DataException list() {
    return problem(
        Diagnostic.of(Code.WRONG_TYPE, where() + "`" + column + "` is a list").found("a list"));
  }

  DataException wrongEpisode(String found) {
    return problem(
        Diagnostic.of(
                Code.WRONG_TYPE, where() + "`episode` is " + found + ", neither a number nor text")
            .found(found));
  }

  /**
   * @param unused columns that supply nothing
   */
  DataException missing(InputInfo input, int place, Collection<String> unused) {
    String name =
        place == input.offset()
            ? input.host()
            : input.host() + Shape.column(input.type().shape(), place - input.offset());
    Diagnostic.Builder problem =
        Diagnostic.of(
            Code.MISSING_COLUMN,
            "`"
                + source
                + "` has no column for input `"
                + input.name()
                + "`"
                + (name.equals(input.name()) ? "" : ": `" + name + "` is missing"));
    Spelling.closest(name, unused.stream().sorted().toList())
        .ifPresent(
            near -> problem.found(near).hint("rename the column `" + near + "` to `" + name + "`"));
    problem.expected(List.of(name));
    if (!input.implicit()) {
      problem.related(input.at().source(), input.at().span(), "declared here");
    }
    return new DataException(problem.build(), new DataPlace(source, row, name));
  }

  DataException missing(Structured<InputVar> input, Collection<String> unused) {
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.MISSING_COLUMN,
                "`" + source + "` has no column for input `" + input.name() + "`")
            .expected(List.of(input.host()))
            .related(input.at().source(), input.at().span(), "declared here");
    Spelling.closest(input.host(), unused.stream().sorted().toList())
        .ifPresent(
            near ->
                problem
                    .found(near)
                    .hint("rename the column `" + near + "` to `" + input.host() + "`"));
    return new DataException(problem.build(), new DataPlace(source, row, input.host()));
  }

  /** Of a cell that should hold a list or an object. */
  DataException notJson(String text, String reason) {
    return problem(
        Diagnostic.of(Code.BAD_DATA, where() + "`" + column + "` can't be read as JSON: " + reason)
            .found(quoted(text)));
  }

  DataException missingValue(String message) {
    return problem(Diagnostic.of(Code.MISSING_VALUE, where() + message).found("null"));
  }

  /**
   * @param name of the place
   */
  DataException wrongType(InputInfo input, String name, String found) {
    String type = input.type().element().toString();
    List<String> expected =
        input.type().base() == Base.BOOL ? List.of("true", "false", "0", "1") : input.members();
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.WRONG_TYPE,
                where() + name + " is " + found + ", not " + article(type) + " `" + type + "`")
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

  /**
   * @param whole whether the column is all of the input
   */
  DataException wrongShape(InputInfo input, boolean whole, String found) {
    String expected =
        whole && !input.type().isScalar()
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

  static String quoted(String text) {
    return "\"" + (text.length() > 40 ? text.substring(0, 40) + "…" : text) + "\"";
  }

  /** In front of a message: the row, in the words of its source. */
  String where() {
    return "`" + source + "`" + (unit.isEmpty() ? "" : " " + unit + " " + row) + ": ";
  }

  DataPlace at() {
    return new DataPlace(source, row, column);
  }

  DataException problem(Diagnostic.Builder problem) {
    return new DataException(problem.build(), at());
  }
}
