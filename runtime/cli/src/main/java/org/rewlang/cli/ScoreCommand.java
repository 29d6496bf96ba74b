package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.core.Output;
import org.rewlang.data.DataException;
import org.rewlang.data.EpisodeReader;
import org.rewlang.data.Inputs;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Severity;
import org.rewlang.host.Engines;
import org.rewlang.score.Cut;
import org.rewlang.score.Place;
import org.rewlang.score.Scorer;
import org.rewlang.score.Summary;
import org.rewlang.score.Tally;

/** {@code rew score}: the reward of every row. */
final class ScoreCommand extends Command {

  private String file = "";
  private final List<String> data = new ArrayList<>();
  private @Nullable String out;
  private @Nullable String episodes;
  private @Nullable String gradient;
  private String engine = Engines.AUTO;
  private final List<String> params = new ArrayList<>();
  private final List<String> ofRun = new ArrayList<>();
  private int threads = Runtime.getRuntime().availableProcessors();
  private boolean skip;
  private boolean resume;

  @Override
  public Usage usage() {
    return Usage.of("score", "Scores every row of data.")
        .one("FILE", "The program; - is standard input.", v -> file = v)
        .many(
            "DATA",
            "Rows in episodes: .jsonl, .jsonl.gz, .csv, .parquet; a glob in quotes;"
                + " 'sql:SELECT …' over such files; - is JSON Lines from standard input.",
            data::add)
        .option(
            "-o",
            "OUT",
            "Write a row for each row: .jsonl, .csv, .parquet; - is standard output.",
            v -> out = v)
        .option(
            "--episodes",
            "OUT",
            "Write a row for each episode, in the same formats.",
            v -> episodes = v)
        .option(
            "--gradient",
            "BY",
            "Add derivatives to the rows: by inputs, params, or names with commas between.",
            v -> gradient = v)
        .option(
            "--engine",
            "E",
            "auto, bytecode, truffle, columns, gpu or interpreter.",
            v -> engine = v)
        .repeatable("--param", "N=V", "Set a parameter.", params::add)
        .repeatable("--run", "N=V", "Give an input of the run its value.", ofRun::add)
        .whole("--threads", "N", "By default, one per processor.", v -> threads = v)
        .choice(
            "--on-failure",
            List.of("stop", "skip"),
            "What a failed row does: ends all, or is left out and counted.",
            v -> skip = v.equals("skip"))
        .flag("--resume", "Go on where a run that was killed left off.", () -> resume = true);
  }

  @Override
  public Answer run(Console console) throws IOException, DataException {
    if (threads < 1) {
      throw Failure.usage("`--threads` is at least 1");
    }
    if (json() && ("-".equals(out) || "-".equals(episodes))) {
      throw Failure.usage(
          "rows and the JSON can't both go to standard output: write rows to a file");
    }
    if (file.equals("-") && data.contains("-")) {
      throw Failure.usage("the program and the data can't both be standard input");
    }
    if (gradient != null && out == null) {
      throw Failure.usage("`--gradient` adds columns to the rows that `-o` writes: say where");
    }
    ProgramFile.Ready ready = ProgramFile.ready(file, engine, params, ofRun, console, strict());
    Reward reward = ready.reward();
    if (gradient != null) {
      reward = reward.withGradient(gradient.strip().split("\\s*,\\s*"));
    }
    List<String> names = Inputs.expand(data);
    long start = System.nanoTime();
    Cut end;
    long before = 0;
    try (ScoreOutputs outputs =
            new ScoreOutputs(reward, out, episodes, file, terms(reward), resume, console);
        EpisodeReader reader = new EpisodeReader(reward.layout(), names, console.in());
        Progress progress = new Progress(console, "rows")) {
      SavedRun saved = outputs.begin(reader);
      if (saved != null) {
        before = saved.cut().rows();
      }
      if (saved != null && saved.whole()) {
        end = saved.cut();
        outputs.place();
      } else {
        Cut from = saved == null ? null : saved.cut();
        end = new Scorer(reward, threads, skip).score(reader, from, outputs, progress::at);
        if (end.rows() == 0) {
          throw new Failure(
              Diagnostic.of(Code.NO_ROWS, "there are no rows in " + quoted(names)).build());
        }
        outputs.commit(end);
      }
    }
    Summary summary = end.summary();
    long resumed = before;
    double seconds = (System.nanoTime() - start) / 1e9;
    Answer answer =
        Answer.of(ready.diagnostics().stream().filter(d -> d.severity() != Severity.NOTE).toList())
            .with(json -> keys(json, ready, summary, resumed, seconds));
    String text = text(ready, summary, resumed, seconds);
    boolean taken = "-".equals(out) || "-".equals(episodes);
    return taken ? answer.withClosing(text.stripTrailing()) : answer.withText(text);
  }

