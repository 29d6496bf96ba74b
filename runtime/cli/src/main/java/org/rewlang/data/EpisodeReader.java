package org.rewlang.data;

import java.io.Closeable;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.InputInfo;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.InputLayout;
import org.rewlang.report.DataPlace;

/**
 * Cuts the rows of sources into episodes. One ends where {@code episode} changes, after a row with
 * {@code terminated} or {@code truncated} true, and at the end of a source; a row with {@code
 * reset} true is the observation that one starts from.
 */
public final class EpisodeReader implements Closeable {

  /** Long episodes come in segments of so many rows. */
  static final int MOST_ROWS = 4096;

  /** Or of as many as have so many numbers; of one at least. */
  static final int MOST_NUMBERS = 1 << 19;

  private final InputLayout inputs;
  private final int mostRows;
  private final List<Stamp> stamps;
  private final InputStream standard;
  private int nextName;
  private @Nullable RowSource source;
  private @Nullable RowBinder row;
  private final EpisodeNames ended = new EpisodeNames();

  /** Whether the binder holds a row that the last segment did not take. */
  private boolean waiting;

  private boolean open;
  private @Nullable Object current;
  private long steps;
  private boolean any;
  private boolean named;
  private boolean numbered;

  /** Reads {@code names}, as {@link Inputs#expand} gives them, one after the other. */
  public EpisodeReader(InputLayout inputs, List<String> names, InputStream standard) {
    this.inputs = inputs;
    mostRows = Math.clamp(MOST_NUMBERS / Math.max(1, inputs.size()), 1, MOST_ROWS);
    stamps = names.stream().map(Stamp::of).toList();
    this.standard = standard;
  }

  /** What is read, as it was at the beginning. */
  public List<Stamp> stamps() {
    return stamps;
  }

  /** Whether rows name their episodes. */
  public boolean named() {
    return named;
  }

  /** Whether the names of episodes are whole numbers. */
  public boolean numbered() {
    return numbered;
  }

  /** The next rows of one episode, or null after the last. */
  public @Nullable Segment next() throws DataException {
    while (true) {
      if (source == null) {
        if (nextName == stamps.size()) {
          return null;
        }
        source = Inputs.open(stamps.get(nextName++).name(), standard);
        row = new RowBinder(inputs, source.name(), source.unit());
        ended.clear();
        waiting = false;
        open = false;
      }
      Segment segment;
      try {
        segment = read(source, row());
      } catch (DataException e) {
        // Half a row is no fault of who writes the rest in this moment.
        steady();
        throw e;
      }
      if (segment != null) {
        return segment;
      }
    }
  }

  /** Complains if the file that is read is another one by now. */
  private void steady() throws DataException {
    DataException changed = stamps.get(nextName - 1).changed();
    if (changed != null) {
      throw changed;
    }
  }

  private RowBinder row() {
    if (row == null) {
      throw new IllegalStateException("no source is open");
    }
    return row;
  }

  private @Nullable Segment read(RowSource from, RowBinder binder) throws DataException {
    boolean starts = !open;
    double[] observation = null;
    boolean[] present = null;
    long observationLine = 0;
    int rows = 0;
    int width = inputs.size();
    double[] values = {};
    long[] lines = {};
    long firstStep = starts ? 0 : steps;
    Segment.Ending ends = null;
    while (ends == null && rows < mostRows) {
      if (!waiting && !from.next(binder)) {
        ends = endOfSource(from, binder);
        break;
      }
      waiting = false;
      if (open && changes(binder)) {
        // The row belongs to the next episode.
        waiting = true;
        ends = Segment.Ending.DATA;
        break;
      }
      boolean begins = !open;
      if (begins) {
        begin(binder);
      }
      if (binder.reset()) {
        if (!begins) {
          throw binder.problem(
              Diagnostic.of(
                      Code.MISPLACED_RESET,
                      binder.where() + "a reset observation stands inside an episode")
                  .hint("end the episode before it: set `truncated`, or change `episode`"));
        }
        observation = binder.values().clone();
        present = binder.present().clone();
        observationLine = binder.number();
        steps = 0;
        continue;
      }
      if (rows == lines.length) {
        lines = Arrays.copyOf(lines, Math.min(Math.max(rows, 4) * 4, mostRows));
        values = Arrays.copyOf(values, lines.length * width);
      }
      System.arraycopy(binder.values(), 0, values, rows * width, width);
      lines[rows] = binder.number();
      rows++;
      steps++;
      if (binder.terminated() || binder.truncated()) {
        ends = binder.terminated() ? Segment.Ending.TERMINATED : Segment.Ending.TRUNCATED;
      }
    }
    if (rows == 0 && observation == null && !open) {
      return null;
    }
    Object name = current;
    if (ends != null) {
      end();
    }
    return new Segment(
        from.name(),
        from.unit(),
        starts,
        ends,
        name,
        observation,
        present,
        observationLine,
        rows,
        Arrays.copyOf(values, rows * width),
        Arrays.copyOf(lines, rows),
        firstStep);
  }

  private boolean changes(RowBinder binder) {
    return current == null ? binder.episode() != null : !current.equals(binder.episode());
  }

  private void begin(RowBinder binder) throws DataException {
    current = binder.episode();
    open = true;
    steps = 0;
    consistent(binder);
    if (current != null && ended.contains(current)) {
      throw binder.problem(
          Diagnostic.of(
                  Code.RETURNING_EPISODE,
                  binder.where() + "episode " + current + " comes back after it ended")
              .found(String.valueOf(current))
              .hint("sort the rows by episode, or give each episode a name of its own"));
    }
  }

  /** Either every row names its episode, all by numbers or all by text, or none does. */
  private void consistent(RowBinder binder) throws DataException {
    if (!any) {
      any = true;
      named = current != null;
      numbered = current instanceof Long;
    } else if (named != (current != null)) {
      throw binder.problem(
          Diagnostic.of(
              Code.MISSING_VALUE,
              binder.where()
                  + (named
                      ? "`episode` is missing"
                      : "`episode` is given, in rows before it is not")));
    } else if (named && numbered != current instanceof Long) {
      throw binder.problem(
          Diagnostic.of(
                  Code.WRONG_TYPE,
                  binder.where()
                      + "episode "
                      + current
                      + (numbered
                          ? " is text, those before are numbers"
                          : " is a number, those before are text"))
              .found(String.valueOf(current)));
    }
  }

  private void end() {
    if (current != null) {
      ended.add(current);
    }
    open = false;
  }

  private Segment.@Nullable Ending endOfSource(RowSource from, RowBinder binder)
      throws DataException {
    InputInfo unknown = unsaid(binder);
    if (unknown != null) {
      throw new DataException(
          Diagnostic.of(
                  Code.MISSING_COLUMN,
                  "`"
                      + from.name()
                      + "` doesn't say where episodes end, and the program reads `"
                      + unknown.name()
                      + "`")
              .expected(List.of("terminated", "truncated"))
              .hint("add a column `terminated` or `truncated`")
              .build(),
          new DataPlace(from.name(), 0, unknown.name()));
    }
    steady();
    from.close();
    source = null;
    return open ? Segment.Ending.DATA : null;
  }

  /** An input about the end of episodes that the data is silent on. */
  private @Nullable InputInfo unsaid(RowBinder binder) {
    if (binder.number() == 0 || binder.anyEnding()) {
      return null;
    }
    for (InputInfo input : inputs.inputs()) {
      if (input.optional()
          && (input.name().equals("terminated") || input.name().equals("truncated"))) {
        return input;
      }
    }
    return null;
  }

  @Override
  public void close() {
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
