package org.rewlang.bench;

/**
 * {@code pick_place.rew} as an environment's author would write it: inputs flat in the order
 * declared, one bit of state. Once with the elementary functions that Rew is defined by, once with
 * the JVM's intrinsics.
 */
final class PickPlaceByHand {

  static final int INPUTS = 18;

  /** approach, lift, bonus, effort of the last step. */
  final double[] components = new double[4];

  private final double reachScale = 10;
  private boolean paid;

  void reset() {
    paid = false;
  }

  double stepStrict(double[] in) {
    double reach = distance(in, 0, 3);
    return finish(in, reach, StrictMath.exp(-reachScale * reach));
  }

  double stepIntrinsic(double[] in) {
    double reach = distance(in, 0, 3);
    return finish(in, reach, Math.exp(-reachScale * reach));
  }

  private double finish(double[] in, double reach, double approach) {
    double place = distance(in, 3, 6);
    boolean grasped = in[9] < 0.3 && reach < 0.02;
    boolean placed = place < 0.05;
    double lift = grasped ? 2 * Math.min(Math.max(in[5] / 0.2, 0), 1) : 0;
    double bonus = placed && !paid ? 10 : 0;
    paid |= placed;
    double squares = 0;
    for (int i = 10; i < 18; i++) {
      squares += in[i] * in[i];
    }
    double effort = -0.01 * squares;
    components[0] = approach;
    components[1] = lift;
    components[2] = bonus;
    components[3] = effort;
    return approach + lift + bonus + effort;
  }

  private static double distance(double[] in, int a, int b) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double d = in[a + i] - in[b + i];
      sum += d * d;
    }
    return Math.sqrt(sum);
  }
}
