package org.rewlang.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Type;

/** Types that the model has no name for, and how types are shown. */
final class Types {

  /** Of what was reported already: it goes with everything and nothing is said about it again. */
  static final Type ERROR = new Type(Base.ENUM, Dimension.NONE, null, List.of());

  static final Dimension ANGLE = Dimension.of("rad");
  static final Dimension SECOND = Dimension.of("s");
  static final Dimension METRE = Dimension.of("m");

  /**
   * Lengths that stand for length variables while a generic function is checked without a call: odd
   * primes that no program uses, so that two of them never agree by chance.
   */
  private static final int FIRST_OPAQUE = 1_000_000_007;

  private final Map<Integer, String> opaque = new HashMap<>();

  /** A length that is like no other and is shown as {@code name}. */
  int opaqueLength(String name) {
    int length = FIRST_OPAQUE + 2 * opaque.size();
    opaque.put(length, name);
    return length;
  }

  /** Whether a length stands for one that only a call knows. */
  boolean isOpaque(int length) {
    return opaque.containsKey(length);
  }

  static boolean isError(Type type) {
    return type.equals(ERROR);
  }

  /** As it is written: {@code real[..1024, 3]<m>}, {@code Box?}, {@code quat[wxyz]}. */
  String show(Structure structure) {
    return show("", structure);
  }

  private String show(String axes, Structure structure) {
    return switch (structure) {
      case Structure.Logic _ -> "formula";
      case Structure.Tensor t when axes.isEmpty() -> show(t.type());
      case Structure.Tensor t -> {
        String scalar = t.type().element().toString();
        int unit = scalar.indexOf('<');
        String own =
            t.type().shape().stream().map(n -> ", " + length(n)).collect(Collectors.joining());
        yield (unit < 0 ? scalar : scalar.substring(0, unit))
            + "["
            + axes
            + own
            + "]"
            + (unit < 0 ? "" : scalar.substring(unit));
      }
      case Structure.Record r -> r.type().name() + (axes.isEmpty() ? "" : "[" + axes + "]");
      case Structure.Array a -> show(behind(axes, length(a.length())), a.element());
      case Structure.Bounded b -> show(behind(axes, ".." + length(b.bound())), b.element());
      case Structure.Optional o -> show(axes, o.of()) + "?";
      case Structure.Rotation r -> "quat[" + behind(axes, r.order().name()) + "]";
      case Structure.Pose p ->
          "pose["
              + behind(axes, p.order().name())
              + "]"
              + (p.dimension().isNone() ? "" : "<" + p.dimension() + ">");
    };
  }

  private static String behind(String axes, String axis) {
    return axes.isEmpty() ? axis : axes + ", " + axis;
  }

  String show(Type type) {
    if (type.shape().stream().noneMatch(opaque::containsKey)) {
      return type.toString();
    }
    String scalar = type.element().toString();
    int unit = scalar.indexOf('<');
    String base = unit < 0 ? scalar : scalar.substring(0, unit);
    return base + show(type.shape()) + (unit < 0 ? "" : scalar.substring(unit));
  }

  /** A shape as it is written in a type: {@code [3, n]}. */
  String show(List<Integer> shape) {
    return IntStream.range(0, shape.size())
        .mapToObj(
            d -> {
              EnumType axis = Shape.axis(shape, d);
              return axis != null ? axis.name() : length(shape.get(d));
            })
        .collect(Collectors.joining(", ", "[", "]"));
  }

  String length(int n) {
    String name = opaque.get(n);
    return name != null ? name : Integer.toString(n);
  }

  /**
   * NumPy's rule: trailing axes agree, or one of them is 1 or missing. Null where they don't, or
   * where two enums name one axis.
   */
  static @Nullable List<Integer> broadcast(List<Integer> a, List<Integer> b) {
    int rank = Math.max(a.size(), b.size());
    Integer[] result = new Integer[rank];
    @Nullable EnumType[] axes = new EnumType[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.size() ? a.get(a.size() - i) : 1;
      int y = i <= b.size() ? b.get(b.size() - i) : 1;
      EnumType m = i <= a.size() ? Shape.axis(a, a.size() - i) : null;
      EnumType n = i <= b.size() ? Shape.axis(b, b.size() - i) : null;
      if (x != y && x != 1 && y != 1 || m != null && n != null && !m.equals(n)) {
        return null;
      }
      result[rank - i] = x == 1 ? y : x;
      axes[rank - i] = m != null ? m : n;
    }
    return Shape.of(List.of(result), Arrays.asList(axes));
  }
}
