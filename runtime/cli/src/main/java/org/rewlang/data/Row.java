package org.rewlang.data;

import java.util.List;

/**
 * Takes the cells of rows: a column's name, then its value. Lists come between {@link #beginList}
 * and {@link #endList}; the fields of an object are columns of their own, {@code outer.inner}.
 */
interface Row {

  /** A source that knows its columns beforehand tells them before the first row. */
  void columns(List<String> names) throws DataException;

  /** A row begins, the {@code number}th line or row of its source. */
  void begin(long number);

  void column(String name) throws DataException;

  void number(double value) throws DataException;

  void bool(boolean value) throws DataException;

  /** Text that is text: a string in JSON. */
  void text(String value) throws DataException;

  /** Text that may stand for a number or bool: a cell of CSV. Empty is null. */
  void cell(String value) throws DataException;

  void absent() throws DataException;

  void beginList() throws DataException;

  void endList() throws DataException;

  /** Whether a column is an object as a whole; if not, its fields are columns of their own. */
  boolean isObject(String column);

  /** Whether the column begun may hold objects. */
  boolean takesObjects();

  /** An object of a column that takes them begins; each value in it comes after its name. */
  void beginObject() throws DataException;

  void field(String name) throws DataException;

  void endObject() throws DataException;

  void end() throws DataException;
}
