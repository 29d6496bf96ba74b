package org.rewlang.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

class TextRendererTest {

  private static final TextRenderer PLAIN = new TextRenderer(false);

  private static Span at(Source source, String text) {
    int start = source.text().indexOf(text);
    return new Span(start, start + text.length());
  }

  @Test
  void theFormOfTheManual() {
    Source source =
        Source.of(
            "cartpole.rew", "\n\n  velocity: real<m/s>\n\n\n\n  slow = 1 when velocty < 2 m/s\n");
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNKNOWN_NAME, "unknown input `velocty`", source, at(source, "velocty"))
            .label("no input has this name")
            .related(source, at(source, "velocity"), "a similar input is declared here")
            .hint("did you mean `velocity`?")
            .build();
    assertEquals(
        """
        error[RW0201]: unknown input `velocty`
          ┌─ cartpole.rew:7:17
        3 │   velocity: real<m/s>
          │   -------- a similar input is declared here
        7 │   slow = 1 when velocty < 2 m/s
          │                 ^^^^^^^ no input has this name
          hint: did you mean `velocity`?
          more: rew explain RW0201
        """,
        PLAIN.render(diagnostic));
  }

  @Test
  void tabsAndWideLettersKeepTheSignBelowItsPlace() {
    Source source = Source.of("w.rew", "\tlet 犬 = \"🎉e\u0301\" + x\n");
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNKNOWN_NAME, "unknown name `x`", source, at(source, "x")).build();
    assertEquals(
        """
        error[RW0201]: unknown name `x`
          ┌─ w.rew:1:18
        1 │     let 犬 = "🎉e\u0301" + x
          │                      ^
          more: rew explain RW0201
        """,
        PLAIN.render(diagnostic));
  }

  @Test
  void severalLines() {
    Source source = Source.of("m.rew", "reward {\n  a = 1\n  b = 2\n}\n");
    Diagnostic diagnostic =
        Diagnostic.of(
                Code.UNUSED,
                "this block is never used",
                source,
                new Span(0, source.text().length() - 1))
            .label("from the first line to the last")
            .build();
    assertEquals(
        """
        warning[RW0204]: this block is never used
          ┌─ m.rew:1:1
        1 │ reward {
          │ ^^^^^^^^
          ·
        4 │ }
          │ ^ from the first line to the last
          more: rew explain RW0204
        """,
        PLAIN.render(diagnostic));
  }

  @Test
  void severalFiles() {
    Source one = Source.of("one.rew", "let a = b.c\n");
    Source two = Source.of("two.rew", "\n".repeat(11) + "let c = 1\n");
    Diagnostic diagnostic =
        Diagnostic.of(Code.CYCLE, "`c` depends on itself", one, at(one, "b.c"))
            .label("read here")
            .related(two, at(two, "c"), "declared here")
            .build();
    assertEquals(
        """
        error[RW0203]: `c` depends on itself
           ┌─ one.rew:1:9
         1 │ let a = b.c
           │         ^^^ read here
           ┌─ two.rew:12:5
        12 │ let c = 1
           │     - declared here
          more: rew explain RW0203
        """,
        PLAIN.render(diagnostic));
  }

  @Test
  void noPlaceAndClosedLists() {
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNKNOWN_ENGINE, "no engine is called `gpu`")
            .found("gpu")
            .expected(List.of("auto", "reference"))
            .build();
    assertEquals(
        """
        error[RW0005]: no engine is called `gpu`
          found: gpu
          expected: auto, reference
          more: rew explain RW0005
        """,
        PLAIN.render(diagnostic));
  }

  @Test
  void theEndOfATextAndAnEmptyOne() {
    Source source = Source.of("e.rew", "");
    String text =
        PLAIN.render(
            Diagnostic.of(Code.UNEXPECTED, "the text ends too early", source, Span.at(0)).build());
    assertEquals(
        """
        error[RW0100]: the text ends too early
          ┌─ e.rew:1:1
        1 │
          │ ^
          more: rew explain RW0100
        """,
        text);
  }

  @Test
  void coloursOnlyAdd() {
    Source source = Source.of("c.rew", "let a = b\n");
    Diagnostic diagnostic =
        Diagnostic.of(Code.UNKNOWN_NAME, "unknown name", source, at(source, "b")).build();
    String coloured = new TextRenderer(true).render(diagnostic);
    assertTrue(coloured.contains("\u001b[31m"));
    assertEquals(PLAIN.render(diagnostic), coloured.replaceAll("\u001b\\[[0-9]*m", ""));
  }

  /** Text from outside can't drive the terminal. */
  @Test
  void controlCharactersAreNotPassedOn() {
    Source source = Source.of("c.rew", "let a = \u001b[2J b\n");
    String text =
        PLAIN.render(
            Diagnostic.of(Code.UNKNOWN_NAME, "unknown\u0007 name", source, at(source, "b"))
                .build());
    assertTrue(text.chars().noneMatch(c -> c == 27 || c == 7));
  }
}
