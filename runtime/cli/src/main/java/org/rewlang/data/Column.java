package org.rewlang.data;

/** A column of a table that is written. */
public record Column(String name, Kind kind) {

  /** What its cells are; any may be null. */
  public enum Kind {
    REAL,
    WHOLE,
    BOOL,
    TEXT
  }
}
