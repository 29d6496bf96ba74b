package org.rewlang.code;

import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Layout;

/**
 * Both bodies of a program, the constant arrays that they read and the scratch memory that they
 * need.
 */
public record ProgramCode(Layout layout, Code step, Code reset, Tables tables, Scratch scratch) {

  public static ProgramCode of(CoreProgram program) {
    Layout layout = new Layout(program);
    Scratch scratch = new Scratch();
    Tables tables = new Tables();
    Code step = Code.of(layout, program.step(), new Leaves.OfStep(layout, tables), scratch);
    Leaves reset = new Leaves.OfReset(layout, tables, scratch);
    return new ProgramCode(
        layout, step, Code.of(layout, program.reset(), reset, scratch), tables, scratch);
  }
}
