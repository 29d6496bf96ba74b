package org.rewlang.cli;

import java.util.List;
import org.rewlang.EngineInfo;
import org.rewlang.RewardEngine;
import org.rewlang.gpu.DeviceInfo;
import org.rewlang.host.Engines;

/** {@code rew devices}: what can run programs here. */
final class DevicesCommand extends Command {

  @Override
  public Usage usage() {
    return Usage.of("devices", "Lists the engines and accelerators of this machine.");
  }

  @Override
  public Answer run(Console console) {
    List<EngineInfo> engines = RewardEngine.engines();
    List<DeviceInfo> accelerators = Engines.accelerators();
    int processors = Runtime.getRuntime().availableProcessors();
    TextTable table = new TextTable("engine", "usable", "why");
    engines.forEach(e -> table.row(e.name(), e.usable() ? "yes" : "no", e.reason()));
    StringBuilder devices = new StringBuilder();
    for (int i = 0; i < accelerators.size(); i++) {
      devices.append("gpu:").append(i).append("  ").append(accelerators.get(i)).append('\n');
    }
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
              json.writeArrayFieldStart("accelerators");
              for (DeviceInfo device : accelerators) {
                json.writeStartObject();
                json.writeStringField("name", device.name());
                json.writeStringField("kind", device.kind());
                json.writeStringField("backend", device.backend());
                json.writeNumberField("memory_bytes", device.memory());
                json.writeEndObject();
              }
              json.writeEndArray();
            })
        .withText(table + "\n" + devices + "processors: " + processors + "\n");
  }
}
