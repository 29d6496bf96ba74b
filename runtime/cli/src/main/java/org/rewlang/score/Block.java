package org.rewlang.score;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.CoreProgram;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.FirstStep;
import org.rewlang.host.Lockstep;
import org.rewlang.score.Scorer.Scored;

/**
 * Episodes scored together, a lane each; of a program that keeps no state, a row in each lane. What
 * comes of it does not depend on how many there are.
 */
final class Block {

  private final Reward reward;
  private final boolean skip;
  private final Lockstep lanes;
  private final boolean keepsState;
  private final int inputSize;
  private final int outputSize;
  private final int stateSize;
  private final Deque<Running> idle = new ArrayDeque<>();
  private @Nullable Running last;

  Block(Reward reward, boolean skip) {
    this.reward = reward;
    this.skip = skip;
    lanes = reward.newLockstep(reward.lanesAtOnce());
    CoreProgram core = reward.compiled().core();
    keepsState = !core.slots().isEmpty() || !core.histories().isEmpty();
    inputSize = reward.inputSize();
    outputSize = reward.outputSize();
    stateSize = reward.stateSize();
  }

  /** The rows of one episode that there are in this block. */
  private final class Chain {
    final List<Segment> segments;
    final Running running;
    final List<double[]> outputs = new ArrayList<>();
    final List<boolean[]> left = new ArrayList<>();
    final Running.@Nullable Skipped[] skipped;
    final int rows;

    /** Why all ends here. */
    @Nullable RowFailure failure;

    private final Cursor read = new Cursor();
    private final Cursor taken = new Cursor();

    /** A row of the chain. */
    private final class Cursor {
      int segment;
      int row = -1;

      void next() {
        row++;
        while (row == segments.get(segment).rows()) {
          segment++;
          row = 0;
        }
      }
    }

    Chain(List<Segment> segments, Running running) {
      this.segments = segments;
      this.running = running;
      skipped = new Running.Skipped[segments.size()];
      int sum = 0;
      for (Segment s : segments) {
        outputs.add(new double[s.rows() * outputSize]);
        left.add(new boolean[s.rows()]);
        sum += s.rows();
      }
      rows = sum;
    }

    /** Lets a lane have the next row's inputs. */
    void next(int lane) {
      read.next();
      lanes.inputs(lane, segments.get(read.segment).values(), read.row * inputSize);
    }

    /** Takes what a lane made of the row. */
    void take(int lane, boolean good, List<Tally> tallies) {
      taken.next();
      RewardEvaluationException why = good ? null : lanes.failure(lane);
      if (failure == null && why != null) {
        leave(lane, why.diagnostics().getFirst());
      } else if (failure == null) {
        double[] to = outputs.get(taken.segment);
        lanes.outputs(lane, to, taken.row * outputSize);
        running.add(to, taken.row * outputSize, tallies);
      }
    }

    private void leave(int lane, Diagnostic why) {
      int segment = taken.segment;
      int row = taken.row;
      Segment of = segments.get(segment);
      if (!skip || why.code() == Code.REQUIREMENT_FAILED) {
        failure = new RowFailure(of.source(), of.unit(), of.lines()[row], why);
        return;
      }
      Arrays.fill(outputs.get(segment), row * outputSize, (row + 1) * outputSize, Double.NaN);
      left.get(segment)[row] = true;
      Place place = Place.of(of, row);
      Running.Skipped rest = skipped[segment];
      if (rest == null) {
        rest = new Running.Skipped(place, why.message());
        skipped[segment] = rest;
      }
      List<OutputInfo> undefined = reward.outputsAt(lanes.undefined(lane));
      rest.add(place, running.columns(undefined));
      running.skip();
    }

    void end(List<Scored> scored) {
      for (int s = 0; s < segments.size(); s++) {
        Segment of = segments.get(s);
        Segment.Ending ends = of.ends();
        Whole whole = ends == null ? null : running.end(of, ends);
        scored.add(new Scored(of, outputs.get(s), left.get(s), skipped[s], whole));
      }
    }
  }

