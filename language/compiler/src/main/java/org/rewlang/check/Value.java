package org.rewlang.check;

import java.util.List;
import java.util.function.UnaryOperator;
import org.rewlang.automata.Formula;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/** What an expression stands for: one array, or those that a structured value is made of. */
sealed interface Value {

  Structure structure();

  Location at();

  /** A number, bool, enum's member, or an array of them. */
  record Tensor(Term term) implements Value {
    @Override
    public Structure structure() {
      return new Structure.Tensor(term.type());
    }

    @Override
    public Location at() {
      return term.at();
    }
  }

  /**
   * A record, list, optional, quaternion, pose.
   *
   * @param leaves of the types of the structure's leaves, in their order
   */
  record Bundle(Structure structure, List<Term> leaves, Location at) implements Value {
    public Bundle {
      leaves = List.copyOf(leaves);
    }
  }

  /**
   * A temporal formula; its atoms are numbered by {@link Atoms}.
   *
   * @see org.rewlang.automata.Formula
   */
  record Logic(Formula formula, Location at) implements Value {
    @Override
    public Structure structure() {
      return new Structure.Logic();
    }
  }

  static Value of(Term term) {
    return new Tensor(term);
  }

  /** The value of a structure with these leaves. */
  static Value of(Structure structure, List<Term> leaves, Location at) {
    return switch (structure) {
      case Structure.Tensor _ -> new Tensor(leaves.getFirst());
      // What may be absent and is made of numbers is undefined then, and needs no other type.
      case Structure.Optional o when !o.hasPresence() -> of(o.of(), leaves, at);
      default -> new Bundle(structure, leaves, at);
    };
  }

  static Value error(Location at) {
    return new Tensor(Terms.error(at));
  }

  default boolean isError() {
    return this instanceof Tensor t && Terms.isError(t.term);
  }

  /** Its arrays. */
  default List<Term> terms() {
    return switch (this) {
      case Tensor t -> List.of(t.term);
      case Bundle b -> b.leaves;
      case Logic _ -> List.of();
    };
  }

  /** The same structure over other arrays, made one by one. */
  default Value map(UnaryOperator<Term> each) {
    return this instanceof Logic
        ? this
        : of(structure(), terms().stream().map(each).toList(), at());
  }

  static boolean isError(Structure structure) {
    return structure instanceof Structure.Tensor t && Types.isError(t.type());
  }

  /** The array type of a structure that is one; null of any other. */
  static @org.jspecify.annotations.Nullable Type type(Structure structure) {
    return switch (structure) {
      case Structure.Tensor t -> t.type();
      case Structure.Optional o when o.of() instanceof Structure.Tensor t -> t.type();
      default -> null;
    };
  }
}
