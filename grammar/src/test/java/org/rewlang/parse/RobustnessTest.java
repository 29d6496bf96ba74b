package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.antlr.v4.runtime.Token;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.SyntaxPrinter;

/** Whatever the text: a tree, diagnostics in order, places inside the text, no exception. */
class RobustnessTest {

  private static final int MUTATIONS = 20_000;

  private static final String[] PIECES = {
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "=",
    "==",
    "->",
    "..",
    ".",
    "when",
    "let ",
    "reward ",
    "if ",
    " else ",
    "\"",
    "'",
    "//",
    "/*",
    "#",
    "\n",
    "<m>",
    "%",
    "??",
    "1.",
    "True",
    "def f(x):\n",
    "\ud83c\udf89",
    "\ud800",
    "\0",
    "^",
    "&&",
    "!",
    " not ",
    "**",
    "-",
    "in ",
    "for x in y",
    "as ",
    "@"
  };

  /** The accessors of a record; every look-up makes new ones, each to be linked anew. */
  private static final ClassValue<Method[]> PARTS =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getAccessor)
              .toArray(Method[]::new);
        }
      };

  @Test
  void mutatedPrograms() throws Exception {
    List<String> corpus = Snippets.all().stream().map(s -> s.source().text()).toList();
    Random random = new Random(3);
    for (int i = 0; i < MUTATIONS; i++) {
      String text = corpus.get(random.nextInt(corpus.size()));
      int from = random.nextInt(Math.max(1, text.length() - 500));
      text = text.substring(from, Math.min(text.length(), from + 600));
      for (int k = random.nextInt(3); k >= 0; k--) {
        text = mutate(text, random);
      }
      check(text, i % 20 == 0);
    }
  }

  private static String mutate(String text, Random random) {
    if (text.isEmpty()) {
      return PIECES[random.nextInt(PIECES.length)];
    }
    int at = random.nextInt(text.length());
    int to = Math.min(text.length(), at + 1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + text.substring(to);
      case 1 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at);
      case 2 -> text.substring(0, at);
      case 3 -> text.substring(at);
      case 4 -> text.substring(0, at) + text.substring(at, to) + text.substring(at);
      default -> withoutToken(text, random);
    };
  }

  private static String withoutToken(String text, Random random) {
    List<Token> tokens = Tokens.of(Source.of("m", text)).tokens();
    if (tokens.isEmpty()) {
      return text;
    }
    Token gone = tokens.get(random.nextInt(tokens.size()));
    Token other = tokens.get(random.nextInt(tokens.size()));
    String by = random.nextBoolean() ? "" : other.getText();
    return text.substring(0, gone.getStartIndex()) + by + text.substring(gone.getStopIndex() + 1);
  }

  static void check(String text, boolean twice) {
    Source source = Source.of("m", text);
    Parsed parsed = Parser.parse(source);
    List<Diagnostic> sorted = parsed.diagnostics().stream().sorted(Diagnostic.ORDER).toList();
    assertEquals(sorted, parsed.diagnostics());
    assertTrue(parsed.diagnostics().size() <= Report.LIMIT);
    boolean broken =
        parsed.program().declarations().stream().anyMatch(d -> d instanceof Decl.Broken);
    assertTrue(!broken || parsed.hasErrors(), text);
    Span all = new Span(0, text.length());
    places(parsed.program(), all, text);
    for (Diagnostic d : parsed.diagnostics()) {
      places(d, all, text);
    }
    if (twice) {
      assertEquals(parsed.diagnostics(), Parser.parse(source).diagnostics());
      assertEquals(parsed.program(), Parser.parse(source).program());
    }
  }

  /** Every span anywhere below lies in the text. */
  private static void places(Object value, Span all, String text) {
    switch (value) {
      case null -> {}
      case Span span -> assertTrue(all.covers(span), text);
      case List<?> list -> list.forEach(v -> places(v, all, text));
      case Record node -> {
        for (Method part : PARTS.get(node.getClass())) {
          try {
            places(part.invoke(node), all, text);
          } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
          }
        }
      }
      default -> {}
    }
  }

  @Test
  void depthIsBounded() {
    String[] deep = {
      "let x = " + "(".repeat(10_000) + "1" + ")".repeat(10_000),
      "let x = " + "-".repeat(10_000) + "1",
      "let x = " + "not ".repeat(10_000) + "a",
      "let x = " + "a and ".repeat(20_000) + "a",
      "let x = " + "a + ".repeat(30_000) + "a",
      "let x = " + "a ** ".repeat(10_000) + "a",
      "let x = " + "1 if a else ".repeat(10_000) + "a",
      "let x = " + "a implies ".repeat(10_000) + "a",
      "let x = " + "a until ".repeat(10_000) + "a",
      "let x = " + "a.b".repeat(1) + ".b".repeat(10_000),
      "let x = " + "f(".repeat(10_000),
      "let x = " + "[".repeat(10_000),
      "reward " + "{ a = ".repeat(10_000),
      "let x = a" + "[0]".repeat(10_000),
      "let x = a" + "()".repeat(10_000),
      "let x: real[" + "(".repeat(10_000),
      "param x = 1 in " + "-".repeat(10_000) + "1"
    };
    for (String text : deep) {
      Parsed parsed = Parser.parse(Source.of("deep", text + "\nlet untouched = 1\n"));
      String head = text.substring(0, Math.min(40, text.length()));
      assertTrue(parsed.diagnostics().stream().anyMatch(d -> d.code() == Code.TOO_DEEP), head);
      assertTrue(
          parsed.program().declarations().getLast() instanceof Decl.Let l
              && l.name().text().equals("untouched"),
          head);
    }
  }

  /** As deep as is allowed, on a thread with a usual stack of one megabyte. */
  @Test
  void theLimitFitsASmallStack() throws Exception {
    String text = "let x = " + "(".repeat(248) + "1" + ")".repeat(248);
    String sum = "let y = " + "a + ".repeat(990) + "a";
    List<Diagnostic> found = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              found.addAll(Parser.parse(Source.of("a", text)).diagnostics());
              found.addAll(Parser.parse(Source.of("a", sum)).diagnostics());
            },
            "small",
            1 << 20);
    small.start();
    small.join();
    assertEquals(List.of(), found);
  }

  @Test
  void sizeIsCheckedFirst() {
    String text = "a ".repeat(Parser.MAX_SIZE);
    Parsed parsed = Parser.parse(Source.of("large", text));
    assertEquals(
        List.of(Code.TOO_LARGE), parsed.diagnostics().stream().map(Diagnostic::code).toList());
    assertTrue(parsed.program().declarations().isEmpty());
  }

  /** One declaration broken in many ways: all the others stay as they were. */
  @Test
  void brokenDeclarationsDisturbNoOthers() throws Exception {
    int tried = 0;
    List<String> wrong = new ArrayList<>();
    for (var snippet : Snippets.all()) {
      if (!snippet.name().startsWith("samples/")) {
        continue;
      }
      String text = snippet.source().text();
      List<Decl> whole = Parser.parse(snippet.source()).program().declarations();
      List<String> printed = whole.stream().map(SyntaxPrinter::print).toList();
      for (int i = 0; i < whole.size(); i++) {
        Span span = whole.get(i).span();
        List<Token> inside =
            Tokens.of(Source.of("d", text.substring(span.start(), span.end()))).tokens();
        for (int k = 1; k < inside.size(); k += 3) {
          Token gone = inside.get(k);
          String broken =
              text.substring(0, span.start() + gone.getStartIndex())
                  + text.substring(span.start() + gone.getStopIndex() + 1);
          tried++;
          if (!same(printed, i, Parser.parse(Source.of("b", broken)).program().declarations())) {
            wrong.add(snippet.name() + " without `" + gone.getText() + "` of " + first(text, span));
          }
        }
      }
    }
    assertTrue(tried > 300, "tried " + tried);
    assertEquals(List.of(), wrong);
  }

  private static String first(String text, Span span) {
    return text.substring(span.start(), span.end()).lines().findFirst().orElse("");
  }

  private static boolean same(List<String> whole, int broken, List<Decl> now) {
    List<String> left = new ArrayList<>(now.stream().map(SyntaxPrinter::print).toList());
    for (int i = 0; i < whole.size(); i++) {
      if (i != broken && !left.remove(whole.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void expressionsAlone() {
    assertTrue(Parser.parseExpression(Source.of("e", "a + 2 m")).diagnostics().isEmpty());
    assertFalse(Parser.parseExpression(Source.of("e", "a + ")).diagnostics().isEmpty());
    assertFalse(Parser.parseExpression(Source.of("e", "a b c )")).diagnostics().isEmpty());
    assertFalse(Parser.parseExpression(Source.of("e", "")).diagnostics().isEmpty());
    assertFalse(Parser.parseExpression(Source.of("e", "(".repeat(9_000))).diagnostics().isEmpty());
  }
}
