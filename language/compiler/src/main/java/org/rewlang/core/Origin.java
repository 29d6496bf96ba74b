package org.rewlang.core;

import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Where an operation comes from: offsets in one of the program's sources. Core written by hand has
 * {@link #NONE}.
 *
 * @param source index into {@link CoreProgram#sources()}, or -1
 */
public record Origin(int source, int start, int end) {

  public static final Origin NONE = new Origin(-1, 0, 0);

  public boolean isKnown() {
    return source >= 0;
  }

  /** The place meant, in the sources of {@code program}. */
  public Location in(CoreProgram program) {
    Source text = program.sources().get(source);
    return new Location(text, new Span(start, end));
  }
}
