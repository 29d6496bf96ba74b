package org.rewlang.parse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rewlang.source.Source;

/** The texts that several tests go through. */
public final class Snippets {

  public static final Path ROOT = Path.of("src/test/snippets");

  /** Fewer whole programs than this, and the tests that walk them would be green for nothing. */
  public static final int MINIMUM = 20;

  private Snippets() {}

  public record Snippet(Path path, String name, Source source) {}

  public static List<Snippet> all() throws IOException {
    try (var files = Files.walk(ROOT)) {
      return files.filter(f -> f.toString().endsWith(".rew")).sorted().map(Snippets::read).toList();
    }
  }

  private static Snippet read(Path path) {
    try {
      String name = ROOT.relativize(path).toString().replace('\\', '/');
      return new Snippet(path, name, Source.of(name, Files.readString(path)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
