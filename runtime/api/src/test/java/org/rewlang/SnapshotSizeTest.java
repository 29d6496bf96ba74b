package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot of any port holds the bytes of state that its facts state, whatever the engine. */
class SnapshotSizeTest {

  private static List<Path> ports() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("examples/ports.json"))) {
      here = here.getParent();
    }
    try (Stream<Path> files = Files.walk(here.resolve("examples"))) {
      return files.filter(f -> f.toString().endsWith(".rew")).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns"})
  void isWhatTheFactsState(String engine) throws IOException {
    RewardEngine rewards = RewardEngine.create(engine);
    int withState = 0;
    for (Path file : ports()) {
      // Without a reward it is a file that others use.
      if (Files.readString(file).contains("\nreward")) {
        Reward reward = rewards.compile(file);
        long bytes = 8L * reward.newReplay().snapshot().state().length;
        assertEquals(reward.facts().stateBytes(), bytes, file.toString());
        withState += bytes > 0 ? 1 : 0;
      }
    }
    assertTrue(withState > 50, withState + " programs with state");
  }
}
