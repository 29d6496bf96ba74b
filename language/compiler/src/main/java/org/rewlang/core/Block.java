package org.rewlang.core;

import java.util.List;

/** Statements in order: each uses only what stands before it or around it. */
public record Block(List<Stmt> statements) {

  public static final Block EMPTY = new Block(List.of());

  public Block {
    statements = List.copyOf(statements);
  }
}
