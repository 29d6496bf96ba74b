package org.rewlang.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rewlang.parse.Parser;
import org.rewlang.parse.RandomPrograms;
import org.rewlang.parse.Snippets;
import org.rewlang.source.Source;
import org.rewlang.syntax.SyntaxPrinter;

/** Formatting keeps the tree and the comments, and is done after once. */
class FormatterTest {

  @Test
  void snippets() throws Exception {
    int formatted = 0;
    for (var snippet : Snippets.all()) {
      formatted += check(snippet.source()) ? 1 : 0;
    }
    assertTrue(formatted >= Snippets.MINIMUM, "only " + formatted);
  }

  @Test
  void randomPrograms() {
    Random random = new Random(5);
    int formatted = 0;
    for (String text : RandomPrograms.texts(1_000)) {
      String broken = text.replace(" ", random.nextBoolean() ? " " : "\n");
      StringBuilder commented = new StringBuilder();
      for (String line : broken.split("\n", -1)) {
        commented.append(" ".repeat(random.nextInt(5))).append(line);
        commented.append(random.nextInt(6) == 0 ? "   # note" : "").append('\n');
      }
      formatted += check(Source.of("random", commented.toString())) ? 1 : 0;
    }
    assertTrue(formatted > 300, "only " + formatted);
  }

  private static boolean check(Source source) {
    Formatted once = Formatter.format(source);
    if (Parser.parse(source).hasErrors()) {
      assertEquals(source.text(), once.text());
      assertFalse(once.diagnostics().isEmpty());
      return false;
    }
    Source text = Source.of(source.name(), once.text());
    assertEquals(tree(source), tree(text), source.text());
    assertEquals(once.text(), Formatter.format(text).text(), source.text());
    assertEquals(comments(source), comments(text));
    assertTrue(once.text().lines().noneMatch(l -> l.endsWith(" ")), source.text());
    return true;
  }

  private static String tree(Source source) {
    return Parser.parse(source).program().declarations().stream()
        .map(SyntaxPrinter::print)
        .collect(Collectors.joining());
  }

  private static List<String> comments(Source source) {
    return source
        .text()
        .lines()
        .filter(l -> l.indexOf('#') >= 0 && l.indexOf('"') < 0)
        .map(l -> l.substring(l.indexOf('#')).stripTrailing())
        .toList();
  }

  @Test
  void nothingAndOnlyComments() {
    assertEquals("", Formatter.format(Source.of("empty", "\n\n  \n")).text());
    assertEquals("# a\n\n# b\n", Formatter.format(Source.of("c", "\n# a\n\n\n  # b")).text());
  }

  @Test
  void windowsLines() {
    assertEquals(
        "let a = 1  # x\nlet b = 2\n",
        Formatter.format(Source.of("w", "let a = 1 # x\r\nlet b = 2\r\n")).text());
  }
}
