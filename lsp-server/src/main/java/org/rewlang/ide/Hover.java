package org.rewlang.ide;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.rewlang.automata.FormulaFacts;
import org.rewlang.automata.Limits;
import org.rewlang.check.Index;
import org.rewlang.check.Index.Kind;
import org.rewlang.model.Model;
import org.rewlang.source.Location;
import org.rewlang.source.Span;

/**
 * What is known of a name: kind, name, type and unit as code, the values it can have, its
 * documentation.
 *
 * @param span the name
 */
public record Hover(Span span, String markdown) {

  /** What a reader waits for without noticing. */
  private static final Limits SOON = new Limits(10_000, 200_000, Duration.ofMillis(200));

  public static Optional<Hover> at(Snapshot snapshot, int offset) {
    return snapshot
        .compilation()
        .index()
        .at(snapshot.source(), offset)
        .map(site -> new Hover(site.at().span(), markdown(snapshot, valued(snapshot, site))));
  }

  /** A name that a test sets has no value there; that of its declaration tells more. */
  private static Index.Site valued(Snapshot snapshot, Index.Site site) {
    return site.term() == null
        ? Declarations.of(snapshot, site).filter(d -> d.term() != null).orElse(site)
        : site;
  }

  private static String markdown(Snapshot snapshot, Index.Site site) {
    StringBuilder text = new StringBuilder();
    text.append("```rew\n").append(heading(site)).append("\n```");
    ValueFacts.of(snapshot, site)
        .or(() -> formula(snapshot, site))
        .ifPresent(facts -> text.append("\n\n").append(facts));
    if (site.doc() != null && !site.doc().isBlank()) {
      text.append("\n\n").append(paragraphs(site.doc()));
    }
    return text.toString();
  }

  /** What its automaton tells, if that is soon made. */
  private static Optional<String> formula(Snapshot snapshot, Index.Site site) {
    Model model = snapshot.compilation().model();
    Optional<Location> declared = Declarations.of(snapshot, site).map(Index.Site::at);
    return model == null || site.kind() != Kind.FORMULA
        ? Optional.empty()
        : model.formulas().stream()
            .filter(f -> declared.isPresent() && f.at().equals(declared.get()))
            .findFirst()
            .map(f -> FormulaFacts.of(f.formula(), false, SOON).summary());
  }

  private static String heading(Index.Site site) {
    String word = site.kind().name().toLowerCase(Locale.ROOT);
    String type = DeclaredUnit.type(site);
    return switch (site.kind()) {
      // The type of a function is its signature, which begins with its name.
      case FUNCTION -> "function " + (type.isEmpty() ? site.name() : type);
      case ENUM -> "enum " + site.name();
      case MACHINE -> "machine " + site.name();
      case RECORD -> "record " + site.name();
      case MEMBER,
          BUILTIN,
          FILE,
          VIEW,
          FIELD,
          INPUT,
          PARAM,
          LET,
          EVENT,
          FORMULA,
          COUNTER,
          PARAMETER,
          LOCAL,
          VARIABLE,
          COMPONENT,
          BLOCK,
          OUTCOME,
          METRIC,
          COST ->
          word
              + " "
              + site.name()
              + (type.isEmpty() || site.kind() == Kind.FILE ? "" : ": " + type);
    };
  }

  /** Lines such as {@code Source: …} and {@code Example: …} stay lines of their own. */
  private static String paragraphs(String doc) {
    return doc.strip().replaceAll("(?<!\n)\n(?=[A-Z][a-z]+: )", "  \n");
  }
}
