package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewlang.InputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.core.CoreFacts;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Segment;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Stepper;
import org.rewlang.interpret.Interpreter;
import org.rewlang.interpret.Replay;

/**
 * The cost that {@code rew info} states of every port, sample and benchmark, against what running
 * them takes: operations counted by the reference interpreter, numbers of state that a frame holds.
 * The summary is a part of {@code docs/ports.md}; {@code -Drew.overwrite=true} rewrites it.
 */
class StatedCostTest {

  private static final RewardEngine ENGINE = RewardEngine.create("interpreter");
  private static final int EPISODES = 15;
  private static final int STEPS = 20;

  /** The ports, and the samples and benchmarks that this version compiles. */
  private static final int LEAST = 85;

  /**
   * A program's cost.
   *
   * @param stated by {@code rew info}
   * @param taken by the step or reset that took most
   */
  private record Cost(long stated, long taken, long bytes) {}

  private static final Map<String, Cost> COSTS = new TreeMap<>();

  /** Runs one program, and keeps what its dearest step took. */
  private static final class Run {
    private final Reward reward;
    private final CoreFacts facts;
    private final Stepper stepper;
    private final Layout layout;
    private final Frame frame;
    private long steps;
    private long resets;

    Run(Path program) throws IOException {
      reward = ENGINE.compile(program);
      facts = CoreFacts.of(reward.compiled().core());
      Evaluator evaluator = new Interpreter().prepare(reward.compiled().core());
      layout = evaluator.layout();
      stepper = new Stepper(evaluator, inputs(), reward.outputs());
      frame = evaluator.newFrame(layout.defaultParams());
    }

    InputLayout inputs() {
      return InputLayout.of(reward.compiled().model().inputs());
    }

    void reset(double[] observation, boolean[] present) {
      System.arraycopy(observation, 0, frame.inputs, 0, observation.length);
      System.arraycopy(present, 0, frame.present, 0, present.length);
      stepper.observe(frame);
      Replay replay = Replay.ofReset(layout, frame.inputs, frame.present, frame.params);
      resets = Math.max(resets, replay.operations());
    }

    void step(double[] values, int at) {
      System.arraycopy(values, at, frame.inputs, 0, frame.inputs.length);
      Replay replay = Replay.ofStep(layout, frame.inputs, frame.params, frame.state);
      steps = Math.max(steps, replay.operations());
      stepper.evaluator().step(frame);
    }

    Cost cost() {
      assertTrue(steps <= facts.operations(), steps + " of " + facts);
      assertTrue(resets <= facts.resetOperations(), resets + " of " + facts);
      assertEquals(facts.stateBytes(), 8L * frame.state.length);
      return new Cost(facts.operations(), steps, 8L * frame.state.length);
    }
  }

  @BeforeAll
  static void run() throws Exception {
    for (JsonNode port : PortsTest.all()) {
      Path data = PortsTest.EXAMPLES.resolve(port.get("data").asText());
      Run run = new Run(PortsTest.EXAMPLES.resolve(port.get("program").asText()));
      onData(run, data);
      COSTS.put(port.get("task").asText(), stated(port.get("program").asText(), run));
    }
    for (String folder :
        List.of(
            "grammar/src/test/snippets/samples", "bench/src/main/resources/org/rewlang/bench")) {
      for (Path program : programs(Rew.root().resolve(folder))) {
        if (Rew.run("check", program.toString()).exit() == 0) {
          Run run = new Run(program);
          onAnything(run);
          String name =
              (folder.startsWith("bench") ? "bench/" : "samples/") + program.getFileName();
          COSTS.put(name.replace(".rew", ""), run.cost());
        }
      }
    }
  }

  private static Cost stated(String program, Run run) throws IOException {
    JsonNode info =
        Rew.run("info", PortsTest.EXAMPLES.resolve(program).toString(), "--format", "json").json();
    Cost cost = run.cost();
    assertEquals(
        Math.max(cost.stated(), run.facts.resetOperations()), info.get("operations").asLong());
    assertEquals(cost.bytes(), info.get("state_bytes").asLong(), program);
    return cost;
  }

  private static List<Path> programs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".rew")).sorted().toList();
    }
  }

  /** The first steps of episodes from all over the file. */
  private static void onData(Run run, Path data) throws Exception {
    List<Segment> starts = new ArrayList<>();
    try (EpisodeReader reader =
        new EpisodeReader(run.inputs(), List.of(data.toString()), InputStream.nullInputStream())) {
      for (Segment segment = reader.next(); segment != null; segment = reader.next()) {
        if (segment.starts()) {
          starts.add(segment);
        }
      }
    }
    int size = run.frame.inputs.length;
    for (int i = 0; i < starts.size(); i += Math.max(1, starts.size() / EPISODES)) {
      Segment segment = starts.get(i);
      run.layout.reset(run.frame.state);
      if (segment.observation() != null) {
        run.reset(segment.observation(), segment.present());
      }
      int steps = starts.size() == 1 ? EPISODES * STEPS : STEPS;
      for (int row = 0; row < Math.min(steps, segment.rows()); row++) {
        run.step(segment.values(), row * size);
      }
    }
  }

  /** Random steps; those that fail take as much as others. */
  private static void onAnything(Run run) {
    Random random = new Random(3);
    double[] values = new double[run.frame.inputs.length];
    for (int step = 0; step < STEPS; step++) {
      for (InputInfo input : run.reward.inputs()) {
        for (int i = input.offset(); i < input.offset() + input.size(); i++) {
          values[i] = anything(input, random);
        }
      }
      run.step(values, 0);
    }
  }

  private static double anything(InputInfo input, Random random) {
    double low = Math.max(input.low(), -3);
    double high = Math.min(input.high(), 3);
    return switch (input.type().base()) {
      case BOOL -> random.nextInt(2);
      case ENUM -> random.nextInt(input.members().size());
      case INT -> random.nextInt((int) low, (int) high + 1);
      case REAL -> low + (high - low) * random.nextDouble();
    };
  }

  @Test
  void allAreThere() {
    assertTrue(COSTS.size() >= LEAST, "only " + COSTS.keySet());
  }

  @Test
  void theSummaryIsThePages() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| program | operations stated | at most taken | share |\n|---|---|---|---|\n");
    long exact = 0;
    double least = 1;
    long bytes = 0;
    for (Map.Entry<String, Cost> entry : COSTS.entrySet()) {
      Cost cost = entry.getValue();
      bytes = Math.max(bytes, cost.bytes());
      if (cost.taken() == cost.stated()) {
        exact++;
        continue;
      }
      double share = (double) cost.taken() / cost.stated();
      least = Math.min(least, share);
      table.append(
          "| %s | %,d | %,d | %.1f %% |%n"
              .formatted(entry.getKey(), cost.stated(), cost.taken(), 100 * share));
    }
    Section.expect(
        "cost",
        """
        Of %d programs, %d take exactly the operations stated, in some step at least; the others, below, take
        no fewer than %.0f %% of them in their dearest step. Bytes of state are equal in all, and at most %,d.

        %s\
        """
            .formatted(COSTS.size(), exact, 100 * Math.floor(100 * least) / 100, bytes, table));
  }
}
