package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.diagnostic.Code;

class ApiTest {

  private static final String PROGRAM =
      """
      module demo
      enum Mode { idle, walk }
      inputs {
        x: real in 0..10
        v: real[2]<m>
        n: int
        b: bool
        mode: Mode
      }
      param k = 2 in 0..5
      let seen = prev(seen, initially = 0) + 1
      reward {
        near  = k * x
        walk  = 1 when mode == walk and b
        count = seen
        ratio = x / n
      }
      metric length = norm(v)
      success when x > 9
      """;

  private record Signals(double x, float[] v, int n, boolean b, Mode mode) {}

  private enum Mode {
    walk,
    idle
  }

  private static Reward compile(String program) {
    return RewardEngine.create("interpreter").compile("demo.rew", program);
  }

  private static Code refused(Runnable task) {
    RewardEvaluationException e = assertThrows(RewardEvaluationException.class, task::run);
    return e.diagnostics().getFirst().code();
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "bytecode", "truffle", "columns", "auto"})
  void threeWaysIn(String engine) {
    Reward reward = RewardEngine.create(engine).compile("demo.rew", PROGRAM);
    assertEquals(6, reward.inputSize());
    assertEquals(
        List.of("x", "v", "n", "b", "mode"),
        reward.inputs().stream().map(InputInfo::name).toList());
    Episode byArray = reward.newEpisode();
    Episode byRecord = reward.newEpisode();
    Episode byName = reward.newEpisode();
    Binding<Signals> binding = reward.bind(Schema.of(Signals.class));
    double total = byArray.step(new double[] {3, 3, 4, 2, 1, 1});
    assertEquals(6 + 1 + 1 + 1.5, total);
    assertEquals(
        total, byRecord.step(binding, new Signals(3, new float[] {3, 4}, 2, true, Mode.walk)));
    byName.set("x", 3).set("v", 3, 4).set("n", 2).set("b", true).set("mode", "walk");
    assertEquals(total, byName.step());
    assertEquals(5, byName.metric("length"));
    assertEquals(6, byArray.component("near"));
    assertFalse(byArray.succeeded());
    byName.set("x", 10);
    assertEquals(20 + 1 + 2 + 5, byName.step());
    assertTrue(byName.succeeded());
    assertEquals(2, byName.steps());
    byName.reset();
    assertEquals(1, byName.set("x", 0).step() - 1);
  }

  @Test
  void everyWayInIsChecked() {
    Episode episode = compile(PROGRAM).newEpisode();
    double[] good = {3, 3, 4, 2, 1, 1};
    double total = episode.step(good);
    Snapshot before = episode.snapshot();
    for (double bad : new double[] {-1e-9, 10.1, Double.NaN, Double.POSITIVE_INFINITY}) {
      double[] values = good.clone();
      values[0] = bad;
      Code code = refused(() -> episode.step(values));
      assertEquals(Double.isFinite(bad) ? Code.OUT_OF_RANGE : Code.NOT_FINITE, code);
    }
    double[] half = good.clone();
    half[3] = 1.5;
    assertEquals(Code.WRONG_TYPE, refused(() -> episode.step(half)));
    double[] mode = good.clone();
    mode[5] = 2;
    assertEquals(Code.WRONG_TYPE, refused(() -> episode.step(mode)));
    assertEquals(Code.WRONG_LENGTH, refused(() -> episode.step(new double[5])));
    assertEquals(Code.WRONG_LENGTH, refused(() -> episode.set("v", 1)));
    assertEquals(Code.WRONG_TYPE, refused(() -> episode.set("mode", "run")));
    assertEquals(Code.BAD_BINDING, refused(() -> episode.set("y", 1)));
    double[] zero = good.clone();
    zero[3] = 0;
    assertEquals(Code.FAILED_EVALUATION, refused(() -> episode.step(zero)));
    assertEquals(before, episode.snapshot());
    assertEquals(total + 1, episode.step(good));
  }

  @Test
  void numbersThatAreNotFiniteAreFoundWhereverTheyAre() {
    for (int size = 1; size <= 9; size++) {
      Episode episode =
          compile("module a\ninputs { x: real[" + size + "] }\nreward { r = x[0] - x[0] }\n")
              .newEpisode();
      for (int at = 0; at < size; at++) {
        for (double bad : new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}) {
          double[] values = new double[size];
          values[at] = bad;
          RewardEvaluationException refusal =
              assertThrows(RewardEvaluationException.class, () -> episode.step(values));
          assertTrue(refusal.getMessage().contains("x[" + at + "]"), refusal.getMessage());
        }
      }
      // Their sum is infinite, and so is that of any two.
      double[] large = new double[size];
      Arrays.fill(large, Double.MAX_VALUE);
      assertEquals(0, episode.step(large));
    }
  }

  @Test
  void parameters() {
    Reward reward = compile(PROGRAM);
    Reward changed = reward.with("k", 5);
    double[] inputs = {1, 0, 0, 1, 0, 0};
    assertEquals(2 + 1 + 1, reward.newEpisode().step(inputs));
    assertEquals(5 + 1 + 1, changed.newEpisode().step(inputs));
    assertEquals(List.of(5.0), changed.params().getFirst().value());
    assertEquals(Code.BAD_PARAMETER, refused(() -> reward.with("k", 5.5)));
    assertEquals(Code.BAD_PARAMETER, refused(() -> reward.with("k", Double.NaN)));
    assertEquals(Code.BAD_PARAMETER, refused(() -> reward.with("kk", 1)));
    Episode episode = reward.newEpisode();
    episode.setParam("k", 3);
    assertEquals(3 + 1 + 1, episode.step(inputs));
    assertEquals(2 + 1 + 1, reward.newEpisode().step(inputs));
  }

  @Test
  void snapshots() {
    Reward reward = compile(PROGRAM);
    Episode episode = reward.newEpisode();
    double[] inputs = {1, 0, 0, 1, 0, 0};
    double unused = episode.step(inputs);
    Snapshot one = episode.snapshot();
    double second = episode.step(inputs);
    Episode other = reward.newEpisode();
    other.restore(one);
    assertEquals(second, other.step(inputs));
    assertEquals(episode.snapshot(), other.snapshot());
    assertThrows(
        IllegalArgumentException.class,
        () -> compile("inputs { x: real }\nreward { a = x }").newEpisode().restore(one));
  }

  @Test
  void lanes() {
    Reward reward = compile(PROGRAM);
    Lanes lanes = reward.newLanes(3);
    double[] inputs = new double[18];
    double[][] each = {{1, 0, 0, 1, 0, 0}, {2, 0, 0, 1, 0, 0}, {3, 0, 0, 1, 0, 0}};
    for (int i = 0; i < 3; i++) {
      System.arraycopy(each[i], 0, inputs, i * 6, 6);
    }
    double[] totals = new double[3];
    lanes.step(inputs, totals);
    lanes.reset(new boolean[] {false, true, false});
    lanes.step(inputs, totals);
    assertArrayEquals(new double[] {2 + 1 + 2, 4 + 2 + 1, 6 + 3 + 2}, totals);
    inputs[6 + 3] = 0;
    assertEquals(Code.FAILED_EVALUATION, refused(() -> lanes.step(inputs, totals)));
    assertArrayEquals(new double[] {2 + 1 + 3, Double.NaN, 6 + 3 + 3}, totals);
  }

  @Test
  void recordsThatDoNotFit() {
    record Misspelt(double xx, double[] v, int n, boolean b, Mode mode) {}
    record Mistyped(double x, double[] v, double n, boolean b, Mode mode) {}
    Reward reward = compile(PROGRAM);
    RewardCompileException e =
        assertThrows(RewardCompileException.class, () -> reward.bind(Schema.of(Misspelt.class)));
    assertEquals("did you mean `x`?", e.diagnostics().getFirst().hint());
    assertEquals(2, e.diagnostics().size());
    assertThrows(RewardCompileException.class, () -> reward.bind(Schema.of(Mistyped.class)));
    Binding<Signals> binding = reward.bind(Schema.of(Signals.class));
    assertEquals(
        Code.WRONG_LENGTH,
        refused(
            () ->
                reward
                    .newEpisode()
                    .step(binding, new Signals(3, new float[3], 2, true, Mode.walk))));
  }

  @Test
  void aResetObservationThatIsNeeded() {
    Reward reward =
        compile("inputs { x: real  act: real }\nreward { moved = x - prev(x)  e = act }");
    assertTrue(reward.facts().needsReset());
    Episode episode = reward.newEpisode();
    assertEquals(Code.NEEDS_RESET, refused(episode::reset));
    assertEquals(Code.NEEDS_RESET, refused(() -> episode.step(new double[] {1, 2})));
    episode.reset(new double[] {5, 0}, new boolean[] {true, false});
    assertEquals(-4 + 2, episode.step(new double[] {1, 2}));
  }

  @Test
  void aLiveEpisodeKnowsThatItEndsItself() {
    Reward reward =
        compile(
            """
            inputs { x: real }
            let n = prev(n, initially = 0) + 1
            reward { final = 100 * n at end }
            terminate far when x > 5
            """);
    Episode live = reward.newEpisode();
    assertEquals(0, live.set("x", 1).step());
    assertEquals(200, live.set("x", 6).step());
    assertTrue(live.terminates());
    Episode replay = reward.newReplay();
    assertEquals(0, replay.set("x", 6).step());
    assertEquals(200, replay.set("terminated", true).step());
  }

  private static final String VECTOR =
      """
      inputs { x: real  y: real }
      reward speed { a = x }
      reward safety = product { b = y  c = 0.5 when y < 0 }
      terminate fell when y < -5
      truncate late when x > 9
      """;

  @Test
  void aVectorRewardIsRefusedWhereAScalarIsWanted() {
    Reward vector = compile(VECTOR);
    assertEquals(Code.BAD_BINDING, refused(vector::newEpisode));
    assertEquals(Code.BAD_BINDING, refused(() -> vector.newLanes(2)));
    Episode episode = vector.newVectorEpisode();
    double unused = episode.step(new double[] {3, -4});
    double[] both = new double[2];
    episode.rewards(both);
    assertArrayEquals(new double[] {3, -2}, both);
    assertEquals(0.5, episode.component("safety.c"));
    assertEquals(
        List.of("speed", "safety"), vector.rewards().stream().map(OutputInfo::column).toList());
    Reward scalar = compile(VECTOR + "reward = speed + 2 * safety\n");
    assertEquals(-1, scalar.newEpisode().step(new double[] {3, -4}));
  }

  @Test
  void whatEndsAnEpisodeHasAName() {
    Episode episode = compile(VECTOR).newVectorEpisode();
    double unused = episode.step(new double[] {10, -6});
    assertEquals(List.of("terminate.fell", "truncate.late"), episode.causes());
    unused = episode.step(new double[] {0, 0});
    assertEquals(List.of(), episode.causes());
  }

  @Test
  void badProgramsAndFiles(@TempDir Path folder) throws IOException {
    RewardEngine engine = RewardEngine.create("interpreter");
    Compilation compilation = engine.check("a.rew", "reward { a = y }");
    assertTrue(compilation.hasErrors());
    assertTrue(compilation.reward().isEmpty());
    assertThrows(RewardCompileException.class, compilation::orThrow);
    assertEquals(
        Code.UNREADABLE_FILE,
        engine.check(folder.resolve("none.rew")).diagnostics().getFirst().code());
    assertThrows(RewardCompileException.class, () -> RewardEngine.create("none"));
    Files.writeString(folder.resolve("lib.rew"), "function twice(x: real): real = 2 * x\n");
    Files.writeString(
        folder.resolve("main.rew"),
        "use \"lib.rew\" as lib\ninputs { x: real }\nreward { a = lib.twice(x) }\n");
    Reward reward = engine.compile(folder.resolve("main.rew"));
    assertEquals(4, reward.newEpisode().step(new double[] {2}));
    assertEquals("interpreter", reward.engine().name());
  }

  @Test
  void theExampleRuns() {
    double sum = org.rewlang.example.CartRun.sum("interpreter");
    assertTrue(sum > 2, "it should come near: " + sum);
    assertEquals(sum, org.rewlang.example.CartRun.sum("truffle"));
    assertEquals(sum, org.rewlang.example.CartRun.sum("bytecode"));
  }
}
