package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rewlang.model.InputVar;
import org.rewlang.source.Source;

class UsesTest {

  private static Checked check(String text, Map<String, String> files) {
    return Checks.check(Source.of("test.rew", text), files);
  }

  @Test
  void functionsAndValuesOfAnotherFile() {
    Checked checked =
        check(
            """
            use "walk.rew" as walk
            inputs { speed: real<m/s>  hit: bool }
            reward { a = walk.total, b = walk.reward.track, c = walk.twice(speed) as <m/s>, d = walk.pace }
            """,
            Map.of(
                "walk.rew",
                """
                inputs { speed: real<m/s>  tilt: real<rad> }
                param sigma = 0.5 in 0..1
                function twice<u>(x: real<u>): real<u> = x + x
                let pace = twice(speed) as <m/s>
                reward { track = sigma * pace, fall = -1 when tilt > 60 deg }
                """));
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    assertEquals(
        List.of("speed", "tilt", "hit"),
        checked.model().inputs().stream().map(InputVar::name).toList());
    assertEquals("walk.sigma", checked.model().params().getFirst().name());
  }

  private static final Map<String, String> WALKER =
      Map.of(
          "walk.rew",
          """
          inputs { speed: real  effort: real }
          param sigma = 0.5 <m^2> in 0.1..1
          let norm_speed = abs(speed)
          reward { track = norm_speed / (sigma as <m^2>), effort = -effort }
          terms extra { effort = effort }
          """);

  @Test
  void variantsOfOneFile() {
    Checked checked =
        check(
            """
            use "walk.rew" with { sigma = 0.25, drop reward.effort } as slow
            use "walk.rew" as fast with { reward.track = 2 * norm_speed }
            reward { a = slow.total, b = fast.total, c = fast.reward.track, d = slow.extra.effort }
            """,
            WALKER);
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    assertEquals(
        List.of("speed", "effort"), checked.model().inputs().stream().map(InputVar::name).toList());
    assertEquals(
        List.of("slow.sigma [0.25] m^2", "fast.sigma [0.5] m^2"),
        checked.model().params().stream()
            .map(p -> p.name() + " " + p.initial() + " " + p.unit())
            .toList());
  }

  @Test
  void whatAVariantCanNotChange() {
    Map<String, String> wrong =
        Map.of(
            "sigmaa = 0.3", "no parameter `sigmaa`",
            "drop trak", "no component `trak`",
            "drop effort", "several components are called `effort`",
            "reward.tracks = 1", "no component `reward.tracks`",
            "sigma = 3", "outside the range",
            "reward.track = own", "nothing is called `own`");
    wrong.forEach(
        (change, message) -> {
          String text =
              "use \"walk.rew\" with { "
                  + change
                  + " } as w\ninputs { own: real }\nreward = w.total + own\n";
          String errors = Checks.errors(check(text, WALKER));
          assertTrue(errors.contains(message), change + ": " + errors);
          assertTrue(errors.lines().filter(l -> l.startsWith("RW")).count() == 1, errors);
        });
  }

  @Test
  void whatIsNotThere() {
    assertEquals(
        List.of("RW0208"), Checks.codes(check("use \"no.rew\" as no\nreward = no.x", Map.of())));
  }

  @Test
  void circles() {
    Map<String, String> files =
        Map.of(
            "a.rew", "use \"b.rew\" as b\nlet x = b.y", "b.rew", "use \"a.rew\" as a\nlet y = 1");
    assertEquals(List.of("RW0209"), Checks.codes(check("use \"a.rew\" as a\nreward = a.x", files)));
    assertEquals(
        List.of("RW0209"), Checks.codes(check("use \"test.rew\" as me\nreward = 1", Map.of())));
  }

  @Test
  void inputsThatClash() {
    assertEquals(
        List.of("RW0202"),
        Checks.codes(
            check(
                "use \"a.rew\" as a\ninputs { x: real<m> }\nreward = a.y",
                Map.of("a.rew", "inputs { x: real }\nlet y = x"))));
  }

  private static final Map<String, String> GAIT =
      Map.of(
          "gait.rew",
          """
          step lasts 20 ms
          enum Gait { trot, pace }
          inputs { gait: Gait  speed: real }
          param sigma = 0.5 in 0..1
          require speed < 100
          let paid = sum(total over past)
          let same = gait == pace
          reward { track = sigma * speed, calm = 1 when gait == trot }
          """);

