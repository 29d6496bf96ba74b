package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.Code;
import org.rewlang.code.Expression;
import org.rewlang.code.Memory;
import org.rewlang.code.Parts;
import org.rewlang.code.Size;
import org.rewlang.code.Statement;
import org.rewlang.code.Variable;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Origin;

/** The nodes of one body's code, one for each statement and expression. */
final class Translation {

  /** What one root does itself, as {@link Size} has it: compiling more takes long, and gives up. */
  private static final int WHOLE = 12_000;

  /** How long the parts of anything longer are. */
  private static final int PART = 4_000;

  /** Rounds times size up to which a loop is copied out; beyond, code only grows. */
  private static final int MAX_EXPLOSION = 512;

  private final CoreProgram program;
  private final double[] tables;
  private final RewLanguage.@Nullable Attached attached;
  private final String name;
  private final Parts parts = new Parts(WHOLE, PART);
  private final Map<Variable, Integer> slots = new HashMap<>();
  private int partCount;

  /**
   * @param tables all constant arrays
   * @param name of the whole
   */
  Translation(
      CoreProgram program, double[] tables, RewLanguage.@Nullable Attached attached, String name) {
    this.program = program;
    this.tables = tables;
    this.attached = attached;
    this.name = name;
  }

  /** The root of a whole body. */
  StepRoot root(Code code) {
    BodyNode body =
        new BodyNode(
            sequence(parts.cut(code.values())),
            code.checks().stream().map(this::check).toArray(CheckNode[]::new),
            sequence(parts.cut(code.staged())),
            sequence(parts.cut(code.commit())));
    if (!program.sources().isEmpty()) {
      body.setOrigin(new Origin(0, 0, program.sources().getFirst().text().length()));
    }
    return new StepRoot(attached, Locals.descriptor(slots.size()), program, name, body);
  }

  private CheckNode check(Statement.Check check) {
    return at(check.origin(), new CheckNode(check.sink(), node(check.condition())));
  }

  private static <N extends CoreNode> N at(Origin origin, N node) {
    node.setOrigin(origin);
    return node;
  }

  private int slot(Variable variable) {
    return slots.computeIfAbsent(variable, _ -> slots.size());
  }

  private NodeMemory memory(Memory memory) {
    return NodeMemory.of(memory, tables);
  }

  private StatementNode sequence(List<Statement> statements) {
    List<StatementNode> nodes = new ArrayList<>();
    statements.forEach(statement -> nodes.add(node(statement)));
    return Sequence.of(nodes);
  }

  private StatementNode node(Statement statement) {
    return switch (statement) {
      case Statement.From f -> at(f.origin(), node(f.statement()));
      case Statement.Take t -> at(t.origin(), new SinkNode(sequence(t.first())));
      case Statement.Write w -> Local.write(w.to().kind(), slot(w.to()), node(w.value()));
      case Statement.Store s -> {
        ValueNode value = Operations.number(s.value().kind(), node(s.value()));
        yield s.index() == null
            ? new Store.Scalar(memory(s.memory()), s.offset(), value)
            : new Store.Element(memory(s.memory()), s.offset(), node(s.index()), value);
      }
      case Statement.Copy c ->
          new Store.Copy(
              memory(c.from().memory()),
              c.from().offset(),
              memory(c.memory()),
              c.offset(),
              c.from().type().size());
      case Statement.Fill f -> new Store.Fill(f.offset(), f.length(), f.value());
      case Statement.Sort s -> new Store.Sort(s.offset(), s.length());
      case Statement.Push p ->
          new Store.Push(p.ring(), Operations.number(p.value().kind(), node(p.value())));
      case Statement.PushArray p ->
          new Store.PushArray(p.ring(), memory(p.from().memory()), p.from().offset());
      case Statement.If i ->
          new Choice(node(i.condition()), sequence(i.then()), sequence(i.otherwise()));
      case Statement.Loop l -> loop(l);
      case Statement.Part p -> {
        partCount++;
        yield new Part(attached, program, name + " part " + partCount, sequence(p.statements()));
      }
      case Statement.Check _ -> throw new IllegalArgumentException("a check amid values");
    };
  }

  private Loop loop(Statement.Loop loop) {
    int[] indices = loop.indices().stream().mapToInt(this::slot).toArray();
    int[] counts = loop.counts().stream().mapToInt(n -> n).toArray();
    long size = Size.of(loop.body());
    for (int n : counts) {
      size *= n;
    }
    return new Loop(indices, counts, size <= MAX_EXPLOSION, sequence(loop.body()));
  }

  private ValueNode node(Expression expression) {
    return switch (expression) {
      case Expression.From f -> at(f.origin(), node(f.value()));
      case Expression.Literal l -> Operations.literal(l.kind(), l.value());
      case Expression.Read r -> new Local.Read(slot(r.variable()));
      case Expression.Load l ->
          l.index() == null
              ? new Load.Fixed(memory(l.memory()), l.offset())
              : new Load.At(memory(l.memory()), l.offset(), node(l.index()));
      case Expression.Present p -> new Load.Present(p.port());
      case Expression.Unary u -> Operations.unary(u.op(), node(u.operand()));
      case Expression.Binary b -> Operations.binary(b.op(), node(b.left()), node(b.right()));
      case Expression.Select s ->
          new Select(node(s.condition()), node(s.then()), node(s.otherwise()));
      case Expression.Clamp c -> new Integers.Clamp(node(c.index()), c.length());
      case Expression.Ago a ->
          new Load.Ago(
              a.ring(),
              Expression.Literal.absent(a.kind()).value(),
              node(a.age()),
              node(a.inner()));
    };
  }
}
