package org.rewlang.lsp;

import java.util.Arrays;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Offsets of one text as the protocol writes them: lines and columns from 0, columns in UTF-16
 * units. {@link Source} counts for people, from 1 and in code points, and lines end at {@code \n}
 * only; here {@code \r} alone ends one, too.
 */
final class Positions {

  private final String text;
  private final int[] starts;
  private final int[] ends;

  Positions(Source source) {
    text = source.text();
    int[] first = new int[16];
    int[] last = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\r') {
        continue;
      }
      last[count - 1] = i;
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      i += pair ? 1 : 0;
      if (count == first.length) {
        first = Arrays.copyOf(first, count * 2);
        last = Arrays.copyOf(last, count * 2);
      }
      first[count++] = i + 1;
    }
    last[count - 1] = text.length();
    starts = Arrays.copyOf(first, count);
    ends = Arrays.copyOf(last, count);
  }

  Position position(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    int line = found >= 0 ? found : -found - 2;
    return new Position(line, offset - starts[line]);
  }

  Range range(Span span) {
    return new Range(position(span.start()), position(span.end()));
  }

  /**
   * What lies outside the text, as the protocol wants it, is the end of its line or of the text.
   */
  int offset(Position position) {
    int line = position.getLine();
    if (line >= starts.length) {
      return text.length();
    }
    return Math.min(starts[line] + position.getCharacter(), ends[line]);
  }

  Span span(Range range) {
    int start = offset(range.getStart());
    return new Span(start, Math.max(start, offset(range.getEnd())));
  }
}
