package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.Binding;
import org.rewlang.Compilation;
import org.rewlang.Counterfactuals;
import org.rewlang.Episode;
import org.rewlang.Lanes;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.Schema;
import org.rewlang.Snapshot;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Diagnostic;

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

    double[] policy() {
      return new double[] {0.6, 0.8};
    }

    void move(double[] action) {
      for (int i = 0; i < 2; i++) {
        hand[i] += 0.1 * action[i];
      }
    }
  }

  // region: record
  record Step(double[] hand, double[] target, double[] action) {}

  record Observation(double[] hand, double[] target) {}

  // end

  @Test
  void readme() {
    double[] hand = {0.06, 0.08};
    double[] target = {0.3, 0.4};
    double[] action = {0.6, 0.8};
    // region: readme
    Reward reward = RewardEngine.create().compile(file);
    Episode episode = reward.newEpisode();
    episode.reset();
    episode.set("hand", hand).set("target", target).set("action", action);
    double total = episode.step();
    boolean done = episode.terminates() || episode.truncates();
    // end
    assertEquals(1 - StrictMath.tanh(0.4 / 0.2) - 0.01, total, 1e-9);
    assertFalse(done);
  }

  @Test
  void first() {
    Arm arm = new Arm();
    double sum = 0;
    // region: first
    RewardEngine engine = RewardEngine.create();
    Reward reward = engine.compile(file);
    Episode episode = reward.newEpisode();

    episode.reset();
    while (!episode.terminates() && !episode.truncates()) {
      double[] action = arm.policy();
      arm.move(action);
      episode.set("hand", arm.hand()).set("target", arm.target()).set("action", action);
      sum += episode.step();
    }
    // end
    assertTrue(episode.terminates());
    assertTrue(episode.succeeded());
    assertEquals(5, episode.steps());
    assertTrue(sum > 1, "sum " + sum);
  }

  @Test
  void record() {
    RewardEngine engine = RewardEngine.create();
    Arm arm = new Arm();
    double[] action = arm.policy();
    Reward reward = engine.compile(file);
    Episode episode = reward.newEpisode();
    // region: step
    Binding<Step> binding = reward.bind(Schema.of(Step.class));
    double total = episode.step(binding, new Step(arm.hand(), arm.target(), action));
    // end
    Episode again = reward.newEpisode();
    // region: reset
    Binding<Observation> observed = reward.bindReset(Schema.of(Observation.class));
    again.reset(observed, new Observation(arm.hand(), arm.target()));
    // end
    arm.move(action);
    // region: components
    again.step(binding, new Step(arm.hand(), arm.target(), action));
    for (OutputInfo component : reward.components()) {
      log(component.name(), again.value(component));
    }
    double nearing = again.component("nearing");
    boolean success = again.succeeded();
    // end
    assertEquals(0, episode.component("nearing"), 0);
    assertEquals(0.1, nearing, 1e-12);
    assertFalse(success);
    assertEquals(1 - StrictMath.tanh(0.5 / 0.2) - 0.01, total, 1e-9);
    assertEquals(3, logged);
  }

  private int logged;

  private void log(String name, double value) {
    assertTrue(Double.isFinite(value), name);
    logged++;
  }

  @Test
  void errors() {
    RewardEngine engine = RewardEngine.create();
    StringBuilder shown = new StringBuilder();
    Consumer<String> log = shown::append;
    // region: errors
    Compilation compilation = engine.check("reach.rew", "reward = velocty");
    for (Diagnostic d : compilation.diagnostics()) {
      log.accept(d.code().id() + " " + d.message());
    }
    // end
    assertTrue(shown.toString().startsWith("RW0201 "), shown.toString());
    assertTrue(compilation.hasErrors());
  }

  @Test
  void parameters() {
    RewardEngine engine = RewardEngine.create();
    Reward reward = engine.compile(file);
    // region: parameters
    Reward wider = reward.with("scale", 50); // in the parameter's unit: 50 cm
    Episode episode = wider.newEpisode();
    episode.setParam("scale", 30); // for this episode object alone
    // end
    assertEquals(50, wider.params().getFirst().value().getFirst());
    assertEquals(20, reward.params().getFirst().value().getFirst());
    Arm arm = new Arm();
    episode.set("hand", arm.hand()).set("target", arm.target()).set("action", 0, 0).step();
    assertEquals(1 - StrictMath.tanh(0.5 / 0.3), episode.component("near"), 1e-9);
  }

  @Test
  void inputsOfTheRun() {
    RewardEngine engine = RewardEngine.create();
    // region: ofRun
    String text = "inputs { effort: real } inputs per run { done: real } reward = -done * effort";
    Reward late = engine.compile("late.rew", text).withRun("done", 0.75);
    double paid = late.newEpisode().set("effort", 2).step();
    // end
    assertEquals(-1.5, paid);
  }

  @Test
  void derivatives() {
    Reward reward = RewardEngine.create().compile(file);
    // region: gradient
    Reward both = reward.withGradient("hand", "params");
    Episode episode = both.newEpisode();
    double total = episode.set("hand", 0, 0).set("target", 0.3, 0.4).set("action", 0, 0).step();
    double[] byHand = episode.gradient("total", "hand");
    double byScale = episode.gradient("near", "scale")[0];
    // end
    double near = StrictMath.tanh(0.5 / 0.2);
    double slope = (1 - near * near) / 0.2;
    assertEquals(1 - near, total, 1e-12);
    assertArrayEquals(new double[] {0.6 * slope, 0.8 * slope}, byHand, 1e-12);
    // In centimetres, as it is declared.
    assertEquals(slope * 0.5 / 0.2 / 100, byScale, 1e-12);
    // region: gradients
    Lanes lanes = both.newLanes(64);
    double[] inputs = new double[64 * both.inputSize()];
    double[] totals = new double[64];
    double[] values = new double[64 * both.outputs().stream().mapToInt(OutputInfo::size).sum()];
    lanes.step(inputs, totals);
    lanes.values(values);
    // end
    int width = values.length / 64;
    OutputInfo derivative = both.outputs(Output.Role.GRADIENT).getFirst();
    assertEquals("d_total.hand", derivative.column());
    assertEquals(0, values[63 * width + derivative.offset()]);
  }

  @Test
  void snapshot() {
    Episode episode = RewardEngine.create().compile(file).newEpisode();
    episode.set("hand", 0, 0).set("target", 1, 0).set("action", 0, 0).step();
    // region: snapshot
    Snapshot before = episode.snapshot();
    double tried = episode.set("hand", 0.5, 0).step();
    episode.restore(before);
    // end
    assertEquals(tried, episode.step());
    assertEquals(0.5, episode.component("nearing"));
  }

  /** What the page on meaning says of live episodes and of recorded ones. */
  @Test
  void aLiveEpisodeSeesItsOwnEnd() {
    String text = "inputs { x: real }\nreward { a = 5 at end }\nterminate t when x > 1\n";
    Reward reward = RewardEngine.create().compile("end", text);
    assertEquals(5, reward.newEpisode().set("x", 2).step());
    assertEquals(0, reward.newEpisode().set("x", 1).step());
    assertEquals(0, reward.newReplay().set("x", 2).step());
  }

  @Test
  void counterfactuals() {
    String text =
        """
        inputs { coffee: bool, office: bool }
        machine delivery {
          initial start
          exclusive coffee, office
          start    -> carrying when coffee
          carrying -> done     when office  reward 1
          final done
        }
        reward { task = delivery.reward }
        terminate when delivery == done
        """;
    Reward reward = RewardEngine.create().compile("delivery.rew", text);
    int action = 1;
    int cell = 0;
    int nextCell = 2;
    // region: counterfactuals
    Counterfactuals each = reward.counterfactuals();
    double[][][] q = new double[3][each.size()][2]; // by cell, state of the machine, action
    Episode episode = reward.newEpisode();

    double[] inputs = {0, 1}; // the agent comes to the office
    each.imagine(episode, inputs);
    for (int u = 0; u < each.size(); u++) {
      if (!each.isOver(u)) {
        double later = each.done(u) ? 0 : 0.9 * max(q[nextCell][each.next(u)]);
        q[cell][u][action] += 0.5 * (each.reward(u) + later - q[cell][u][action]);
      }
    }
    episode.step(inputs);
    // end
    assertEquals(0, episode.total());
    assertEquals(0, each.state(episode));
    // Nobody carried coffee, and what coffee would have been worth is learned all the same.
    assertEquals(0, q[cell][0][action]);
    assertEquals(0.5, q[cell][1][action]);
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }

  @Test
  void lanes() {
    Reward reward = RewardEngine.create().compile(file);
    // region: lanes
    Lanes lanes = reward.newLanes(64);
    double[] inputs = new double[64 * reward.inputSize()];
    double[] totals = new double[64];
    boolean[] ended = new boolean[64];

    fill(inputs);
    lanes.step(inputs, totals);
    lanes.ended(ended);
    lanes.reset(ended);
    // end
    assertEquals(64, lanes.count());
    assertEquals(totals[0], totals[63]);
    assertFalse(ended[0]);
  }

  private static void fill(double[] inputs) {
    for (int i = 0; i < inputs.length; i += 6) {
      inputs[i + 2] = 0.3;
    }
  }

  @Test
  void otherLanguages() {
    double total;
    // region: polyglot
    try (Context context = Context.newBuilder("rew").allowAllAccess(true).build()) {
      Value reward = context.eval("rew", "inputs { x: real } reward { near = -abs(x) }");
      Value episode = reward.invokeMember("begin");
      Value results = episode.invokeMember("step", Map.of("x", 0.5));
      total = results.getMember("total").asDouble();
    }
    // end
    assertEquals(-0.5, total);
  }
}
