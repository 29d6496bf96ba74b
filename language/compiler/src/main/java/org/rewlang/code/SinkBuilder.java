package org.rewlang.code;

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
  private final List<Statement.Check> checks = new ArrayList<>();
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

  /** All of a body. */
  Code build(Body core, Leaves leaves) {
    for (int i = 0; i < core.sinks().size(); i++) {
      sink(i, core.sinks().get(i));
    }
    List<Statement> commit = new ArrayList<>(leaves.beforeCommit());
    commit.addAll(outs);
    commit.addAll(pushes);
    commit.addAll(nexts);
    return new Code(body.values(), checks, staged, commit);
  }

  private void sink(int index, Sink sink) {
    switch (sink) {
      case Sink.Check check ->
          checks.add(new Statement.Check(index, check.origin(), body.take(check.condition())));
      case Sink.Out out -> write(out, out.value(), Memory.OUTPUTS, layout.output(out.port()), outs);
      case Sink.Next next ->
          write(next, next.value(), Memory.STATE, layout.slot(next.slot()), nexts);
      case Sink.Push push -> {
        Ring ring = Ring.of(layout, push.history());
        pushes.add(
            program.type(push.value()).isScalar()
                ? new Statement.Push(ring, scalar(push, push.value()))
                : new Statement.PushArray(ring, array(push, push.value(), false)));
      }
    }
  }

  private void write(Sink sink, int value, Memory memory, int offset, List<Statement> commit) {
    commit.add(
        program.type(value).isScalar()
            ? new Statement.Store(memory, offset, null, scalar(sink, value))
            : new Statement.Copy(array(sink, value, memory == Memory.STATE), memory, offset));
  }

  /** Computes a scalar; gives what reads it. */
  private Expression scalar(Sink sink, int value) {
    Variable variable = new Variable(program.type(value).kind());
    Statement write = new Statement.Write(variable, body.take(value));
    staged.add(new Statement.Take(sink.origin(), List.of(write)));
    return new Expression.Read(variable);
  }

  /**
   * Where an array will be when sinks take effect.
   *
   * @param late whether a slot may have changed by then
   */
  private Area array(Sink sink, int value, boolean late) {
    Area area = body.area(value);
    if (!late || area.memory() != Memory.STATE) {
      staged.add(new Statement.Take(sink.origin(), List.of()));
      return area;
    }
    Area copy = scratch.allocate(area.type());
    Statement to = new Statement.Copy(area, copy.memory(), copy.offset());
    staged.add(new Statement.Take(sink.origin(), List.of(to)));
    return copy;
  }
}
