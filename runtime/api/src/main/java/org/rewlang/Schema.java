package org.rewlang;

import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * What a host supplies at each step, described by a record class: a component for each input, of
 * the input's name. Numbers are {@code double}, {@code float}, {@code int} or {@code long}, bools
 * {@code boolean}, an enum's value a Java enum with constants of the same names, vectors arrays of
 * these. A record of the program is a record with components of its fields' names, a list a {@code
 * List} or an array, an optional value an {@code Optional} or one that may be null; a quaternion is
 * an array of four in its order, a pose a record of {@code position} and {@code rotation}.
 *
 * @param <R> the record
 */
public final class Schema<R extends Record> {

  private final Class<R> type;

  private Schema(Class<R> type) {
    this.type = type;
  }

  /** The schema that {@code type} describes. */
  public static <R extends Record> Schema<R> of(Class<R> type) {
    return new Schema<>(type);
  }

  /** The record class. */
  public Class<R> type() {
    return type;
  }

  List<RecordComponent> components() {
    return List.of(type.getRecordComponents());
  }
}
