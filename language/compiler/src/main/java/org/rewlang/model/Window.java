package org.rewlang.model;

/**
 * The values of a term over the last {@code steps} steps, this one included. Identity is by object;
 * it holds state of its own.
 *
 * @see Term.WindowCount
 * @see Term.WindowAt
 */
public final class Window {

  private final Term of;
  private final int steps;

  public Window(Term of, int steps) {
    this.of = of;
    this.steps = steps;
  }

  public Term of() {
    return of;
  }

  public int steps() {
    return steps;
  }
}
