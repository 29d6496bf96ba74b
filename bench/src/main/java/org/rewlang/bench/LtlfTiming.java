package org.rewlang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.FormulaReader;
import org.rewlang.automata.Limits;

/**
 * Times formulas to minimal automata, from text: one formula a line, as LTLf2DFA writes them.
 * {@code src/main/python/ltlf.py} runs it beside LTLf2DFA.
 */
public final class LtlfTiming {

  private static final Limits LIMITS = new Limits(100_000, 50_000_000, Duration.ofMinutes(1));

  private LtlfTiming() {}

  public static void main(String[] args) throws IOException {
    List<String> formulas = Files.readAllLines(Path.of(args[0]));
    int rounds = Integer.parseInt(args[1]);
    double[] best = new double[formulas.size()];
    int[] states = new int[formulas.size()];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < best.length; i++) {
        long start = System.nanoTime();
        states[i] = states(formulas.get(i));
        double ms = (System.nanoTime() - start) / 1e6;
        best[i] = round == 0 ? ms : Math.min(best[i], ms);
      }
    }
    for (int i = 0; i < best.length; i++) {
      System.out.printf("%d %.3f%n", states[i], best[i]);
    }
  }

  /** How many the minimal automaton has; -1 if it wasn't made. */
  private static int states(String text) {
    return Dialect.LTLF2DFA.read(text, new AtomNames()) instanceof FormulaReader.Read(var formula)
            && Dfa.of(formula, LIMITS) instanceof Limits.Made<Dfa>(Dfa dfa)
        ? dfa.size()
        : -1;
  }
}
