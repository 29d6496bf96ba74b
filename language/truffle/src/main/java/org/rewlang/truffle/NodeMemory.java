package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;
import org.rewlang.code.Memory;

/** Where a node finds one of the arrays of code: a constant to the compiler. */
abstract class NodeMemory {

  private static final NodeMemory INPUTS =
      new NodeMemory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).inputs;
        }
      };

  private static final NodeMemory PARAMS =
      new NodeMemory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).params;
        }
      };

  private static final NodeMemory STATE =
      new NodeMemory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).state;
        }
      };

  private static final NodeMemory OUTPUTS =
      new NodeMemory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).outputs;
        }
      };

  private static final NodeMemory SCRATCH =
      new NodeMemory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).scratch;
        }
      };

  /**
   * @param tables all constant arrays of the program
   */
  static NodeMemory of(Memory memory, double[] tables) {
    return switch (memory) {
      case INPUTS -> INPUTS;
      case PARAMS -> PARAMS;
      case STATE -> STATE;
      case OUTPUTS -> OUTPUTS;
      case SCRATCH -> SCRATCH;
      case TABLES -> new Table(tables);
    };
  }

  abstract double[] of(VirtualFrame frame);

  /** A constant array of the program; an element at a constant index is a constant. */
  private static final class Table extends NodeMemory {
    @CompilationFinal(dimensions = 1)
    private final double[] values;

    Table(double[] values) {
      this.values = values;
    }

    @Override
    double[] of(VirtualFrame frame) {
      return values;
    }
  }
}
