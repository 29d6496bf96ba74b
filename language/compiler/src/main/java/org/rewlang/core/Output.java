package org.rewlang.core;

/** A named result. */
public record Output(Role role, String name, Type type) {

  /** What the host is to do with it. */
  public enum Role {
    TOTAL,
    /** One coordinate of a vector reward, or one beside the total. */
    REWARD,
    COMPONENT,
    SUCCESS,
    FAILURE,
    TERMINATE,
    TRUNCATE,
    METRIC,
    COST,
    LOG,
    /** For tests and tools: not shown to users. */
    PROBE;

    /** As written in the text form. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
