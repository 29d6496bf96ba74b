package org.rewlang.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.check.Library;
import org.rewlang.parse.Outline;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;

/** Declarations read one by one are those of the whole text, places and comments included. */
class OutlineTest {

  @Test
  void theLibraryInPieces() {
    for (Source source : Library.standard().sources()) {
      List<Decl> pieces = new ArrayList<>();
      for (Outline.Entry entry : Outline.of(source)) {
        var parsed = Parser.parse(source, entry.span());
        assertTrue(parsed.diagnostics().isEmpty(), source.name());
        assertEquals(1, parsed.program().declarations().size(), entry.toString());
        Decl declaration = parsed.program().declarations().getFirst();
        if (declaration instanceof Decl.Function f) {
          assertEquals(f.name().text(), entry.name());
          assertEquals("function", entry.word());
        }
        pieces.add(declaration);
      }
      assertEquals(Parser.parse(source).program().declarations(), pieces, source.name());
    }
  }

  @Test
  void everyFileOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../../stdlib/src/main/rew"))) {
      assertEquals(
          files.map(f -> "std/" + f.getFileName()).sorted().toList(),
          Library.standard().sources().stream().map(Source::name).toList());
    }
  }

  @Test
  void commentsBelongToWhatFollows() {
    Source source =
        Source.of(
            "a.rew",
            """
            # of the file

            ## of a
            function a(): real {
              result = 1
            }
            ## of b
            let b = 2

            enum C { d }\
            """);
    List<String> texts =
        Outline.of(source).stream().map(e -> source.text(e.span()).strip()).toList();
    assertEquals(
        List.of(
            "## of a\nfunction a(): real {\n  result = 1\n}", "## of b\nlet b = 2", "enum C { d }"),
        texts);
    assertEquals(
        List.of("function a", "let b", "enum C"),
        Outline.of(source).stream().map(e -> e.word() + " " + e.name()).toList());
    assertEquals(List.of(), Outline.of(Source.of("empty.rew", "\n# nothing\n")));
  }
}
