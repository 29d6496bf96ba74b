package org.rewlang.ide;

import java.util.List;
import org.rewlang.source.Span;

/** The fixes that diagnostics carry. Nothing is invented here: what the editor offers, all have. */
public final class QuickFixes {

  private QuickFixes() {}

  /** Those of problems that {@code range} touches, in order. */
  public static List<QuickFix> in(Snapshot snapshot, Span range) {
    return Diagnostics.of(snapshot).stream()
        .filter(p -> p.span().start() <= range.end() && range.start() <= p.span().end())
        .flatMap(p -> p.fixes().stream().map(fix -> new QuickFix(p, fix)))
        .toList();
  }
}
