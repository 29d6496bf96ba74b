package org.rewlang.cli;

import java.util.Locale;

/** Says how far long work is, on a terminal only, in one line that goes away. */
final class Progress implements AutoCloseable {

  private static final long QUIET = 1_000_000_000L;
  private static final long PAUSE = 200_000_000L;

  private final Console console;
  private final String what;
  private final long start = System.nanoTime();
  private long last = start;
  private boolean shown;

  Progress(Console console, String what) {
    this.console = console;
    this.what = what;
  }

  void at(long done) {
    long now = System.nanoTime();
    if (console.interactive() && now - start > QUIET && now - last > PAUSE) {
      last = now;
      shown = true;
      console.err().printf(Locale.ROOT, "\r%,d %s", done, what);
      console.err().flush();
    }
  }

  @Override
  public void close() {
    if (shown) {
      console.err().print("\r\u001b[K");
      console.err().flush();
    }
  }
}
