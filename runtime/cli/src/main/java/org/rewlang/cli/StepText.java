package org.rewlang.cli;

import java.util.ArrayList;
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
      Trajectory.Step first = steps.getFirst();
      List<String> header = new ArrayList<>(List.of("step"));
      if (first.total() != null) {
        header.add("total");
      }
      header.addAll(first.rewards().keySet());
      header.addAll(first.components().keySet());
      header.add("");
      TextTable table = new TextTable(header.toArray(String[]::new));
      for (Trajectory.Step step : steps) {
        List<String> row = new ArrayList<>(List.of(Long.toString(step.step())));
        if (step.total() != null) {
          row.add(number(step.total()));
        }
        for (Map<String, Cell> cells : List.of(step.rewards(), step.components())) {
          cells.values().forEach(cell -> row.add(number(cell)));
        }
        row.add(truths(step));
        table.row(row.toArray(String[]::new));
      }
      return text.append(table).toString();
    }
    for (Trajectory.Step step : steps) {
      text.append("step ").append(step.step());
      if (step.total() != null) {
        text.append("  total ").append(show(step.total()));
      }
      step.rewards()
          .forEach((name, cell) -> text.append("  ").append(name).append(' ').append(show(cell)));
      String truths = truths(step);
      text.append(truths.isEmpty() ? "" : "  " + truths).append('\n');
      step.components()
          .forEach(
              (name, cell) -> {
                text.append("  ").append(name).append(" = ").append(show(cell)).append('\n');
                parts(step.why().getOrDefault(name, List.of()), text);
              });
      step.why()
          .forEach(
              (name, parts) -> {
                String formula = name.startsWith("formula.") ? name.substring(8) : "";
                Cell verdict =
                    step.verdicts()
                        .getOrDefault(formula, step.verdicts().get("verdict." + formula));
                if (!step.components().containsKey(name) && !parts.isEmpty()) {
                  text.append("  ").append(name.replace('.', ' '));
                  text.append(verdict == null ? "" : " = " + show(verdict)).append('\n');
                  parts(parts, text);
                }
              });
    }
    return text.toString();
  }

  private static void parts(List<Trajectory.Part> parts, StringBuilder text) {
    for (Trajectory.Part part : parts) {
      text.append("    ")
          .append(part.text())
          .append("  =>  ")
          .append(show(part.value()))
          .append('\n');
    }
  }

  private static String number(Cell cell) {
    StringJoiner values = new StringJoiner(", ");
    for (double value : cell.values()) {
      values.add(Double.isNaN(value) ? "-" : TextTable.number(value));
    }
    return cell.type().isScalar() ? TextTable.number(cell.values()[0]) : "[" + values + "]";
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
