package org.rewlang.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that appears whole or not at all: it is written under a hidden name in the same folder,
 * and renamed at the end. What is not {@link #commit committed} is deleted, also when the process
 * is told to stop.
 */
public final class AtomicFile implements Closeable {

  private final Path target;
  private final Path hidden;
  private boolean done;

  private AtomicFile(Path target, Path hidden) {
    this.target = target;
    this.hidden = hidden;
  }

  /** Begins a file that is to be {@code target}; through a symbolic link, where it points. */
  public static AtomicFile open(Path target) throws IOException {
    Path real = place(target);
    if (!isReplaceable(real)) {
      return new AtomicFile(real, real);
    }
    String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
    Path hidden = real.resolveSibling("." + real.getFileName() + "." + suffix + ".tmp");
    // Not createTempFile: the result is to have the permissions of any other new file.
    Files.createFile(hidden);
    Unfinished.add(hidden);
    return new AtomicFile(real, hidden);
  }

  /** Where a file of this name goes, if it can be written there. */
  static Path place(Path target) throws IOException {
    Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    if (Files.isDirectory(real)) {
      throw new IOException("it is a folder");
    }
    if (Files.exists(real) && !Files.isWritable(real)) {
      throw new java.nio.file.AccessDeniedException(real.toString());
    }
    Path folder = real.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("the folder `" + folder + "` does not exist");
    }
    return real;
  }

  /** Whether another file can take its place; a pipe or device is written as it comes. */
  static boolean isReplaceable(Path place) {
    return !Files.exists(place) || Files.isRegularFile(place);
  }

  /** Where to write until the end. */
  public Path path() {
    return hidden;
  }

  /** The file is whole: it takes its name. */
  public void commit() throws IOException {
    if (!hidden.equals(target)) {
      Files.move(
          hidden, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Unfinished.remove(hidden);
    }
    done = true;
  }

  @Override
  public void close() {
    if (!done && !hidden.equals(target)) {
      Unfinished.delete(hidden);
      Unfinished.remove(hidden);
    }
  }
}
