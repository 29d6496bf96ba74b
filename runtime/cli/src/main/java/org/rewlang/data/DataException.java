package org.rewlang.data;

import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/** The data, or a file of it, is bad: nothing is made of it. */
public final class DataException extends Exception {

  private final transient Diagnostic diagnostic;
  private final transient DataPlace place;

  public DataException(Diagnostic diagnostic, DataPlace place) {
    super(diagnostic.message());
    this.diagnostic = diagnostic;
    this.place = place;
  }

  public Diagnostic diagnostic() {
    return diagnostic;
  }

  public DataPlace place() {
    return place;
  }
}
