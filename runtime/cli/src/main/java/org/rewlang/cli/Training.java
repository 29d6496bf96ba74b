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

  /** Most of what programs are made of: the code for what it lacks is linked at each start. */
  static final String PROGRAM =
      """
      ## A gripper on legs.
      module training
      step lasts 20 ms
      enum Gait { stand, trot, gallop }
      inputs {
        hand:    real[3]<m>
        cube:    real[3]<m>
        opening: real in 0..1  ## 0 is closed
        held:    bool
        torque:  real[12]<N*m>
        speed:   real[12]<rad/s>
        action:  real[12] in -1..1
        contact: bool[4]
        tilt:    real<rad>
        gait:    Gait
        count:   int in 0..9
      }
      param scale = 10 <1/m> in 1..100
      param spread = 0.25 <m^2> in 0.01..1
      function kernel<u>(error: real<u>, width: real<u^2>): real = exp(-(error * error / width))
      function air_time(touches: bool): real<s> = 0 s if touches else prev(result, initially = 0 s) + dt
      let reach = norm(hand - cube)
      let air   = air_time(contact)
      let power = sum(abs(torque * speed)) as <N*m*rad/s>
      let jerk  = sum((action - prev(action, initially = action)) ** 2)
      event grasped = opening < 0.3 and reach < 2 cm
      event fallen  = tilt > 60 deg or hand.z < -10 cm
      event slips   = any(not c and t > 3 N*m for c, t in zip(contact, torque[0:4]))
      reward {
        approach = exp(-scale * reach)
        near     = kernel(reach, spread)
        lift     = 2 * clamp(cube.z / 20 cm, 0, 1) when grasped
        bonus    = 10 once held
        upright  = tolerance(tilt, bounds = 0 deg..10 deg, margin = 30 deg, sigmoid = linear, value_at_margin = 0)
        moved    = change(reach) as m
        smooth   = -0.1 * ema(reach, keep = 0.9) as m
        effort   = -0.001 * power - 0.01 * jerk
        strides  = sum(prev(a, initially = 0 s) as s if c else 0 for a, c in zip(air, contact)) when reach > 1 m
        slip     = -0.5 on slips
        trots    = (0.1 if gait == trot else 0) * count / max(count, 1)
        override fall = -20 when fallen
      }
      success when held
      failure when fallen
      terminate fell     when fallen
      truncate  too_long when time >= 20 s
      metric worst = max(reach over last 1 s)
      metric mean  = mean(reach over past)
      cost   heat  = max(abs(torque))
      require opening <= 1
      test "far" {
        given scale = 20
        step {
          hand = [0, 0, 0] m, cube = [1, 0, 0] m, opening = 1, held = false, torque = 0, speed = 0, action = 0, contact = true,
          tilt = 0, gait = stand, count = 1
        }
        expect reward.bonus == 0, not success
        step { same, held = true }
        expect reward.bonus == 10, success
      }
      property "near pays at most 1" { reward.near <= 1 }
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
