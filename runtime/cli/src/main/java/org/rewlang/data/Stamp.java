package org.rewlang.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;

/**
 * What tells that a file is the one it was.
 *
 * @param name as {@link Inputs#expand} gives it
 * @param is its size and time; empty for what is no regular file: a query, a pipe
 */
public record Stamp(String name, String is) {

  static Stamp of(String name) {
    if (name.startsWith(Inputs.SQL) || name.equals("-")) {
      return new Stamp(name, "");
    }
    try {
      BasicFileAttributes file = Files.readAttributes(Path.of(name), BasicFileAttributes.class);
      String is = file.size() + " bytes of " + file.lastModifiedTime();
      return new Stamp(name, file.isRegularFile() ? is : "");
    } catch (IOException e) {
      return new Stamp(name, Inputs.reason(e));
    }
  }

  /** What is wrong if the file changed since; null if it did not. */
  @Nullable DataException changed() {
    return equals(of(name))
        ? null
        : new DataException(
            Diagnostic.of(Code.BAD_DATA, "`" + name + "` changed while it was read")
                .hint("score it when nothing writes to it any more")
                .build(),
            new DataPlace(name, 0, null));
  }
}
