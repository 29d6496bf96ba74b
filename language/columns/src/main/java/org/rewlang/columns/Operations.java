package org.rewlang.columns;

import java.util.Arrays;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.UnaryOp;

/** Operations on scalars as loops over columns. */
final class Operations {

  private Operations() {}

  /**
   * @param guard the rows that need the result
   */
  static Action unary(UnaryOp op, int to, int x, int guard) {
    return switch (op) {
      case NEG -> (c, n) -> Kernels.neg(c.reals[to], c.reals[x], n);
      case ABS -> (c, n) -> Kernels.abs(c.reals[to], c.reals[x], n);
      case SQRT -> (c, n) -> Kernels.sqrt(c.reals[to], c.reals[x], n);
      case FLOOR -> (c, n) -> Kernels.floor(c.reals[to], c.reals[x], n);
      case RINT -> (c, n) -> Kernels.rint(c.reals[to], c.reals[x], n);
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH ->
          Elementary.unary(op, to, x, guard);
      case FINITE -> (c, n) -> Kernels.finite(c.ints[to], c.reals[x], n);
      case NOT -> (c, n) -> Kernels.not(c.ints[to], c.ints[x], n);
      case ITOF -> (c, n) -> Kernels.toReal(c.reals[to], c.ints[x], n);
      case FTOI -> (c, n) -> Kernels.toInt(c.ints[to], c.reals[x], n);
      case BTOI -> (c, n) -> System.arraycopy(c.ints[x], 0, c.ints[to], 0, n);
    };
  }

  static Action binary(BinaryOp op, int to, int x, int y, int guard) {
    return switch (op) {
      case ADD -> (c, n) -> Kernels.add(c.reals[to], c.reals[x], c.reals[y], n);
      case SUB -> (c, n) -> Kernels.sub(c.reals[to], c.reals[x], c.reals[y], n);
      case MUL -> (c, n) -> Kernels.mul(c.reals[to], c.reals[x], c.reals[y], n);
      case DIV -> (c, n) -> Kernels.div(c.reals[to], c.reals[x], c.reals[y], n);
      case MIN -> (c, n) -> Kernels.min(c.reals[to], c.reals[x], c.reals[y], n);
      case MAX -> (c, n) -> Kernels.max(c.reals[to], c.reals[x], c.reals[y], n);
      case POW, ATAN2 -> Elementary.binary(op, to, x, y, guard);
      case LT -> (c, n) -> Kernels.lt(c.ints[to], c.reals[x], c.reals[y], n);
      case LE -> (c, n) -> Kernels.le(c.ints[to], c.reals[x], c.reals[y], n);
      case EQ -> (c, n) -> Kernels.eq(c.ints[to], c.reals[x], c.reals[y], n);
      case AND -> (c, n) -> Kernels.and(c.ints[to], c.ints[x], c.ints[y], n);
      case OR -> (c, n) -> Kernels.or(c.ints[to], c.ints[x], c.ints[y], n);
      case XOR -> (c, n) -> Kernels.xor(c.ints[to], c.ints[x], c.ints[y], n);
      case IADD -> (c, n) -> Kernels.iadd(c.ints[to], c.ints[x], c.ints[y], n);
      case IMUL -> (c, n) -> Kernels.imul(c.ints[to], c.ints[x], c.ints[y], n);
      case IEQ -> (c, n) -> Kernels.ieq(c.ints[to], c.ints[x], c.ints[y], n);
      case ILT -> (c, n) -> Kernels.ilt(c.ints[to], c.ints[x], c.ints[y], n);
    };
  }

  static Action select(Kind kind, int to, int condition, int then, int otherwise) {
    return kind == Kind.F64
        ? (c, n) ->
            Kernels.select(c.reals[to], c.ints[condition], c.reals[then], c.reals[otherwise], n)
        : (c, n) ->
            Kernels.select(c.ints[to], c.ints[condition], c.ints[then], c.ints[otherwise], n);
  }

  static void copy(Columns c, boolean isReal, int to, int from, int n) {
    if (isReal) {
      System.arraycopy(c.reals[from], 0, c.reals[to], 0, n);
    } else {
      System.arraycopy(c.ints[from], 0, c.ints[to], 0, n);
    }
  }

  /** The same where {@code mask} admits it. */
  static void copyWhere(Columns c, boolean isReal, int to, int from, int mask, int n) {
    if (isReal) {
      Kernels.select(c.reals[to], c.ints[mask], c.reals[from], c.reals[to], n);
    } else {
      Kernels.select(c.ints[to], c.ints[mask], c.ints[from], c.ints[to], n);
    }
  }

