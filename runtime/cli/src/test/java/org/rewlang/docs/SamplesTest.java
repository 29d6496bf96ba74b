package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.Binding;
import org.rewlang.Compilation;
import org.rewlang.Episode;
import org.rewlang.Lanes;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.Schema;
import org.rewlang.Snapshot;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** The Java of the documentation, run. Pages show the regions, without their indentation. */
final class SamplesTest {

  private static final String REACH =
      """
      inputs {
        hand:   real[2]<m>
        target: real[2]<m>
        action: real[2] in -1..1
      }
      param scale = 20 cm in 1..100
      let distance = norm(hand - target)
      reward {
        near    = 1 - tanh(distance / scale)
        effort  = -0.01 * sum(action ** 2)
        nearing = -change(distance) as m
      }
      success when distance < 2 cm
      terminate arrived when distance < 2 cm
      truncate time_limit when step + 1 >= 100
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("reach.rew"), REACH);
  }

  /** A hand that goes to its target. */
  private static final class Arm {
    private final double[] hand = new double[2];
    private final double[] target = {0.3, 0.4};

    double[] hand() {
      return hand.clone();
    }

    double[] target() {
      return target.clone();
    }

    void move(double[] action) {
      for (int i = 0; i < 2; i++) {
        hand[i] += 0.1 * action[i];
      }
    }
  }

  // region: record
  record Step(double[] hand, double[] target, double[] action) {}
  // end

  // region: observation
  record Observation(double[] hand, double[] target) {}
  // end

  @Test
  void first() {
    Arm arm = new Arm();
    double[] action = {0.6, 0.8};
    double total = 0;
    // region: first
    try (RewardEngine engine = RewardEngine.create()) {
      Reward reward = engine.compile(file);
      Episode episode = reward.newEpisode();
      episode.reset();
      arm.move(action);
      episode.set("hand", arm.hand()).set("target", arm.target()).set("action", action);
      total += episode.step();
    }
    // end
    assertEquals(1 - StrictMath.tanh(0.4 / 0.2) - 0.01, total, 1e-9);
  }
}
