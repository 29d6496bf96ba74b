package org.rewlang.engine;

import java.util.List;
import java.util.Map;

/**
 * Reads a program and runs it for hosts that speak in names and plain values, not in Rew's types.
 * What knows the whole language provides it as a service; an engine that is embedded elsewhere
 * finds it.
 *
 * <p>Plain values are {@link Boolean}, {@link Double}, {@link Long}, {@link String}, lists of them
 * and maps from names to them; what has no value is null.
 */
public interface ProgramReader {

  /**
   * Compiles {@code text} for {@code engine}.
   *
   * @throws Refused if it has errors
   */
  Program read(String name, String text, Engine engine);

  /** A compiled program. */
  interface Program {

    String name();

    /** The names that {@link Run#step} takes, in the order declared. */
    List<String> inputs();

    /** A new episode, begun without an observation. */
    Run begin();
  }

  /** An episode. */
  interface Run {

    /**
     * Starts the next episode.
     *
     * @throws Refused if the program needs an observation
     */
    void reset();

    /**
     * Runs a step. Inputs not named keep their values.
     *
     * @return every result under its column's name
     * @throws Refused if there is no such input, it does not fit, or the step fails
     */
    Map<String, Object> step(Map<String, Object> inputs);
  }

  /** Why something was not done, in the user's words. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String why;
    private final int start;
    private final int end;

    /**
     * @param start of the place in the program's text that is to blame
     * @param end of that place; before {@code start} if there is none
     */
    public Refused(String why, int start, int end) {
      super(why);
      this.why = why;
      this.start = start;
      this.end = end;
    }

    public String why() {
      return why;
    }

    public boolean hasPlace() {
      return end >= start;
    }

    public int start() {
      return start;
    }

    public int end() {
      return end;
    }
  }
}
