package org.rewlang.code;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Origin;
import org.rewlang.engine.Ring;

/** One thing done. */
public sealed interface Statement {

  /** What some place in the program's text says. */
  record From(Origin origin, Statement statement) implements Statement {}

  /** As it is, or with its place where that is known. */
  static Statement from(Origin origin, Statement statement) {
    return origin.isKnown() ? new From(origin, statement) : statement;
  }

  /** Computes what a sink takes: a statement of the program itself. */
  record Take(Origin origin, List<Statement> first) implements Statement {
    public Take {
      first = List.copyOf(first);
    }
  }

  record Write(Variable to, Expression value) implements Statement {}

  /** Writes memory at a constant place, or so far behind one. */
  record Store(Memory memory, int offset, @Nullable Expression index, Expression value)
      implements Statement {}

  /** Copies a whole array. */
  record Copy(Area from, Memory memory, int offset) implements Statement {}

  /** Gives all elements of a scratch array one value. */
  record Fill(int offset, int length, double value) implements Statement {}

  /** Sorts a scratch array, NaN last. */
  record Sort(int offset, int length) implements Statement {}

  /** Appends a scalar to a history. */
  record Push(Ring ring, Expression value) implements Statement {}

  /** Appends an array to a history. */
  record PushArray(Ring ring, Area from) implements Statement {}

  record If(Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** Runs the body for every index, the last index fastest. */
  record Loop(List<Variable> indices, List<Integer> counts, List<Statement> body)
      implements Statement {
    public Loop {
      indices = List.copyOf(indices);
      counts = List.copyOf(counts);
      body = List.copyOf(body);
    }
  }

  /** Ends the step with the number of a sink unless the condition holds. */
  record Check(int sink, Origin origin, Expression condition) implements Statement {}

  /** A stretch of a sequence that an engine is to compile by itself. */
  record Part(List<Statement> statements) implements Statement {
    public Part {
      statements = List.copyOf(statements);
    }
  }
}
