package org.rewlang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;

/**
 * A parameter, which may be set between steps.
 *
 * @param unit the unit its numbers are in, as written, or empty
 * @param range in that unit
 * @param initial its default, row-major, in that unit
 */
public record ParamVar(
    String name,
    Type type,
    String unit,
    Interval range,
    List<Double> initial,
    @Nullable String doc,
    Location at)
    implements Supplied {

  public ParamVar {
    initial = List.copyOf(initial);
  }

  /** The same with another default. */
  public ParamVar with(List<Double> other) {
    return new ParamVar(name, type, unit, range, other, doc, at);
  }
}
