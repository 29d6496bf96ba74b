package org.rewlang.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The lengths of an array's dimensions, of which an enum may name the positions. Two shapes of
 * equal lengths are equal: names decide which arrays may meet, not how they lie in memory.
 */
public final class Shape extends AbstractList<Integer> implements RandomAccess {

  private final List<Integer> lengths;
  private final @Nullable EnumType[] axes;

  private Shape(List<Integer> lengths, @Nullable EnumType[] axes) {
    this.lengths = lengths;
    this.axes = axes;
  }

  /** Lengths without names, or as many of their names as {@code axes} has; null is none. */
  public static List<Integer> of(List<Integer> lengths, List<? extends @Nullable EnumType> axes) {
    @Nullable EnumType[] names = new EnumType[lengths.size()];
    for (int d = 0; d < names.length && d < axes.size(); d++) {
      names[d] = axes.get(d);
    }
    return Arrays.stream(names).allMatch(Objects::isNull)
        ? List.copyOf(lengths)
        : new Shape(List.copyOf(lengths), names);
  }

  /** A copy that nothing changes, with its names. */
  static List<Integer> copyOf(List<Integer> shape) {
    return shape instanceof Shape ? shape : List.copyOf(shape);
  }

  /** The enum that names the positions along a dimension, or null. */
  public static @Nullable EnumType axis(List<Integer> shape, int dimension) {
    return shape instanceof Shape named ? named.axes[dimension] : null;
  }

  public static List<@Nullable EnumType> axes(List<Integer> shape) {
    List<@Nullable EnumType> axes = new ArrayList<>();
    for (int d = 0; d < shape.size(); d++) {
      axes.add(axis(shape, d));
    }
    return axes;
  }

  /** One dimension less. */
  public static List<Integer> without(List<Integer> shape, int dimension) {
    List<Integer> lengths = new ArrayList<>(shape);
    List<@Nullable EnumType> axes = axes(shape);
    lengths.remove(dimension);
    axes.remove(dimension);
    return of(lengths, axes);
  }

  /** These dimensions, then those. */
  public static List<Integer> concat(List<Integer> first, List<Integer> second) {
    List<Integer> lengths = new ArrayList<>(first);
    lengths.addAll(second);
    List<@Nullable EnumType> axes = axes(first);
    axes.addAll(axes(second));
    return of(lengths, axes);
  }

  /** The position of an element in each dimension. */
  public static List<Integer> index(List<Integer> shape, int flat) {
    Integer[] index = new Integer[shape.size()];
    int rest = flat;
    for (int d = shape.size() - 1; d >= 0; d--) {
      index[d] = rest % shape.get(d);
      rest /= shape.get(d);
    }
    return List.of(index);
  }

  /** What follows an array's name in the column of an element: {@code _2}, {@code .FL}. */
  public static String column(List<Integer> shape, int flat) {
    List<Integer> index = index(shape, flat);
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < index.size(); d++) {
      EnumType axis = axis(shape, d);
      int i = index.get(d);
      text.append(axis == null ? "_" + i : "." + axis.members().get(i));
    }
    return text.toString();
  }

  /** As it is written in a type: {@code 3}, or the enum's name. */
  static String show(List<Integer> shape, int dimension) {
    EnumType axis = axis(shape, dimension);
    return axis == null ? shape.get(dimension).toString() : axis.name();
  }

  @Override
  public Integer get(int dimension) {
    return lengths.get(dimension);
  }

  @Override
  public int size() {
    return lengths.size();
  }

  @Override
  public List<Integer> subList(int from, int to) {
    return of(lengths.subList(from, to), Arrays.asList(axes).subList(from, to));
  }
}
