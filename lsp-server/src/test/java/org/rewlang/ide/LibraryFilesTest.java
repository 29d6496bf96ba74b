package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;

class LibraryFilesTest {

  private final LibraryFiles library = new LibraryFiles();

  @AfterEach
  void close() throws IOException {
    library.close();
  }

  @Test
  void aSourceBecomesAReadOnlyFileOfItsName() throws IOException {
    Path file = library.file(Source.of("rew:std/shape.rew", "module shape"));
    assertEquals("shape.rew", file.getFileName().toString());
    assertEquals("module shape", Files.readString(file));
    assertFalse(file.toFile().canWrite() && !isRoot());
    assertTrue(library.contains(DiskFiles.name(file)));
  }

  /** Nothing is read-only to root. */
  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  @Test
  void itIsWrittenOnce() {
    Source source = Source.of("shape", "");
    assertEquals(library.file(source), library.file(source));
  }

  @Test
  void aNameDoesNotLeadOutOfTheFolder() {
    Path file = library.file(Source.of("../../shape", ""));
    assertEquals("shape.rew", file.getFileName().toString());
    assertTrue(file.getParent().getFileName().toString().startsWith("rew-library-"));
  }

  @Test
  void otherFilesAreNotOfTheLibrary() {
    Path file = library.file(Source.of("shape", ""));
    assertFalse(library.contains(file.resolveSibling("other.rew").toString()));
  }

  @Test
  void closingRemovesTheFiles() throws IOException {
    Path file = library.file(Source.of("shape", ""));
    library.close();
    assertFalse(Files.exists(file));
    assertFalse(Files.exists(file.getParent()));
  }
}
