package org.rewlang.ide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Label;
import org.rewlang.diagnostic.Severity;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;

/**
 * The problems of one document. Errors in a file that it uses stand once, at the {@code use}: their
 * own places are shown where that file is open.
 */
public final class Diagnostics {

  private Diagnostics() {}

  public static List<Problem> of(Snapshot snapshot) {
    List<Problem> problems = new ArrayList<>();
    Map<String, List<Diagnostic>> elsewhere = new LinkedHashMap<>();
    for (Diagnostic d : snapshot.compilation().diagnostics()) {
      Label primary = d.primary();
      if (primary == null || isIn(snapshot, primary)) {
        Span span = primary == null ? Span.at(0) : primary.location().span();
        problems.add(new Problem(span, d.severity(), d.code(), message(d), d.related(), d.fixes()));
      } else if (d.isError()) {
        String file = primary.location().source().name();
        elsewhere.computeIfAbsent(file, _ -> new ArrayList<>()).add(d);
      }
    }
    elsewhere.values().forEach(errors -> problems.add(inUsedFile(snapshot, errors)));
    return List.copyOf(problems);
  }

  private static boolean isIn(Snapshot snapshot, Label label) {
    return label.location().source().name().equals(snapshot.source().name());
  }

  private static String message(Diagnostic d) {
    StringBuilder text = new StringBuilder(d.message());
    Label primary = d.primary();
    if (primary != null && !primary.text().isEmpty()) {
      text.append('\n').append(primary.text());
    }
    if (d.hint() != null) {
      text.append("\nhint: ").append(d.hint());
    }
    return text.toString();
  }

  private static Problem inUsedFile(Snapshot snapshot, List<Diagnostic> errors) {
    List<Label> related = new ArrayList<>();
    for (Diagnostic error : errors) {
      if (error.primary() != null) {
        related.add(new Label(error.primary().location(), error.message()));
      }
    }
    String count = errors.size() == 1 ? "an error" : errors.size() + " errors";
    return new Problem(
        useOf(snapshot, related.getFirst().location().source()),
        Severity.ERROR,
        errors.getFirst().code(),
        "this file has " + count + ": " + errors.getFirst().message(),
        related,
        List.of());
  }

  /** The path that names a file; where it is only used by another, the start of the document. */
  private static Span useOf(Snapshot snapshot, Source file) {
    return snapshot.compilation().syntax().declarations().stream()
        .filter(Decl.Use.class::isInstance)
        .map(d -> ((Decl.Use) d).path())
        .filter(
            path ->
                snapshot.used(path.value()).filter(s -> s.name().equals(file.name())).isPresent())
        .map(path -> path.span())
        .findFirst()
        .orElse(Span.at(0));
  }
}
