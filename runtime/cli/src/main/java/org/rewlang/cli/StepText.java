package org.rewlang.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.EnumType;
import org.rewlang.score.Trajectory;
import org.rewlang.score.Trajectory.Cell;

/** The steps of a trajectory for people: one line each; with reasons, a paragraph. */
final class StepText {

  private StepText() {}

  static String of(List<Trajectory.Step> steps, boolean why) {
    StringBuilder text = new StringBuilder();
    if (!why) {
      String[] header = new String[3 + steps.getFirst().components().size()];
      header[0] = "step";
      header[1] = "total";
      int at = 2;
      for (String name : steps.getFirst().components().keySet()) {
        header[at++] = name;
      }
      header[at] = "";
      TextTable table = new TextTable(header);
      for (Trajectory.Step step : steps) {
        String[] row = new String[header.length];
        row[0] = Long.toString(step.step());
        row[1] = TextTable.number(step.total());
        int c = 2;
        for (Cell cell : step.components().values()) {
          row[c++] = TextTable.number(cell.values()[0]);
        }
        row[c] = truths(step);
        table.row(row);
      }
      return text.append(table).toString();
    }
    for (Trajectory.Step step : steps) {
      text.append("step ").append(step.step()).append("  total ").append(Numeral.of(step.total()));
      String truths = truths(step);
      text.append(truths.isEmpty() ? "" : "  " + truths).append('\n');
      step.components()
          .forEach(
              (name, cell) -> {
                text.append("  ").append(name).append(" = ").append(show(cell)).append('\n');
                for (Trajectory.Part part : step.why().getOrDefault(name, List.of())) {
                  text.append("    ")
                      .append(part.text())
                      .append("  =>  ")
                      .append(show(part.value()))
                      .append('\n');
                }
              });
    }
    return text.toString();
  }

  /** The outcomes and events that hold. */
  private static String truths(Trajectory.Step step) {
    StringJoiner names = new StringJoiner(" ");
    for (Map<String, Cell> cells : List.of(step.outcomes(), step.events())) {
      cells.forEach(
          (name, cell) -> {
            if (cell.type().base() == Base.BOOL
                && Arrays.stream(cell.values()).anyMatch(v -> v == 1)) {
              names.add(name);
            }
          });
    }
    return names.toString();
  }

  private static String show(Cell cell) {
    StringJoiner values = new StringJoiner(", ");
    for (double value : cell.values()) {
      values.add(show(cell, value));
    }
    return cell.type().isScalar() ? values.toString() : "[" + values + "]";
  }

  private static String show(Cell cell, double value) {
    EnumType enumeration = cell.type().enumeration();
    if (!Double.isFinite(value) || enumeration != null && value < 0) {
      return "undefined";
    }
    if (cell.type().base() == Base.BOOL) {
      return Boolean.toString(value != 0);
    }
    return enumeration == null ? Numeral.of(value) : enumeration.members().get((int) value);
  }
}
