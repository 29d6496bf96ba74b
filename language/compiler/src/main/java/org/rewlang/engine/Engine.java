package org.rewlang.engine;

import org.rewlang.core.CoreProgram;

/** A way to run core programs. */
public interface Engine {

  /** As people name it: {@code interpreter}, {@code bytecode}, {@code truffle}. */
  String name();

  /** One sentence on how it runs here and why: compiled or interpreted, say. */
  String reason();

  Evaluator prepare(CoreProgram program);
}
