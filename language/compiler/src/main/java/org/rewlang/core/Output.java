package org.rewlang.core;

/** A named result. */
public record Output(Role role, String name, Type type) {

  /** In the user's words, as in the {@link Sink.Check#what} of a check that it has a value. */
  public String what() {
    return what(role, name);
  }

  public static String what(Role role, String name) {
    if (role == Role.TOTAL) {
      return "the total";
    }
    return name.isEmpty() ? "the " + role.text() : role.text() + " `" + name + "`";
  }

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
    /** What is known of a formula: one of the words of {@code Verdict}. */
    VERDICT,
    /** How a result changes with an input or a parameter. */
    GRADIENT,
    /** For tests and tools: not shown to users. */
    PROBE;

    /** As written in the text form. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
