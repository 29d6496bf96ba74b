package org.rewlang.truffle;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.nodes.Node;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.Code;
import org.rewlang.code.ProgramCode;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** A core program as two call targets. */
final class TruffleEvaluator implements Evaluator {

  private final Layout layout;
  private final int scratchSize;
  private final CallTarget step;
  private final CallTarget observe;

  /** Entered for each call, or null where no tool looks. */
  private final @Nullable TruffleContext context;

  TruffleEvaluator(CoreProgram program, RewLanguage.@Nullable Attached attached) {
    context = attached == null ? null : attached.context();
    ProgramCode code = ProgramCode.of(program);
    layout = code.layout();
    scratchSize = code.scratch().size();
    double[] tables = code.tables().all();
    step = target(program, code.step(), "step", tables, attached);
    observe = target(program, code.reset(), "reset", tables, attached);
  }

  private static CallTarget target(
      CoreProgram program,
      Code code,
      String what,
      double[] tables,
      RewLanguage.@Nullable Attached attached) {
    String name = program.name() + " " + what;
    return new Translation(program, tables, attached, name).root(code).getCallTarget();
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public int scratchSize() {
    return scratchSize;
  }

  @Override
  public int step(Frame frame) {
    return call(step, frame);
  }

  @Override
  public int observe(Frame frame) {
    return call(observe, frame);
  }

  private int call(CallTarget target, Frame frame) {
    return context == null ? run(target, frame) : runIn(context, target, frame);
  }

  private static int runIn(TruffleContext context, CallTarget target, Frame frame) {
    Object before = context.enter(null);
    try {
      return run(target, frame);
    } finally {
      context.leave(null, before);
    }
  }

  private static int run(CallTarget target, Frame frame) {
    // No call site to tell: looking one up in a thread local would be a quarter of a short step.
    Object result = target.call((Node) null, frame.self);
    return result == StepRoot.PASSED ? OK : (int) result;
  }

  /** The target of a step, for tests. */
  CallTarget stepTarget() {
    return step;
  }

  CallTarget observeTarget() {
    return observe;
  }
}
