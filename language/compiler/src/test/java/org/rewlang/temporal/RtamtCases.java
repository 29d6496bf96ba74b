package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Code;
import org.rewlang.engine.Engine;
import org.rewlang.source.Source;

/** What RTAMT said of formulas on traces ({@code rtamt_cases.py}), for any engine. */
public final class RtamtCases {

  /**
   * How much was compared.
   *
   * @param offline values, one for each position
   * @param online values of programs
   * @param refused formulas that can't be kept online
   */
  public record Compared(int formulas, int offline, int online, int refused) {}

  /**
   * A case.
   *
   * @param signals by position
   * @param expected robustness at each position
   */
  public record Case(String formula, double[][] signals, double[] expected) {

    static Case of(String line) {
      String[] row = line.split(" ; ");
      double[][] columns =
          Arrays.stream(row).skip(1).map(RtamtCases::numbers).toArray(double[][]::new);
      double[][] signals = new double[columns[0].length][SIGNALS];
      for (int i = 0; i < signals.length; i++) {
        for (int s = 0; s < SIGNALS; s++) {
          signals[i][s] = columns[s][i];
        }
      }
      return new Case(row[0], signals, columns[SIGNALS]);
    }
  }

  private static final int SIGNALS = 3;

  private RtamtCases() {}

  private static double[] numbers(String values) {
    return Arrays.stream(values.split(" "))
        .mapToDouble(v -> Double.parseDouble(v.replace("inf", "Infinity")))
        .toArray();
  }

  /** Those that are kept beside this class. */
  public static List<Case> recorded() throws IOException {
    try (var in = RtamtCases.class.getResourceAsStream("rtamt.txt")) {
      assertNotNull(in);
      return cases(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  static List<Case> cases(List<String> lines) {
    return lines.stream().filter(l -> !l.startsWith("#")).map(Case::of).toList();
  }

  /**
   * Every position of every case offline; online what the last step says of the word, or each step
   * where a formula looks back only.
   */
  public static Compared compare(Engine engine, List<Case> cases) {
    int offline = 0;
    int online = 0;
    int refused = 0;
    for (Case one : cases) {
      AtomNames atoms = new AtomNames();
      FormulaReader.Result read = Dialect.RTAMT.read(one.formula, atoms);
      assertTrue(read instanceof FormulaReader.Read, one + ": " + read);
      Formula formula = read.orNull();
      String program = program(formula, atoms);
      boolean kept = isKept(program, one);
      TemporalCases.Running running =
          new TemporalCases.Running(
              engine, kept ? program : program.substring(0, program.indexOf("metric whole")));
      int length = one.expected.length;
      double[][] distances = new double[atoms.all().size()][length];
      for (int i = 0; i < length; i++) {
        running.step(one.signals[i]);
        for (int a = 0; a < atoms.all().size(); a++) {
          distances[a][i] = running.output("d" + a);
        }
        boolean back = formula.looksBackOnly();
        if (kept && (back || i == length - 1)) {
          same(one.expected[back ? i : 0], running.output("whole"), one.formula + ", online");
          online++;
        }
      }
      Network network = new Network(true);
      double[] values =
          Offline.robustness(network, network.add(formula), Algebra.EXACT, distances, length);
      for (int i = 0; i < length; i++) {
        same(one.expected[i], values[i], one.formula + " at " + i);
        offline++;
      }
      refused += kept ? 0 : 1;
    }
    return new Compared(cases.size(), offline, online, refused);
  }

  /** Equal bit by bit, but that 0 and -0 are one. */
  private static void same(double expected, double value, String what) {
    assertEquals(expected + 0.0, value + 0.0, what);
  }

  private static String program(Formula formula, AtomNames atoms) {
    StringBuilder text = new StringBuilder("inputs { a: real, b: real, c: real }\nreward = 0\n");
    for (int i = 0; i < atoms.all().size(); i++) {
      text.append("let p" + i + " = " + atoms.name(i) + "\n");
      text.append("metric d" + i + " = robustness(p" + i + ")\n");
    }
    return text + "metric whole = robustness(" + inWords(formula) + ")\n";
  }

  private static String inWords(Formula formula) {
    return switch (formula) {
      case Formula.Constant c -> String.valueOf(c.value());
      case Formula.Atom a -> "p" + a.number();
      case Formula.Unary u -> {
        String word =
            switch (u.operator()) {
              case YESTERDAY -> "previous";
              case WEAK_YESTERDAY -> "weak_previous";
              case ONCE -> "ever";
              default -> u.operator().name().toLowerCase(Locale.ROOT);
            };
        yield word + window(u.window()) + "(" + inWords(u.operand()) + ")";
      }
      case Formula.Binary b -> {
        String word = b.connective().name().toLowerCase(Locale.ROOT) + window(b.window());
        yield "((" + inWords(b.left()) + ") " + word + " (" + inWords(b.right()) + "))";
      }
    };
  }

  private static String window(Formula.Window w) {
    return w.isAll() ? "" : "[" + w.from() + ", " + w.to() + "]";
  }

  private static boolean isKept(String program, Case one) {
    var compiled = Compiler.compile(Source.of("test.rew", program), Loader.NONE);
    var errors = compiled.diagnostics().stream().filter(d -> d.isError()).toList();
    assertTrue(
        errors.stream().allMatch(d -> d.code() == Code.ROBUSTNESS),
        () -> one.formula + "\n" + program + errors);
    return errors.isEmpty();
  }
}
