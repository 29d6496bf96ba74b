package org.rewlang.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Whether a program keeps the rules that every engine relies on. Run after every pass in tests, and
 * once on each program before it is given to an engine.
 */
public final class CoreValidator {

  /** What can be broken. */
  public enum Rule {
    /** Names are unique among ports, slots, histories, tables and outputs of one kind. */
    NAMES,
    /** Initial values and tables have as many numbers as their type, and of its kind. */
    VALUES,
    /** Each id is defined once and has a type. */
    DEFINED_ONCE,
    /** A value is used only after its definition, in its block or one inside. */
    DOMINANCE,
    /** Kinds and shapes are exact. */
    TYPES,
    /** A region's count is at least 1. */
    COUNTS,
    /** Constant and region indices lie inside. */
    INDICES,
    /** An array is put into once, where it was made, and not used after. */
    LINEAR,
    /** A slot or history is written once at most, and by some body. */
    WRITTEN_ONCE,
    /** Every output is written exactly once, and by the step. */
    OUTPUTS,
    /** Origins lie in the sources. */
    ORIGINS,
    /** The program costs no more than the limits allow. */
    LIMITS
  }

  /** One broken rule. */
  public record Problem(Rule rule, String message, Origin origin) {}

  private final CoreProgram program;
  private final Problems problems = new Problems();
  private final StatementRules statements;

  private CoreValidator(CoreProgram program) {
    this.program = program;
    statements = new StatementRules(program, problems);
  }

  public static List<Problem> validate(CoreProgram program) {
    return validate(program, Limits.DEFAULT);
  }

  /** Every problem found; empty if the program may run. */
  public static List<Problem> validate(CoreProgram program, Limits limits) {
    CoreValidator validator = new CoreValidator(program);
    new DeclarationRules(program, validator.problems).check();
    if (validator.problems.isEmpty()) {
      validator.body(program.step(), true);
      validator.body(program.reset(), false);
      validator.written();
    }
    if (validator.problems.isEmpty()) {
      validator.limits(limits);
    }
    return validator.problems.all();
  }

  private void body(Body body, boolean isStep) {
    statements.begin(body.block());
    Set<Integer> slots = new HashSet<>();
    Set<Integer> histories = new HashSet<>();
    for (Sink sink : body.sinks()) {
      statements.origin(sink.origin());
      switch (sink) {
        case Sink.Out o -> {
          if (!isStep) {
            problems.report(Rule.OUTPUTS, "the reset writes an output", o.origin());
          } else if (o.port() < 0 || o.port() >= program.outputs().size()) {
            problems.report(Rule.OUTPUTS, "there is no output " + o.port(), o.origin());
          } else {
            sinkType(o.value(), program.outputs().get(o.port()).type(), o.origin());
          }
        }
        case Sink.Next n -> {
          if (n.slot() < 0 || n.slot() >= program.slots().size()) {
            problems.report(Rule.TYPES, "there is no slot " + n.slot(), n.origin());
          } else {
            sinkType(n.value(), program.slots().get(n.slot()).type(), n.origin());
            once(slots, n.slot(), "slot " + program.slots().get(n.slot()).name(), n.origin());
          }
        }
        case Sink.Push p -> {
          if (p.history() < 0 || p.history() >= program.histories().size()) {
            problems.report(Rule.TYPES, "there is no history " + p.history(), p.origin());
          } else {
            sinkType(p.value(), program.histories().get(p.history()).type(), p.origin());
            String name = "history " + program.histories().get(p.history()).name();
            once(histories, p.history(), name, p.origin());
          }
        }
        case Sink.Check c -> {
          sinkType(c.condition(), Type.BOOL, c.origin());
          statements.use(c.subject(), c.origin());
        }
      }
    }
  }

  private void sinkType(int value, Type type, Origin origin) {
    if (statements.use(value, origin) && !program.type(value).equals(type)) {
      problems.report(Rule.TYPES, "a sink of " + type + " takes " + program.type(value), origin);
    }
  }

  private void once(Set<Integer> written, int index, String what, Origin origin) {
    if (!written.add(index)) {
      problems.report(Rule.WRITTEN_ONCE, what + " is written twice", origin);
    }
  }

