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
    private final NodeMemory memory;
    private final int index;
    @Child private ValueNode value;

    /**
     * @param value as memory holds it
     */
    Scalar(NodeMemory memory, int index, ValueNode value) {
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
    private final NodeMemory from;
    private final int fromOffset;
    private final NodeMemory to;
    private final int toOffset;
    private final int length;

    Copy(NodeMemory from, int fromOffset, NodeMemory to, int toOffset, int length) {
      this.from = from;
      this.fromOffset = fromOffset;
      this.to = to;
      this.toOffset = toOffset;
      this.length = length;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      System.arraycopy(from.of(frame), fromOffset, to.of(frame), toOffset, length);
    }
  }

  /** One element of an array. */
  static final class Element extends StatementNode {
    private final NodeMemory memory;
    private final int offset;
    @Child private ValueNode index;
    @Child private ValueNode value;

    /**
     * @param value as memory holds it
     */
    Element(NodeMemory memory, int offset, ValueNode index, ValueNode value) {
      this.memory = memory;
      this.offset = offset;
      this.index = index;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      memory.of(frame)[offset + index.executeInt(frame)] = value.executeDouble(frame);
    }
  }

  /** Gives all elements of a scratch array one value. */
  static final class Fill extends StatementNode {
    private final int offset;
    private final int length;
    private final double value;

    Fill(int offset, int length, double value) {
      this.offset = offset;
      this.length = length;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      Arrays.fill(lane(frame).scratch, offset, offset + length, value);
    }
  }

  /** Puts a scratch array in ascending order, NaN last. */
  static final class Sort extends StatementNode {
    private final int offset;
    private final int length;

    Sort(int offset, int length) {
      this.offset = offset;
      this.length = length;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
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
    private final NodeMemory from;
    private final int offset;

    PushArray(Ring ring, NodeMemory from, int offset) {
      this.ring = ring;
      this.from = from;
      this.offset = offset;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      double[] state = lane(frame).state;
      System.arraycopy(from.of(frame), offset, state, advance(ring, state), ring.size());
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
