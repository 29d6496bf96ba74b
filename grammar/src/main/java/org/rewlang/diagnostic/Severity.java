package org.rewlang.diagnostic;

/** How bad a diagnostic is. Only {@link #ERROR} stops a program from running. */
public enum Severity {
  ERROR,
  WARNING,
  NOTE;

  /** As it is written, in text and in JSON. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
