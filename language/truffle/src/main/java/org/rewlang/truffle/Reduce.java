package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import com.oracle.truffle.api.nodes.LoopNode;

/** Regions that make one scalar of many, left to right. */
final class Reduce {

  private Reduce() {}

  /** A number of numbers. */
  private abstract static class Numbers extends ValueNode {
    private final double identity;
    private final double empty;
    @Child private RegionNode region;
    @Child private ValueNode element;

    /**
     * @param empty the result where the mask leaves nothing
     */
    Numbers(double identity, double empty, RegionNode region, ValueNode element) {
      this.identity = identity;
      this.empty = empty;
      this.region = region;
      this.element = element;
    }

    abstract double combine(double sofar, double next);

    @Override
    final double executeDouble(VirtualFrame frame) {
      return region.isExploded() ? exploded(frame) : looped(frame);
    }

    @ExplodeLoop
    private double exploded(VirtualFrame frame) {
      double result = identity;
      boolean any = !region.isMasked();
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          result = combine(result, element.executeDouble(frame));
          any = true;
        }
      }
      return any ? result : empty;
    }

    private double looped(VirtualFrame frame) {
      double result = identity;
      boolean any = !region.isMasked();
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          result = combine(result, element.executeDouble(frame));
          any = true;
        }
      }
      LoopNode.reportLoopCount(this, region.rounds());
      return any ? result : empty;
    }
  }

  static final class Sum extends Numbers {
    Sum(RegionNode region, ValueNode element) {
      super(0, 0, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return sofar + next;
    }
  }

  static final class Prod extends Numbers {
    Prod(RegionNode region, ValueNode element) {
      super(1, 1, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return sofar * next;
    }
  }

  static final class Min extends Numbers {
    Min(RegionNode region, ValueNode element) {
      super(Double.POSITIVE_INFINITY, Double.NaN, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return Math.min(sofar, next);
    }
  }

  static final class Max extends Numbers {
    Max(RegionNode region, ValueNode element) {
      super(Double.NEGATIVE_INFINITY, Double.NaN, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return Math.max(sofar, next);
    }
  }

  /** Whether any element, or every element, holds. */
  static final class Truth extends ValueNode {
    private final boolean all;
    @Child private RegionNode region;
    @Child private ValueNode element;

    Truth(boolean all, RegionNode region, ValueNode element) {
      this.all = all;
      this.region = region;
      this.element = element;
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return region.isExploded() ? exploded(frame) : looped(frame);
    }

    @ExplodeLoop
    private boolean exploded(VirtualFrame frame) {
      boolean result = all;
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          result = combine(result, element.executeBoolean(frame));
        }
      }
      return result;
    }

    private boolean looped(VirtualFrame frame) {
      boolean result = all;
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          result = combine(result, element.executeBoolean(frame));
        }
      }
      LoopNode.reportLoopCount(this, region.rounds());
      return result;
    }

    private boolean combine(boolean sofar, boolean next) {
      return all ? sofar & next : sofar | next;
    }
  }

  /** The index of the first best number. */
  private abstract static class Best extends ValueNode {
    @Child private RegionNode region;
    @Child private ValueNode element;

    Best(RegionNode region, ValueNode element) {
      this.region = region;
      this.element = element;
    }

    abstract boolean better(double next, double best);

    @Override
    final int executeInt(VirtualFrame frame) {
      return region.isExploded() ? exploded(frame) : looped(frame);
    }

    @ExplodeLoop
    private int exploded(VirtualFrame frame) {
      int at = -1;
      double best = 0;
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          double next = element.executeDouble(frame);
          if (at < 0 || wins(next, best)) {
            at = round;
            best = next;
          }
        }
      }
      return at;
    }

    private int looped(VirtualFrame frame) {
      int at = -1;
      double best = 0;
      for (int round = 0; round < region.rounds(); round++) {
        if (region.admits(frame, round)) {
          double next = element.executeDouble(frame);
          if (at < 0 || wins(next, best)) {
            at = round;
            best = next;
          }
        }
      }
      LoopNode.reportLoopCount(this, region.rounds());
      return at;
    }

    /** The first NaN beats everything, and nothing beats it. */
    private boolean wins(double next, double best) {
      return better(next, best) || (next != next && best == best);
    }
  }

  static final class ArgMin extends Best {
    ArgMin(RegionNode region, ValueNode element) {
      super(region, element);
    }

    @Override
    boolean better(double next, double best) {
      return next < best;
    }
  }

  static final class ArgMax extends Best {
    ArgMax(RegionNode region, ValueNode element) {
      super(region, element);
    }

    @Override
    boolean better(double next, double best) {
      return next > best;
    }
  }
}
