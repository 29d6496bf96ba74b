package org.rewlang.ltl;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.RewardCompileException;
import org.rewlang.RewardEvaluationException;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaFacts;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Monitor;
import org.rewlang.automata.Run;
import org.rewlang.automata.Verdict;
import org.rewlang.data.DataException;
import org.rewlang.data.EpisodeChoice;
import org.rewlang.data.Segment;
import org.rewlang.host.AtomProgram;
import org.rewlang.report.DataPlace;
import org.rewlang.temporal.Algebra;
import org.rewlang.temporal.Network;
import org.rewlang.temporal.Offline;

/**
 * Formulas on an episode of recorded data, whose columns are the signals of an {@link AtomProgram}.
 */
public final class FormulaTrace {

  private final List<Reading> readings = new ArrayList<>();
  private final AtomProgram program;
  private final AtomProgram.Trace atoms;
  private boolean terminated;

  private FormulaTrace(List<FormulaAnswer> formulas, boolean robustness) throws DataException {
    Set<String> named = new LinkedHashSet<>();
    formulas.forEach(f -> named.addAll(f.atoms()));
    List<String> all = List.copyOf(named);
    try {
      program = new AtomProgram(all);
    } catch (RewardCompileException e) {
      throw new DataException(e.diagnostics().getFirst(), new DataPlace("<atoms>", 0, null));
    }
    atoms = program.trace();
    for (FormulaAnswer formula : formulas) {
      int[] numbers = formula.atoms().stream().mapToInt(all::indexOf).toArray();
      readings.add(
          new Reading(
              formula,
              numbers,
              Reader.of(formula.facts(), numbers),
              robustness ? new Distances(formula.facts().formula(), numbers) : null));
    }
  }

  /**
   * A formula that is read.
   *
   * @param numbers of its atoms among those of all formulas
   */
  private record Reading(
      FormulaAnswer answer, int[] numbers, Reader reader, @Nullable Distances distances) {}

  /**
   * The formulas with what the episode says of them.
   *
   * @param trace a file or query, as for {@code rew score}
   * @param episode its name, or empty for the first
   * @param robustness whether to say at each step how far each formula is from changing
   */
  public static List<FormulaAnswer> of(
      List<FormulaAnswer> formulas,
      String trace,
      String episode,
      boolean robustness,
      InputStream in)
      throws IOException, DataException {
    FormulaTrace run = new FormulaTrace(formulas, robustness);
    new EpisodeChoice(trace, episode).read(run.program.inputs(), in, run::take);
    List<FormulaAnswer> done = new ArrayList<>();
    for (Reading r : run.readings) {
      Distances distances = r.distances;
      done.add(
          r.answer.on(
              r.reader.said(run.terminated, distances == null ? null : distances.robustness())));
    }
    return done;
  }

  private void take(Segment segment) throws DataException {
    terminated = segment.ends() == Segment.Ending.TERMINATED;
    int width = program.inputs().size();
    for (int r = 0; r < segment.rows(); r++) {
      try {
        atoms.step(segment.values(), r * width);
      } catch (RewardEvaluationException e) {
        throw undefined(segment, segment.lines()[r], e);
      }
      for (Reading reading : readings) {
        reading.reader.read(atoms::holds);
        if (reading.distances != null) {
          reading.distances.read(atoms);
        }
      }
    }
  }

  private DataException undefined(Segment segment, long row, RewardEvaluationException e) {
    String where = "`" + segment.source() + "` " + segment.unit() + " " + row;
    return new DataException(atoms.told(e, where), new DataPlace(segment.source(), row, null));
  }

  /** How far the atoms of a formula are from changing, step by step. */
  private static final class Distances {
    private final Formula formula;
    private final int[] numbers;
    private double[][] all;
    private int length;

    Distances(Formula formula, int[] numbers) {
      this.formula = formula;
      this.numbers = numbers;
      all = new double[numbers.length][64];
    }

    void read(AtomProgram.Trace atoms) {
      for (int a = 0; a < numbers.length; a++) {
        if (length == all[a].length) {
          all[a] = Arrays.copyOf(all[a], 2 * length);
        }
        all[a][length] = atoms.distance(numbers[a]);
      }
      length++;
    }

    double[] robustness() {
      Network network = new Network(true);
      return Offline.robustness(network, network.add(formula), Algebra.EXACT, all, length);
    }
  }

  /** A formula that reads letters. */
  private static final class Reader {
    private final int[] numbers;
    private final @Nullable Monitor monitor;
    private final @Nullable Run lazy;
    private final boolean infinite;
    private int state;
    private long steps;
    private @Nullable Long decidedAt;
    private @Nullable Verdict verdict;

    private Reader(int[] numbers, FormulaFacts facts, @Nullable Run lazy) {
      this.numbers = numbers;
      this.monitor = facts.monitor().orNull();
      this.lazy = lazy;
      this.infinite = facts.infinite();
      this.state = monitor == null ? 0 : monitor.initial();
    }

    static Reader of(FormulaFacts facts, int[] numbers) {
      boolean needsRun =
          facts.monitor().orNull() == null && !facts.infinite() && !facts.formula().isCurrent();
      Run run = needsRun ? Run.of(facts.formula(), Limits.USUAL).orNull() : null;
      return new Reader(numbers, facts, run);
    }

    void read(IntPredicate letter) {
      IntPredicate own = atom -> letter.test(numbers[atom]);
      if (monitor != null) {
        state = monitor.next(state, own);
        verdict = monitor.verdict(state);
      } else {
        verdict = lazy == null ? null : lazy.read(own).orNull();
      }
      if (verdict != null && verdict.isFinal() && decidedAt == null) {
        decidedAt = steps;
      }
      steps++;
    }

    FormulaAnswer.OnTrace said(boolean terminated, double @Nullable [] robustness) {
      Verdict last = verdict == null ? Verdict.UNKNOWN : verdict;
      Boolean truth =
          switch (last) {
            case SATISFIED -> true;
            case VIOLATED -> false;
            case PRESUMABLY_SATISFIED -> true;
            case PRESUMABLY_VIOLATED -> false;
            case UNKNOWN -> null;
          };
      boolean closes = terminated && !infinite && truth != null && decidedAt == null;
      Verdict closed =
          closes ? (Boolean.TRUE.equals(truth) ? Verdict.SATISFIED : Verdict.VIOLATED) : last;
      return new FormulaAnswer.OnTrace(
          truth, closes ? Long.valueOf(steps - 1) : decidedAt, closed, robustness);
    }
  }
}
