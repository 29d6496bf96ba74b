package org.rewlang.bytecode;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Differential;
import org.rewlang.interpret.Interpreter;
import org.rewlang.oracle.RandomLists;
import org.rewlang.source.Source;

/** Programs over lists and records: the reference interpreter and this one agree in every bit. */
class ListsTest {

  private static final int PROGRAMS = 60;

  @Test
  void enginesAgreeOnLists() {
    long values = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      String text = new RandomLists(seed).text;
      Compilation compiled = Compiler.compile(Source.of("lists.rew", text), Loader.NONE);
      CoreProgram core = compiled.core();
      assertNotNull(core, () -> text + compiled.diagnostics());
      values +=
          Differential.compare(core, new Interpreter(), new BytecodeEngine(), seed, 20).values();
    }
    assertTrue(values >= PROGRAMS * 20 * 6, "only " + values);
  }
}
