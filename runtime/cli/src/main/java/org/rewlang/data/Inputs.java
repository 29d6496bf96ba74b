package org.rewlang.data;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/** Finds what the data arguments of a command name, and opens it. */
public final class Inputs {

  /** What a query is written after. */
  public static final String SQL = "sql:";

  private static final int BUFFER = 1 << 16;

  private Inputs() {}

  /**
   * What {@code arguments} name, in their order: files, {@code -}, queries; a glob gives its files
   * by name.
   */
  public static List<String> expand(List<String> arguments) throws DataException {
    List<String> names = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith(SQL) || argument.equals("-") || exists(argument)) {
        names.add(argument);
      } else if (isGlob(argument)) {
        names.addAll(matches(argument));
      } else {
        throw unreadable(argument, "`" + argument + "` does not exist", argument);
      }
    }
    return names;
  }

  private static boolean exists(String name) {
    try {
      return Files.exists(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isGlob(String name) {
    return name.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<String> matches(String glob) throws DataException {
    List<String> found = new ArrayList<>();
    try {
      boolean absolute = glob.startsWith("/");
      String[] parts = glob.split("/+");
      walk(absolute ? Path.of("/") : Path.of(""), parts, absolute ? 1 : 0, found);
    } catch (IOException | IllegalArgumentException e) {
      throw unreadable(glob, "`" + glob + "` can't be matched: " + e.getMessage(), glob);
    }
    if (found.isEmpty()) {
      throw unreadable(glob, "`" + glob + "` matches no file", glob);
    }
    found.sort(null);
    return found;
  }

  /** Follows one part of a glob after the other; {@code **} is any number of folders. */
  private static void walk(Path folder, String[] parts, int part, List<String> found)
      throws IOException {
    if (part == parts.length) {
      if (Files.isRegularFile(folder)) {
        found.add(folder.toString());
      }
      return;
    }
    String pattern = parts[part];
    if (pattern.equals("**")) {
      walk(folder, parts, part + 1, found);
    }
    if (!isGlob(pattern)) {
      walk(folder.resolve(pattern), parts, part + 1, found);
      return;
    }
    Path listed = folder.toString().isEmpty() ? Path.of(".") : folder;
    if (!Files.isDirectory(listed)) {
      return;
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream =
        Files.newDirectoryStream(listed, pattern.equals("**") ? "*" : pattern)) {
      for (Path child : stream) {
        if (!child.getFileName().toString().startsWith(".") || pattern.startsWith(".")) {
          children.add(child.getFileName());
        }
      }
    }
    for (Path name : children) {
      Path child = folder.resolve(name);
      if (!pattern.equals("**")) {
        walk(child, parts, part + 1, found);
      } else if (Files.isDirectory(child) && !Files.isSymbolicLink(child)) {
        walk(child, parts, part, found);
      }
    }
  }

  /**
   * Opens one of the names that {@link #expand} gives.
   *
   * @param standard what {@code -} reads, as JSON Lines
   */
  public static RowSource open(String name, InputStream standard) throws DataException {
    if (name.startsWith(SQL)) {
      return DuckDbRows.query(name.substring(SQL.length()));
    }
    if (name.equals("-")) {
      return new JsonRows(name, standard);
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      throw unreadable(name, "`" + name + "` is a folder", name + "/*.jsonl");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".parquet")) {
      if (!Files.isReadable(path)) {
        throw unreadable(name, "`" + name + "` can't be read", null);
      }
      return DuckDbRows.parquet(name);
    }
    if (!lower.endsWith(".jsonl")
        && !lower.endsWith(".jsonl.gz")
        && !lower.endsWith(".csv")
        && !lower.endsWith(".csv.gz")) {
      throw new DataException(
          Diagnostic.of(Code.UNREADABLE_FILE, "the format of `" + name + "` is not known")
              .found(name)
              .expected(List.of(".jsonl", ".jsonl.gz", ".csv", ".csv.gz", ".parquet"))
              .build(),
          new DataPlace(name, 0, null));
    }
    InputStream in = null;
    try {
      in = new BufferedInputStream(new FileInputStream(path.toFile()), BUFFER);
      if (lower.endsWith(".gz")) {
        in = new GZIPInputStream(in, BUFFER);
      }
      return lower.contains(".csv") ? new CsvRows(name, in) : new JsonRows(name, in);
    } catch (CharacterCodingException e) {
      close(in);
      throw new DataException(
          Diagnostic.of(Code.BAD_DATA, "`" + name + "` line 1 isn't UTF-8").build(),
          new DataPlace(name, 1, null));
    } catch (IOException e) {
      close(in);
      throw unreadable(name, "`" + name + "` can't be read: " + reason(e), null);
    }
  }

  private static void close(@Nullable InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      // Nothing was read from it; the failure to open it is what matters.
      return;
    }
  }

  static DataException unreadable(String name, String message, @Nullable String hint) {
    Diagnostic.Builder problem = Diagnostic.of(Code.UNREADABLE_FILE, message).found(name);
    if (hint != null && hint.endsWith("/*.jsonl")) {
      problem.hint("name its files: `'" + hint + "'`");
    }
    return new DataException(problem.build(), new DataPlace(name, 0, null));
  }

  /** What an exception of the file system says, in a word or two. */
  static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.NoSuchFileException _ -> "it does not exist";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.io.EOFException _ -> "it ends too early";
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
