package org.rewlang.cli;

import java.util.List;
import org.rewlang.EngineInfo;
import org.rewlang.RewardEngine;

/** {@code rew devices}: what can run programs here. */
final class DevicesCommand extends Command {

  @Override
  public Usage usage() {
    return Usage.of("devices", "Lists the engines and accelerators of this machine.");
  }

  @Override
  public Answer run(Console console) {
    List<EngineInfo> engines = RewardEngine.engines();
    int processors = Runtime.getRuntime().availableProcessors();
    TextTable table = new TextTable("engine", "usable", "why");
    engines.forEach(e -> table.row(e.name(), e.usable() ? "yes" : "no", e.reason()));
    return Answer.of(List.of())
        .with(
            json -> {
              json.writeArrayFieldStart("engines");
              for (EngineInfo engine : engines) {
                json.writeStartObject();
                json.writeStringField("name", engine.name());
                json.writeBooleanField("usable", engine.usable());
                json.writeStringField("reason", engine.reason());
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeNumberField("processors", processors);
              json.writeStringField("java", Runtime.version().toString());
              // No engine of this version uses one.
              json.writeArrayFieldStart("accelerators");
              json.writeEndArray();
            })
        .withText(table + "processors: " + processors + "\n");
  }
}
