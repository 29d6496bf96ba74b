package org.rewlang.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Output;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.SlotInfo;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.data.DataException;
import org.rewlang.data.Segment;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.host.FirstStep;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Stepper;
import org.rewlang.interpret.Interpreter;
import org.rewlang.interpret.Replay;
import org.rewlang.model.Definition;
import org.rewlang.report.DataPlace;
import org.rewlang.source.Location;

/** One episode run on the reference interpreter and looked into. */
public final class Trajectory {

  private static final int MOST_PARTS = 24;

  /** A value of a step. */
  public record Cell(Kind kind, boolean scalar, double[] values) {}

  /** A piece of the program's text and what it was worth. */
  public record Part(String text, Cell value, int line, int column) {}

  /**
   * A step done.
   *
   * @param row where it stands in the data
   * @param why for each component, what it was made of; empty unless asked for
   */
  public record Step(
      long step,
      long row,
      double total,
      Map<String, Cell> components,
      Map<String, Cell> outcomes,
      Map<String, Cell> events,
      Map<String, Cell> metrics,
      Map<String, Cell> state,
      Map<String, List<Part>> why) {}

  private final Reward reward;
  private final CoreProgram core;
  private final Stepper stepper;
  private final Layout layout;
  private final Frame frame;
  private final boolean explain;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, Stmt> definitions = new HashMap<>();

  public Trajectory(Reward reward, boolean explain) {
    this.reward = reward;
    this.explain = explain;
    this.core = reward.compiled().core();
    Evaluator evaluator = new Interpreter().prepare(core);
    this.layout = evaluator.layout();
    this.stepper =
        new Stepper(evaluator, InputLayout.of(reward.compiled().model().inputs()), reward.outputs());
    double[] params =
        reward.params().stream()
            .flatMap(p -> p.value().stream())
            .mapToDouble(Double::doubleValue)
            .toArray();
    this.frame = evaluator.newFrame(params);
    for (Stmt stmt : core.step().block().statements()) {
      stmt.results().forEach(id -> definitions.put(id, stmt));
    }
  }

  public List<Step> steps() {
    return Collections.unmodifiableList(steps);
  }

  /** Runs the rows of a segment; the first must start an episode. */
  public void run(Segment segment) throws DataException {
    if (segment.starts()) {
      begin(segment);
    }
    int width = segment.rows() == 0 ? 0 : frame.inputs.length;
    for (int r = 0; r < segment.rows(); r++) {
      System.arraycopy(segment.values(), r * width, frame.inputs, 0, width);
      double[] before = frame.state.clone();
      long row = segment.lines()[r];
      try {
        stepper.step(frame);
      } catch (RewardEvaluationException e) {
        throw failed(segment, row, e.diagnostics().getFirst());
      }
      steps.add(step(segment.firstStep() + r, row, before));
    }
  }

