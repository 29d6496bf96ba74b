package org.rewlang.cli;

import java.io.IOException;
import org.rewlang.data.DataException;

/**
 * A command of {@code rew}: {@link #usage} says what it takes, {@link #run} does the work and gives
 * the answer as data. Modules add commands as services of this class.
 *
 * <p>Options that all commands have ({@code --format} and others) are not its business.
 */
public abstract class Command {

  private boolean strict;
  private boolean json;

  /** Its name, and where its arguments go. */
  public abstract Usage usage();

  /** Does the work. What it throws becomes an answer, too. */
  public abstract Answer run(Console console) throws IOException, DataException;

  /**
   * Whether standard output belongs to the command alone (a protocol, say): no answer is printed.
   */
  public boolean ownsOutput() {
    return false;
  }

  /** Whether warnings count as errors. */
  protected final boolean strict() {
    return strict;
  }

  /** Whether the answer will be JSON. */
  protected final boolean json() {
    return json;
  }

  final void set(boolean strictly, boolean asJson) {
    strict = strictly;
    json = asJson;
  }
}
