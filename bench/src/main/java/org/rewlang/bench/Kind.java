package org.rewlang.bench;

import java.util.Random;

/**
 * Rewards of different kinds, each with the same by hand: inputs flat in the order declared,
 * elementary functions {@code StrictMath}'s, by which Rew is defined.
 */
public enum Kind {
  PICK_PLACE(PickPlaceByHand.INPUTS) {
    @Override
    ByHand byHand() {
      return new PickPlaceByHand()::stepStrict;
    }

    /** Near the cube and the goal, so that every gate opens in some rows. */
    @Override
    void fill(double[] row, Random random) {
      super.fill(row, random);
      double near = random.nextInt(3) == 0 ? 0.01 : 0.5;
      for (int i = 0; i < 3; i++) {
        row[3 + i] = random.nextDouble();
        row[i] = row[3 + i] + near * random.nextGaussian();
        row[6 + i] = row[3 + i] + near * random.nextGaussian();
      }
      row[9] = random.nextDouble();
    }
  },
  DENSE(48) {
    @Override
    ByHand byHand() {
      return new Dense();
    }
  },
  POINTS(3006) {
    @Override
    ByHand byHand() {
      return Kind::points;
    }
  },
  STAGES(5) {
    @Override
    ByHand byHand() {
      return Kind::stages;
    }

    @Override
    void fill(double[] row, Random random) {
      row[0] = random.nextInt(4) == 0 ? 0 : 1;
      row[1] = random.nextDouble();
      row[2] = 0.12 * random.nextDouble();
      row[3] = 0.3 * random.nextDouble();
      row[4] = random.nextDouble();
    }
  },
  /** Places, goals and speeds by agent, then who is there. */
  AGENTS(48) {
    @Override
    ByHand byHand() {
      return Kind::agents;
    }

    @Override
    void fill(double[] row, Random random) {
      super.fill(row, random);
      for (int i = 0; i < N_AGENTS; i++) {
        row[40 + i] = i == 0 || random.nextInt(4) > 0 ? 1 : 0;
      }
    }
  },
  HUMANOID(91) {
    @Override
    ByHand byHand() {
      return new Humanoid();
    }
  };

  private static final int N_AGENTS = 8;

  /** What an environment's author would call once a step. */
  interface ByHand {
    double step(double[] in);
  }

  private final int inputs;

  Kind(int inputs) {
    this.inputs = inputs;
  }

  abstract ByHand byHand();

  void fill(double[] row, Random random) {
    for (int i = 0; i < row.length; i++) {
      row[i] = 2 * random.nextDouble() - 1;
    }
  }

  double[] row(Random random) {
    double[] row = new double[inputs];
    fill(row, random);
    return row;
  }

  String program() {
    return name().toLowerCase(java.util.Locale.ROOT) + ".rew";
  }

  private static final class Dense implements ByHand {
    private static final int N = 12;
    private final double[] last = new double[N];

    @Override
    public double step(double[] in) {
      double squares = 0;
      double near = 0;
      double change = 0;
      double effort = 0;
      double still = 0;
      for (int i = 0; i < N; i++) {
        double d = in[i] - in[N + i];
        squares += d * d;
        near += StrictMath.exp(-10 * Math.abs(d));
        still += Math.abs(in[2 * N + i]);
        double action = in[3 * N + i];
        double c = action - last[i];
        change += c * c;
        effort += action * action;
        last[i] = action;
      }
      double error = Math.sqrt(squares);
      return StrictMath.exp(-2 * error)
          + near / N
          + -0.01 * change
          + -0.001 * effort
          + (error < 0.5 ? -0.05 * still : 0);
    }
  }

  private static double points(double[] in) {
    double nearest = Double.POSITIVE_INFINITY;
    double x = 0;
    double y = 0;
    double z = 0;
    int inside = 0;
    for (int i = 6; i < in.length; i += 3) {
      nearest = Math.min(nearest, distance(in, i, 0));
      x += in[i];
      y += in[i + 1];
      z += in[i + 2];
      if (distance(in, i, 3) < 0.5) {
        inside++;
      }
    }
    double dx = x / 1000 - in[3];
    double dy = y / 1000 - in[4];
    double dz = z / 1000 - in[5];
    return 1
        - StrictMath.tanh(3 * nearest)
        + -Math.sqrt(dx * dx + dy * dy + dz * dz)
        + inside / 1000.0;
  }

  private static double distance(double[] in, int a, int b) {
    double dx = in[a] - in[b];
    double dy = in[a + 1] - in[b + 1];
    double dz = in[a + 2] - in[b + 2];
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  private static double stages(double[] in) {
    double poured = in[1];
    double tilt = in[4] / (Math.PI / 2);
    if (in[0] == 0) {
      return 0;
    }
    if (poured > 0.95) {
      return 1 - tilt + 1 + 5;
    }
    double near = 1 - StrictMath.tanh(5 * in[3]);
    if (in[2] < 0.06) {
      return 1 - tilt + near;
    }
    return near + tilt + 3 * poured;
  }

  private static double agents(double[] in) {
    double sum = 0;
    int present = 0;
    double worst = Double.POSITIVE_INFINITY;
    for (int i = 0; i < N_AGENTS; i++) {
      if (in[40 + i] == 0) {
        continue;
      }
      int close = -1;
      for (int j = 0; j < N_AGENTS; j++) {
        if (in[40 + j] != 0 && apart(in, 2 * j, 2 * i) < 0.5) {
          close++;
        }
      }
      double speed = in[32 + i];
      double pay =
          StrictMath.exp(-apart(in, 2 * i, 16 + 2 * i)) - 0.1 * close - 0.01 * (speed * speed);
      sum += pay;
      present++;
      worst = Math.min(worst, pay);
    }
    return sum / present + 0.5 * worst;
  }

  private static double apart(double[] in, int a, int b) {
    double dx = in[a] - in[b];
    double dy = in[a + 1] - in[b + 1];
    return Math.sqrt(dx * dx + dy * dy);
  }

  private static final class Humanoid implements ByHand {
    private static final int N = 22;
    private final double[] last = new double[N];

    @Override
    public double step(double[] in) {
      double posture = 0;
      double limits = 0;
      double power = 0;
      double change = 0;
      for (int i = 0; i < N; i++) {
        double position = in[i];
        double torque = in[2 * N + i];
        double d = position - in[3 * N + i];
        posture += d * d;
        limits += Math.max(Math.abs(position) - 1.5, 0);
        power += Math.abs(torque * in[N + i]);
        double c = torque - last[i];
        change += c * c;
        last[i] = torque;
      }
      double fast = in[4 * N] - 1;
      return StrictMath.exp(-(fast * fast) / 0.25)
          + Math.min(Math.max((in[4 * N + 1] - 0.5) / 0.4, 0), 1)
          + 0.5 * StrictMath.exp(-2 * posture)
          + -10 * limits
          + -0.002 * power
          + -0.01 * change
          + (in[4 * N + 2] < 0.7 ? -5 : 0);
    }
  }
}
