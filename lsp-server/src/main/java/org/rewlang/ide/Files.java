package org.rewlang.ide;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;

/** Programs that no editor has open. */
public interface Files {

  /**
   * The one name of the file that {@code path} means in the file called {@code from}; null if it
   * can mean none.
   */
  @Nullable String resolve(String from, String path);

  /** The file's text, or null if there is none. The same object as long as the file is the same. */
  @Nullable Source read(String name);
}
