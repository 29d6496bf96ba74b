package org.rewlang.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.core.Output;
import org.rewlang.data.AtomicFile;
import org.rewlang.data.Column;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Segment;
import org.rewlang.data.TableWriter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Shape;
import org.rewlang.score.ScoreTable;
import org.rewlang.score.Scorer;
import org.rewlang.score.Whole;

/** The tables that {@code rew score} writes: both whole, or neither. */
final class ScoreOutputs implements Scorer.Results, Closeable {

  /**
   * A table on its way. Opened with its first row: only then is it known how episodes are named.
   */
  private final class Target {
    private final String name;
    private final @Nullable AtomicFile file;
    private @Nullable TableWriter writer;

    Target(String name) {
      this.name = name;
      AtomicFile opened = null;
      if (!name.equals("-")) {
        try {
          opened = AtomicFile.open(Path.of(name));
        } catch (IOException | IllegalArgumentException e) {
          throw unwritable(name, e);
        }
      }
      file = opened;
    }

    TableWriter writer(List<Column> columns) {
      if (writer == null) {
        try {
          writer =
              file == null
                  ? TableWriter.jsonLines(shielded(console.out()), columns)
                  : TableWriter.open(name, file.path(), columns);
        } catch (IOException e) {
          throw unwritable(name, e);
        }
      }
      return writer;
    }

    void finish() {
      try {
        if (writer != null) {
          writer.finish();
          writer.close();
          writer = null;
        }
      } catch (IOException e) {
        throw unwritable(name, e);
      }
    }

    void commit() {
      try {
        if (file != null) {
          file.commit();
        }
      } catch (IOException e) {
        throw unwritable(name, e);
      }
    }

    void abandon() {
      try {
        if (writer != null) {
          writer.close();
        }
      } catch (IOException e) {
        // The file is about to be deleted: what could not be flushed does not matter.
        writer = null;
      }
      if (file != null) {
        file.close();
      }
    }
  }

  private final Reward reward;
  private final Console console;
  private final @Nullable Target rows;
  private final @Nullable Target episodes;
  private @Nullable EpisodeReader reader;
  private @Nullable ScoreTable table;

  ScoreOutputs(
      Reward reward,
      @Nullable String out,
      @Nullable String episodesOut,
      String program,
      Console console) {
    this.reward = reward;
    this.console = console;
    mayBe(out, program);
    mayBe(episodesOut, program);
    if (out != null && out.equals(episodesOut)) {
      throw Failure.usage("`-o` and `--episodes` can't be the same file");
    }
    rows = out == null ? null : new Target(out);
    try {
      episodes = episodesOut == null ? null : new Target(episodesOut);
    } catch (Failure e) {
      if (rows != null) {
        rows.abandon();
      }
      throw e;
    }
  }

  /** Standard output stays open for what comes after. */
  private static OutputStream shielded(OutputStream out) {
    return new java.io.FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        checkOpen();
      }

      @Override
      public void flush() throws IOException {
        out.flush();
        checkOpen();
      }

