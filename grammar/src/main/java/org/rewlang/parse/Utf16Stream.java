package org.rewlang.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;
import org.rewlang.source.Span;

/**
 * A part of a text as ANTLR reads it, counted from the text's beginning in UTF-16 units as spans
 * are (its own streams count code points).
 */
final class Utf16Stream implements CharStream {

  private final String text;
  private final int end;
  private int index;

  Utf16Stream(String text, Span part) {
    this.text = text;
    this.end = part.end();
    this.index = part.start();
  }

  @Override
  public String getText(Interval interval) {
    return text.substring(interval.a, Math.min(interval.b + 1, end));
  }

  @Override
  public void consume() {
    index++;
  }

  @Override
  public int LA(int i) {
    int at = i > 0 ? index + i - 1 : index + i;
    return at >= 0 && at < end ? text.charAt(at) : IntStream.EOF;
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int to) {
    index = to;
  }

  @Override
  public int size() {
    return end;
  }

  @Override
  public String getSourceName() {
    return IntStream.UNKNOWN_SOURCE_NAME;
  }
}
