package org.rewlang.diagnostic;

import java.util.List;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * A change to the text that repairs a diagnostic.
 *
 * @param title imperative, in the user's words
 * @param edits not overlapping; each replaces what its location covers
 */
public record Fix(String title, Applicability applicability, List<Edit> edits) {

  /** How sure the fix is. */
  public enum Applicability {
    /** The meaning is certain: a tool may apply it unasked. */
    SAFE,
    /** Probably what was meant: a person should look. */
    LIKELY,
    /** A starting point with gaps. */
    SKETCH;

    /** As it is written in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** One replacement. */
  public record Edit(Location location, String replacement) {}

  public Fix {
    edits = List.copyOf(edits);
  }

  /** A safe fix that replaces one span. */
  public static Fix replace(String title, Source source, Span span, String replacement) {
    return one(title, Applicability.SAFE, source, span, replacement);
  }

  /** A likely fix that replaces one span. */
  public static Fix maybe(String title, Source source, Span span, String replacement) {
    return one(title, Applicability.LIKELY, source, span, replacement);
  }

  private static Fix one(
      String title, Applicability applicability, Source source, Span span, String replacement) {
    return new Fix(
        title, applicability, List.of(new Edit(new Location(source, span), replacement)));
  }
}