  /** What a run that goes on must have in common with the one before, but for data and outputs. */
  private List<SavedRun.Term> terms(Reward reward) throws IOException {
    StringWriter given = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(given)) {
      json.writeStartObject();
      JsonNumbers.params(json, reward);
      JsonNumbers.run(json, reward.layout());
      json.writeEndObject();
    }
    return List.of(
        new SavedRun.Term("another version of Rew", Version.CURRENT + Version.CURRENT.commit()),
        new SavedRun.Term("another program", reward.programHash()),
        new SavedRun.Term("other values of `--param` or `--run`", given.toString()),
        new SavedRun.Term("another `--gradient`", String.valueOf(gradient)),
        new SavedRun.Term("another `--on-failure`", skip ? "skip" : "stop"),
        new SavedRun.Term("another engine", reward.engine().name()));
  }

  private static String quoted(List<String> names) {
    return names.size() == 1 ? "`" + names.getFirst() + "`" : names.size() + " files";
  }

  private void keys(
      JsonGenerator json, ProgramFile.Ready ready, Summary summary, long before, double seconds)
      throws IOException {
    Reward reward = ready.reward();
    json.writeNumberField("rows", summary.rows());
    json.writeNumberField("episodes", summary.episodes());
    json.writeNumberField("failed_rows", summary.failedRows());
    if (summary.firstFailure() != null) {
      json.writeStringField("first_failure", summary.firstFailure());
    }
    if (resume) {
      json.writeNumberField("resumed_rows", before);
    }
    json.writeStringField("engine", reward.engine().name());
    json.writeStringField("engine_reason", reward.engine().reason());
    json.writeNumberField("threads", threads);
    json.writeObjectFieldStart("components");
    for (int i = 0; i < summary.components().size(); i++) {
      OutputInfo component = summary.components().get(i);
      Tally tally = summary.tallies().get(i);
      json.writeObjectFieldStart(component.column());
      JsonNumbers.write(json, "mean", tally.mean());
      JsonNumbers.write(json, "min", tally.min());
      JsonNumbers.write(json, "max", tally.max());
      JsonNumbers.write(json, "share", summary.share(i));
      JsonNumbers.write(json, "active", tally.active());
      place(json, summary.firstUndefined(i));
      json.writeEndObject();
    }
    json.writeEndObject();
    if (reward.outputs(Output.Role.TOTAL).isEmpty()) {
      json.writeNullField("total");
    } else {
      range(json, "total", summary.total(), summary.firstUndefinedTotal());
    }
    if (!summary.rewards().isEmpty()) {
      json.writeObjectFieldStart("rewards");
      for (int i = 0; i < summary.rewards().size(); i++) {
        Place undefined = summary.firstUndefined(summary.components().size() + i);
        range(json, summary.rewards().get(i).column(), summary.reward(i), undefined);
      }
      json.writeEndObject();
    }
    JsonNumbers.write(json, "success_rate", successRate(reward, summary));
    json.writeObjectFieldStart("params");
    JsonNumbers.params(json, reward);
    json.writeEndObject();
    json.writeObjectFieldStart("run");
    JsonNumbers.run(json, reward.layout());
    json.writeEndObject();
    json.writeStringField("program_sha256", reward.programHash());
    json.writeNumberField("seconds", seconds);
  }

  private static void range(JsonGenerator json, String name, Tally tally, @Nullable Place undefined)
      throws IOException {
    json.writeObjectFieldStart(name);
    JsonNumbers.write(json, "mean", tally.mean());
    JsonNumbers.write(json, "min", tally.min());
    JsonNumbers.write(json, "max", tally.max());
    place(json, undefined);
    json.writeEndObject();
  }

  private static void place(JsonGenerator json, @Nullable Place place) throws IOException {
    if (place == null) {
      json.writeNullField("first_undefined");
      return;
    }
    json.writeObjectFieldStart("first_undefined");
    json.writeStringField("source", place.source());
    json.writeNumberField("row", place.row());
    json.writeObjectField("episode", place.episode());
    json.writeNumberField("step", place.step());
    json.writeEndObject();
  }

  /** NaN where the program says nothing of success. */
  private static double successRate(Reward reward, Summary summary) {
    return reward.outputs(Output.Role.SUCCESS).isEmpty() || summary.episodes() == 0
        ? Double.NaN
        : (double) summary.successes() / summary.episodes();
  }

  private String text(ProgramFile.Ready ready, Summary summary, long before, double seconds) {
    Reward reward = ready.reward();
    boolean failures = summary.failedRows() > 0;
    List<String> header =
        new ArrayList<>(List.of("component", "mean", "min", "max", "share", "active"));
    if (failures) {
      header.add("first undefined");
    }
    TextTable table = new TextTable(header.toArray(String[]::new));
    for (int i = 0; i < summary.components().size(); i++) {
      Tally tally = summary.tallies().get(i);
      row(
          table,
          summary.components().get(i).column(),
          tally,
          TextTable.percent(summary.share(i)),
          failures ? place(summary.firstUndefined(i)) : null);
    }
    for (int i = 0; i < summary.rewards().size(); i++) {
      Place place = summary.firstUndefined(summary.components().size() + i);
      String shown = failures ? place(place) : null;
      row(table, summary.rewards().get(i).column(), summary.reward(i), "", shown);
    }
    if (!reward.outputs(Output.Role.TOTAL).isEmpty()) {
      String place = failures ? place(summary.firstUndefinedTotal()) : null;
      row(table, "total", summary.total(), "", place);
    }
    StringBuilder text = new StringBuilder(table.toString()).append('\n');
    text.append(
        String.format(
            Locale.ROOT,
            "%s, %s in %.2f s on %s%n",
            TextTable.count(summary.rows(), "row"),
            TextTable.count(summary.episodes(), "episode"),
            seconds,
            reward.engine().name()));
    if (resume) {
      text.append(
          before == 0
              ? "there was nothing to resume\n"
              : TextTable.count(before, "row") + " scored before it was resumed\n");
    }
    if (!engine.equals(Engines.AUTO) && !engine.startsWith(reward.engine().name())) {
      text.append(reward.engine().reason()).append('\n');
    }
    double rate = successRate(reward, summary);
    if (!Double.isNaN(rate)) {
      text.append(
          String.format(
              Locale.ROOT,
              "success in %s (%s)%n",
              TextTable.count(summary.successes(), "episode"),
              TextTable.percent(rate)));
    }
    if (summary.firstFailure() != null) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s failed and %s left out; the first: %s%n",
              TextTable.count(summary.failedRows(), "row"),
              summary.failedRows() == 1 ? "was" : "were",
              summary.firstFailure()));
    }
    return text.toString();
  }

  /**
   * @param place a cell more, or null
   */
  private static void row(
      TextTable table, String name, Tally tally, String share, @Nullable String place) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                name,
                TextTable.number(tally.mean()),
                TextTable.number(tally.min()),
                TextTable.number(tally.max()),
                share,
                TextTable.percent(tally.active())));
    if (place != null) {
      cells.add(place);
    }
    table.row(cells.toArray(String[]::new));
  }

  /** {@code data.jsonl line 12, episode 3, step 5}. */
  private static String place(@Nullable Place place) {
    if (place == null) {
      return "-";
    }
    String episode = place.episode() == null ? "" : ", episode " + place.episode();
    return place.inSource() + episode + ", step " + place.step();
  }
}
