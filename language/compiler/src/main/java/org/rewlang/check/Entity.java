package org.rewlang.check;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.EnumType;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;

/** What a name stands for. */
sealed interface Entity {

  /** An input; {@code joined} is null where its declaration is wrong. */
  record Input(
      Decl.Field field, Location at, Inputs.@Nullable Joined joined, Map<String, Decl.View> views)
      implements Entity {}

  /** A parameter; {@code known} is null where its declaration is wrong. */
  record Param(Decl.Param decl, Location at, Params.@Nullable Known known) implements Entity {}

  /** A value that is elaborated when first asked for. */
  record Value(Cell cell) implements Entity {}

  /** A value at hand: an argument, a loop variable. */
  record Bound(org.rewlang.check.Value value, Index.Kind kind, Location at) implements Entity {
    Bound(Term term, Index.Kind kind, Location at) {
      this(org.rewlang.check.Value.of(term), kind, at);
    }
  }

  /** An agent that is ranged over. */
  record Agent(Term index, Location at) implements Entity {}

  /**
   * A function's parameter over a scope.
   *
   * @param all an array over the scope's agents
   */
  record Scoped(org.rewlang.check.Value all, Location at) implements Entity {}

  /** A declared formula. */
  record Formula(NamedFormula formula) implements Entity {}

  record Function(Decl.Function decl, FileScope file) implements Entity {
    Location at() {
      return file.at(decl.name().span());
    }
  }

  /** A declared record; what it is made of is found when it is first needed. */
  record RecordDeclaration(Decl.Record decl, FileScope file) implements Entity {
    Location at() {
      return file.at(decl.name().span());
    }
  }

  record Enumeration(EnumType type, @Nullable String doc, Location at) implements Entity {}

  /**
   * A machine.
   *
   * @param type of its states
   * @param now its state after the step, for everyone but guards
   * @param before its state before the step, for guards
   */
  record Machine(MachineParts cells, EnumType type, Read now, Read before, Location at)
      implements Entity {

    /**
     * What is read of it.
     *
     * @param parts its counters and what it pays, by name
     */
    record Read(Cell state, Map<String, Cell> parts) {}

    /** What an expression sees of it. */
    Read read(Env env) {
      return env.guard ? before : now;
    }
  }

  /** Another file under its alias. */
  record Namespace(FileScope file, Location at) implements Entity {}

  /** Reported already, or of a kind that has no meaning yet. */
  record Wrong(Location at) implements Entity {}

  /**
   * The component names, outcomes, … that a word such as {@code reward} opens.
   *
   * @param blocks those of blocks in the block
   */
  record Members(
      String word, Map<String, Cell> cells, List<Cell> nameless, Map<String, Members> blocks) {}
}
