package org.rewlang;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.AtomProgram;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.temporal.Algebra;
import org.rewlang.temporal.Network;
import org.rewlang.temporal.Offline;

/**
 * A temporal formula over signals, for traces that are there as a whole. Immutable and thread-safe.
 *
 * <pre>{@code
 * Specification keeps = Specification.of("always(gap < 3 -> eventually[0, 5](gap > 4))");
 * double[] robustness = keeps.robustness(Map.of("gap", gap));
 * }</pre>
 */
public final class Specification {

  private final Formula formula;
  private final int atoms;
  private final AtomProgram program;

  private Specification(Formula formula, List<String> atoms) {
    this.formula = formula;
    this.atoms = atoms.size();
    this.program = new AtomProgram(atoms);
  }

  /**
   * A formula as {@code rew ltl} reads it. A comparison is one of signals of numbers, a name a
   * signal of bools.
   *
   * @throws RewardCompileException if it can't be read
   */
  public static Specification of(String formula) {
    return of(formula, "rew");
  }

  /**
   * A formula in a dialect: {@code rew}, {@code spot}, {@code ltlf2dfa} or {@code rtamt}.
   *
   * @throws RewardCompileException if it can't be read
   */
  public static Specification of(String formula, String dialect) {
    Dialect as =
        Dialect.named(dialect)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no dialect `" + dialect + "`: " + Arrays.toString(Dialect.values())));
    AtomNames atoms = new AtomNames();
    return switch (as.read(formula, atoms)) {
      case FormulaReader.Read(Formula read) -> new Specification(read, atoms.all());
      case FormulaReader.Unreadable no ->
          throw new RewardCompileException(
              List.of(
                  Diagnostic.of(
                          Code.BAD_FORMULA,
                          no.message(),
                          Source.of("<formula>", formula),
                          new Span(no.offset(), no.offset() + no.length()))
                      .build()));
    };
  }

  /** The signals that it reads. */
  public Set<String> signals() {
    Map<String, InputInfo> all = new LinkedHashMap<>();
    program.inputs().inputs().forEach(i -> all.put(i.host(), i));
    return Set.copyOf(all.keySet());
  }

  /**
   * The robustness at each position of a trace, read as a whole word: positive where the formula
   * holds there, negative where it doesn't; infinite where no comparison says how far. Windows are
   * clipped to the trace. Takes time in proportion to the trace, whatever the windows.
   *
   * @param trace the values of each signal, all of one length; bools are 0 and 1
   * @throws RewardEvaluationException if a comparison is undefined, or a value isn't allowed
   */
  public double[] robustness(Map<String, double[]> trace) {
    return robustness(trace, Algebra.EXACT);
  }

  /**
   * The same with softmin and softmax, {@code -1/beta log(sum exp(-beta x))} and {@code 1/beta
   * log(sum exp(beta x))}. An {@code until} then takes time in proportion to its window too.
   */
  public double[] smoothRobustness(Map<String, double[]> trace, double beta) {
    if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("beta is greater than 0 and finite, not " + beta);
    }
    return robustness(trace, new Algebra.Soft(beta));
  }

  private double[] robustness(Map<String, double[]> trace, Algebra algebra) {
    int length = trace.values().stream().mapToInt(v -> v.length).findFirst().orElse(0);
    List<InputInfo> inputs = program.inputs().inputs();
    double[][] signals = new double[inputs.size()][];
    for (int i = 0; i < signals.length; i++) {
      String name = inputs.get(i).host();
      signals[i] =
          Objects.requireNonNull(trace.get(name), () -> "the trace has no signal `" + name + "`");
      if (signals[i].length != length) {
        throw new IllegalArgumentException(
            "signal `" + name + "` has " + signals[i].length + " values, another has " + length);
      }
    }
    AtomProgram.Trace run = program.trace();
    double[][] distances = new double[atoms][length];
    double[] step = new double[program.inputs().size()];
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < signals.length; i++) {
        step[inputs.get(i).offset()] = signals[i][t];
      }
      try {
        run.step(step, 0);
      } catch (RewardEvaluationException e) {
        throw new RewardEvaluationException(List.of(run.told(e, "position " + t)));
      }
      for (int a = 0; a < atoms; a++) {
        distances[a][t] = run.distance(a);
      }
    }
    Network network = new Network(algebra instanceof Algebra.Exact);
    return Offline.robustness(network, network.add(formula), algebra, distances, length);
  }
}
