package org.rewlang.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Output;
import org.rewlang.core.SlotInfo;
import org.rewlang.data.DataException;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.host.Compiled;
import org.rewlang.host.FirstStep;
import org.rewlang.host.Stepper;
import org.rewlang.interpret.Interpreter;
import org.rewlang.lower.Lowering;
import org.rewlang.model.Definition;
import org.rewlang.model.Model;
import org.rewlang.model.Result;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.report.DataPlace;
import org.rewlang.source.Location;

/**
 * One episode run on the reference interpreter and looked into: the program is compiled once more,
 * with the events and the parts of its components as results of their own.
 */
public final class Trajectory {

  /** A value of a step; NaN (or the index -1) where undefined. */
  public record Cell(Type type, double[] values) {}

  /** A piece of the program's text and what it was worth. */
  public record Part(String text, Cell value, int line, int column) {}

  /**
   * A step done.
   *
   * @param row where it stands in the data
   * @param total null where there is none
   * @param why for each component, what it was made of; for each machine, the edges taken; for each
   *     formula, the atoms that decided; empty unless asked for
   */
  public record Step(
      long step,
      long row,
      @Nullable Cell total,
      Map<String, Cell> rewards,
      Map<String, Cell> components,
      Map<String, Cell> outcomes,
      Map<String, Cell> events,
      Map<String, Cell> metrics,
      Map<String, Cell> verdicts,
      Map<String, Cell> state,
      Map<String, List<Part>> why) {}

  /** Terms that are results here, by what they are shown under. */
  private record Probes(
      List<Term> terms,
      Map<String, Integer> events,
      Map<String, List<Integer>> parts,
      @Nullable Moves moves,
      int firstMove) {

    static Probes of(Compiled program, List<OutputInfo> components, boolean explain) {
      Model model = program.model();
      List<Term> terms = new ArrayList<>();
      Map<String, Integer> events = new LinkedHashMap<>();
      for (Definition definition : model.definitions()) {
        if (definition.kind() == Definition.Kind.EVENT && definition.isDefined()) {
          events.put(definition.name(), terms.size());
          terms.add(definition.value());
        }
      }
      Map<String, List<Integer>> parts = new LinkedHashMap<>();
      for (OutputInfo component : explain ? components : List.<OutputInfo>of()) {
        List<Integer> indices = new ArrayList<>();
        for (Term term : reasons(program, component)) {
          indices.add(terms.size());
          terms.add(term);
        }
        parts.put(component.column(), indices);
      }
      int firstMove = terms.size();
      Moves moves = explain ? new Moves(model) : null;
      terms.addAll(moves == null ? List.of() : moves.terms());
      return new Probes(terms, events, parts, moves, firstMove);
    }

    private static List<Term> reasons(Compiled program, OutputInfo component) {
      return Reasons.of(
          value(program.model(), component),
          program.model().sources().getFirst(),
          program.ranges().graph());
    }

    private static Term value(Model model, OutputInfo component) {
      for (Result result : model.results()) {
        if (result.role() == component.role() && result.name().equals(component.name())) {
          return result.definition().value();
        }
      }
      throw new IllegalStateException("no result for " + component.column());
    }
  }

  private final Reward reward;
  private final CoreProgram core;
  private final Probes probes;
  private final int firstProbe;
  private final Stepper stepper;
  private final Layout layout;
  private final Frame frame;
  private final List<Step> steps = new ArrayList<>();

