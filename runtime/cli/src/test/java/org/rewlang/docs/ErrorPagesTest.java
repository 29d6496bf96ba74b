package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Explanations;

/**
 * The pages under {@code docs/reference/errors} are what {@code rew explain} prints, one for each
 * code. {@code -Drew.overwrite=true} writes them anew.
 */
class ErrorPagesTest {

  private static final Path FOLDER = Page.root().resolve("docs/reference/errors");

  @Test
  void everyCodeHasItsPage() throws IOException {
    var pages = new TreeMap<String, String>();
    for (Code code : Code.values()) {
      String text = Explanations.text(code).orElse("");
      assertTrue(text.startsWith("# " + code.id() + ": "), "no page for " + code.id());
      pages.put(code.id() + ".md", text);
    }
    pages.put("README.md", index());
    if (Boolean.getBoolean("rew.overwrite") && System.getenv("CI") == null) {
      for (var page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    for (var page : pages.entrySet()) {
      assertEquals(page.getValue(), Files.readString(FOLDER.resolve(page.getKey())), page.getKey());
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> found =
          files.map(f -> f.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
      assertEquals(pages.keySet(), found);
    }
  }

  private static String index() {
    StringBuilder text =
        new StringBuilder(
            """
            # Diagnostics

            What each code means, as `rew explain CODE` prints it. A code never changes its meaning.

            | code | name | severity | in short |
            |---|---|---|---|
            """);
    for (Code code : Code.values()) {
      text.append("| [%s](%s.md) | ".formatted(code.id(), code.id()))
          .append(
              "%s | %s | %s |\n".formatted(code.title(), code.severity().word(), code.summary()));
    }
    return text.toString();
  }
}
