package org.rewlang.engine;

/**
 * What an engine computed can't be used, and not because of the program or its inputs: a device
 * gave other numbers than the CPU. The message is for people.
 */
public final class EngineFault extends RuntimeException {

  private final String fault;

  public EngineFault(String fault) {
    super(fault);
    this.fault = fault;
  }

  /** The message. */
  public String fault() {
    return fault;
  }
}
