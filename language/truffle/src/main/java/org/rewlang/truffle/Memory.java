package org.rewlang.truffle;

import com.oracle.truffle.api.CompilerDirectives.CompilationFinal;
import com.oracle.truffle.api.frame.VirtualFrame;

/** Which of the arrays that a step reads. A node's memory is a constant to the compiler. */
abstract class Memory {

  static final Memory INPUTS =
      new Memory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).inputs;
        }
      };

  static final Memory PARAMS =
      new Memory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).params;
        }
      };

  static final Memory STATE =
      new Memory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).state;
        }
      };

  static final Memory OUTPUTS =
      new Memory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).outputs;
        }
      };

  static final Memory SCRATCH =
      new Memory() {
        @Override
        double[] of(VirtualFrame frame) {
          return CoreNode.lane(frame).scratch;
        }
      };

  abstract double[] of(VirtualFrame frame);

  /** A constant array of the program; an element at a constant index is a constant. */
  static final class Table extends Memory {
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
