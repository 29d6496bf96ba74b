package org.rewlang.score;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
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

    private int segment;
    private int row = -1;

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

    /** The chain's next row alone. */
    Span next(int lane) {
      row++;
      while (row == segments.get(segment).rows()) {
        segment++;
        row = 0;
      }
      return new Span(this, segment, row, lane, 1);
    }

    private void leave(int segment, int row, int lane, Diagnostic why) {
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

  /** Rows that stand one after the other in a segment of a chain, and in lanes. */
  private record Span(Chain chain, int segment, int row, int lane, int rows) {}

  /** Lets the lanes have the inputs. */
  private void give(Span span) {
    double[] values = span.chain.segments.get(span.segment).values();
    lanes.inputs(span.lane, values, span.row * inputSize, span.rows);
  }

  /**
   * Takes what the lanes made of the rows.
   *
   * @param good whether the step was done in all lanes
   */
  private void take(Span span, boolean good, List<Tally> tallies) {
    Chain chain = span.chain;
    double[] to = chain.outputs.get(span.segment);
    if (good && chain.failure == null) {
      lanes.outputs(span.lane, to, span.row * outputSize, span.rows);
    }
    for (int k = 0; k < span.rows && chain.failure == null; k++) {
      int row = span.row + k;
      int lane = span.lane + k;
      RewardEvaluationException why = good ? null : lanes.failure(lane);
      if (why != null) {
        chain.leave(span.segment, row, lane, why.diagnostics().getFirst());
        continue;
      }
      if (!good) {
        lanes.outputs(lane, to, row * outputSize, 1);
      }
      chain.running.add(to, row * outputSize, tallies);
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
    List<Span> spans = new ArrayList<>();
    int going = byLength.size();
    for (int step = 0; ; step++) {
      while (going > 0 && byLength.get(going - 1).rows == step) {
        going--;
      }
      if (going == 0) {
        break;
      }
      spans.clear();
      for (int lane = 0; lane < going; lane++) {
        spans.add(byLength.get(lane).next(lane));
      }
      step(spans, tallies);
    }
    Chain open = chains.getLast();
    if (open.segments.getLast().ends() == null) {
      double[] state = new double[stateSize];
      lanes.getState(byLength.indexOf(open), state);
      open.running.keep(state);
    }
  }

  private void rowByRow(List<Chain> chains, List<Tally> tallies) {
    List<Span> spans = new ArrayList<>();
    int filled = 0;
    for (Chain chain : chains) {
      for (int segment = 0; segment < chain.segments.size(); segment++) {
        int rows = chain.segments.get(segment).rows();
        int row = 0;
        while (row < rows) {
          int n = Math.min(rows - row, lanes.count() - filled);
          spans.add(new Span(chain, segment, row, filled, n));
          row += n;
          filled += n;
          if (filled == lanes.count()) {
            step(spans, tallies);
            spans.clear();
            filled = 0;
          }
        }
      }
    }
    if (filled > 0) {
      step(spans, tallies);
    }
  }

  /** One step of the first lanes, all of which have rows. */
  private void step(List<Span> spans, List<Tally> tallies) {
    spans.forEach(this::give);
    Span last = spans.getLast();
    boolean good = lanes.step(last.lane + last.rows, false);
    spans.forEach(span -> take(span, good, tallies));
  }
}
