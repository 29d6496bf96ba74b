package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Origin;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;
import org.rewlang.engine.Layout;
import org.rewlang.engine.Ring;

/** Makes the nodes of sinks, in two halves: what they take, and what they do with it. */
final class SinkBuilder {

  private final Layout layout;
  private final CoreProgram program;
  private final BodyBuilder body;
  private final Scratch scratch;
  private final Parts parts;
  private final List<CheckNode> checks = new ArrayList<>();
  private final List<Tree<StatementNode>> staged = new ArrayList<>();

  // In the order in which they take effect: an array may lie in a slot, so slots change last.
  private final List<Tree<StatementNode>> outs = new ArrayList<>();
  private final List<Tree<StatementNode>> pushes = new ArrayList<>();
  private final List<Tree<StatementNode>> nexts = new ArrayList<>();

  SinkBuilder(Layout layout, BodyBuilder body, Scratch scratch, Parts parts) {
    this.layout = layout;
    this.program = layout.program();
    this.body = body;
    this.scratch = scratch;
    this.parts = parts;
  }

  BodyNode build(Body core, Leaves leaves) {
    for (int i = 0; i < core.sinks().size(); i++) {
      sink(i, core.sinks().get(i));
    }
    List<Tree<StatementNode>> commit = new ArrayList<>();
    leaves.beforeCommit().forEach(statement -> commit.add(Tree.leaf(statement)));
    commit.addAll(outs);
    commit.addAll(pushes);
    commit.addAll(nexts);
    BodyNode node =
        new BodyNode(
            body.values(),
            checks.toArray(CheckNode[]::new),
            parts.sequence(staged).node(),
            parts.sequence(commit).node());
    if (!program.sources().isEmpty()) {
      node.setOrigin(new Origin(0, 0, program.sources().getFirst().text().length()));
    }
    return node;
  }

  private void sink(int index, Sink sink) {
    switch (sink) {
      case Sink.Check check -> {
        CheckNode node = new CheckNode(index, body.take(check.condition()).node());
        node.setOrigin(check.origin());
        checks.add(node);
      }
      case Sink.Out out -> write(out, out.value(), Memory.OUTPUTS, layout.output(out.port()), outs);
      case Sink.Next next ->
          write(next, next.value(), Memory.STATE, layout.slot(next.slot()), nexts);
      case Sink.Push push -> {
        Ring ring = Ring.of(layout, push.history());
        if (program.type(push.value()).isScalar()) {
          pushes.add(Tree.leaf(new Store.Push(ring, scalar(push, push.value()))));
        } else {
          pushes.add(Tree.leaf(new Store.PushArray(ring, array(push, push.value(), false))));
        }
      }
    }
  }

  private void write(
      Sink sink, int value, Memory memory, int offset, List<Tree<StatementNode>> commit) {
    if (program.type(value).isScalar()) {
      commit.add(Tree.leaf(new Store.Scalar(memory, offset, scalar(sink, value))));
    } else {
      Area from = array(sink, value, memory == Memory.STATE);
      commit.add(Tree.leaf(new Store.Copy(from, memory, offset)));
    }
  }

  /** Computes a scalar; gives what reads it as memory holds it. */
  private ValueNode scalar(Sink sink, int value) {
    Type type = program.type(value);
    int slot = body.locals().allocate();
    Tree<ValueNode> tree = body.take(value);
    stage(sink, Tree.join(Local.write(type.kind(), slot, tree.node()), tree));
    return Operations.number(type.kind(), new Local.Read(slot));
  }

  /**
   * Where an array will be when sinks take effect.
   *
   * @param late whether a slot may have changed by then
   */
  private Area array(Sink sink, int value, boolean late) {
    Area area = body.area(value);
    if (!late || area.memory() != Memory.STATE) {
      stage(sink, Tree.leaf(Sequence.of(List.of())));
      return area;
    }
    Area copy = scratch.allocate(area.type());
    stage(sink, Tree.leaf(new Store.Copy(area, copy.memory(), copy.offset())));
    return copy;
  }

  private void stage(Sink sink, Tree<StatementNode> tree) {
    StatementNode stage = new SinkNode(tree.node());
    stage.setOrigin(sink.origin());
    staged.add(Tree.join(stage, tree));
  }
}
