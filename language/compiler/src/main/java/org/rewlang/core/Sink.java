package org.rewlang.core;

/** What leaves a function. All are read before any takes effect; a failed check lets none. */
public sealed interface Sink {

  Origin origin();

  /**
   * A result for the host, {@code program.outputs()[port]}.
   *
   * @param value of the output's type
   */
  record Out(int port, int value, Origin origin) implements Sink {}

  /** The slot's value from the next step on. */
  record Next(int slot, int value, Origin origin) implements Sink {}

  /** Appends to a history, which forgets its oldest value once full. */
  record Push(int history, int value, Origin origin) implements Sink {}

  /**
   * The step fails where {@code condition} is false.
   *
   * @param subject what was looked at: from it the reason is traced
   */
  record Check(Failure failure, String what, int condition, int subject, Origin origin)
      implements Sink {}

  /** Why a step failed. */
  enum Failure {
    /** A total, component, guard or state is undefined. */
    UNDEFINED,
    /** A {@code require} of the program does not hold: the data is bad. */
    REQUIRED,
    /** A bounded table is full. */
    FULL;

    /** As written in the text form. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
