package org.rewlang.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Collects what is wrong: at most one diagnostic for a place, at most {@value #LIMIT} in all. */
final class Report {

  /** Nobody reads more, and the rest is usually the consequence of the first. */
  static final int LIMIT = 25;

  private final Source source;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final Set<Integer> places = new HashSet<>();

  Report(Source source) {
    this.source = source;
  }

  Source source() {
    return source;
  }

  boolean full() {
    return diagnostics.size() >= LIMIT;
  }

  Diagnostic.Builder at(Code code, Span span, String message) {
    return Diagnostic.of(code, message, source, span);
  }

  void add(Diagnostic.Builder builder) {
    Diagnostic diagnostic = builder.build();
    var primary = diagnostic.primary();
    if (!full() && primary != null && places.add(primary.location().span().start())) {
      diagnostics.add(diagnostic);
    }
  }

  List<Diagnostic> sorted() {
    return diagnostics.stream().sorted(Diagnostic.ORDER).toList();
  }
}
