package org.rewlang.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.diagnostic.Label;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** Checks texts, and shows what was found in the form of the goldens. */
public final class Checks {

  private Checks() {}

  public static Checked check(String text) {
    return check(Source.of("test.rew", text), Map.of());
  }

  /** Checks a program that may use the other files, which lie in one folder. */
  public static Checked check(Source source, Map<String, String> files) {
    Parsed parsed = Parser.parse(source);
    if (!parsed.diagnostics().isEmpty()) {
      throw new AssertionError(source.name() + " doesn't parse: " + parsed.diagnostics());
    }
    Map<String, Source> sources = new HashMap<>(Map.of(source.name(), source));
    files.forEach((name, text) -> sources.put(name, Source.of(name, text)));
    return Checker.check(parsed.program(), (from, path) -> sources.get(path));
  }

  public static List<String> codes(Checked checked) {
    return checked.diagnostics().stream().map(d -> d.code().id()).toList();
  }

  public static List<String> codes(String text) {
    return codes(check(text));
  }

  public static String errors(Checked checked) {
    return checked.diagnostics().stream().map(Checks::show).collect(Collectors.joining());
  }

  private static String show(Diagnostic d) {
    StringBuilder out = new StringBuilder();
    out.append(d.code().id()).append(' ').append(d.severity().word());
    Label primary = d.primary();
    if (primary != null) {
      out.append(' ').append(place(primary.location()));
    }
    out.append(": ").append(d.message()).append('\n');
    if (primary != null) {
      line(out, "at", "`" + primary.location().text() + "` " + primary.text());
    }
    for (Label label : d.related()) {
      line(
          out,
          "see",
          place(label.location()) + " `" + label.location().text() + "` " + label.text());
    }
    if (d.found() != null) {
      line(out, "found", d.found());
    }
    if (!d.expected().isEmpty() && d.expected().size() <= 20) {
      line(out, "expected", String.join(", ", d.expected()));
    }
    if (d.hint() != null) {
      line(out, "hint", d.hint());
    }
    for (Fix fix : d.fixes()) {
      String edits =
          fix.edits().stream()
              .map(e -> place(e.location()) + " `" + e.replacement() + "`")
              .collect(Collectors.joining(", "));
      line(out, "fix", fix.applicability().word() + ": " + fix.title() + ": " + edits);
    }
    return out.toString();
  }

  private static void line(StringBuilder out, String word, String text) {
    out.append("  ").append(word).append(": ").append(text.replace("\n", "⏎")).append('\n');
  }

  private static String place(Location at) {
    String file = at.source().name().equals("test.rew") ? "" : at.source().name() + ":";
    return file
        + at.start().line()
        + ":"
        + at.start().column()
        + "-"
        + at.end().line()
        + ":"
        + at.end().column();
  }

  /** Each declared name with its type. */
  public static String types(Checked checked) {
    return checked.index().sites().stream()
        .filter(Index.Site::declares)
        .map(
            s ->
                s.kind().name().toLowerCase(java.util.Locale.ROOT)
                    + " "
                    + s.name()
                    + (s.type().isEmpty() ? "" : ": " + s.type())
                    + "\n")
        .collect(Collectors.joining());
  }
}
