package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

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
}
