package org.rewlang.engine;

import java.util.Optional;
import org.rewlang.core.CoreProgram;

/** A way to run core programs. */
public interface Engine {

  /** As people name it: {@code interpreter}, {@code bytecode}, {@code truffle}. */
  String name();

  /** One sentence on how it runs here and why: compiled or interpreted, say. */
  String reason();

  Evaluator prepare(CoreProgram program);

  /** The same for blocks of lanes; empty for an engine that runs one step at a time. */
  default Optional<BatchEvaluator> prepareBatch(CoreProgram program) {
    return Optional.empty();
  }
}
