package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.source.Source;

class DiskFilesTest {

  @TempDir Path folder;

  private final DiskFiles files = new DiskFiles();

  /** macOS reaches its temporary folder through a link. */
  @BeforeEach
  void realFolder() throws IOException {
    folder = folder.toRealPath();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void pathsAreRelativeToTheFileThatUsesThem() throws IOException {
    Path file = write("lib/x.rew", "");
    assertEquals(
        file.toString(), files.resolve(folder.resolve("a/main.rew").toString(), "../lib/x.rew"));
  }

  @Test
  void aLinkAndItsFileAreOne() throws IOException {
    Path file = write("x.rew", "");
    Files.createSymbolicLink(folder.resolve("link.rew"), file);
    assertEquals(file.toString(), files.resolve(folder.resolve("main.rew").toString(), "link.rew"));
  }

  @Test
  void whatDoesNotExistHasANameButNoText() {
    String name = files.resolve(folder.resolve("main.rew").toString(), "x.rew");
    assertEquals(folder.resolve("x.rew").toString(), name);
    assertNull(files.read(name));
  }

  @Test
  void whatCanBeNoPathHasNoName() {
    assertNull(files.resolve(folder.resolve("main.rew").toString(), "\0"));
  }

  @Test
  void anUnchangedFileIsTheSameSource() throws IOException {
    String name = write("x.rew", "reward = 1").toString();
    Source first = files.read(name);
    assertEquals("reward = 1", first.text());
    assertSame(first, files.read(name));
  }

  @Test
  void aChangedFileIsAnotherSource() throws IOException {
    Path file = write("x.rew", "reward = 1");
    Source first = files.read(file.toString());
    Files.writeString(file, "reward = 2");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    Source second = files.read(file.toString());
    assertNotSame(first, second);
    assertEquals("reward = 2", second.text());
  }

  @Test
  void whatIsNotUtf8HasNoText() throws IOException {
    Path file = Files.write(folder.resolve("x.rew"), new byte[] {(byte) 0xff});
    assertNull(files.read(file.toString()));
  }

  @Test
  void aFolderHasNoText() {
    assertNull(files.read(folder.toString()));
  }
}
