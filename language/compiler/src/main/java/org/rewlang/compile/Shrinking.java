package org.rewlang.compile;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.model.Claim;
import org.rewlang.model.InputVar;

/**
 * Makes the episode that refutes a property shorter, and its numbers simpler, as far as a few tries
 * go.
 */
final class Shrinking {

  private static final int MOST_TRIES = 400;

  private final Bench bench;
  private final List<Claim> claims;
  private final List<InputVar> inputs;
  private int tries;

  Shrinking(Bench bench, List<Claim> claims, List<InputVar> inputs) {
    this.bench = bench;
    this.claims = claims;
    this.inputs = inputs;
  }

  /**
   * @param rows the inputs of each step; the last refutes a claim
   * @return as short or shorter; run last, so that the bench stands where it ends
   */
  List<double[]> shrink(List<double[]> rows) {
    List<double[]> best = rows;
    for (int first = rows.size() - 1; first > 0; first--) {
      List<double[]> later = rows.subList(first, rows.size());
      if (broken(later) >= 0) {
        best = later;
        break;
      }
    }
    for (int step = 0; step < best.size(); step++) {
      for (InputVar input : inputs) {
        best = simplify(best, step, input);
        if (step >= best.size()) {
          break;
        }
      }
    }
    List<double[]> small = best.subList(0, broken(best) + 1);
    broken(small);
    return small;
  }

  private List<double[]> simplify(List<double[]> rows, int step, InputVar input) {
    List<double[]> best = rows;
    int port = bench.port(input.name());
    if (port < 0) {
      return best;
    }
    int from = bench.layout().input(port);
    for (int i = from; i < from + input.type().size(); i++) {
      for (double simpler : simpler(input, best.get(step)[i])) {
        if (tries++ >= MOST_TRIES) {
          return best;
        }
        List<double[]> candidate = new ArrayList<>(best);
        candidate.set(step, best.get(step).clone());
        candidate.get(step)[i] = simpler;
        int broken = broken(candidate);
        if (broken >= 0) {
          best = candidate.subList(0, broken + 1);
          break;
        }
      }
      if (step >= best.size()) {
        return best;
      }
    }
    return best;
  }

  private static List<Double> simpler(InputVar input, double value) {
    List<Double> candidates = new ArrayList<>();
    if (!input.type().isNumber()) {
      return value == 0 ? List.of() : List.of(0.0);
    }
    double tenths = Math.rint(value * 10) / 10;
    for (double v : new double[] {0, 1, -1, Math.rint(value), tenths}) {
      if (v == value) {
        break;
      }
      if (input.range().contains(v)) {
        candidates.add(v);
      }
    }
    return candidates;
  }

  /** The first step after which a claim does not hold, or -1; a step that fails says nothing. */
  private int broken(List<double[]> rows) {
    bench.reset();
    for (int step = 0; step < rows.size(); step++) {
      System.arraycopy(rows.get(step), 0, bench.frame.inputs, 0, rows.get(step).length);
      boolean ran = bench.step() == null;
      if (ran && claims.stream().anyMatch(c -> bench.probes(c).getFirst()[0] != 1)) {
        return step;
      }
    }
    return -1;
  }
}
