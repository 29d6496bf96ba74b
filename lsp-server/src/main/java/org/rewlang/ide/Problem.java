package org.rewlang.ide;

import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Label;
import org.rewlang.diagnostic.Severity;
import org.rewlang.source.Span;

/**
 * A squiggle in one document.
 *
 * @param message what is wrong, what is special here, and the hint: a line each
 * @param related causes elsewhere, in this document or another
 */
public record Problem(
    Span span, Severity severity, Code code, String message, List<Label> related, List<Fix> fixes) {

  public Problem {
    related = List.copyOf(related);
    fixes = List.copyOf(fixes);
  }
}
