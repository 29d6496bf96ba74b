package org.rewlang.score;

import org.rewlang.diagnostic.Diagnostic;

/** A row whose evaluation failed. */
final class RowFailure extends RuntimeException {
  private final String source;
  private final String unit;
  private final long row;
  private final transient Diagnostic why;

  RowFailure(String source, String unit, long row, Diagnostic why) {
    super(why.message(), null, false, false);
    this.source = source;
    this.unit = unit;
    this.row = row;
    this.why = why;
  }

  String source() {
    return source;
  }

  long row() {
    return row;
  }

  /** The diagnostic with its row named. */
  Diagnostic diagnostic() {
    return new Diagnostic(
        why.code(),
        why.severity(),
        why.phase(),
        "`" + source + "` " + unit + " " + row + ": " + why.message(),
        why.primary(),
        why.related(),
        why.found(),
        why.expected(),
        why.hint(),
        why.fixes());
  }
}
