package org.rewlang;

/** Rew itself failed: a fault of ours, never of a program or its data. Please report it. */
public final class RewardInternalError extends RuntimeException {

  public RewardInternalError(String message, Throwable cause) {
    super(message, cause);
  }
}
