package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of {@code docs/ports.md} that tests measure. */
final class Section {

  private static final Path PAGE = Rew.root().resolve("docs/ports.md");

  private Section() {}

  /** Says what a section must hold; with {@code -Drew.overwrite=true} it then does. */
  static void expect(String name, String text) throws IOException {
    String page = Files.readString(PAGE);
    String open = "<!-- measured: " + name + " -->\n\n";
    int start = page.indexOf(open) + open.length();
    int end = page.indexOf("\n<!-- end -->", start);
    if (Boolean.getBoolean("rew.overwrite")) {
      Files.writeString(PAGE, page.substring(0, start) + text + page.substring(end));
    } else {
      assertEquals(text, page.substring(start, end), PAGE + ", " + name);
    }
  }
}
