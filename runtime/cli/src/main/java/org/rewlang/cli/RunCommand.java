package org.rewlang.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.Reward;
import org.rewlang.data.DataException;
import org.rewlang.data.EpisodeChoice;
import org.rewlang.score.Trajectory;

/** {@code rew run}: one trajectory step by step, with the reason for each number. */
final class RunCommand extends Command {

  private String file = "";
  private String trace = "";
  private String episode = "";
  private boolean why;
  private final List<String> params = new ArrayList<>();
  private final List<String> ofRun = new ArrayList<>();

  @Override
  public Usage usage() {
    return Usage.of("run", "Runs one trajectory, step by step.")
        .one("FILE", "The program; - is standard input.", v -> file = v)
        .required(
            "--trace",
            "T",
            "The data, as for `rew score`; its first episode is run.",
            v -> trace = v)
        .option(
            "--episode",
            "NAME",
            "The episode called so, or the Nth (from 0) if episodes have no names.",
            v -> episode = v)
        .flag("--why", "Show what each number was made of.", () -> why = true)
        .repeatable("--param", "N=V", "Set a parameter.", params::add)
        .repeatable("--run", "N=V", "Give an input of the run its value.", ofRun::add);
  }

  @Override
  public Answer run(Console console) throws IOException, DataException {
    if (file.equals("-") && trace.equals("-")) {
      throw Failure.usage("the program and the trace can't both be standard input");
    }
    // Only the reference interpreter can be looked into; its numbers are every engine's.
    ProgramFile.Ready ready =
        ProgramFile.ready(file, "interpreter", params, ofRun, console, strict());
    Reward reward = ready.reward();
    Trajectory trajectory = new Trajectory(reward, why);
    long left =
        new EpisodeChoice(trace, episode).read(reward.layout(), console.in(), trajectory::run);
    return Answer.of(ready.diagnostics())
        .with(
            json -> {
              json.writeStringField("engine", "interpreter");
              json.writeNumberField("other_episodes", left);
              json.writeStringField("program_sha256", reward.programHash());
              json.writeArrayFieldStart("steps");
              for (Trajectory.Step step : trajectory.steps()) {
                StepJson.write(json, step, why);
              }
              json.writeEndArray();
            })
        .withText(StepText.of(trajectory.steps(), why))
        .withClosing(
            left == 0
                ? ""
                : TextTable.count(left, "other episode")
                    + (left == 1 ? " was" : " were")
                    + " not run; choose with --episode");
  }
}
