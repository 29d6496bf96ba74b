package org.rewlang.gpu;

/** A worker could not do what was asked, or is gone. The message says why, in the user's words. */
public final class WorkerException extends Exception {

  private final String reason;

  WorkerException(String reason) {
    super(reason);
    this.reason = reason;
  }

  WorkerException(String reason, Throwable cause) {
    super(reason, cause);
    this.reason = reason;
  }

  /** The message. */
  public String reason() {
    return reason;
  }
}
