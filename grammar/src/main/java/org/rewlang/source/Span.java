package org.rewlang.source;

/**
 * A half-open range of UTF-16 offsets in one {@link Source}.
 *
 * @param start the first offset, from 0
 * @param end one past the last offset, at least {@code start}
 */
public record Span(int start, int end) {

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("bad span " + start + ".." + end);
    }
  }

  /** The empty span at {@code offset}. */
  public static Span at(int offset) {
    return new Span(offset, offset);
  }

  /** The number of UTF-16 units covered. */
  public int length() {
    return end - start;
  }

  /** The smallest span that covers this one and {@code other}. */
  public Span to(Span other) {
    return new Span(Math.min(start, other.start), Math.max(end, other.end));
  }

  /** Whether {@code offset} lies inside, the end included (a caret after a word is on the word). */
  public boolean touches(int offset) {
    return start <= offset && offset <= end;
  }

  /** Whether {@code other} lies wholly inside this span. */
  public boolean covers(Span other) {
    return start <= other.start && other.end <= end;
  }
}
