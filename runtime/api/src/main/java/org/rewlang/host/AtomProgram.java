package org.rewlang.host;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.Compilation;
import org.rewlang.InputInfo;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardCompileException;
import org.rewlang.RewardEngine;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Label;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;

/**
 * Atoms of formulas as a program: a name is a signal of bools, a comparison is one of signals of
 * numbers. What they mean, and how far they are from changing, is said by the language alone.
 * Immutable.
 */
public final class AtomProgram {

  private static final Pattern SIGNAL =
      Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*(?!\\w|\\s*\\()");
  private static final Pattern COMPARES = Pattern.compile("[<>=]");

  private final List<String> atoms;
  private final Text text;
  private final InputLayout inputs;
  private final Stepper stepper;
  private final int firstAtom;

  /** Where the distance of each atom is; -1 of bools. */
  private final int[] distances;

  /**
   * Of the atoms of these texts.
   *
   * @throws RewardCompileException if one can't be evaluated
   */
  public AtomProgram(List<String> atoms) {
    this.atoms = List.copyOf(atoms);
    text = text(atoms);
    Reward reward = compile(text);
    inputs = InputLayout.of(reward.compiled().model());
    Evaluator evaluator = new Interpreter().prepare(reward.compiled().core());
    stepper = new Stepper(evaluator, inputs, reward.outputs());
    firstAtom = atoms.isEmpty() ? 0 : reward.outputs(Output.Role.SUCCESS).getFirst().offset();
    distances = new int[atoms.size()];
    for (int i = 0; i < distances.length; i++) {
      String name = "d" + i;
      distances[i] =
          reward.outputs().stream()
              .filter(o -> o.name().equals(name))
              .mapToInt(OutputInfo::offset)
              .findFirst()
              .orElse(-1);
    }
  }

  /** The signals, in the order in which a step gives them. */
  public InputLayout inputs() {
    return inputs;
  }

  /** A new trace. */
  public Trace trace() {
    return new Trace();
  }

  /** Reads a trace, one step after the other. */
  public final class Trace {
    private final Frame frame =
        stepper.evaluator().newFrame(stepper.evaluator().layout().defaultParams());

    private Trace() {}

    /**
     * Reads the step whose values begin at {@code from}.
     *
     * @throws RewardEvaluationException if an atom is undefined, or a value isn't allowed
     */
    public void step(double[] values, int from) {
      System.arraycopy(values, from, frame.inputs, 0, frame.inputs.length);
      stepper.step(frame);
    }

    /** Whether an atom holds in the step. */
    public boolean holds(int atom) {
      return frame.outputs[firstAtom + atom] != 0;
    }

    /** How far an atom is from changing, infinitely far if it compares nothing. */
    public double distance(int atom) {
      return distances[atom] >= 0
          ? frame.outputs[distances[atom]]
          : holds(atom) ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** What failed, in terms of atoms and signals. */
    public Diagnostic told(RewardEvaluationException failed, String place) {
      Diagnostic told = failed.diagnostics().getFirst();
      Label at = told.primary();
      if (at != null) {
        String atom = atoms.get(text.atomAt(at.location().span().start()));
        String message = place + ": `" + atom + "` is undefined";
        return Diagnostic.of(Code.FAILED_EVALUATION, message).build();
      }
      String message = told.message();
      for (InputInfo input : inputs.inputs()) {
        message = message.replace("`" + input.name() + "`", "`" + input.host() + "`");
      }
      return Diagnostic.of(told.code(), place + ": " + message).build();
    }
  }

  /**
   * A program whose outcomes are the atoms.
   *
   * @param starts of the lines of each atom
   */
  private record Text(String program, int[] starts) {

    int atomAt(int offset) {
      int found = Arrays.binarySearch(starts, offset);
      return found >= 0 ? found : -found - 2;
    }
  }

  private static Text text(List<String> atoms) {
    Map<String, String> signals = new LinkedHashMap<>();
    StringBuilder inputs = new StringBuilder("inputs {\n");
    StringBuilder outcomes = new StringBuilder();
    int[] starts = new int[atoms.size()];
    for (int i = 0; i < atoms.size(); i++) {
      starts[i] = outcomes.length();
      String atom = atoms.get(i);
      boolean compares = COMPARES.matcher(atom).find();
      Matcher named = SIGNAL.matcher(atom);
      String condition =
          compares
              ? named.replaceAll(c -> signal(c.group(), "real", signals, inputs))
              : signal(atom, "bool", signals, inputs);
      outcomes.append("success s").append(i).append(" when ").append(condition).append('\n');
      if (compares) {
        outcomes.append("metric d").append(i).append(" = ");
        outcomes.append("robustness(").append(condition).append(")\n");
      }
    }
    String before = (atoms.isEmpty() ? "" : inputs + "}\n") + "reward = 0\n";
    for (int i = 0; i < starts.length; i++) {
      starts[i] += before.length();
    }
    return new Text(before + outcomes, starts);
  }

  private static Reward compile(Text text) {
    Compilation compiled = RewardEngine.create("interpreter").check("<atoms>", text.program);
    for (Diagnostic d : compiled.diagnostics()) {
      if (d.isError()) {
        throw new RewardCompileException(
            List.of(
                Diagnostic.of(Code.BAD_FORMULA, "an atom can't be evaluated: " + d.message())
                    .hint("quote the name of a column that is no name: `\"door/open\"`")
                    .build()));
      }
    }
    return compiled.orThrow();
  }

  private static String signal(
      String name, String type, Map<String, String> signals, StringBuilder inputs) {
    if (name.equals("true") || name.equals("false")) {
      return name;
    }
    return signals.computeIfAbsent(
        type + " " + name,
        n -> {
          String input = "v" + signals.size();
          String host = name.replace("\\", "\\\\").replace("\"", "\\\"");
          inputs.append("  ").append(input).append(": ").append(type).append(" from \"");
          inputs.append(host).append("\"\n");
          return input;
        });
  }
}
