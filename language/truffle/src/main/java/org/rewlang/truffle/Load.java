package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.rewlang.engine.Ring;

/** Reads of memory, where every kind is a double. */
abstract class Load extends ValueNode {

  abstract double load(VirtualFrame frame);

  @Override
  final double executeDouble(VirtualFrame frame) {
    return load(frame);
  }

  @Override
  final boolean executeBoolean(VirtualFrame frame) {
    return load(frame) != 0;
  }

  @Override
  final int executeInt(VirtualFrame frame) {
    return (int) load(frame);
  }

  /** A scalar, or an element whose index is constant. */
  static final class Fixed extends Load {
    private final NodeMemory memory;
    private final int index;

    Fixed(NodeMemory memory, int index) {
      this.memory = memory;
      this.index = index;
    }

    @Override
    double load(VirtualFrame frame) {
      return memory.of(frame)[index];
    }
  }

  /** An element of an array. */
  static final class At extends Load {
    private final NodeMemory memory;
    private final int offset;
    @Child private ValueNode index;

    At(NodeMemory memory, int offset, ValueNode index) {
      this.memory = memory;
      this.offset = offset;
      this.index = index;
    }

    @Override
    double load(VirtualFrame frame) {
      return memory.of(frame)[offset + index.executeInt(frame)];
    }
  }

  /** Whether the host supplies an input of a reset observation. */
  static final class Present extends ValueNode {
    private final int port;

    Present(int port) {
      this.port = port;
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return lane(frame).present[port];
    }
  }

  /** An element of a history, by age: rings as {@link org.rewlang.engine.Layout} has them. */
  static final class Ago extends Load {
    private final Ring ring;
    private final double absent;
    @Child private ValueNode age;
    @Child private ValueNode inner;

    Ago(Ring ring, double absent, ValueNode age, ValueNode inner) {
      this.ring = ring;
      this.absent = absent;
      this.age = age;
      this.inner = inner;
    }

    @Override
    double load(VirtualFrame frame) {
      double[] state = lane(frame).state;
      int ago = age.executeInt(frame);
      int element = inner.executeInt(frame);
      if (ago < 0 || ago >= (int) state[ring.count()]) {
        return absent;
      }
      int place = (int) state[ring.head()] - 1 - ago;
      if (place < 0) {
        place += ring.length();
      }
      return state[ring.base() + place * ring.size() + element];
    }
  }
}
