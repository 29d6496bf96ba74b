package org.rewlang.check;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/** Finds the file that a {@code use} names. */
@FunctionalInterface
public interface Loader {

  /** Finds nothing: for programs that stand alone. */
  Loader NONE = (from, path) -> null;

  /**
   * The source that {@code path} means in {@code from}, which it is relative to, or null if there
   * is none. One file has one name, whichever way it is reached.
   */
  @Nullable Source load(Source from, String path);
}
