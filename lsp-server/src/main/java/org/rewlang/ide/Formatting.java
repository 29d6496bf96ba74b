package org.rewlang.ide;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.format.Formatter;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * The edits that format a document; none where it can't be read. Lines that stay as they are are
 * left alone, so that carets, folds and breakpoints keep their places.
 */
public final class Formatting {

  private Formatting() {}

  public static List<Edit> of(Snapshot snapshot) {
    Source source = snapshot.source();
    String formatted = Formatter.format(source).text();
    return source.text().equals(formatted)
        ? List.of()
        : difference(lines(source.text()), lines(formatted));
  }

  /**
   * Where the number of lines is the same each is its own edit, else one edit covers the change.
   */
  private static List<Edit> difference(List<String> before, List<String> after) {
    if (before.size() != after.size()) {
      return List.of(block(before, after));
    }
    List<Edit> edits = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < before.size(); i++) {
      String line = before.get(i);
      if (!line.equals(after.get(i))) {
        edits.add(new Edit(new Span(offset, offset + line.length()), after.get(i)));
      }
      offset += line.length();
    }
    return List.copyOf(edits);
  }

  private static Edit block(List<String> before, List<String> after) {
    int shorter = Math.min(before.size(), after.size());
    int head = 0;
    while (head < shorter && before.get(head).equals(after.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
      tail++;
    }
    int start = length(before.subList(0, head));
    List<String> old = before.subList(head, before.size() - tail);
    List<String> fresh = after.subList(head, after.size() - tail);
    return new Edit(new Span(start, start + length(old)), String.join("", fresh));
  }

  private static int length(List<String> lines) {
    return lines.stream().mapToInt(String::length).sum();
  }

  /** Each with its line break. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(text.substring(start, end + 1));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(text.substring(start));
    }
    return lines;
  }
}
