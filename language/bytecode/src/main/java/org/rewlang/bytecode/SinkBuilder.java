package org.rewlang.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Sink;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;

/** Makes the statements of sinks, in two halves: what they take, and what they do with it. */
final class SinkBuilder {

  private final Layout layout;
  private final CoreProgram program;
  private final BodyBuilder body;
  private final Scratch scratch;
  private final List<Statement> checks = new ArrayList<>();
  private final List<Statement> staged = new ArrayList<>();

  // In the order in which they take effect: an array may lie in a slot, so slots change last.
  private final List<Statement> outs = new ArrayList<>();
  private final List<Statement> pushes = new ArrayList<>();
  private final List<Statement> nexts = new ArrayList<>();

  SinkBuilder(Layout layout, BodyBuilder body, Scratch scratch) {
    this.layout = layout;
    this.program = layout.program();
    this.body = body;
    this.scratch = scratch;
  }

  /** All of a body: it reads everything, then commits. */
  List<Statement> build(Body core, Leaves leaves) {
    for (int i = 0; i < core.sinks().size(); i++) {
      sink(i, core.sinks().get(i));
    }
    List<Statement> all = new ArrayList<>(body.values());
    all.addAll(checks);
    all.addAll(staged);
    all.addAll(leaves.beforeCommit());
    all.addAll(outs);
    all.addAll(pushes);
    all.addAll(nexts);
    return all;
  }

  private void sink(int index, Sink sink) {
    switch (sink) {
      case Sink.Check check -> checks.add(new Statement.Check(index, body.take(check.condition())));
      case Sink.Out out -> write(out.value(), Memory.OUTPUTS, layout.output(out.port()), outs);
      case Sink.Next next -> write(next.value(), Memory.STATE, layout.slot(next.slot()), nexts);
      case Sink.Push push -> {
        Ring ring = Ring.of(layout, push.history());
        pushes.add(
            program.type(push.value()).isScalar()
                ? new Statement.Push(ring, scalar(push.value()))
                : new Statement.PushArray(ring, body.area(push.value())));
      }
    }
  }

  private void write(int value, Memory memory, int offset, List<Statement> commit) {
    if (program.type(value).isScalar()) {
      commit.add(new Statement.Store(memory, offset, null, scalar(value)));
      return;
    }
    Area area = body.area(value);
    if (memory == Memory.STATE && area.memory() == Memory.STATE) {
      // Another slot may have changed by the time that this one does.
      Area copy = scratch.allocate(area.type());
      staged.add(new Statement.Copy(area, copy.memory(), copy.offset()));
      area = copy;
    }
    commit.add(new Statement.Copy(area, memory, offset));
  }

  /** Computes a scalar; gives what reads it. */
  private Expression scalar(int value) {
    Variable variable = new Variable(program.type(value).kind());
    staged.add(new Statement.Write(variable, body.take(value)));
    return new Expression.Read(variable);
  }
}