  static void clear(Columns c, boolean isReal, int to, int n) {
    if (isReal) {
      Arrays.fill(c.reals[to], 0, n, 0);
    } else {
      Arrays.fill(c.ints[to], 0, n, 0);
    }
  }

  /** Columns one after the other. */
  static Action copy(boolean isReal, int to, int from, int size) {
    return (c, n) -> {
      for (int i = 0; i < size; i++) {
        copy(c, isReal, to + i, from + i, n);
      }
    };
  }

  static Action copyWhere(boolean isReal, int to, int from, int size, int mask) {
    return (c, n) -> {
      for (int i = 0; i < size; i++) {
        copyWhere(c, isReal, to + i, from + i, mask, n);
      }
    };
  }

  /** Gives all rows what the first has. */
  static Action spread(boolean isReal, int place) {
    return isReal
        ? (c, n) -> Arrays.fill(c.reals[place], 1, n, c.reals[place][0])
        : (c, n) -> Arrays.fill(c.ints[place], 1, n, c.ints[place][0]);
  }

  // Arrays.

  /** An element, all rows' the same one: its very column, or a copy of it. */
  static Action element(boolean isReal, int to, int array, Subscript at, boolean copied) {
    if (isReal) {
      return copied
          ? (c, n) -> System.arraycopy(c.reals[array + at.base(c)], 0, c.reals[to], 0, n)
          : (c, _) -> c.reals[to] = c.reals[array + at.base(c)];
    }
    return copied
        ? (c, n) -> System.arraycopy(c.ints[array + at.base(c)], 0, c.ints[to], 0, n)
        : (c, _) -> c.ints[to] = c.ints[array + at.base(c)];
  }

  /** An element of each row's own choice. */
  static Action gather(boolean isReal, int to, int array, Subscript at, int guard) {
    return isReal
        ? (c, n) -> {
          double[] into = c.reals[to];
          int base = array + at.base(c);
          for (int i = 0; i < n; i++) {
            if (needs(c, guard, i)) {
              into[i] = c.reals[base + at.of(c, i)][i];
            }
          }
        }
        : (c, n) -> {
          int[] into = c.ints[to];
          int base = array + at.base(c);
          for (int i = 0; i < n; i++) {
            if (needs(c, guard, i)) {
              into[i] = c.ints[base + at.of(c, i)][i];
            }
          }
        };
  }

  /** An element of what is the same in all rows. */
  static Action lookUp(boolean isReal, int to, Leaves.Values values, Subscript at) {
    return isReal
        ? (c, n) -> {
          double[] into = c.reals[to];
          double[] from = values.of(c);
          int base = values.from() + at.base(c);
          for (int i = 0; i < n; i++) {
            into[i] = from[base + at.of(c, i)];
          }
        }
        : (c, n) -> {
          int[] into = c.ints[to];
          double[] from = values.of(c);
          int base = values.from() + at.base(c);
          for (int i = 0; i < n; i++) {
            into[i] = (int) from[base + at.of(c, i)];
          }
        };
  }

  /** Writes an element in place, in the rows that a guard admits. */
  static Action put(boolean isReal, int array, Subscript at, int value, int guard) {
    return isReal
        ? (c, n) -> {
          double[] from = c.reals[value];
          int base = array + at.base(c);
          for (int i = 0; i < n; i++) {
            if (needs(c, guard, i)) {
              c.reals[base + at.of(c, i)][i] = from[i];
            }
          }
        }
        : (c, n) -> {
          int[] from = c.ints[value];
          int base = array + at.base(c);
          for (int i = 0; i < n; i++) {
            if (needs(c, guard, i)) {
              c.ints[base + at.of(c, i)][i] = from[i];
            }
          }
        };
  }

  /** In ascending order, -0 before 0, NaN last. */
  static Action sort(int to, int array, int size, int guard) {
    return (c, n) -> {
      double[] row = new double[size];
      for (int i = 0; i < n; i++) {
        if (needs(c, guard, i)) {
          for (int k = 0; k < size; k++) {
            row[k] = c.reals[array + k][i];
          }
          Arrays.sort(row);
          for (int k = 0; k < size; k++) {
            c.reals[to + k][i] = row[k];
          }
        }
      }
    };
  }

  static boolean needs(Columns c, int guard, int row) {
    return guard == Places.NONE || c.ints[guard][row] != 0;
  }
}
