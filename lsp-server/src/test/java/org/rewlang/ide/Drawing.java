package org.rewlang.ide;

import java.util.List;
import org.rewlang.source.Position;
import org.rewlang.source.Source;

/** A text with its problems drawn under their places: severity and code, no prose. */
final class Drawing {

  private Drawing() {}

  static String of(Snapshot snapshot) {
    return of(snapshot.source(), Diagnostics.of(snapshot));
  }

  static String of(Source source, List<Problem> problems) {
    StringBuilder out = new StringBuilder();
    for (int line = 1; line <= source.lineCount(); line++) {
      out.append(source.line(line)).append('\n');
      for (Problem p : problems) {
        Position start = source.position(p.span().start());
        if (start.line() == line) {
          // Emoji take one column here, as they do in a terminal that counts code points.
          int length = source.text(p.span()).lines().findFirst().orElse("").length();
          out.append(" ".repeat(start.column() - 1))
              .append(length == 0 ? "^" : "~".repeat(length))
              .append(' ')
              .append(p.severity().word())
              .append(' ')
              .append(p.code().id())
              .append('\n');
        }
      }
    }
    return out.toString().stripTrailing();
  }
}
