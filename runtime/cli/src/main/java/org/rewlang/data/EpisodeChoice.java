package org.rewlang.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.InputLayout;
import org.rewlang.report.DataPlace;

/**
 * One episode of recorded data: the first, the one of a name, or the Nth where they have no names.
 *
 * @param name empty for the first
 */
public record EpisodeChoice(String trace, String name) {

  /** Takes the segments of the episode, in order. */
  public interface Segments {
    void take(Segment segment) throws DataException;
  }

  /**
   * Reads the episode.
   *
   * @return how many other episodes the data has
   */
  public long read(InputLayout inputs, InputStream in, Segments each)
      throws IOException, DataException {
    long others = 0;
    boolean found = false;
    try (EpisodeReader reader = new EpisodeReader(inputs, Inputs.expand(List.of(trace)), in)) {
      long number = -1;
      for (Segment s = reader.next(); s != null; s = reader.next()) {
        number += s.starts() ? 1 : 0;
        if (takes(s, number)) {
          found |= s.rows() > 0;
          each.take(s);
        } else {
          others += s.starts() ? 1 : 0;
        }
      }
    }
    if (!found) {
      String message =
          name.isEmpty()
              ? "there are no rows in `" + trace + "`"
              : "`" + trace + "` has no episode `" + name + "`";
      throw new DataException(
          Diagnostic.of(Code.NO_ROWS, message).build(), new DataPlace(trace, 0, null));
    }
    return others;
  }

  private boolean takes(Segment segment, long number) {
    if (name.isEmpty()) {
      return number == 0;
    }
    return segment.episode() == null
        ? name.equals(Long.toString(number))
        : name.equals(segment.episode().toString());
  }
}
