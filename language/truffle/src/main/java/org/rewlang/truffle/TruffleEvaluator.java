package org.rewlang.truffle;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.nodes.Node;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Body;
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
    layout = new Layout(program);
    Scratch scratch = new Scratch();
    step = target(program.step(), "step", new Leaves.OfStep(layout), scratch, attached);
    observe =
        target(program.reset(), "reset", new Leaves.OfReset(layout, scratch), scratch, attached);
    scratchSize = scratch.size();
  }

  private CallTarget target(
      Body body,
      String what,
      Leaves leaves,
      Scratch scratch,
      RewLanguage.@Nullable Attached attached) {
    CoreProgram program = layout.program();
    String name = program.name() + " " + what;
    Parts parts = new Parts(attached, program, name);
    BodyBuilder builder = new BodyBuilder(layout, body, leaves, scratch, parts);
    BodyNode node = new SinkBuilder(layout, builder, scratch, parts).build(body, leaves);
    return new StepRoot(attached, builder.locals().descriptor(), program, name, node)
        .getCallTarget();
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
