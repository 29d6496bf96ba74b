package org.rewlang.interpret;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.rewlang.core.Body;
import org.rewlang.core.CorePrinter;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.RandomCore;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** On random programs, whatever is undefined is explained, and an explanation is a beginning. */
class ReplayTest {

  /** The same with a check of every number that stands outside of regions. */
  private static CoreProgram checked(CoreProgram p) {
    List<Sink> sinks = new ArrayList<>(p.step().sinks());
    for (Stmt stmt : p.step().block().statements()) {
      for (int result : stmt.results()) {
        if (p.type(result).kind() == Kind.F64) {
          sinks.add(new Sink.Check(Sink.Failure.UNDEFINED, "", 0, result, Origin.NONE));
        }
      }
    }
    Body step = new Body(p.step().block(), sinks);
    return new CoreProgram(
        p.name(),
        p.clock(),
        p.sources(),
        p.inputs(),
        p.params(),
        p.slots(),
        p.histories(),
        p.tables(),
        p.outputs(),
        p.types(),
        step,
        p.reset());
  }

  @Test
  void explainsEveryUndefinedNumber() {
    Map<String, Integer> found = new TreeMap<>();
    for (long seed = 0; seed < 300; seed++) {
      CoreProgram random = RandomCore.program(seed);
      CoreProgram program = checked(random);
      Evaluator evaluator = new Interpreter().prepare(random);
      Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
      Random numbers = new Random(seed);
      Layout layout = new Layout(program);
      for (int step = 0; step < 4; step++) {
        RandomCore.fill(numbers, program.inputs(), frame.inputs);
        explain(program, Replay.ofStep(layout, frame.inputs, frame.params, frame.state), found);
        evaluator.step(frame);
      }
    }
    for (String what : List.of("Input", "Ago", "Unary", "Binary", "Reduce", "in a loop")) {
      assertTrue(found.getOrDefault(what, 0) > 5, what + " in " + found);
    }
  }

  private static void explain(CoreProgram program, Replay replay, Map<String, Integer> found) {
    for (int sink = 0; sink < program.step().sinks().size(); sink++) {
      if (!(program.step().sinks().get(sink) instanceof Sink.Check check)
          || program.type(check.subject()).kind() != Kind.F64
          || Arrays.stream(replay.values(check.subject())).allMatch(Double::isFinite)) {
        continue;
      }
      Replay.Cause cause = replay.why(sink);
      found.merge(cause.statement().op().getClass().getSimpleName(), 1, Integer::sum);
      if (!cause.loop().isEmpty()) {
        found.merge("in a loop", 1, Integer::sum);
      }
      assertTrue(isBeginning(cause), () -> cause + "\n" + CorePrinter.print(program));
    }
  }

  /** No operand was NaN; an infinite one may have been meant. */
  private static boolean isBeginning(Replay.Cause cause) {
    return cause.statement().op() instanceof Op.Select
        || cause.operands().stream().noneMatch(o -> Double.isNaN(o.was()));
  }
}
