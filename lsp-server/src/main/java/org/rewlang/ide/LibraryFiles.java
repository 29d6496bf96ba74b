package org.rewlang.ide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/**
 * The library as files that any editor can open. Its sources are resources in a jar; they are
 * written, read-only, to a folder of this process's own, when first asked for, and deleted with it.
 * A {@code rew:} address would do without files, but every editor would have to learn it.
 */
public final class LibraryFiles implements AutoCloseable {

  private @Nullable Path folder;
  private final Map<String, Path> written = new HashMap<>();

  /** The file that holds {@code source}. */
  public synchronized Path file(Source source) {
    return written.computeIfAbsent(source.name(), _ -> write(source));
  }

  /** Whether a document is one of these files. */
  public synchronized boolean contains(String name) {
    return written.values().stream().anyMatch(path -> DiskFiles.name(path).equals(name));
  }

  private Path write(Source source) {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("rew-library-");
        folder.toFile().deleteOnExit();
      }
      // Only the last part of a name: it must not lead out of the folder.
      String name = source.name().replaceAll(".*[/\\\\:]", "");
      Path file = folder.resolve(name.endsWith(".rew") ? name : name + ".rew");
      Files.writeString(file, source.text());
      file.toFile().deleteOnExit();
      if (!file.toFile().setReadOnly()) {
        throw new IOException(file + " can't be made read-only");
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    for (Path file : written.values()) {
      Files.deleteIfExists(file);
    }
    written.clear();
    if (folder != null) {
      Files.deleteIfExists(folder);
      folder = null;
    }
  }
}
