package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;

/** The budget is 5 ms for 200 lines, warm; a busy machine gets ten times that. */
class SpeedTest {

  @Test
  void twoHundredLines() throws Exception {
    StringBuilder text = new StringBuilder();
    for (var snippet : Snippets.all()) {
      if (snippet.name().startsWith("samples/")) {
        text.append(snippet.source().text()).append('\n');
      }
    }
    Source source = Source.of("all", text.toString());
    double lines = source.lineCount();
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 300; i++) {
      long from = System.nanoTime();
      assertTrue(!Parser.parse(source).hasErrors());
      best = Math.min(best, (System.nanoTime() - from) / 1e6);
    }
    double each = best / lines * 200;
    System.out.printf("200 lines: %.3f ms%n", each);
    assertTrue(each < 50, each + " ms for 200 lines");
  }
}
