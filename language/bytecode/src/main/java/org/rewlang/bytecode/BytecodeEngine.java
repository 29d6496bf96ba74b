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
  static final int LIMIT = 5_000;

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

  static Evaluator prepare(CoreProgram program, int limit) {
    Translated translated = translate(program);
    Steps steps = translated.builder.define(translated.builder.bytes(limit));
    return new Compiled(translated.layout, translated.scratch.size(), steps);
  }

  /**
   * The class file of a program.
   *
   * @param limit of a method
   */
  static byte[] classOf(CoreProgram program, int limit) {
    return translate(program).builder.bytes(limit);
  }

  private record Translated(Layout layout, Scratch scratch, ClassBuilder builder) {}

  private static Translated translate(CoreProgram program) {
    Layout layout = new Layout(program);
    Scratch scratch = new Scratch();
    Tables tables = new Tables();
    Leaves step = new Leaves.OfStep(layout, tables);
    Leaves reset = new Leaves.OfReset(layout, tables, scratch);
    Map<String, List<Statement>> bodies = new LinkedHashMap<>();
    bodies.put("step", statements(layout, program.step(), step, scratch));
    bodies.put("observe", statements(layout, program.reset(), reset, scratch));
    return new Translated(layout, scratch, new ClassBuilder(bodies, tables, scratch));
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