  private void written() {
    List<Integer> outs = new ArrayList<>();
    Set<Integer> slots = new HashSet<>();
    Set<Integer> histories = new HashSet<>();
    for (Sink sink : program.step().sinks()) {
      switch (sink) {
        case Sink.Out o -> outs.add(o.port());
        case Sink.Next n -> slots.add(n.slot());
        case Sink.Push p -> histories.add(p.history());
        case Sink.Check _ -> {}
      }
    }
    for (int port = 0; port < program.outputs().size(); port++) {
      int wanted = port;
      long times = outs.stream().filter(o -> o == wanted).count();
      if (times != 1) {
        String name = program.outputs().get(port).name();
        problems.report(Rule.OUTPUTS, "output `" + name + "` is written " + times + " times");
      }
    }
    for (Sink sink : program.reset().sinks()) {
      switch (sink) {
        case Sink.Next n -> slots.add(n.slot());
        case Sink.Push p -> histories.add(p.history());
        case Sink.Out _, Sink.Check _ -> {}
      }
    }
    for (int slot = 0; slot < program.slots().size(); slot++) {
      if (!slots.contains(slot)) {
        String name = program.slots().get(slot).name();
        problems.report(Rule.WRITTEN_ONCE, "slot `" + name + "` is never written");
      }
    }
    for (int history = 0; history < program.histories().size(); history++) {
      if (!histories.contains(history)) {
        String name = program.histories().get(history).name();
        problems.report(Rule.WRITTEN_ONCE, "history `" + name + "` is never written");
      }
    }
  }

  private void limits(Limits limits) {
    CoreFacts facts = CoreFacts.of(program);
    Block step = program.step().block();
    Block reset = program.reset().block();
    atMost(
        facts.operations(),
        limits.operations(),
        "operations in a step",
        () -> largest(step, stmt -> CoreFacts.operations(program, stmt)));
    atMost(
        facts.resetOperations(),
        limits.operations(),
        "operations in a reset",
        () -> largest(reset, stmt -> CoreFacts.operations(program, stmt)));
    atMost(facts.stateBytes(), limits.stateBytes(), "bytes of state", this::largestState);
    atMost(program.types().size(), limits.values(), "values", () -> Origin.NONE);
    for (Block block : List.of(step, reset)) {
      elements(block, limits.elements());
      atMost(
          depth(block),
          limits.depth(),
          "loops inside each other",
          () -> largest(block, CoreValidator::depth));
    }
  }

  private void elements(Block block, int limit) {
    for (Stmt stmt : block.statements()) {
      for (int result : stmt.results()) {
        atMost(program.type(result).size(), limit, "elements", stmt::origin);
      }
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        elements(region.body(), limit);
      }
    }
  }

  /**
   * @param where most of it is needed
   */
  private void atMost(long actual, long limit, String what, Supplier<Origin> where) {
    if (actual > limit) {
      problems.report(Rule.LIMITS, actual + " " + what + ", at most " + limit, where.get());
    }
  }

  private static Origin largest(Block block, ToLongFunction<Stmt> cost) {
    return block.statements().stream()
        .max(Comparator.comparingLong(cost))
        .map(Stmt::origin)
        .orElse(Origin.NONE);
  }

  private Origin largestState() {
    return Stream.concat(program.step().sinks().stream(), program.reset().sinks().stream())
        .max(Comparator.comparingLong(this::places))
        .map(Sink::origin)
        .orElse(Origin.NONE);
  }

  /** How many numbers of state a sink writes. */
  private long places(Sink sink) {
    return switch (sink) {
      case Sink.Next n -> program.slots().get(n.slot()).type().size();
      case Sink.Push p -> {
        HistoryInfo history = program.histories().get(p.history());
        yield (long) history.type().size() * history.length();
      }
      case Sink.Out _, Sink.Check _ -> 0;
    };
  }

  private static int depth(Block block) {
    return block.statements().stream().mapToInt(CoreValidator::depth).max().orElse(0);
  }

  private static int depth(Stmt stmt) {
    Op.Region region = Regions.of(stmt.op());
    return region == null ? 0 : 1 + depth(region.body());
  }
}
