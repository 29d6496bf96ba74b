package org.rewlang.model;

/** What an element is. */
public enum Base {
  REAL,
  INT,
  BOOL,
  ENUM;

  public boolean isNumber() {
    return this == REAL || this == INT;
  }
}
