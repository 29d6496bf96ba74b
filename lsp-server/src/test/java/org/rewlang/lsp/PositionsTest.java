package org.rewlang.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

class PositionsTest {

  private static Positions of(String text) {
    return new Positions(Source.of("test", text));
  }

  @Test
  void linesAndColumnsCountFromZero() {
    Positions p = of("ab\ncd");
    assertEquals(new Position(0, 0), p.position(0));
    assertEquals(new Position(0, 2), p.position(2));
    assertEquals(new Position(1, 0), p.position(3));
    assertEquals(new Position(1, 2), p.position(5));
  }

  @Test
  void anEmojiIsTwoColumns() {
    // Two UTF-16 units, one code point.
    Positions p = of("# 🤖 x\n🤖y");
    assertEquals(new Position(0, 5), p.position(5));
    assertEquals(5, p.offset(new Position(0, 5)));
    assertEquals(new Position(1, 2), p.position(9));
    assertEquals(9, p.offset(new Position(1, 2)));
  }

  @Test
  void everyKindOfLineBreakEndsALine() {
    Positions p = of("a\r\nb\rc\nd");
    assertEquals(new Position(1, 0), p.position(3));
    assertEquals(new Position(2, 0), p.position(5));
    assertEquals(new Position(3, 0), p.position(7));
    for (int offset : new int[] {0, 1, 3, 4, 5, 6, 7, 8}) {
      assertEquals(offset, p.offset(p.position(offset)));
    }
  }

  @Test
  void aColumnBehindTheEndOfItsLineIsItsEnd() {
    assertEquals(2, of("ab\r\ncd").offset(new Position(0, 99)));
    assertEquals(6, of("ab\r\ncd").offset(new Position(1, 99)));
  }

  @Test
  void aLineBehindTheEndIsTheEnd() {
    assertEquals(5, of("ab\ncd").offset(new Position(7, 0)));
    assertEquals(0, of("").offset(new Position(1, 1)));
  }

  @Test
  void spansAndRangesAgree() {
    Positions p = of("ab\ncd");
    Range range = new Range(new Position(0, 1), new Position(1, 1));
    assertEquals(range, p.range(new Span(1, 4)));
    assertEquals(new Span(1, 4), p.span(range));
  }

  @Test
  void aRangeThatRunsBackwardsIsEmpty() {
    assertEquals(Span.at(4), of("ab\ncd").span(new Range(new Position(1, 1), new Position(0, 0))));
  }

  @Test
  void manyLines() {
    Positions p = of("\n".repeat(1000) + "x");
    assertEquals(new Position(1000, 1), p.position(1001));
    assertEquals(1001, p.offset(new Position(1000, 1)));
  }
}
