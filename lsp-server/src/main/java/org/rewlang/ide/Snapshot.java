package org.rewlang.ide;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.compile.Compilation;
import org.rewlang.source.Source;

/**
 * A document at one version with everything known about it. Immutable.
 *
 * @param version the editor's
 * @param loaded the files it draws on, directly or through others; null where there is none
 */
public record Snapshot(
    int version, Source source, Compilation compilation, Map<Use, @Nullable Source> loaded) {

  /** A file asked for: in which file, and by which path. */
  public record Use(String from, String path) {}

  public Snapshot {
    loaded = Collections.unmodifiableMap(new LinkedHashMap<>(loaded));
  }

  /** The file that {@code use "path"} in this document means. */
  Optional<Source> used(String path) {
    return Optional.ofNullable(loaded.get(new Use(source.name(), path)));
  }
}