  @Test
  void enumsOfAnotherFile() {
    Checked checked =
        check(
            """
            use "gait.rew" as walk
            param best: walk.Gait = trot
            function score(g: walk.Gait): real = 1 if g == best else 0
            reward { a = score(walk.gait), b = 2 if walk.gait == pace else 0, c = score(walk.Gait.pace) }
            """,
            GAIT);
    assertEquals("", Checks.errors(checked));
    assertNotNull(checked.model());
    assertEquals(
        List.of("RW0201", "RW0206"),
        Checks.codes(
            check(
                "use \"gait.rew\" as g\n"
                    + "let _a: g.Gat = 1\n"
                    + "reward = 1 if g.gait == g.Gait.run else 0",
                GAIT)));
  }

  @Test
  void parametersOfAnotherFileAreGivenBehindItsName() {
    Map<String, String> files =
        Map.of(
            "gait.rew",
            GAIT.get("gait.rew"),
            "legs.rew",
            "use \"gait.rew\" as inner\nreward = inner.total");
    String tail =
        """
        test "given" {
          given walk.sigma = 1
          step { gait = trot, speed = 2 }
          expect total == 3
        }
        """;
    Checked direct =
        check(
            "use \"legs.rew\" as legs use \"gait.rew\" as walk\nreward = legs.total\n" + tail,
            files);
    assertEquals("", Checks.errors(direct));
    assertEquals("walk.sigma", direct.model().params().getFirst().name());
    Checked through =
        check(
            "use \"legs.rew\" as legs\nreward = legs.total\n"
                + tail.replace("walk.sigma", "legs.inner.sigma"),
            files);
    assertEquals("", Checks.errors(through));
    assertEquals("legs.inner.sigma", through.model().params().getFirst().name());
    assertEquals(
        List.of("RW0201"),
        Checks.codes(
            check(
                "use \"gait.rew\" as walk\nreward = walk.total\n" + tail.replace("walk.", ""),
                GAIT)));
  }

  @Test
  void requirementsJoin() {
    Checked checked = check("use \"gait.rew\" as walk\nreward = walk.total", GAIT);
    assertEquals("", Checks.errors(checked));
    assertEquals(1, checked.model().requirements().size());
    assertEquals("gait.rew", checked.model().requirements().getFirst().at().source().name());
  }

  @Test
  void aUsedFileHasItsOwnTotal() {
    Checked checked = check("use \"gait.rew\" as walk\nlet a = walk.paid\nreward = a", GAIT);
    assertEquals("", Checks.errors(checked));
  }

  @Test
  void stepsHaveOneLength() {
    Checked taken = check("use \"gait.rew\" as walk\nreward = dt / 1 s", GAIT);
    assertEquals("", Checks.errors(taken));
    assertEquals(0.02, taken.model().stepSeconds());
    assertEquals(
        List.of("RW0202"),
        Checks.codes(check("use \"gait.rew\" as walk\nstep lasts 1 s\nreward = 1", GAIT)));
    assertEquals(
        List.of(),
        Checks.codes(check("use \"gait.rew\" as walk\nstep lasts 20 ms\nreward = 1", GAIT)));
  }

  @Test
  void whatNobodyReadsIsCheckedInItsFile() {
    Checked checked =
        check(
            "use \"a.rew\" as a\nreward = a.good",
            Map.of(
                "a.rew",
                """
                inputs { x: real<m> }
                let good = 1
                let bad = x + 1 s
                function wrong(y: real<m>): real = y
                function fine(y: real): real = y if terminated else 0
                """));
    assertEquals(List.of("RW0212", "RW0212"), Checks.codes(checked));
    assertEquals(
        List.of("a.rew"),
        checked.diagnostics().stream()
            .map(d -> d.primary().location().source().name())
            .distinct()
            .toList());
  }

  @Test
  void whatNobodyReadsNeedsNothingOfTheHost() {
    Checked checked =
        check(
            "use \"a.rew\" as a\nreward = a.good",
            Map.of("a.rew", "let good = 1\nreward { end = 1 at end }"));
    assertEquals("", Checks.errors(checked));
    assertEquals(List.of(), checked.model().inputs());
  }
}
