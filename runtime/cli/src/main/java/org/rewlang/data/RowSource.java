package org.rewlang.data;

import java.io.Closeable;

/** The rows of one file or query, in its order, pushed one at a time. */
public interface RowSource extends Closeable {

  /** The name that people know it by. */
  String name();

  /** What its rows are counted in: {@code line} or {@code row}. */
  String unit();

  /**
   * Pushes the next row's cells into {@code row}, between {@link Row#begin} and its end.
   *
   * @return false if there is none left
   */
  boolean next(Row row) throws DataException;

  @Override
  void close();
}
