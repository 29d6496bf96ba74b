package org.rewlang.ide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/** Files on disk, named by their real paths, so that a link does not make two files of one. */
public final class DiskFiles implements org.rewlang.ide.Files {

  private record Stamp(Object modified, long size) {}

  private record Read(Stamp stamp, Source source) {}

  private final Map<String, Read> cache = new HashMap<>();

  /** The name of the file at {@code path}, which need not exist. */
  public static String name(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath().toString();
    } catch (IOException e) {
      return absolute.toString();
    }
  }

  @Override
  public @Nullable String resolve(String from, String path) {
    try {
      return name(Path.of(from).resolveSibling(path));
    } catch (InvalidPathException e) {
      return null;
    }
  }

  @Override
  public synchronized @Nullable Source read(String name) {
    try {
      Path path = Path.of(name);
      BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class);
      Stamp stamp = new Stamp(facts.lastModifiedTime(), facts.size());
      Read known = cache.get(name);
      if (known != null && known.stamp.equals(stamp)) {
        return known.source;
      }
      Source source = Source.of(name, Files.readString(path));
      cache.put(name, new Read(stamp, source));
      return source;
    } catch (IOException | InvalidPathException e) {
      cache.remove(name);
      return null;
    }
  }
}
