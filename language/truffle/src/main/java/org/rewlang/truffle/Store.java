package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;
import java.util.Arrays;
import org.rewlang.engine.Ring;

/** Writes of memory. */
final class Store {

  private Store() {}

  /** A scalar. */
  static final class Scalar extends StatementNode {
    private final Memory memory;
    private final int index;
    @Child private ValueNode value;

    /**
     * @param value as memory holds it
     */
    Scalar(Memory memory, int index, ValueNode value) {
      this.memory = memory;
      this.index = index;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      memory.of(frame)[index] = value.executeDouble(frame);
    }
  }

  /** A whole array. */
  static final class Copy extends StatementNode {
    private final Area from;
    private final Memory memory;
    private final int offset;

    Copy(Area from, Memory memory, int offset) {
      this.from = from;
      this.memory = memory;
      this.offset = offset;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      System.arraycopy(
          from.memory().of(frame), from.offset(), memory.of(frame), offset, from.type().size());
    }
  }

  /** One element of a scratch array. */
  static final class Element extends StatementNode {
    private final int offset;
    @Child private ValueNode index;
    @Child private ValueNode value;

    /**
     * @param value as memory holds it
     */
    Element(int offset, ValueNode index, ValueNode value) {
      this.offset = offset;
      this.index = index;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      lane(frame).scratch[offset + index.executeInt(frame)] = value.executeDouble(frame);
    }
  }

  /**
   * An array input of a reset observation, in scratch memory: undefined unless the host supplies
   * it.
   */
  static final class Observed extends StatementNode {
    private final int port;
    private final double absent;
    private final int offset;
    private final int length;
    @Child private StatementNode copy;

    /**
     * @param copy fills the array
     */
    Observed(int port, double absent, int offset, int length, StatementNode copy) {
      this.port = port;
      this.absent = absent;
      this.offset = offset;
      this.length = length;
      this.copy = copy;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      if (lane(frame).present[port]) {
        copy.executeVoid(frame);
      } else {
        Arrays.fill(lane(frame).scratch, offset, offset + length, absent);
      }
    }
  }

  /** A scratch array that holds another's elements in ascending order, NaN last. */
  static final class Sorted extends StatementNode {
    private final int offset;
    private final int length;
    @Child private StatementNode copy;

    /**
     * @param copy fills the array
     */
    Sorted(int offset, int length, StatementNode copy) {
      this.offset = offset;
      this.length = length;
      this.copy = copy;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      copy.executeVoid(frame);
      sort(lane(frame).scratch);
    }

    @TruffleBoundary
    private void sort(double[] scratch) {
      Arrays.sort(scratch, offset, offset + length);
    }
  }

  /** Appends a scalar to a history. */
  static final class Push extends StatementNode {
    private final Ring ring;
    @Child private ValueNode value;

    /**
     * @param value as memory holds it
     */
    Push(Ring ring, ValueNode value) {
      this.ring = ring;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      double[] state = lane(frame).state;
      state[advance(ring, state)] = value.executeDouble(frame);
    }
  }

  /** Appends an array to a history. */
  static final class PushArray extends StatementNode {
    private final Ring ring;
    private final Area from;

    PushArray(Ring ring, Area from) {
      this.ring = ring;
      this.from = from;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      double[] state = lane(frame).state;
      System.arraycopy(
          from.memory().of(frame), from.offset(), state, advance(ring, state), ring.size());
    }
  }

  /** Moves a ring on; returns where the place just left begins. */
  private static int advance(Ring ring, double[] state) {
    int head = (int) state[ring.head()];
    state[ring.head()] = head + 1 == ring.length() ? 0 : head + 1;
    state[ring.count()] = Math.min(state[ring.count()] + 1, ring.length());
    return ring.base() + head * ring.size();
  }
}
