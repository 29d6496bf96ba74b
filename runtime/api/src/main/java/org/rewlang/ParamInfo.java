package org.rewlang;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * A parameter of a program.
 *
 * @param unit as written, or empty: its numbers are in it
 * @param low the least number allowed, perhaps infinite
 * @param high the greatest
 * @param initial its default, row-major
 * @param value as it is set now
 */
public record ParamInfo(
    String name,
    Type type,
    String unit,
    double low,
    double high,
    List<Double> initial,
    List<Double> value,
    @Nullable String doc,
    Location at) {

  public ParamInfo {
    initial = List.copyOf(initial);
    value = List.copyOf(value);
  }
}
