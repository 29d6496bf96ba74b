package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rewlang.score.Trajectory;
import org.rewlang.score.Trajectory.Cell;

/** A step of a trajectory as JSON. */
final class StepJson {

  private StepJson() {}

  static void write(JsonGenerator json, Trajectory.Step step, boolean why) throws IOException {
    json.writeStartObject();
    json.writeNumberField("step", step.step());
    json.writeNumberField("row", step.row());
    if (step.total() == null) {
      json.writeNullField("total");
    } else {
      json.writeFieldName("total");
      cell(json, step.total());
    }
    cells(json, "rewards", step.rewards());
    cells(json, "components", step.components());
    cells(json, "outcomes", step.outcomes());
    cells(json, "events", step.events());
    cells(json, "metrics", step.metrics());
    cells(json, "verdicts", step.verdicts());
    cells(json, "state", step.state());
    if (why) {
      json.writeObjectFieldStart("why");
      for (Map.Entry<String, List<Trajectory.Part>> entry : step.why().entrySet()) {
        json.writeArrayFieldStart(entry.getKey());
        for (Trajectory.Part part : entry.getValue()) {
          json.writeStartObject();
          json.writeStringField("text", part.text());
          json.writeFieldName("value");
          cell(json, part.value());
          json.writeNumberField("line", part.line());
          json.writeNumberField("column", part.column());
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void cells(JsonGenerator json, String name, Map<String, Cell> cells)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Cell> entry : cells.entrySet()) {
      json.writeFieldName(entry.getKey());
      cell(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void cell(JsonGenerator json, Cell cell) throws IOException {
    JsonNumbers.values(json, cell.type(), Arrays.stream(cell.values()).boxed().toList());
  }
}
