package org.rewlang.cli;

import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.data.Column;
import org.rewlang.data.Staged;
import org.rewlang.data.TableWriter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;

/**
 * A table on its way to a file or standard output. Opened with its first row: only then is it known
 * how episodes are named.
 */
final class TableFile implements Closeable {

  private final String name;
  private final Console console;
  private final Supplier<List<Column>> columns;

  /** Null for standard output. */
  private final @Nullable Staged file;

  private @Nullable TableWriter writer;

  /** Where rows go on that another run wrote. */
  private long from;

  /**
   * @param name of the file, {@code -} for standard output
   * @param goOn whether what another run left stays
   */
  TableFile(String name, boolean goOn, Supplier<List<Column>> columns, Console console) {
    this.name = name;
    this.console = console;
    this.columns = columns;
    try {
      file = name.equals("-") ? null : Staged.open(Path.of(name), goOn);
    } catch (IOException | IllegalArgumentException e) {
      throw unwritable(name, e);
    }
  }

  static Failure unwritable(String name, Exception e) {
    String why =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String message =
        name.equals("-")
            ? "standard output can't be written: " + why
            : "`" + name + "` can't be written: " + why;
    return new Failure(Diagnostic.of(Code.UNWRITABLE_OUTPUT, message).found(name).build());
  }

  Failure unwritable(IOException e) {
    return unwritable(name, e);
  }

  /** The folder that a run which is killed leaves; null for what is written as it comes. */
  @Nullable Path folder() {
    return file == null ? null : file.folder();
  }

  /** Where the file will be. */
  String target() {
    return file == null ? name : file.target().toString();
  }

  /** Goes on behind rows that are there. */
  void goOn(long position) {
    from = position;
  }

  /** Begins anew. */
  void clear() {
    try {
      if (file != null) {
        file.clear();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Where cells go. */
  TableWriter writer() {
    if (writer == null) {
      try {
        writer =
            file == null
                ? TableWriter.jsonLines(shielded(console.out()), columns.get())
                : TableWriter.open(name, file.path(), columns.get(), from);
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
    return writer;
  }

  /** Hands over all rows; where another run can go on. */
  long flush() {
    try {
      return writer == null ? from : writer.flush();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** All rows are written. */
  void finish() {
    try {
      if (writer != null || from > 0) {
        writer().finish();
        writer().close();
        writer = null;
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** The file takes its place, if it has not done so before. */
  void commit() {
    try {
      if (file != null) {
        file.commit();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /** Whether the folder is left for another run. */
  void keep(boolean left) {
    if (file != null) {
      file.keep(left);
    }
  }

  @Override
  public void close() {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      // The file is about to be deleted, or cut where it was last flushed.
      writer = null;
    }
    if (file != null) {
      file.close();
    }
  }

  /** Standard output stays open for what comes after. */
  private static OutputStream shielded(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        checkOpen();
      }

      @Override
      public void flush() throws IOException {
        out.flush();
        checkOpen();
      }

      private void checkOpen() throws IOException {
        if (out instanceof PrintStream p && p.checkError()) {
          throw new IOException("its reader went away");
        }
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }
}
