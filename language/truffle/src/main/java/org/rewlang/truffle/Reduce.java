package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;

/** Regions that make one scalar of many, left to right, in a local. */
final class Reduce {

  private Reduce() {}

  /** No local. */
  static final int NONE = -1;

  /** A number of numbers. */
  private abstract static class Numbers extends Round {
    private final double identity;
    private final int slot;
    private final int anySlot;
    @Child private RegionNode region;
    @Child private ValueNode element;

    /**
     * @param anySlot of whether there was any number, or {@link #NONE}
     */
    Numbers(double identity, int slot, int anySlot, RegionNode region, ValueNode element) {
      this.identity = identity;
      this.slot = slot;
      this.anySlot = anySlot;
      this.region = region;
      this.element = element;
    }

    abstract double combine(double sofar, double next);

    @Override
    final void start(VirtualFrame frame) {
      frame.setDoubleStatic(slot, identity);
      if (anySlot != NONE) {
        frame.setBooleanStatic(anySlot, false);
      }
    }

    @Override
    final void run(VirtualFrame frame, int round) {
      if (region.admits(frame)) {
        double next = element.executeDouble(frame);
        frame.setDoubleStatic(slot, combine(frame.getDoubleStatic(slot), next));
        if (anySlot != NONE) {
          frame.setBooleanStatic(anySlot, true);
        }
      }
    }
  }

  static final class Sum extends Numbers {
    Sum(int slot, RegionNode region, ValueNode element) {
      super(0, slot, NONE, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return sofar + next;
    }
  }

  static final class Prod extends Numbers {
    Prod(int slot, RegionNode region, ValueNode element) {
      super(1, slot, NONE, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return sofar * next;
    }
  }

  static final class Min extends Numbers {
    Min(int slot, int anySlot, RegionNode region, ValueNode element) {
      super(Double.POSITIVE_INFINITY, slot, anySlot, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return Math.min(sofar, next);
    }
  }

  static final class Max extends Numbers {
    Max(int slot, int anySlot, RegionNode region, ValueNode element) {
      super(Double.NEGATIVE_INFINITY, slot, anySlot, region, element);
    }

    @Override
    double combine(double sofar, double next) {
      return Math.max(sofar, next);
    }
  }

  /** Whether any element, or every element, holds. */
  static final class Truth extends Round {
    private final boolean all;
    private final int slot;
    @Child private RegionNode region;
    @Child private ValueNode element;

    Truth(boolean all, int slot, RegionNode region, ValueNode element) {
      this.all = all;
      this.slot = slot;
      this.region = region;
      this.element = element;
    }

    @Override
    void start(VirtualFrame frame) {
      frame.setBooleanStatic(slot, all);
    }

    @Override
    void run(VirtualFrame frame, int round) {
      if (region.admits(frame)) {
        boolean next = element.executeBoolean(frame);
        boolean sofar = frame.getBooleanStatic(slot);
        frame.setBooleanStatic(slot, all ? sofar & next : sofar | next);
      }
    }
  }

  /** The index of the first best number; -1 where the mask leaves nothing. */
  private abstract static class Best extends Round {
    private final int slot;
    private final int bestSlot;
    @Child private RegionNode region;
    @Child private ValueNode element;

    Best(int slot, int bestSlot, RegionNode region, ValueNode element) {
      this.slot = slot;
      this.bestSlot = bestSlot;
      this.region = region;
      this.element = element;
    }

    abstract boolean better(double next, double best);

    @Override
    final void start(VirtualFrame frame) {
      frame.setIntStatic(slot, -1);
      frame.setDoubleStatic(bestSlot, 0);
    }

    @Override
    final void run(VirtualFrame frame, int round) {
      if (region.admits(frame)) {
        double next = element.executeDouble(frame);
        if (frame.getIntStatic(slot) < 0 || wins(next, frame.getDoubleStatic(bestSlot))) {
          frame.setIntStatic(slot, round);
          frame.setDoubleStatic(bestSlot, next);
        }
      }
    }

    /** The first NaN beats everything, and nothing beats it. */
    private boolean wins(double next, double best) {
      return better(next, best) || (next != next && best == best);
    }
  }

  static final class ArgMin extends Best {
    ArgMin(int slot, int bestSlot, RegionNode region, ValueNode element) {
      super(slot, bestSlot, region, element);
    }

    @Override
    boolean better(double next, double best) {
      return next < best;
    }
  }

  static final class ArgMax extends Best {
    ArgMax(int slot, int bestSlot, RegionNode region, ValueNode element) {
      super(slot, bestSlot, region, element);
    }

    @Override
    boolean better(double next, double best) {
      return next > best;
    }
  }
}
