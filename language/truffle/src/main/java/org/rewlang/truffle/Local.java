package org.rewlang.truffle;

import com.oracle.truffle.api.frame.VirtualFrame;
import org.rewlang.core.Kind;

/** Values used more than once, region indices and accumulators: slots of Truffle's own frame. */
final class Local {

  private Local() {}

  static final class Read extends ValueNode {
    private final int slot;

    Read(int slot) {
      this.slot = slot;
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return frame.getDoubleStatic(slot);
    }

    @Override
    boolean executeBoolean(VirtualFrame frame) {
      return frame.getBooleanStatic(slot);
    }

    @Override
    int executeInt(VirtualFrame frame) {
      return frame.getIntStatic(slot);
    }
  }

  static StatementNode write(Kind kind, int slot, ValueNode value) {
    return switch (kind) {
      case F64 -> new WriteDouble(slot, value);
      case BOOL -> new WriteBoolean(slot, value);
      case I32 -> new WriteInt(slot, value);
    };
  }

  private static final class WriteDouble extends StatementNode {
    private final int slot;
    @Child private ValueNode value;

    WriteDouble(int slot, ValueNode value) {
      this.slot = slot;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      frame.setDoubleStatic(slot, value.executeDouble(frame));
    }
  }

  private static final class WriteBoolean extends StatementNode {
    private final int slot;
    @Child private ValueNode value;

    WriteBoolean(int slot, ValueNode value) {
      this.slot = slot;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      frame.setBooleanStatic(slot, value.executeBoolean(frame));
    }
  }

  private static final class WriteInt extends StatementNode {
    private final int slot;
    @Child private ValueNode value;

    WriteInt(int slot, ValueNode value) {
      this.slot = slot;
      this.value = value;
    }

    @Override
    void executeVoid(VirtualFrame frame) {
      frame.setIntStatic(slot, value.executeInt(frame));
    }
  }
}
