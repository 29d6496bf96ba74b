package org.rewlang.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.core.Output;
import org.rewlang.data.Column;
import org.rewlang.data.Segment;
import org.rewlang.data.TableWriter;
import org.rewlang.model.Shape;

/** One row of results for each row of data. */
public final class ScoreTable {

  private final List<Field> fields = new ArrayList<>();
  private final boolean named;
  private final int[] successes;
  private final int[] failures;
  private final int width;

  /** A column of results: a number of the outputs, or one of the summed-up outcomes. */
  private record Field(Column column, int offset, List<String> members, boolean verdict) {}

  private static final int SUCCESS = -1;
  private static final int FAILURE = -2;

  /**
   * @param named whether the data names its episodes
   */
  public ScoreTable(Reward reward, boolean named) {
    this.named = named;
    successes = offsets(reward, Output.Role.SUCCESS);
    failures = offsets(reward, Output.Role.FAILURE);
    width = reward.outputSize();
    add(reward, Output.Role.TOTAL);
    add(reward, Output.Role.REWARD);
    add(reward, Output.Role.COMPONENT);
    if (successes.length > 0) {
      fields.add(new Field(new Column("success", Column.Kind.BOOL), SUCCESS, List.of(), false));
    }
    if (failures.length > 0) {
      fields.add(new Field(new Column("failure", Column.Kind.BOOL), FAILURE, List.of(), false));
    }
    for (Output.Role role :
        List.of(
            Output.Role.SUCCESS,
            Output.Role.FAILURE,
            Output.Role.TERMINATE,
            Output.Role.TRUNCATE,
            Output.Role.METRIC,
            Output.Role.COST,
            Output.Role.LOG,
            Output.Role.VERDICT,
            Output.Role.GRADIENT)) {
      add(reward, role);
    }
  }

  private static int[] offsets(Reward reward, Output.Role role) {
    return reward.outputs(role).stream().mapToInt(OutputInfo::offset).toArray();
  }

  private void add(Reward reward, Output.Role role) {
    for (OutputInfo output : reward.outputs(role)) {
      boolean outcome = role == Output.Role.SUCCESS || role == Output.Role.FAILURE;
      if (outcome && output.name().isEmpty()) {
        // Nameless: the summed-up column says it already.
        continue;
      }
      Column.Kind kind =
          switch (output.type().base()) {
            case REAL -> Column.Kind.REAL;
            case INT -> Column.Kind.WHOLE;
            case BOOL -> Column.Kind.BOOL;
            case ENUM -> Column.Kind.TEXT;
          };
      for (int i = 0; i < output.size(); i++) {
        String name = output.column() + Shape.column(output.type().shape(), i);
        Column.Element element =
            output.perAgent()
                ? new Column.Element(output.column(), output.type().shape(), i)
                : null;
        fields.add(
            new Field(
                new Column(name, kind, element),
                output.offset() + i,
                output.members(),
                role == Output.Role.VERDICT));
      }
    }
  }

  /**
   * The columns of the table.
   *
   * @param numbered whether the names of episodes are whole numbers
   */
  public List<Column> columns(boolean numbered) {
    List<Column> columns = new ArrayList<>();
    if (named) {
      columns.add(new Column("episode", numbered ? Column.Kind.WHOLE : Column.Kind.TEXT));
    }
    columns.add(new Column("step", Column.Kind.WHOLE));
    fields.forEach(f -> columns.add(f.column));
    return columns;
  }

  /** Writes the rows of a segment. */
  public void write(
      Segment segment, double[] outputs, boolean[] left, boolean numbered, TableWriter out)
      throws IOException {
    for (int r = 0; r < segment.rows(); r++) {
      if (named) {
        episode(segment, numbered, out);
      }
      boolean closes = r == segment.rows() - 1 && segment.ends() == Segment.Ending.TERMINATED;
      out.whole(segment.firstStep() + r);
      for (Field field : fields) {
        if (left[r]) {
          out.absent();
        } else {
          cell(field, outputs, r * width, closes, out);
        }
      }
      out.endRow();
    }
  }

  /** Writes the cell that names the episode of a segment. */
  public static void episode(Segment segment, boolean numbered, TableWriter out)
      throws IOException {
    Object name = segment.episode();
    if (name == null) {
      out.absent();
    } else if (numbered && name instanceof Long n) {
      out.whole(n);
    } else {
      out.text(name.toString());
    }
  }

  private void cell(Field field, double[] outputs, int at, boolean closes, TableWriter out)
      throws IOException {
    if (field.offset < 0) {
      out.bool(any(outputs, at, field.offset == SUCCESS ? successes : failures));
      return;
    }
    double given = outputs[at + field.offset];
    double value = closes && field.verdict ? Verdicts.closed(given) : given;
    if (!Double.isFinite(value) || field.column.kind() == Column.Kind.TEXT && value < 0) {
      // Undefined, which a metric may be.
      out.absent();
      return;
    }
    switch (field.column.kind()) {
      case REAL -> out.real(value);
      case BOOL -> out.bool(value != 0);
      case TEXT -> out.text(field.members.get((int) value));
      case WHOLE -> out.whole((long) value);
    }
  }

  private static boolean any(double[] outputs, int at, int[] offsets) {
    for (int offset : offsets) {
      if (outputs[at + offset] == 1) {
        return true;
      }
    }
    return false;
  }
}
