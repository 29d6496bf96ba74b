package org.rewlang.source;

import java.util.Arrays;

/**
 * A program's text under the name that people know it by. Immutable.
 *
 * <p>Offsets count UTF-16 units, as Java strings and the Language Server Protocol do; lines and
 * columns count from 1, columns in code points, as people do.
 */
public final class Source {

  private final String name;
  private final String text;
  private final int[] lineStarts;

  private Source(String name, String text) {
    this.name = name;
    this.text = text;
    this.lineStarts = lineStarts(text);
  }

  /** A source called {@code name}, usually a path, holding {@code text}. */
  public static Source of(String name, String text) {
    return new Source(name, text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** The text that {@code span} covers. */
  public String text(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** How many lines there are, at least 1. */
  public int lineCount() {
    return lineStarts.length;
  }

  /** The position of {@code offset}, which may be the text's length. */
  public Position position(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(offset, line + 1, 1 + text.codePointCount(lineStarts[line], offset));
  }

  /** The offset at which {@code line} (from 1) begins. */
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** The text of {@code line} (from 1), without its line break. */
  public String line(int line) {
    int start = lineStarts[line - 1];
    int end = line < lineStarts.length ? lineStarts[line] - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return name;
  }
}