  public Trajectory(Reward reward, boolean explain) {
    this.reward = reward;
    Model model = reward.compiled().model();
    this.probes = Probes.of(reward.compiled(), reward.components(), explain);
    this.core = Lowering.lower(model, reward.compiled().ranges(), probes.terms);
    this.firstProbe = core.outputs().size() - probes.terms.size();
    Evaluator evaluator = new Interpreter().prepare(core);
    this.layout = evaluator.layout();
    this.stepper = new Stepper(evaluator, reward.layout(), reward.outputs());
    double[] params =
        reward.params().stream()
            .flatMap(p -> p.value().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    this.frame = evaluator.newFrame(params);
  }

  public List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** Runs the rows of a segment; the first must start an episode. */
  public void run(Segment segment) throws DataException {
    if (segment.starts()) {
      begin(segment);
    }
    int width = frame.inputs.length;
    for (int r = 0; r < segment.rows(); r++) {
      System.arraycopy(segment.values(), r * width, frame.inputs, 0, width);
      long row = segment.lines()[r];
      try {
        stepper.step(frame);
      } catch (RewardEvaluationException e) {
        throw failed(segment, row, e.diagnostics().getFirst());
      }
      boolean closes = r == segment.rows() - 1 && segment.ends() == Segment.Ending.TERMINATED;
      steps.add(step(segment.firstStep() + r, row, closes));
    }
  }

  private void begin(Segment segment) throws DataException {
    if (probes.moves != null) {
      probes.moves.begin();
    }
    double[] observation = segment.observation();
    boolean[] present = segment.present();
    if (observation == null || present == null) {
      if (reward.facts().needsReset()) {
        long row = segment.rows() > 0 ? segment.lines()[0] : 0;
        throw failed(segment, row, FirstStep.needsReset(reward.compiled().model()));
      }
      layout.reset(frame.state);
      return;
    }
    System.arraycopy(observation, 0, frame.inputs, 0, observation.length);
    System.arraycopy(present, 0, frame.present, 0, present.length);
    try {
      stepper.observe(frame);
    } catch (RewardEvaluationException e) {
      throw failed(segment, segment.observationLine(), e.diagnostics().getFirst());
    }
  }

  private static DataException failed(Segment segment, long row, Diagnostic why) {
    RowFailure failure = new RowFailure(segment.source(), segment.unit(), row, why);
    return new DataException(failure.diagnostic(), new DataPlace(segment.source(), row, null));
  }

  private Step step(long number, long row, boolean closes) {
    Map<String, Cell> events = new LinkedHashMap<>();
    probes.events.forEach((name, index) -> events.put(name, probe(index)));
    Map<String, List<Part>> why = new LinkedHashMap<>();
    probes.parts.forEach(
        (name, indices) -> why.put(name, indices.stream().map(this::part).toList()));
    if (probes.moves != null) {
      why.putAll(probes.moves.of(i -> probe(probes.firstMove + i), closes));
    }
    return new Step(
        number,
        row,
        total(),
        results(Set.of(Output.Role.REWARD)),
        results(Set.of(Output.Role.COMPONENT)),
        results(
            Set.of(
                Output.Role.SUCCESS,
                Output.Role.FAILURE,
                Output.Role.TERMINATE,
                Output.Role.TRUNCATE)),
        events,
        results(Set.of(Output.Role.METRIC, Output.Role.COST, Output.Role.LOG)),
        verdicts(closes),
        state(),
        why);
  }

  private @Nullable Cell total() {
    return reward.outputs(Output.Role.TOTAL).stream()
        .map(o -> cell(o.type(), frame.outputs, o.offset()))
        .findFirst()
        .orElse(null);
  }

  private Map<String, Cell> results(Set<Output.Role> roles) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (OutputInfo output : reward.outputs()) {
      if (roles.contains(output.role())) {
        cells.put(output.column(), cell(output.type(), frame.outputs, output.offset()));
      }
    }
    return cells;
  }

  private Map<String, Cell> verdicts(boolean closes) {
    Map<String, Cell> verdicts = results(Set.of(Output.Role.VERDICT));
    if (closes) {
      verdicts.replaceAll(
          (_, cell) ->
              new Cell(cell.type, Arrays.stream(cell.values).map(Verdicts::closed).toArray()));
    }
    return verdicts;
  }

  private Cell probe(int index) {
    return cell(probes.terms.get(index).type(), frame.outputs, layout.output(firstProbe + index));
  }

  private Part part(int index) {
    Location at = probes.terms.get(index).at();
    return new Part(Moves.text(at), probe(index), at.start().line(), at.start().column());
  }

  private static Cell cell(Type type, double[] from, int at) {
    return new Cell(type, Arrays.copyOfRange(from, at, at + type.size()));
  }

  private Map<String, Cell> state() {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (int s = 0; s < core.slots().size(); s++) {
      SlotInfo slot = core.slots().get(s);
      Type scalar =
          switch (slot.type().kind()) {
            case F64 -> Type.REAL;
            case BOOL -> Type.BOOL;
            case I32 -> Type.INT;
          };
      cells.put(
          slot.name(), cell(scalar.withShape(slot.type().shape()), frame.state, layout.slot(s)));
    }
    return cells;
  }
}
