package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.frame.VirtualFrame;

/** Elementary functions, those of {@link StrictMath} bit for bit. */
final class Elementary {

  private Elementary() {}

  static final class Exp extends UnaryNode {
    Exp(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.exp(operand.executeDouble(frame));
    }
  }

  static final class Expm1 extends UnaryNode {
    Expm1(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.expm1(operand.executeDouble(frame));
    }
  }

  static final class Log extends UnaryNode {
    Log(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.log(operand.executeDouble(frame));
    }
  }

  static final class Log1p extends UnaryNode {
    Log1p(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.log1p(operand.executeDouble(frame));
    }
  }

  static final class Sin extends UnaryNode {
    Sin(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.sin(operand.executeDouble(frame));
    }
  }

  static final class Cos extends UnaryNode {
    Cos(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.cos(operand.executeDouble(frame));
    }
  }

  static final class Tan extends UnaryNode {
    Tan(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.tan(operand.executeDouble(frame));
    }
  }

  static final class Asin extends UnaryNode {
    Asin(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.asin(operand.executeDouble(frame));
    }
  }

  static final class Acos extends UnaryNode {
    Acos(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.acos(operand.executeDouble(frame));
    }
  }

  static final class Tanh extends UnaryNode {
    Tanh(ValueNode operand) {
      super(operand);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.tanh(operand.executeDouble(frame));
    }
  }

  static final class Pow extends BinaryNode {
    Pow(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.pow(left.executeDouble(frame), right.executeDouble(frame));
    }
  }

  static final class Atan2 extends BinaryNode {
    Atan2(ValueNode left, ValueNode right) {
      super(left, right);
    }

    @Override
    double executeDouble(VirtualFrame frame) {
      return Elementary.atan2(left.executeDouble(frame), right.executeDouble(frame));
    }
  }

  @TruffleBoundary(allowInlining = true)
  private static double exp(double x) {
    return StrictMath.exp(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double expm1(double x) {
    return StrictMath.expm1(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double log(double x) {
    return StrictMath.log(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double log1p(double x) {
    return StrictMath.log1p(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double sin(double x) {
    return StrictMath.sin(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double cos(double x) {
    return StrictMath.cos(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double tan(double x) {
    return StrictMath.tan(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double asin(double x) {
    return StrictMath.asin(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double acos(double x) {
    return StrictMath.acos(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double tanh(double x) {
    return StrictMath.tanh(x);
  }

  @TruffleBoundary(allowInlining = true)
  private static double pow(double x, double y) {
    return StrictMath.pow(x, y);
  }

  @TruffleBoundary(allowInlining = true)
  private static double atan2(double y, double x) {
    return StrictMath.atan2(y, x);
  }
}
