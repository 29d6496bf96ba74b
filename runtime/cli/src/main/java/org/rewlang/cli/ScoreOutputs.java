package org.rewlang.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.core.Output;
import org.rewlang.data.Column;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Segment;
import org.rewlang.data.TableWriter;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Shape;
import org.rewlang.score.Cut;
import org.rewlang.score.ScoreTable;
import org.rewlang.score.Scorer;
import org.rewlang.score.Whole;

/**
 * The tables that {@code rew score} writes: both whole, or neither. While they are written, another
 * run is told how far they are, should this one be killed.
 */
final class ScoreOutputs implements Scorer.Results, Closeable {

  private final Reward reward;
  private final List<SavedRun.Term> terms;
  private final boolean resume;
  private final @Nullable TableFile rows;
  private final @Nullable TableFile episodes;
  private final List<TableFile> tables = new ArrayList<>();

  /** Where is told how far the tables are; null where no other run could go on. */
  private @Nullable Path folder;

  private @Nullable EpisodeReader reader;
  private @Nullable ScoreTable table;

  /**
   * @param terms what another run must have in common with this one to go on with what it leaves
   * @param resume whether what another run left stays, and what this one leaves if it ends early
   */
  ScoreOutputs(
      Reward reward,
      @Nullable String out,
      @Nullable String episodesOut,
      String program,
      List<SavedRun.Term> terms,
      boolean resume,
      Console console) {
    this.reward = reward;
    this.resume = resume;
    mayBe(out, program);
    mayBe(episodesOut, program);
    if (out != null && out.equals(episodesOut)) {
      throw Failure.usage("`-o` and `--episodes` can't be the same file");
    }
    try {
      rows = open(out, () -> table().columns(numbered()), console);
      episodes = open(episodesOut, this::episodeColumns, console);
      folder = tables.isEmpty() ? null : tables.getFirst().folder();
      if (tables.stream().anyMatch(t -> t.folder() == null)) {
        folder = null;
      }
      if (resume && folder == null) {
        throw Failure.usage("`--resume` goes on with files: say which with `-o` or `--episodes`");
      }
    } catch (Failure e) {
      tables.forEach(TableFile::close);
      throw e;
    }
    List<SavedRun.Term> all = new ArrayList<>(terms);
    List<String> targets = tables.stream().map(TableFile::target).toList();
    all.add(new SavedRun.Term("other outputs", targets.toString()));
    this.terms = List.copyOf(all);
  }

  private @Nullable TableFile open(
      @Nullable String name, Supplier<List<Column>> columns, Console console) {
    if (name == null) {
      return null;
    }
    TableFile file = new TableFile(name, resume, columns, console);
    tables.add(file);
    return file;
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
      throw TableFile.unwritable(name, e);
    }
  }

  /**
   * What another run left to go on with; null if nothing.
   *
   * @param from the data, and where to learn how episodes are named
   */
  @Nullable SavedRun begin(EpisodeReader from) throws IOException {
    reader = from;
    SavedRun saved;
    try {
      saved = folder == null ? null : SavedRun.read(folder, terms, data(), reward);
    } catch (SavedRun.Other e) {
      throw new Failure(
          Diagnostic.of(Code.NOT_RESUMABLE, "the run to be resumed was begun with " + e.what())
              .hint("score it from the beginning, without `--resume`")
              .build());
    }
    if (saved == null) {
      tables.forEach(TableFile::clear);
      return null;
    }
    for (int i = 0; i < tables.size(); i++) {
      tables.get(i).goOn(saved.positions().get(i));
    }
    return saved;
  }

  private String data() {
    return Objects.requireNonNull(reader).stamps().toString();
  }

  @Override
  public void rows(Segment segment, double[] outputs, boolean[] left) {
    if (rows == null || segment.rows() == 0) {
      return;
    }
    try {
      table().write(segment, outputs, left, numbered(), rows.writer());
    } catch (IOException e) {
      throw rows.unwritable(e);
    }
  }

  private ScoreTable table() {
    if (table == null) {
      table = new ScoreTable(reward, named());
    }
    return table;
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
      TableWriter out = episodes.writer();
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
      throw episodes.unwritable(e);
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

  @Override
  public void cut(Cut cut) {
    if (folder != null) {
      save(folder, cut, tables.stream().map(TableFile::flush).toList(), false);
    }
  }

  private void save(Path in, Cut cut, List<Long> positions, boolean whole) {
    try {
      new SavedRun(terms, data(), cut, positions, whole).save(in);
    } catch (IOException e) {
      throw tables.getFirst().unwritable(e);
    }
  }

  /** All rows were given: the files are completed, and take their places. */
  void commit(Cut end) {
    tables.forEach(TableFile::finish);
    if (folder != null) {
      // From here on, whoever goes on has only to do the rest, even if that was not meant.
      save(folder, end, tables.stream().map(_ -> 0L).toList(), true);
    }
    place();
  }

  /** Files that are whole take their places. */
  void place() {
    tables.forEach(table -> table.keep(true));
    tables.forEach(TableFile::commit);
    tables.forEach(table -> table.keep(false));
    folder = null;
  }

  @Override
  public void close() {
    if (resume && folder != null && SavedRun.isIn(folder)) {
      tables.forEach(table -> table.keep(true));
    }
    // Where is told how far they are goes last.
    tables.reversed().forEach(TableFile::close);
  }
}
