package org.rewlang.model;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The type of a value: an element type and a shape.
 *
 * @param dimension of a real; an int, bool or enum has none
 * @param enumeration of an enum, else null
 * @param shape empty for a scalar, else every length at least 1, row-major; perhaps a {@link Shape}
 *     with names
 */
public record Type(
    Base base, Dimension dimension, @Nullable EnumType enumeration, List<Integer> shape) {

  public static final Type REAL = new Type(Base.REAL, Dimension.NONE, null, List.of());
  public static final Type INT = new Type(Base.INT, Dimension.NONE, null, List.of());
  public static final Type BOOL = new Type(Base.BOOL, Dimension.NONE, null, List.of());

  public Type {
    shape = Shape.copyOf(shape);
  }

  public static Type real(Dimension dimension) {
    return new Type(Base.REAL, dimension, null, List.of());
  }

  public static Type of(EnumType enumeration) {
    return new Type(Base.ENUM, Dimension.NONE, enumeration, List.of());
  }

  public boolean isScalar() {
    return shape.isEmpty();
  }

  public boolean isNumber() {
    return base.isNumber();
  }

  /** The type of one element. */
  public Type element() {
    return withShape(List.of());
  }

  public Type withShape(List<Integer> other) {
    return new Type(base, dimension, enumeration, other);
  }

  /** How many scalars it holds. */
  public int size() {
    int size = 1;
    for (int d = 0; d < shape.size(); d++) {
      size = Math.multiplyExact(size, shape.get(d));
    }
    return size;
  }

  // Written out: those of a record are made at each start, and this record's are needed at once.

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || other instanceof Type t
            && base == t.base
            && dimension.equals(t.dimension)
            && Objects.equals(enumeration, t.enumeration)
            && shape.equals(t.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(base, dimension, enumeration, shape);
  }

  /** As it is written: {@code real[3]<m/s>}. */
  @Override
  public String toString() {
    String name =
        switch (base) {
          case REAL -> "real";
          case INT -> "int";
          case BOOL -> "bool";
          case ENUM -> enumeration == null ? "enum" : enumeration.name();
        };
    String dims =
        shape.isEmpty()
            ? ""
            : IntStream.range(0, shape.size())
                .mapToObj(d -> Shape.show(shape, d))
                .collect(Collectors.joining(", ", "[", "]"));
    return name + dims + (dimension.isNone() ? "" : "<" + dimension + ">");
  }
}
