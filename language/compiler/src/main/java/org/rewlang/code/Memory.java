package org.rewlang.code;

/** The arrays that a step reads and writes, where every kind is a double. */
public enum Memory {
  INPUTS,
  PARAMS,
  STATE,
  OUTPUTS,
  SCRATCH,
  /** All constants of the program that are arrays, one after the other. */
  TABLES
}
