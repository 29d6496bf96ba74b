package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;

/** An error in one declaration neither hides nor causes one in another. */
class IsolationTest {

  private static final Path ROOT = Path.of("src/test/snippets/check");

  @TestFactory
  List<DynamicTest> breakingOneValueChangesNothingElsewhere() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (var files = Files.walk(ROOT)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".rew")).sorted().toList()) {
        tests.add(DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> breakEach(file)));
      }
    }
    assertTrue(tests.size() >= 20);
    return tests;
  }

  private static void breakEach(Path file) throws IOException {
    String text = Files.readString(file);
    Source source = Source.of("test.rew", text);
    List<Decl> declarations = Parser.parse(source).program().declarations();
    List<Diagnostic> before = Checks.check(source, Map.of()).diagnostics();
    for (Decl d : declarations) {
      Span value =
          switch (d) {
            case Decl.Let l -> l.value().span();
            case Decl.Event e -> e.condition().span();
            case Decl.RewardValue r -> r.value().span();
            case Decl.Logged l -> l.value().span();
            case Decl.Function f -> f.body().span();
            default -> null;
          };
      if (value == null) {
        continue;
      }
      // As long as what it replaces, so that everything else stays where it is.
      String broken = text.substring(0, value.start()) + hole(value) + text.substring(value.end());
      List<Diagnostic> after = Checks.check(Source.of("test.rew", broken), Map.of()).diagnostics();
      assertEquals(outside(before, d.span()), outside(after, d.span()), broken);
      assertTrue(
          after.stream().anyMatch(x -> x.isError() && inside(x, d.span())),
          "an error where it is: " + broken);
    }
  }

  /** Something unknown of the same length. */
  private static String hole(Span span) {
    int length = span.length();
    return length < 5
        ? "____".substring(0, Math.max(1, length))
        : "zq(" + "1".repeat(length - 4) + ")";
  }

  /** Errors elsewhere; a name may become unused, or stop being so, by what is broken. */
  private static List<String> outside(List<Diagnostic> all, Span span) {
    return all.stream()
        .filter(d -> d.isError() && !inside(d, span))
        .map(d -> d.code().id() + " " + d.primary().location().span() + " " + d.message())
        .toList();
  }

  private static boolean inside(Diagnostic d, Span span) {
    // That a call has no meaning is as much the function's doing as the call's.
    return d.code() == Code.CALL_BODY
        || d.primary() != null && span.covers(d.primary().location().span())
        || d.related().stream().anyMatch(l -> span.covers(l.location().span()));
  }
}
