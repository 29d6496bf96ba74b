package org.rewlang.bytecode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** Runs core programs as classes of this JVM, on any JVM and without flags. */
public final class BytecodeEngine implements Engine {

  /** How long methods are to be, by estimate, in bytes. */
  private static final int LIMIT = 5_000;

  @Override
  public String name() {
    return "bytecode";
  }

  @Override
  public String reason() {
    return "compiled to bytecode, which this JVM compiles";
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    return prepare(program, LIMIT);
  }

  /**
   * @param limit of a method
   */
  static Evaluator prepare(CoreProgram program, int limit) {
    Layout layout = new Layout(program);
    Scratch scratch = new Scratch();
    Tables tables = new Tables();
    Map<String, List<Statement>> bodies = new LinkedHashMap<>();
    bodies.put(
        "step",
        statements(layout, program.step(), new Leaves.OfStep(layout, tables), scratch));
    bodies.put(
        "observe",
        statements(
            layout, program.reset(), new Leaves.OfReset(layout, tables, scratch), scratch));
    ClassBuilder builder = new ClassBuilder(bodies, tables, scratch);
    Steps steps = builder.define(builder.bytes(limit));
    return new Compiled(layout, scratch.size(), steps);
  }

  private static List<Statement> statements(
      Layout layout, Body body, Leaves leaves, Scratch scratch) {
    BodyBuilder builder = new BodyBuilder(layout, body, leaves, scratch);
    return new SinkBuilder(layout, builder, scratch).build(body, leaves);
  }

  private record Compiled(Layout layout, int scratchSize, Steps steps) implements Evaluator {

    @Override
    public int step(Frame frame) {
      return steps.step(frame);
    }

    @Override
    public int observe(Frame frame) {
      return steps.observe(frame);
    }
  }
}
