package org.rewlang.core;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A scalar, or an array of scalars in row-major order.
 *
 * @param shape empty for a scalar; every length at least 1
 */
public record Type(Kind kind, List<Integer> shape) {

  public static final Type F64 = new Type(Kind.F64, List.of());
  public static final Type BOOL = new Type(Kind.BOOL, List.of());
  public static final Type I32 = new Type(Kind.I32, List.of());

  public Type {
    shape = List.copyOf(shape);
  }

  public static Type scalar(Kind kind) {
    return switch (kind) {
      case F64 -> F64;
      case BOOL -> BOOL;
      case I32 -> I32;
    };
  }

  public boolean isScalar() {
    return shape.isEmpty();
  }

  /** How many scalars it holds. */
  public int size() {
    int size = 1;
    for (int d = 0; d < shape.size(); d++) {
      size = Math.multiplyExact(size, shape.get(d));
    }
    return size;
  }

  /** As written in the text form: {@code f64[8,4]}. */
  @Override
  public String toString() {
    return isScalar()
        ? kind.text()
        : kind.text()
            + shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
