package org.rewlang.bytecode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.engine.Ring;

/** One thing done. */
sealed interface Statement {

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
  record Check(int sink, Expression condition) implements Statement {}

  /** Runs a part that became a method of its own; ends the step where that does. */
  record Call(String method) implements Statement {}
}
