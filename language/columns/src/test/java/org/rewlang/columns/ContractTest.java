package org.rewlang.columns;

import org.rewlang.engine.Engine;
import org.rewlang.engine.EngineContract;

/** A block of one lane does what every engine does. */
class ContractTest implements EngineContract {

  @Override
  public Engine engine() {
    return new ColumnsEngine();
  }
}
