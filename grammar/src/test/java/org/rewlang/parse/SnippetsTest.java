package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.TextRenderer;
import org.rewlang.format.Formatter;
import org.rewlang.syntax.SyntaxPrinter;

/** Every snippet against the tree, the diagnostics and the formatted text that stand beside it. */
class SnippetsTest {

  @TestFactory
  Collection<DynamicTest> everySnippet() throws IOException {
    return Snippets.all().stream()
        .map(s -> DynamicTest.dynamicTest(s.name(), () -> check(s)))
        .toList();
  }

  private static void check(Snippets.Snippet snippet) throws IOException {
    Parsed parsed = Parser.parse(snippet.source());
    boolean broken = snippet.name().startsWith("errors/");
    assertEquals(broken, parsed.hasErrors(), () -> rendered(parsed));
    if (broken) {
      Goldens.check(beside(snippet.path(), ".err"), rendered(parsed));
    } else {
      Goldens.check(beside(snippet.path(), ".fmt"), Formatter.format(snippet.source()).text());
    }
    Goldens.check(
        beside(snippet.path(), ".tree"),
        parsed.program().declarations().stream()
            .map(SyntaxPrinter::print)
            .collect(Collectors.joining()));
  }

  private static String rendered(Parsed parsed) {
    TextRenderer renderer = new TextRenderer(false);
    return parsed.diagnostics().stream().map(renderer::render).collect(Collectors.joining("\n"));
  }

  private static Path beside(Path path, String ending) {
    return path.resolveSibling(path.getFileName().toString().replaceFirst("\\.rew$", ending));
  }

  /** Nothing lies about that no test looks at. */
  @Test
  void everyFileIsClaimed() throws IOException {
    Set<String> claimed = new TreeSet<>();
    for (var snippet : Snippets.all()) {
      boolean broken = snippet.name().startsWith("errors/");
      claimed.add(snippet.path().toString());
      claimed.add(beside(snippet.path(), ".tree").toString());
      claimed.add(beside(snippet.path(), broken ? ".err" : ".fmt").toString());
    }
    Set<String> present;
    try (var files = Files.walk(Snippets.ROOT)) {
      present =
          files
              .filter(Files::isRegularFile)
              .map(Path::toString)
              .collect(Collectors.toCollection(TreeSet::new));
    }
    assertEquals(claimed, present);
    assertTrue(Snippets.all().size() >= 60, "snippets: " + Snippets.all().size());
  }

  /** The page for people lists the situations that have a golden, and no others. */
  @Test
  void theListOfSituationsIsComplete() throws IOException {
    String page = Files.readString(Path.of("../docs/reference/syntax-errors.md"));
    Set<String> listed =
        Pattern.compile("\\[`(\\w+)`]")
            .matcher(page)
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> present =
        Snippets.all().stream()
            .filter(s -> s.name().startsWith("errors/"))
            .map(s -> s.name().replace("errors/", "").replace(".rew", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(present, listed);
  }

  /** Where a fix is safe, the diagnostic is gone after it and no other has come. */
  @Test
  void safeFixesRepair() throws IOException {
    int applied = 0;
    for (var snippet : Snippets.all()) {
      for (Diagnostic diagnostic : Parser.parse(snippet.source()).diagnostics()) {
        if (diagnostic.safeFix().isPresent()) {
          Fixes.assertRepairs(snippet.source(), diagnostic);
          applied++;
        }
      }
    }
    assertTrue(applied >= 15, "only " + applied + " safe fixes");
  }
}
