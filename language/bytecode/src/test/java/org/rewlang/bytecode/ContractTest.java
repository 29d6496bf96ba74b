package org.rewlang.bytecode;

import org.rewlang.engine.Engine;
import org.rewlang.engine.EngineContract;

/** What every engine must pass. */
class ContractTest implements EngineContract {

  @Override
  public Engine engine() {
    return new BytecodeEngine();
  }
}