  /** The episode that the last chain leaves open, with its state; null if it is over. */
  @Nullable Running last() {
    return last;
  }

  /**
   * Scores episodes, in the order of the data.
   *
   * @param open the episode that the first goes on with, or null
   * @throws RowFailure of the first row that ends all
   */
  List<Scored> score(List<List<Segment>> segments, @Nullable Running open, List<Tally> tallies) {
    List<Chain> chains = new ArrayList<>();
    for (List<Segment> chain : segments) {
      Running running = open != null && chains.isEmpty() ? open : idle.poll();
      chains.add(new Chain(chain, running == null ? new Running(reward) : running));
    }
    if (keepsState) {
      together(chains, tallies);
    } else {
      chains.forEach(chain -> begin(chain, 0));
      rowByRow(chains, tallies);
    }
    List<Scored> scored = new ArrayList<>();
    for (Chain chain : chains) {
      if (chain.failure != null) {
        throw chain.failure;
      }
      chain.end(scored);
    }
    boolean over = chains.getLast().segments.getLast().ends() != null;
    last = over ? null : chains.getLast().running;
    chains.subList(0, chains.size() - (over ? 0 : 1)).forEach(chain -> idle.add(chain.running));
    return scored;
  }

  private void begin(Chain chain, int lane) {
    Segment first = chain.segments.getFirst();
    if (!first.starts()) {
      lanes.setState(lane, chain.running.state());
      return;
    }
    chain.running.begin();
    lanes.reset(lane);
    double[] observation = first.observation();
    boolean[] present = first.present();
    if (observation == null || present == null) {
      if (reward.facts().needsReset()) {
        long line = first.rows() > 0 ? first.lines()[0] : 0;
        chain.failure =
            new RowFailure(
                first.source(),
                first.unit(),
                line,
                FirstStep.needsReset(reward.compiled().model()));
      }
      return;
    }
    try {
      lanes.observe(lane, observation, present);
    } catch (RewardEvaluationException e) {
      chain.failure =
          new RowFailure(
              first.source(), first.unit(), first.observationLine(), e.diagnostics().getFirst());
    }
  }

  /** Episode by lane, the longest first: those that go on are always the first lanes. */
  private void together(List<Chain> chains, List<Tally> tallies) {
    List<Chain> byLength =
        chains.stream().sorted(Comparator.comparingInt((Chain c) -> -c.rows)).toList();
    for (int lane = 0; lane < byLength.size(); lane++) {
      begin(byLength.get(lane), lane);
    }
    int going = byLength.size();
    for (int step = 0; ; step++) {
      while (going > 0 && byLength.get(going - 1).rows == step) {
        going--;
      }
      if (going == 0) {
        break;
      }
      for (int lane = 0; lane < going; lane++) {
        byLength.get(lane).next(lane);
      }
      boolean good = lanes.step(going, false);
      for (int lane = 0; lane < going; lane++) {
        byLength.get(lane).take(lane, good, tallies);
      }
    }
    Chain open = chains.getLast();
    if (open.segments.getLast().ends() == null) {
      double[] state = new double[stateSize];
      lanes.getState(byLength.indexOf(open), state);
      open.running.keep(state);
    }
  }

  private void rowByRow(List<Chain> chains, List<Tally> tallies) {
    Chain[] rows =
        chains.stream()
            .flatMap(chain -> IntStream.range(0, chain.rows).mapToObj(_ -> chain))
            .toArray(Chain[]::new);
    for (int from = 0; from < rows.length; from += lanes.count()) {
      int n = Math.min(lanes.count(), rows.length - from);
      for (int lane = 0; lane < n; lane++) {
        rows[from + lane].next(lane);
      }
      boolean good = lanes.step(n, false);
      for (int lane = 0; lane < n; lane++) {
        rows[from + lane].take(lane, good, tallies);
      }
    }
  }
}
