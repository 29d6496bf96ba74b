package org.rewlang.ltl;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.Compilation;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.RewardEvaluationException;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Run;
import org.rewlang.automata.Verdict;
import org.rewlang.core.Output;
import org.rewlang.data.DataException;
import org.rewlang.data.EpisodeChoice;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Stepper;
import org.rewlang.interpret.Interpreter;
import org.rewlang.report.DataPlace;

/**
 * Formulas on an episode of recorded data. Atoms are a program's conditions: a name is a column of
 * bools, a comparison is one of columns of numbers.
 */
public final class FormulaTrace {

  private static final Pattern COLUMN =
      Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)*(?!\\w|\\s*\\()");

  private final List<String> atoms;
  private final List<Monitor> monitors = new ArrayList<>();
  private final Stepper stepper;
  private final InputLayout inputs;
  private final Frame frame;
  private final int firstAtom;
  private boolean terminated;

  private FormulaTrace(List<FormulaFacts> formulas) throws DataException {
    Set<String> all = new LinkedHashSet<>();
    formulas.forEach(f -> all.addAll(f.atoms()));
    atoms = List.copyOf(all);
    for (FormulaFacts formula : formulas) {
      monitors.add(Monitor.of(formula, atoms));
    }
    Reward reward = compile(atoms);
    inputs = InputLayout.of(reward.compiled().model());
    Evaluator evaluator = new Interpreter().prepare(reward.compiled().core());
    stepper = new Stepper(evaluator, inputs, reward.outputs());
    frame = evaluator.newFrame(evaluator.layout().defaultParams());
    firstAtom = atoms.isEmpty() ? 0 : reward.outputs(Output.Role.SUCCESS).getFirst().offset();
  }

  /**
   * The formulas with what the episode says of them.
   *
   * @param trace a file or query, as for {@code rew score}
   * @param episode its name, or empty for the first
   */
  public static List<FormulaFacts> of(
      List<FormulaFacts> formulas, String trace, String episode, InputStream in)
      throws IOException, DataException {
    FormulaTrace run = new FormulaTrace(formulas);
    new EpisodeChoice(trace, episode).read(run.inputs, in, run::take);
    List<FormulaFacts> done = new ArrayList<>();
    for (int i = 0; i < formulas.size(); i++) {
      done.add(formulas.get(i).on(run.monitors.get(i).said(run.terminated)));
    }
    return done;
  }

  private void take(Segment segment) throws DataException {
    terminated = segment.ends() == Segment.Ending.TERMINATED;
    int width = frame.inputs.length;
    for (int r = 0; r < segment.rows(); r++) {
      System.arraycopy(segment.values(), r * width, frame.inputs, 0, width);
      try {
        stepper.step(frame);
      } catch (RewardEvaluationException e) {
        throw undefined(segment, segment.lines()[r], e);
      }
      for (Monitor monitor : monitors) {
        monitor.read(atom -> frame.outputs[firstAtom + atom] != 0);
      }
    }
  }

  private DataException undefined(Segment segment, long row, RewardEvaluationException e) {
    DataPlace place = new DataPlace(segment.source(), row, null);
    List<Integer> ports = stepper.undefined(frame);
    int first = ports.isEmpty() ? -1 : ports.getFirst() - 1;
    if (first < 0 || first >= atoms.size()) {
      return new DataException(e.diagnostics().getFirst(), place);
    }
    String where = "`" + segment.source() + "` " + segment.unit() + " " + row + ": ";
    return new DataException(
        Diagnostic.of(Code.FAILED_EVALUATION, where + "`" + atoms.get(first) + "` is undefined")
            .build(),
        place);
  }

  /** A program whose outcomes are the atoms. */
  private static Reward compile(List<String> atoms) throws DataException {
    Map<String, String> columns = new LinkedHashMap<>();
    StringBuilder inputs = new StringBuilder("inputs {\n");
    StringBuilder outcomes = new StringBuilder("reward = 0\n");
    for (int i = 0; i < atoms.size(); i++) {
      String atom = atoms.get(i);
      Matcher compared = Pattern.compile("[<>=]").matcher(atom);
      String condition =
          compared.find()
              ? COLUMN.matcher(atom).replaceAll(c -> column(c.group(), "real", columns, inputs))
              : column(atom, "bool", columns, inputs);
      outcomes.append("success s").append(i).append(" when ").append(condition).append('\n');
    }
    String program = (atoms.isEmpty() ? "" : inputs + "}\n") + outcomes;
    Compilation compiled = RewardEngine.create("interpreter").check("<atoms>", program);
    for (Diagnostic d : compiled.diagnostics()) {
      if (d.isError()) {
        throw new DataException(
            Diagnostic.of(Code.BAD_FORMULA, "an atom can't be evaluated: " + d.message())
                .hint("quote the name of a column that is no name: `\"door/open\"`")
                .build(),
            new DataPlace("<atoms>", 0, null));
      }
    }
    return compiled.orThrow();
  }

  private static String column(
      String name, String type, Map<String, String> columns, StringBuilder inputs) {
    if (name.equals("true") || name.equals("false")) {
      return name;
    }
    return columns.computeIfAbsent(
        type + " " + name,
        n -> {
          String input = "v" + columns.size();
          String host = name.replace("\\", "\\\\").replace("\"", "\\\"");
          inputs.append("  ").append(input).append(": ").append(type).append(" from \"");
          inputs.append(host).append("\"\n");
          return input;
        });
  }

  /** A formula that reads letters. */
  private static final class Monitor {
    private final int[] numbers;
    private final FormulaFacts.@Nullable Automaton automaton;
    private final @Nullable Run lazy;
    private final boolean infinite;
    private int state;
    private long steps;
    private @Nullable Long decidedAt;
    private @Nullable Verdict verdict;

    private Monitor(int[] numbers, FormulaFacts facts, @Nullable Run lazy) {
      this.numbers = numbers;
      this.automaton = facts.automaton();
      this.lazy = lazy;
      this.infinite = facts.infinite();
      this.state = automaton == null ? 0 : automaton.initial();
    }

    static Monitor of(FormulaFacts facts, List<String> atoms) {
      int[] numbers = facts.atoms().stream().mapToInt(atoms::indexOf).toArray();
      boolean needsRun =
          facts.automaton() == null
              && !facts.infinite()
              && !FormulaFacts.isCurrent(facts.formula());
      Run run = needsRun ? Run.of(facts.formula(), Limits.USUAL).orNull() : null;
      return new Monitor(numbers, facts, run);
    }

    void read(IntPredicate letter) {
      IntPredicate own = atom -> letter.test(numbers[atom]);
      if (automaton != null) {
        state = automaton.step().from(state, own);
        verdict = automaton.verdict().apply(state);
      } else {
        verdict = lazy == null ? null : lazy.read(own).orNull();
      }
      if (verdict != null && verdict.isFinal() && decidedAt == null) {
        decidedAt = steps;
      }
      steps++;
    }

    FormulaFacts.OnTrace said(boolean terminated) {
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
      Verdict closed = closes ? (truth ? Verdict.SATISFIED : Verdict.VIOLATED) : last;
      return new FormulaFacts.OnTrace(truth, closes ? Long.valueOf(steps - 1) : decidedAt, closed);
    }
  }
}
