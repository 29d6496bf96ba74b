package org.rewlang.data;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.host.InputLayout;
import org.rewlang.model.EnumType;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Inputs made by hand, and what a reader makes of data for them. */
final class Data {

  static final EnumType MODE = new EnumType("Mode", List.of("idle", "walk"));

  private static final Location AT =
      new Location(Source.of("program.rew", "inputs { x: real }"), new Span(9, 10));

  private Data() {}

  static InputVar input(String name, Type type) {
    return new InputVar(name, name, type, "", Interval.ALL, false, null, AT);
  }

  static InputVar ranged(String name, double low, double high) {
    return new InputVar(name, name, Type.REAL, "", new Interval(low, high), false, null, AT);
  }

  static InputVar implicit(String name) {
    return new InputVar(name, name, Type.BOOL, "", Interval.ALL, true, null, AT);
  }

  static InputVar from(String name, String host, Type type) {
    return new InputVar(name, host, type, "", Interval.ALL, false, null, AT);
  }

  static InputLayout layout(InputVar... inputs) {
    return InputLayout.of(List.of(inputs));
  }

  static List<Segment> read(InputLayout inputs, List<String> names, InputStream standard)
      throws DataException {
    List<Segment> segments = new ArrayList<>();
    try (EpisodeReader reader = new EpisodeReader(inputs, names, standard)) {
      for (Segment s = reader.next(); s != null; s = reader.next()) {
        segments.add(s);
      }
    }
    return segments;
  }

  /** Segments of JSON Lines on standard input. */
  static List<Segment> lines(InputLayout inputs, String... lines) throws DataException {
    byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return read(inputs, List.of("-"), new ByteArrayInputStream(bytes));
  }

  static List<Double> values(Segment segment, int width) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < segment.rows() * width; i++) {
      values.add(segment.values()[i]);
    }
    return values;
  }
}
