package org.rewlang.columns;

import java.util.Optional;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;

/** Runs core programs on many rows or lanes at once. */
public final class ColumnsEngine implements Engine {

  @Override
  public String name() {
    return "columns";
  }

  @Override
  public String reason() {
    return "each operation runs over a block of rows; nothing is compiled for the program";
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    return new OneLane(new ColumnProgram(program));
  }

  @Override
  public Optional<BatchEvaluator> prepareBatch(CoreProgram program) {
    return Optional.of(new ColumnProgram(program));
  }
}
