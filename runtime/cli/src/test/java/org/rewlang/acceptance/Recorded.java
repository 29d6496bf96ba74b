package org.rewlang.acceptance;

import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rewlang.Episode;
import org.rewlang.InputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEvaluationException;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Segment;
import org.rewlang.host.InputLayout;

/** The transitions of a port, and what its source answered, in memory. */
final class Recorded {

  /**
   * A result of the program, and the numbers of the source that it must equal.
   *
   * @param ours the result's column; {@code total[2]} is what one agent has
   */
  record Pair(String ours, double[] theirs) {}

  /**
   * An episode, in as many segments as it came.
   *
   * @param first the number of its first step among all
   */
  private record Whole(int first, List<Segment> segments) {
    int steps() {
      return segments.stream().mapToInt(Segment::rows).sum();
    }
  }

  private static final int SHORT = 5;

  private final List<InputInfo> inputs;
  private final List<Whole> episodes = new ArrayList<>();
  private final List<Pair> pairs;
  private final double tolerance;

  Recorded(Reward reward, Path data, List<Pair> pairs, double tolerance) throws Exception {
    this.inputs = reward.inputs();
    this.pairs = pairs;
    this.tolerance = tolerance;
    InputLayout layout = InputLayout.of(reward.compiled().model().inputs());
    try (EpisodeReader reader =
        new EpisodeReader(layout, List.of(data.toString()), InputStream.nullInputStream())) {
      int steps = 0;
      for (Segment segment = reader.next(); segment != null; segment = reader.next()) {
        if (segment.starts()) {
          episodes.add(new Whole(steps, new ArrayList<>()));
        }
        episodes.getLast().segments().add(segment);
        steps += segment.rows();
      }
    }
    // What most errors show in comes first: states set by hand, then episodes cut by their time
    // limit.
    episodes.sort(
        Comparator.comparing((Whole e) -> e.steps() > SHORT)
            .thenComparing(Whole::steps, Comparator.reverseOrder()));
  }

  /** Whether a program can be run on it: it takes the same inputs. */
  boolean fits(Reward reward) {
    return reward.inputs().stream()
        .map(InputInfo::name)
        .toList()
        .equals(inputs.stream().map(InputInfo::name).toList());
  }

  /** Whether the program agrees with the source in all rows. */
  boolean agrees(Reward reward) {
    Episode episode = reward.newReplay();
    int[] places = pairs.stream().mapToInt(pair -> place(reward, pair.ours())).toArray();
    double[] results = new double[episode.outputSize()];
    double[] row = new double[reward.inputSize()];
    try {
      for (Whole whole : episodes) {
        int at = whole.first();
        for (Segment segment : whole.segments()) {
          if (segment.starts()) {
            start(episode, segment);
          }
          for (int i = 0; i < segment.rows(); i++, at++) {
            System.arraycopy(segment.values(), i * row.length, row, 0, row.length);
            episode.step(row);
            episode.values(results);
            if (!agrees(results, places, at)) {
              return false;
            }
          }
        }
      }
    } catch (RewardEvaluationException e) {
      return false;
    }
    return true;
  }

  private static void start(Episode episode, Segment segment) {
    if (segment.observation() == null) {
      episode.reset();
    } else {
      episode.reset(segment.observation(), segment.present());
    }
  }

  private boolean agrees(double[] results, int[] places, int at) {
    for (int i = 0; i < places.length; i++) {
      double expected = pairs.get(i).theirs()[at];
      double actual = results[places[i]];
      double apart = Math.abs(actual - expected);
      // Not `apart > …`: an undefined result differs too, but where the source has none.
      boolean none = Double.isNaN(expected) && Double.isNaN(actual);
      if (!none && !(apart <= tolerance * Math.max(1, Math.abs(expected)))) {
        return false;
      }
    }
    return true;
  }

  private static int place(Reward reward, String name) {
    int bracket = name.indexOf('[');
    String column = bracket < 0 ? name : name.substring(0, bracket);
    int agent = bracket < 0 ? 0 : Integer.parseInt(name.substring(bracket + 1, name.length() - 1));
    return reward.outputs().stream()
        .filter(o -> o.column().equals(column))
        .mapToInt(o -> o.offset() + agent)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no result `" + name + "`"));
  }

  /** A column of the steps in a file, read without our reader; booleans are 0 and 1. */
  static double[] column(Path data, String name) throws Exception {
    List<Double> values = new ArrayList<>();
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        var query = db.createStatement()) {
      String table = "read_parquet('" + data + "')";
      boolean hasReset = false;
      try (ResultSet columns = query.executeQuery("DESCRIBE SELECT * FROM " + table)) {
        while (columns.next()) {
          hasReset |= columns.getString(1).equals("reset");
        }
      }
      String where = hasReset ? " WHERE NOT coalesce(reset, false)" : "";
      try (ResultSet rows =
          query.executeQuery("SELECT CAST(\"" + name + "\" AS DOUBLE) FROM " + table + where)) {
        while (rows.next()) {
          double value = rows.getDouble(1);
          values.add(rows.wasNull() ? Double.NaN : value);
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
