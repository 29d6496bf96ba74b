package org.rewlang.bytecode;

import org.rewlang.code.ProgramCode;
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
    ProgramCode code = ProgramCode.of(program);
    ClassBuilder builder = new ClassBuilder(code);
    // Making the class asks for more scratch memory.
    Steps steps = builder.define(builder.bytes(limit));
    return new Compiled(code.layout(), code.scratch().size(), steps);
  }

  /**
   * The class file of a program.
   *
   * @param limit of a method
   */
  static byte[] classOf(CoreProgram program, int limit) {
    return new ClassBuilder(ProgramCode.of(program)).bytes(limit);
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