  private void begin(Segment segment) throws DataException {
    double[] observation = segment.observation();
    boolean[] present = segment.present();
    if (observation == null || present == null) {
      if (reward.facts().needsReset()) {
        long row = segment.rows() > 0 ? segment.lines()[0] : 0;
        throw failed(segment, row, FirstStep.needsReset(reward.compiled().model(), ""));
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
    Running.RowFailure failure =
        new Running.RowFailure(segment.source(), segment.unit(), row, why);
    return new DataException(failure.diagnostic(), new DataPlace(segment.source(), row, null));
  }

  private Step step(long number, long row, double[] before) {
    Replay replay = Replay.ofStep(layout, frame.inputs, frame.params, before);
    Map<String, List<Part>> why = new LinkedHashMap<>();
    if (explain) {
      for (OutputInfo component : reward.components()) {
        why.put(component.column(), parts(component, replay));
      }
    }
    return new Step(
        number,
        row,
        total(),
        results(Set.of(Output.Role.COMPONENT)),
        results(
            Set.of(
                Output.Role.SUCCESS,
                Output.Role.FAILURE,
                Output.Role.TERMINATE,
                Output.Role.TRUNCATE)),
        events(replay),
        results(Set.of(Output.Role.METRIC, Output.Role.COST, Output.Role.LOG)),
        state(),
        why);
  }

  private double total() {
    return reward.outputs(Output.Role.TOTAL).stream()
        .mapToDouble(o -> frame.outputs[o.offset()])
        .findFirst()
        .orElse(Double.NaN);
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

  private static Cell cell(Type type, double[] from, int at) {
    return new Cell(
        type.kind(), type.isScalar(), Arrays.copyOfRange(from, at, at + type.size()));
  }

  /** Events whose truth the core computes as such; one folded into another is not there to see. */
  private Map<String, Cell> events(Replay replay) {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Definition definition : reward.compiled().model().definitions()) {
      if (definition.kind() != Definition.Kind.EVENT || !definition.isDefined()) {
        continue;
      }
      Location at = definition.value().at();
      for (Stmt stmt : core.step().block().statements()) {
        if (stmt.results().size() == 1
            && core.type(stmt.result()).kind() == Kind.BOOL
            && stmt.origin().isKnown()
            && stmt.origin().in(core).equals(at)) {
          Type type = core.type(stmt.result());
          cells.put(
              definition.name(),
              new Cell(Kind.BOOL, type.isScalar(), replay.values(stmt.result())));
        }
      }
    }
    return cells;
  }

  private Map<String, Cell> state() {
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (int s = 0; s < core.slots().size(); s++) {
      SlotInfo slot = core.slots().get(s);
      cells.put(slot.name(), cell(slot.type(), frame.state, layout.slot(s)));
    }
    return cells;
  }

  /** What a component was computed from: each piece of text once, in the order of the text. */
  private List<Part> parts(OutputInfo component, Replay replay) {
    int root = sink(component);
    Set<Integer> reached = new HashSet<>();
    reach(root, reached);
    Map<Location, Part> parts = new LinkedHashMap<>();
    for (Stmt stmt : core.step().block().statements()) {
      if (stmt.results().size() == 1
          && reached.contains(stmt.result())
          && stmt.origin().isKnown()
          && stmt.origin().source() == 0
          && !isLiteral(stmt.op())) {
        Location at = stmt.origin().in(core);
        Type type = core.type(stmt.result());
        parts.put(
            at,
            new Part(
                at.text().strip().replaceAll("\\s+", " "),
                new Cell(type.kind(), type.isScalar(), replay.values(stmt.result())),
                at.start().line(),
                at.start().column()));
      }
    }
    return parts.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<Location, Part> e) -> e.getKey().span().start())
                .thenComparing(e -> -e.getKey().span().length()))
        .map(Map.Entry::getValue)
        .limit(MOST_PARTS)
        .toList();
  }

  private int sink(OutputInfo component) {
    for (Sink sink : core.step().sinks()) {
      if (sink instanceof Sink.Out out
          && core.outputs().get(out.port()).role() == component.role()
          && core.outputs().get(out.port()).name().equals(component.name())) {
        return out.value();
      }
    }
    throw new IllegalStateException("no sink for " + component.column());
  }

  private void reach(int id, Set<Integer> reached) {
    List<Integer> waiting = new ArrayList<>(List.of(id));
    while (!waiting.isEmpty()) {
      int next = waiting.removeLast();
      Stmt stmt = definitions.get(next);
      if (stmt != null && reached.add(next)) {
        waiting.addAll(Regions.operands(stmt.op()));
        waiting.addAll(inside(stmt.op()));
      }
    }
  }

  /** What a region's body reads from outside it. */
  private static List<Integer> inside(Op op) {
    List<Integer> ids = new ArrayList<>();
    Op.Region region = Regions.of(op);
    if (region != null) {
      for (Stmt stmt : region.body().statements()) {
        ids.addAll(Regions.operands(stmt.op()));
        ids.addAll(inside(stmt.op()));
      }
      ids.addAll(region.yields());
    }
    return ids;
  }

  private static boolean isLiteral(Op op) {
    return op instanceof Op.Const || op instanceof Op.Flag || op instanceof Op.Int;
  }
}
