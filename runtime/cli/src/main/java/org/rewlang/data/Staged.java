package org.rewlang.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written in a hidden folder beside its place, and takes it when it is whole. What a
 * killed process left in the folder, another can go on with; two at once can't.
 */
public final class Staged implements Closeable {

  private static final String LOCK = "lock";

  private final Path target;
  private final @Nullable Path folder;
  private final @Nullable FileChannel lock;
  private boolean keep;

  private Staged(Path target, @Nullable Path folder, @Nullable FileChannel lock) {
    this.target = target;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Begins a file that is to be {@code target}; through a symbolic link, where it points.
   *
   * @param goOn whether what lies in the folder stays; if not, the folder is empty, and goes if the
   *     process is told to stop
   */
  public static Staged open(Path target, boolean goOn) throws IOException {
    Path real = AtomicFile.place(target);
    if (!AtomicFile.isReplaceable(real)) {
      return new Staged(real, null, null);
    }
    Path folder = real.resolveSibling("." + real.getFileName() + ".resume");
    Staged file = new Staged(real, folder, lock(folder));
    if (!goOn) {
      Unfinished.add(folder);
      file.clear();
    }
    return file;
  }

  /** Forgets what another run left. */
  public void clear() throws IOException {
    if (folder != null) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
        for (Path path : left) {
          if (!path.endsWith(LOCK)) {
            Unfinished.delete(path);
          }
        }
      }
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    while (true) {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new IOException("another run is writing it");
      }
      // Whoever had the lock before may have tidied up with the file in our hands.
      if (Files.exists(file)) {
        return channel;
      }
      channel.close();
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where it will be. */
  public Path target() {
    return target;
  }

  /** The hidden folder; null for a pipe or device, which is written as it comes. */
  public @Nullable Path folder() {
    return folder;
  }

  /** Where to write until it is whole. */
  public Path path() {
    return folder == null ? target : folder.resolve("whole");
  }

  /** It is whole and takes its place, if it has not done so before. */
  public void commit() throws IOException {
    if (folder != null && Files.exists(path())) {
      Files.move(
          path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Whether the folder is left for another to go on with. */
  public void keep(boolean left) {
    keep = left;
    if (left && folder != null) {
      Unfinished.remove(folder);
    }
  }

  @Override
  public void close() {
    if (folder == null || lock == null) {
      return;
    }
    if (!keep) {
      Unfinished.delete(folder);
      Unfinished.remove(folder);
    }
    try {
      lock.close();
    } catch (IOException e) {
      // Nothing was written to it, and the lock goes with the process at the latest.
      return;
    }
  }
}
