package org.rewlang.columns;

import java.util.List;

/**
 * The flat place of an element in an array: a part that is the same in all rows, and one that each
 * row has for itself. An index outside acts as the nearest one inside.
 */
final class Subscript {

  private final int[] uniform;
  private final int[] uniformLengths;
  private final int[] uniformStrides;
  private final int[] varying;
  private final int[] varyingLengths;
  private final int[] varyingStrides;

  private Subscript(List<int[]> uniforms, List<int[]> varyings) {
    uniform = column(uniforms, 0);
    uniformLengths = column(uniforms, 1);
    uniformStrides = column(uniforms, 2);
    varying = column(varyings, 0);
    varyingLengths = column(varyings, 1);
    varyingStrides = column(varyings, 2);
  }

  static Subscript of(List<Integer> shape, List<Integer> indices, Places places) {
    List<int[]> uniforms = new java.util.ArrayList<>();
    List<int[]> varyings = new java.util.ArrayList<>();
    int stride = 1;
    for (int d = shape.size() - 1; d >= 0; d--) {
      int id = indices.get(d);
      (places.isUniform(id) ? uniforms : varyings)
          .add(new int[] {places.of(id), shape.get(d), stride});
      stride *= shape.get(d);
    }
    return new Subscript(uniforms, varyings);
  }

  private static int[] column(List<int[]> parts, int i) {
    return parts.stream().mapToInt(part -> part[i]).toArray();
  }

  boolean isUniform() {
    return varying.length == 0;
  }

  /** The part that is the same in all rows. */
  int base(Columns columns) {
    int place = 0;
    for (int k = 0; k < uniform.length; k++) {
      place +=
          Math.clamp(columns.ints[uniform[k]][0], 0, uniformLengths[k] - 1) * uniformStrides[k];
    }
    return place;
  }

  /** A row's own part. */
  int of(Columns columns, int row) {
    int place = 0;
    for (int k = 0; k < varying.length; k++) {
      place +=
          Math.clamp(columns.ints[varying[k]][row], 0, varyingLengths[k] - 1) * varyingStrides[k];
    }
    return place;
  }
}
