package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;

/**
 * Puts statements together, and cuts what would be too long: compiling takes more than twice as
 * long for twice the operations, and gives up somewhere.
 */
final class Parts {

  /** The most operations that one root computes itself. */
  private static final int WHOLE = 1_500;

  /** The most operations of a part, unless one statement has more. */
  private static final int PART = 500;

  private final RewLanguage.@Nullable Attached attached;
  private final CoreProgram program;
  private final String name;
  private int count;

  /**
   * @param name of the whole
   */
  Parts(RewLanguage.@Nullable Attached attached, CoreProgram program, String name) {
    this.attached = attached;
    this.program = program;
    this.name = name;
  }

  /** Statements in order, as one. */
  Tree<StatementNode> sequence(List<Tree<StatementNode>> statements) {
    if (size(statements) <= WHOLE) {
      return join(statements);
    }
    List<Tree<StatementNode>> parts = new ArrayList<>();
    List<Tree<StatementNode>> part = new ArrayList<>();
    for (Tree<StatementNode> statement : statements) {
      if (!part.isEmpty() && size(part) + statement.size() > PART) {
        parts.add(cut(part));
        part.clear();
      }
      part.add(statement);
    }
    parts.add(cut(part));
    return join(parts);
  }

  private Tree<StatementNode> cut(List<Tree<StatementNode>> part) {
    count++;
    return Tree.leaf(new Part(attached, program, name + " part " + count, join(part).node()));
  }

  private static Tree<StatementNode> join(List<Tree<StatementNode>> statements) {
    return Tree.join(
        Sequence.of(statements.stream().map(Tree::node).toList()),
        statements.toArray(Tree<?>[]::new));
  }

  private static long size(List<Tree<StatementNode>> statements) {
    return statements.stream().mapToLong(Tree::size).sum();
  }
}
