package org.rewlang.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Label;
import org.rewlang.diagnostic.Severity;
import org.rewlang.parse.Comments;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * {@code # allow RW0264: why}: warnings that an author knows of, on the line that they are about.
 */
final class Allowed {

  private static final Pattern ALLOW =
      Pattern.compile("#+\\s*allow\\s+(RW\\d{4}(?:\\s*,\\s*RW\\d{4})*)\\s*(?::.*)?");
  private static final Pattern CODE = Pattern.compile("RW\\d{4}");

  /** One code in one comment. */
  private record Allowance(String code, int line, Location at) {
    boolean covers(Diagnostic d) {
      Label primary = d.primary();
      return primary != null
          && d.severity() == Severity.WARNING
          && d.code().id().equals(code)
          && primary.location().source().equals(at.source())
          && primary.location().start().line() == line;
    }
  }

  private Allowed() {}

  /**
   * Leaves out warnings that the files in which they stand allow.
   *
   * @param program the file compiled: what it allows must be warned of
   * @param complete whether all is known that would be warned of
   */
  static List<Diagnostic> sift(List<Diagnostic> diagnostics, Source program, boolean complete) {
    Map<Source, List<Allowance>> bySource = new HashMap<>();
    bySource.put(program, in(program));
    for (Diagnostic d : diagnostics) {
      if (d.primary() != null && d.severity() == Severity.WARNING) {
        bySource.computeIfAbsent(d.primary().location().source(), Allowed::in);
      }
    }
    List<Allowance> all = bySource.values().stream().flatMap(List::stream).toList();
    List<Diagnostic> left = new ArrayList<>();
    for (Diagnostic d : diagnostics) {
      if (all.stream().noneMatch(a -> a.covers(d))) {
        left.add(d);
      }
    }
    for (Allowance a : complete ? in(program) : List.<Allowance>of()) {
      if (diagnostics.stream().noneMatch(a::covers)) {
        left.add(needless(a));
      }
    }
    return left;
  }

  private static List<Allowance> in(Source source) {
    if (!source.text().contains("allow")) {
      return List.of();
    }
    List<Allowance> found = new ArrayList<>();
    for (Comments.Comment comment : Comments.of(source)) {
      Matcher allow = ALLOW.matcher(comment.text().stripTrailing());
      if (allow.matches()) {
        Matcher code = CODE.matcher(allow.group(1));
        int from = comment.span().start() + allow.start(1);
        while (code.find()) {
          Span span = new Span(from + code.start(), from + code.end());
          found.add(new Allowance(code.group(), comment.about(), new Location(source, span)));
        }
      }
    }
    return found;
  }

  private static Diagnostic needless(Allowance a) {
    Optional<Code> code = Code.find(a.code);
    String message =
        code.isEmpty()
            ? "no diagnostic has the code `" + a.code + "`"
            : code.get().severity() == Severity.ERROR
                ? "`" + a.code + "` is an error, which nothing allows"
                : "nothing here is warned of with `" + a.code + "`";
    return Diagnostic.of(Code.NEEDLESS_ALLOW, message, a.at.source(), a.at.span())
        .label("allows nothing")
        .hint("leave it out, or write it on the line of the warning")
        .build();
  }
}