      private void checkOpen() throws IOException {
        if (out instanceof java.io.PrintStream p && p.checkError()) {
          throw new IOException("its reader went away");
        }
      }

      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  private static void mayBe(@Nullable String name, String program) {
    if (name == null || name.equals("-")) {
      return;
    }
    if (!TableWriter.knows(name)) {
      throw new Failure(
          Diagnostic.of(Code.UNWRITABLE_OUTPUT, "the format of `" + name + "` is not known")
              .found(name)
              .expected(TableWriter.FORMATS)
              .build());
    }
    try {
      if (!program.equals("-")
          && Files.exists(Path.of(name))
          && Files.isSameFile(Path.of(name), Path.of(program))) {
        throw Failure.usage("the output `" + name + "` is the program itself");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unwritable(name, e);
    }
  }

  private static Failure unwritable(String name, Exception e) {
    String why =
        e instanceof AccessDeniedException
            ? "permission denied"
            : e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String message =
        name.equals("-")
            ? "standard output can't be written: " + why
            : "`" + name + "` can't be written: " + why;
    return new Failure(Diagnostic.of(Code.UNWRITABLE_OUTPUT, message).found(name).build());
  }

  /** Where to learn whether, and how, episodes are named. */
  void naming(EpisodeReader from) {
    reader = from;
  }

  @Override
  public void rows(Segment segment, double[] outputs, boolean[] left) {
    if (rows == null || segment.rows() == 0) {
      return;
    }
    if (table == null) {
      table = new ScoreTable(reward, named());
    }
    try {
      table.write(segment, outputs, left, numbered(), rows.writer(table.columns(numbered())));
    } catch (IOException e) {
      throw unwritable(rows.name, e);
    }
  }

  private boolean named() {
    return reader != null && reader.named();
  }

  private boolean numbered() {
    return reader != null && reader.numbered();
  }

  @Override
  public void episode(Segment last, Whole whole) {
    if (episodes == null) {
      return;
    }
    try {
      TableWriter out = episodes.writer(episodeColumns());
      if (named()) {
        ScoreTable.episode(last, numbered(), out);
      }
      if (!reward.outputs(Output.Role.TOTAL).isEmpty()) {
        out.real(whole.sum());
      }
      out.whole(whole.length());
      if (!reward.outputs(Output.Role.SUCCESS).isEmpty()) {
        out.bool(whole.succeeded());
      }
      if (!reward.outputs(Output.Role.FAILURE).isEmpty()) {
        out.bool(whole.failed());
      }
      out.text(whole.ending().word());
      double[] sums = whole.sums();
      int components = reward.components().size();
      for (int i = components; i < sums.length; i++) {
        out.real(sums[i]);
      }
      for (int i = 0; i < components; i++) {
        out.real(sums[i]);
      }
      int verdict = 0;
      for (OutputInfo formula : reward.outputs(Output.Role.VERDICT)) {
        for (int i = 0; i < formula.size(); i++) {
          double member = whole.verdicts()[verdict++];
          if (member >= 0) {
            out.text(formula.members().get((int) member));
          } else {
            out.absent();
          }
        }
      }
      out.endRow();
    } catch (IOException e) {
      throw unwritable(episodes.name, e);
    }
  }

  private List<Column> episodeColumns() {
    List<Column> columns = new ArrayList<>();
    if (named()) {
      columns.add(new Column("episode", numbered() ? Column.Kind.WHOLE : Column.Kind.TEXT));
    }
    if (!reward.outputs(Output.Role.TOTAL).isEmpty()) {
      columns.add(new Column("return", Column.Kind.REAL));
    }
    columns.add(new Column("length", Column.Kind.WHOLE));
    if (!reward.outputs(Output.Role.SUCCESS).isEmpty()) {
      columns.add(new Column("success", Column.Kind.BOOL));
    }
    if (!reward.outputs(Output.Role.FAILURE).isEmpty()) {
      columns.add(new Column("failure", Column.Kind.BOOL));
    }
    columns.add(new Column("ended", Column.Kind.TEXT));
    for (OutputInfo one : reward.rewards()) {
      columns.add(new Column("return." + one.column(), Column.Kind.REAL));
    }
    for (OutputInfo component : reward.components()) {
      columns.add(new Column("sum." + component.column(), Column.Kind.REAL));
    }
    for (OutputInfo formula : reward.outputs(Output.Role.VERDICT)) {
      for (int i = 0; i < formula.size(); i++) {
        String place = Shape.column(formula.type().shape(), i);
        columns.add(new Column("verdict." + formula.name() + place, Column.Kind.TEXT));
      }
    }
    return columns;
  }

  /** All is written: the files take their names. */
  void commit() {
    if (rows != null) {
      rows.finish();
    }
    if (episodes != null) {
      episodes.finish();
    }
    if (rows != null) {
      rows.commit();
    }
    if (episodes != null) {
      episodes.commit();
    }
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.abandon();
    }
    if (episodes != null) {
      episodes.abandon();
    }
  }
}
