package org.rewlang.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Something worth telling about a program, its data or a command: plain data, of which the
 * terminal's text, the JSON and the editor's squiggle are renderings.
 *
 * <p>How to word one: {@code message} says what is wrong in one sentence in the user's words, short
 * enough for a line, understandable without the source. The primary label says what is special
 * <em>here</em> and does not repeat the message. Facts needed for the repair go to {@code found}
 * and {@code expected}. At most one hint, imperative and concrete, and only if it is likely right.
 * No names of grammar rules or tokens, no blame, no exclamation marks; code in backticks. The
 * primary span is as small as possible; related labels show the cause.
 *
 * @param code stable identity
 * @param severity usually the code's own, raised under {@code --strict}
 * @param phase where it was found
 * @param message one sentence
 * @param primary the place; null only for what has no text (a bad command line, say)
 * @param related causes elsewhere in the text
 * @param found what stood there, or null
 * @param expected the closed list of what would have been right; empty if not closed
 * @param hint one imperative sentence, or null
 * @param fixes repairs as edits; at most one is safe
 */
public record Diagnostic(
    Code code,
    Severity severity,
    Phase phase,
    String message,
    @Nullable Label primary,
    List<Label> related,
    @Nullable String found,
    List<String> expected,
    @Nullable String hint,
    List<Fix> fixes) {

  /** By file, place, then code: the order in which diagnostics are always shown. */
  public static final Comparator<Diagnostic> ORDER = Diagnostic::compare;

  public Diagnostic {
    related = List.copyOf(related);
    expected = List.copyOf(expected);
    fixes = List.copyOf(fixes);
  }

  // Written out: comparators that Java puts together are made anew at each start.
  private static int compare(Diagnostic a, Diagnostic b) {
    int order = a.file().compareTo(b.file());
    order = order != 0 ? order : Integer.compare(a.start(), b.start());
    order = order != 0 ? order : a.code.compareTo(b.code);
    return order != 0 ? order : a.message.compareTo(b.message);
  }

  private String file() {
    return primary == null ? "" : primary.location().source().name();
  }

  private int start() {
    return primary == null ? -1 : primary.location().span().start();
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The fix that may be applied unasked, if there is one. */
  public Optional<Fix> safeFix() {
    return fixes.stream().filter(f -> f.applicability() == Fix.Applicability.SAFE).findFirst();
  }

  /** The same diagnostic with another severity. */
  public Diagnostic as(Severity other) {
    return new Diagnostic(
        code, other, phase, message, primary, related, found, expected, hint, fixes);
  }

  /** The same diagnostic with more causes. */
  public Diagnostic because(List<Label> causes) {
    List<Label> all = new ArrayList<>(related);
    all.addAll(causes);
    return new Diagnostic(
        code, severity, phase, message, primary, all, found, expected, hint, fixes);
  }

  /** Starts a diagnostic that has no place in a text. */
  public static Builder of(Code code, String message) {
    return new Builder(code, message, null);
  }

  /** Starts a diagnostic at {@code span}. */
  public static Builder of(Code code, String message, Source source, Span span) {
    return new Builder(code, message, new Location(source, span));
  }

  /** Collects the optional parts; {@link #build()} ends it. */
  public static final class Builder {
    private final Code code;
    private final String message;
    private final @Nullable Location location;
    private String label = "";
    private Severity severity;
    private Phase phase;
    private final List<Label> related = new ArrayList<>();
    private @Nullable String found;
    private List<String> expected = List.of();
    private @Nullable String hint;
    private final List<Fix> fixes = new ArrayList<>();

    private Builder(Code code, String message, @Nullable Location location) {
      this.code = code;
      this.message = message;
      this.location = location;
      this.severity = code.severity();
      this.phase = code.phase();
    }

    /** What is special at the primary place. */
    public Builder label(String text) {
      label = text;
      return this;
    }

    /** A cause elsewhere. */
    public Builder related(Source source, Span span, String text) {
      related.add(new Label(new Location(source, span), text));
      return this;
    }

    public Builder found(String what) {
      found = what;
      return this;
    }

    /** The closed list of what would have been right. */
    public Builder expected(List<String> what) {
      expected = what;
      return this;
    }

    public Builder hint(String sentence) {
      hint = sentence;
      return this;
    }

    public Builder fix(Fix fix) {
      fixes.add(fix);
      return this;
    }

    public Builder severity(Severity other) {
      severity = other;
      return this;
    }

    public Builder phase(Phase other) {
      phase = other;
      return this;
    }

    public Diagnostic build() {
      Label primary = location == null ? null : new Label(location, label);
      return new Diagnostic(
          code, severity, phase, message, primary, related, found, expected, hint, fixes);
    }
  }
}
