package org.rewlang.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs the commands that ought to start fast, once, so that the build can keep what the JVM learnt
 * ({@code -XX:AOTCacheOutput}).
 */
final class Training {

  private static final String PROGRAM =
      """
      ## Pick up a cube.
      module pick
      inputs {
        hand: real[3]<m>
        cube: real[3]<m>
        opening: real in 0..1
        held: bool
      }
      param scale = 10 <1/m> in 1..100
      let reach = norm(hand - cube)
      event grasped = opening < 0.3 and reach < 2 cm
      reward {
        approach = exp(-scale * reach)
        lift = 2 * clamp(cube.z / 20 cm, 0, 1) when grasped
        bonus = 10 once held
        moved = change(reach) as m
      }
      success when held
      test "far" {
        step { hand = [0, 0, 0] m, cube = [1, 0, 0] m, opening = 1, held = false }
        expect reward.bonus == 0
      }
      """;

  private static final String BROKEN =
      PROGRAM.replace("cube.z / 20 cm", "cubes.z / 20 s").replace("once held", "once (held");

  private Training() {}

  public static void main(String[] args) {
    for (int i = 0; i < 5; i++) {
      for (String format : List.of("text", "json")) {
        run(PROGRAM, "check", "-", "--format", format);
        run(BROKEN, "check", "-", "--format", format);
        run(PROGRAM, "fmt", "-", "--format", format);
        run(PROGRAM, "info", "-", "--format", format);
        run(PROGRAM, "test", "-", "--format", format);
        run(PROGRAM, "explain", "RW0201", "--format", format);
        run(PROGRAM, "chek", "--format", format);
        run(PROGRAM, "--version", "--format", format);
        run(PROGRAM, "--help", "--format", format);
      }
    }
  }

  private static void run(String program, String... args) {
    InputStream in = new ByteArrayInputStream(program.getBytes(StandardCharsets.UTF_8));
    OutputStream nowhere = OutputStream.nullOutputStream();
    int unused = Main.run(List.of(args), in, nowhere, nowhere);
  }
}
