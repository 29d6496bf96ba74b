package org.rewlang;

import java.lang.reflect.RecordComponent;
import java.util.List;

/**
 * What a host supplies at each step, described by a record class: a component for each input, of
 * the input's name. Numbers are {@code double}, {@code float}, {@code int} or {@code long}, bools
 * {@code boolean}, an enum's value a Java enum with constants of the same names, vectors arrays of
 * these.
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
