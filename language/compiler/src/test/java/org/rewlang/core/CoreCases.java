package org.rewlang.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/** Programs in core text, each with the same computation written directly in Java. */
public final class CoreCases {

  /** The computation and its state. */
  public interface Model {
    /**
     * One step on inputs and outputs as they lie in a frame.
     *
     * @return what failed, in which case nothing has changed, or null
     */
    @Nullable String step(double[] in, double[] out);

    /** A start of an episode with an observation; what is not present is NaN, or 0. */
    default @Nullable String observe(double[] in, boolean[] present) {
      throw new UnsupportedOperationException("has no reset");
    }

    /** A snapshot: a model of its own, in the same state. */
    default Model copy() {
      return this;
    }
  }

  /**
   * @param steps enough to test and few enough to wait for
   */
  public record Case(String name, int steps, Supplier<Model> fresh, Inputs inputs) {

    public CoreProgram program() {
      return CoreParser.parse(Source.of(name + ".core", text())).orThrow();
    }

    public String text() {
      try (InputStream in = CoreCases.class.getResourceAsStream("cases/" + name + ".core")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Fills a frame's inputs. */
  public interface Inputs {
    void fill(Random random, CoreProgram program, double[] in);
  }

  /** Anything, the strange included. */
  private static final Inputs ANY =
      (random, program, in) -> RandomCore.fill(random, program.inputs(), in);

  /** Too many points for one of them not to be strange. */
  private static void points(Random random, CoreProgram program, double[] in) {
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextGaussian();
    }
    if (random.nextInt(4) == 0) {
      in[random.nextInt(in.length)] = Double.NaN;
    }
  }

  private static Inputs counted(int... counts) {
    return (random, program, in) -> {
      ANY.fill(random, program, in);
      for (int i = 0; i < counts.length; i += 2) {
        in[counts[i]] = random.nextInt(counts[i + 1]);
      }
    };
  }

  public static List<Case> all() {
    return List.of(
        new Case("quadruped", 4_000, Quadruped::new, ANY),
        new Case("matching", 1_000, () -> CoreCases::matching, CoreCases::boxes),
        new Case("pick_place", 4_000, PickPlace::new, CoreCases::hands),
        new Case("drive", 3_000, Drive::new, ANY),
        new Case("office", 4_000, Office::new, ANY),
        new Case("group", 1_000, () -> CoreCases::group, counted(128, 70)),
        new Case("agents", 1_000, Agents::new, ANY),
        new Case("cloud", 12, () -> CoreCases::cloud, CoreCases::points),
        new Case("window", 3_000, Window::new, ANY),
        new Case("primed", 4_000, Primed::new, ANY),
        new Case("median", 3_000, () -> CoreCases::median, ANY));
  }

  private CoreCases() {}

  private static double square(double x) {
    return x * x;
  }

  private static double bit(boolean b) {
    return b ? 1 : 0;
  }

  private static final class Quadruped implements Model {
    private final double[] air = new double[4];
    private final double[] before = new double[2];
    private boolean seen;
    private double sum;
    private double n;

    @Override
    public @Nullable String step(double[] in, double[] out) {
      // velocity 3, command 2, rate 3, torque 12, contact 4, height, tilt, progress
      double strides = 0;
      for (int f = 0; f < 4; f++) {
        boolean contact = in[20 + f] != 0;
        strides += contact ? air[f] - 0.5 : 0;
      }
      double limp = 0;
      for (int f = 0; f < 4; f++) {
        air[f] = in[20 + f] != 0 ? 0 : air[f] + 0.02;
        limp += air[f] > 1 ? 1 : 0;
      }
      double error = 0;
      boolean resampled = false;
      for (int i = 0; i < 2; i++) {
        error += square(in[3 + i] - in[i]);
        resampled |= in[3 + i] != (seen ? before[i] : in[3 + i]);
        before[i] = in[3 + i];
      }
      seen = true;
      error = StrictMath.sqrt(error);
      double track = StrictMath.exp(-(error * error) / 0.25);
      double turn = 0;
      for (int i = 5; i < 8; i++) {
        turn += square(in[i]);
      }
      double steady = -0.05 * StrictMath.sqrt(turn);
      double w = Math.min(Math.max(in[26] / 0.5, 0), 1);
      double torque = 0;
      for (int i = 8; i < 20; i++) {
        torque += square(in[i]);
      }
      double effort = (-1e-5 + w * -0.00019) * torque;
      double walk = track + steady + effort + strides;
      double walking = Math.max(walk, 0) * 0.02;
      boolean tilted = in[25] > 1.0471975511965976;
      double fall = tilted ? -2 : 0;
      n = resampled ? 1 : n + 1;
      sum = resampled ? error : sum + error;
      double[] all = {
        walking,
        fall,
        walking + fall,
        track,
        steady,
        effort,
        strides,
        sum / n,
        limp,
        bit(tilted || in[24] < 0.15)
      };
      System.arraycopy(all, 0, out, 0, all.length);
      return null;
    }

    @Override
    public Model copy() {
      Quadruped q = new Quadruped();
      System.arraycopy(air, 0, q.air, 0, 4);
      System.arraycopy(before, 0, q.before, 0, 2);
      q.seen = seen;
      q.sum = sum;
      q.n = n;
      return q;
    }
  }

  private static void boxes(Random random, CoreProgram program, double[] in) {
    in[0] = random.nextInt(9);
    in[1] = random.nextInt(9);
    for (int box = 0; box < 16; box++) {
      int at = 2 + 4 * box;
      for (int c = 0; c < 2; c++) {
        in[at + c] = random.nextInt(4);
        in[at + 2 + c] = in[at + c] + 2 + random.nextInt(3);
      }
      if (random.nextInt(40) == 0) {
        in[at + random.nextInt(4)] = Double.NaN;
      }
    }
  }

  private static @Nullable String matching(double[] in, double[] out) {
    int np = (int) in[0];
    int ng = (int) in[1];
    boolean[] used = new boolean[8];
    double score = 0;
    for (int i = 0; i < np; i++) {
      double best = -1;
      int at = 0;
      for (int j = 0; j < ng; j++) {
        if (used[j]) {
          continue;
        }
        int p = 2 + 4 * i;
        int g = 34 + 4 * j;
        double iw = Math.max(Math.min(in[p + 2], in[g + 2]) - Math.max(in[p], in[g]), 0);
        double ih = Math.max(Math.min(in[p + 3], in[g + 3]) - Math.max(in[p + 1], in[g + 1]), 0);
        double inter = iw * ih;
        double pa = (in[p + 2] - in[p]) * (in[p + 3] - in[p + 1]);
        double ga = (in[g + 2] - in[g]) * (in[g + 3] - in[g + 1]);
        double iou = inter / (pa + ga - inter);
        if (iou > best) {
          best = iou;
          at = j;
        }
      }
      if (best >= 0.5) {
        score += best;
        used[at] = true;
      } else {
        score += 0;
      }
    }
    out[0] = score / Math.max(Math.max(np, ng), 1);
    return null;
  }

  private static void hands(Random random, CoreProgram program, double[] in) {
    ANY.fill(random, program, in);
    if (random.nextBoolean()) {
      // Close enough to be grasped, often to be placed.
      for (int i = 0; i < 3; i++) {
        in[i] = in[3 + i] + 0.01 * random.nextDouble();
        in[6 + i] = in[3 + i] + 0.04 * random.nextDouble();
      }
      in[9] = random.nextDouble();
    }
  }

  private static final class PickPlace implements Model {
    private boolean paid;

    @Override
    public @Nullable String step(double[] in, double[] out) {
      double reach = 0;
      double place = 0;
      for (int i = 0; i < 3; i++) {
        reach += square(in[i] - in[3 + i]);
        place += square(in[3 + i] - in[6 + i]);
      }
      reach = Math.sqrt(reach);
      place = Math.sqrt(place);
      double opening = in[9];
      if (!Double.isFinite(opening) || !Double.isFinite(reach)) {
        return "grasped";
      }
      if (!Double.isFinite(place)) {
        return "placed";
      }
      double approach = StrictMath.exp(-10.0 * reach);
      double lift = opening < 0.3 && reach < 0.02 ? 2 * Math.min(Math.max(in[5] / 0.2, 0), 1) : 0;
      boolean placed = place < 0.05;
      double bonus = placed && !paid ? 10 : 0;
      double effort = 0;
      for (int i = 10; i < 18; i++) {
        effort += square(in[i]);
      }
      effort = -0.01 * effort;
      double total = approach + lift + bonus + effort;
      if (!Double.isFinite(total)) {
        return "total";
      }
      paid |= placed;
      double[] all = {approach, lift, bonus, effort, total, bit(placed), bit(in[5] < -0.1)};
      System.arraycopy(all, 0, out, 0, all.length);
      return null;
    }

    @Override
    public Model copy() {
      PickPlace p = new PickPlace();
      p.paid = paid;
      return p;
    }
  }

  private static final class Drive implements Model {
    private double route;
    private double margin = Double.POSITIVE_INFINITY;
    private final Deque<Double> speeds = new ArrayDeque<>();

    @Override
    public @Nullable String step(double[] in, double[] out) {
      double speed = in[1];
      double mean = 0;
      for (double held : speeds) {
        mean += held;
      }
      mean = (mean + speed) / (speeds.size() + 1);
      double off = speed - mean;
      double outside = Math.max(Math.max(-1 - off, off - 1), 0);
      double x = outside / 2;
      double comfort = outside == 0 ? 1 : StrictMath.exp(-2.302585092994046 * (x * x));
      double driving = (in[0] - route) / 1 * (1 - in[4]) * (speed > in[2] ? 0.7 : 1) * comfort;
      double least = Math.min(margin, in[3] - 2);
      double safety = Math.min(Math.max(least / 10, -1), 1);
      if (!Double.isFinite(driving)) {
        return "driving";
      }
      if (!Double.isFinite(safety)) {
        return "safety";
      }
      route = in[0];
      margin = least;
      speeds.addLast(speed);
      if (speeds.size() > 14) {
        speeds.removeFirst();
      }
      double[] all = {
        driving, safety, driving + safety, bit(in[5] != 0 || in[6] != 0), in[5], in[6]
      };
      System.arraycopy(all, 0, out, 0, all.length);
      return null;
    }

    @Override
    public Model copy() {
      Drive d = new Drive();
      d.route = route;
      d.margin = margin;
      d.speeds.addAll(speeds);
      return d;
    }
  }

  private static final class Office implements Model {
    private String state = "start";

    @Override
    public @Nullable String step(double[] in, double[] out) {
      boolean coffee = in[0] != 0;
      boolean office = in[1] != 0;
      boolean plant = in[2] != 0;
      double pay = 0;
      if (state.equals("start") || state.equals("carrying")) {
        if (plant) {
          state = "broken";
          pay = -1;
        } else if (state.equals("start") && coffee) {
          state = "carrying";
        } else if (state.equals("carrying") && office) {
          state = "done";
          pay = 1;
        }
      }
      out[0] = pay;
      out[1] = bit(state.equals("done"));
      out[2] = bit(state.equals("broken"));
      out[3] = List.of("start", "carrying", "done", "broken").indexOf(state);
      return null;
    }

    @Override
    public Model copy() {
      Office o = new Office();
      o.state = state;
      return o;
    }
  }

  private static @Nullable String group(double[] in, double[] out) {
    int n = (int) in[128];
    double count = 0;
    double sum = 0;
    for (int i = 0; i < 64 && i < n; i++) {
      if (in[64 + i] != 0) {
        count++;
        sum += in[i];
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (int i = 0; i < 64 && i < n; i++) {
      if (in[64 + i] != 0) {
        squares += square(in[i] - mean);
      }
    }
    double scale = Math.sqrt(squares / count) + 1e-6;
    double[] advantage = new double[64];
    int best = -1;
    for (int i = 0; i < 64 && i < n; i++) {
      if (in[64 + i] != 0) {
        advantage[i] = (in[i] - mean) / scale;
        if (!Double.isFinite(advantage[i])) {
          return "advantage";
        }
        if (best < 0 || in[i] > in[best]) {
          best = i;
        }
      }
    }
    if (n <= 0) {
      return "answers";
    }
    System.arraycopy(advantage, 0, out, 0, 64);
    out[64] = mean;
    out[65] = best;
    return null;
  }

  private static final class Agents implements Model {
    private final double[] best = new double[8];
    private final double[] path = new double[8];

    Agents() {
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
    }

    @Override
    public @Nullable String step(double[] in, double[] out) {
      double total = 0;
      int slowest = -1;
      boolean alone = true;
      double wide = 1;
      for (int a = 0; a < 8; a++) {
        double nearest = Double.POSITIVE_INFINITY;
        boolean others = false;
        for (int b = 0; b < 8; b++) {
          if (b != a && in[16 + b] != 0) {
            others = true;
            double apart = 0;
            apart += square(in[2 * a] - in[2 * b]);
            apart += square(in[2 * a + 1] - in[2 * b + 1]);
            nearest = Math.min(nearest, apart);
          }
        }
        nearest = others ? Math.sqrt(nearest) : Double.NaN;
        double keep = 0;
        double high = Math.max(best[a], 0);
        if (in[16 + a] != 0) {
          keep = Double.isFinite(nearest) ? StrictMath.tanh(nearest - 1) : 1;
          path[a] += in[24 + a] * 0.1;
          high = Math.max(best[a], keep);
          best[a] = high;
          double speed = in[24 + a];
          if (slowest < 0
              || !Double.isNaN(in[24 + slowest])
                  && (Double.isNaN(speed) || speed < in[24 + slowest])) {
            slowest = a;
          }
          alone &= nearest > 2;
          wide *= 1 + in[2 * a];
        }
        total += keep;
        out[a] = keep;
        out[9 + a] = high;
      }
      out[8] = total;
      out[17] = slowest;
      out[18] = bit(alone);
      out[19] = wide;
      return null;
    }

    @Override
    public Model copy() {
      Agents a = new Agents();
      System.arraycopy(best, 0, a.best, 0, 8);
      System.arraycopy(path, 0, a.path, 0, 8);
      return a;
    }
  }

  private static @Nullable String cloud(double[] in, double[] out) {
    double sum = 0;
    for (int h = 0; h < 4; h++) {
      double nearest = Double.POSITIVE_INFINITY;
      for (int p = 0; p < 1000; p++) {
        double apart = 0;
        for (int c = 0; c < 3; c++) {
          apart += square(in[3 * p + c] - in[3000 + 3 * h + c]);
        }
        nearest = Math.min(nearest, apart);
      }
      sum += Math.sqrt(nearest);
    }
    out[0] = -(sum / 4);
    return null;
  }

  private static final class Window implements Model {
    private final Deque<double[]> held = new ArrayDeque<>();

    @Override
    public @Nullable String step(double[] in, double[] out) {
      out[4] = Double.NaN;
      int ago = held.size();
      for (double[] past : held) {
        if (ago-- == 3) {
          out[4] = past[1];
        }
      }
      held.addLast(in.clone());
      if (held.size() > 20) {
        held.removeFirst();
      }
      double sum = 0;
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double[] past : held) {
        sum += past[0];
        min = Math.min(min, past[0]);
        max = Math.max(max, past[0]);
      }
      out[0] = sum;
      out[1] = sum / held.size();
      out[2] = min;
      out[3] = max;
      return null;
    }

    @Override
    public Model copy() {
      Window w = new Window();
      w.held.addAll(held);
      return w;
    }
  }

  private static final class Primed implements Model {
    private double potential;
    private boolean known;
    private double[] lost = {0, 1};
    private final Deque<Double> speeds = new ArrayDeque<>();

    @Override
    public @Nullable String step(double[] in, double[] out) {
      double now = potential(in);
      double shaping = known ? 0.99 * now - potential : 0;
      if (!Double.isFinite(shaping)) {
        return "shaping";
      }
      double fastest = speeds.isEmpty() ? Double.NaN : speeds.stream().reduce(Math::max).get();
      out[0] = shaping;
      out[1] = Double.isFinite(fastest) ? fastest : -1;
      out[2] = lost[0];
      out[3] = lost[1];
      potential = now;
      known = true;
      lost = new double[] {in[0] - lost[0], in[1] - lost[1]};
      push(in[2]);
      return null;
    }

    private void push(double speed) {
      speeds.addLast(speed);
      if (speeds.size() > 4) {
        speeds.removeFirst();
      }
    }

    private static double potential(double[] in) {
      return -Math.sqrt(0 + in[0] * in[0] + in[1] * in[1]);
    }

    @Override
    public @Nullable String observe(double[] in, boolean[] present) {
      if (present[1] && !(in[2] >= 0)) {
        return "speed";
      }
      potential = present[0] ? potential(in) : 0;
      known = present[0];
      lost = present[0] ? new double[] {in[0], in[1]} : new double[] {0, 1};
      speeds.clear();
      push(present[1] ? in[2] : 0.5);
      return null;
    }

    @Override
    public Model copy() {
      Primed p = new Primed();
      p.potential = potential;
      p.known = known;
      p.lost = lost.clone();
      p.speeds.addAll(speeds);
      return p;
    }
  }

  private static @Nullable String median(double[] in, double[] out) {
    double[] positive = Arrays.stream(in).filter(x -> x > 0).toArray();
    int n = positive.length;
    if (n == 0) {
      return "median";
    }
    double[] packed = new double[9];
    Arrays.fill(packed, Double.POSITIVE_INFINITY);
    System.arraycopy(positive, 0, packed, 0, n);
    double[] sorted = packed.clone();
    Arrays.sort(sorted);
    out[0] = sorted[(n - 1) / 2];
    boolean odd = n % 2 == 1;
    System.arraycopy(odd ? sorted : packed, 0, out, 1, 9);
    System.arraycopy(odd ? packed : sorted, 0, out, 10, 9);
    out[19] = n;
    return null;
  }
}
