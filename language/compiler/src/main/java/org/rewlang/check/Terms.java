package org.rewlang.check;

import java.util.List;
import java.util.Objects;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.Operation;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/** Makes terms. */
final class Terms {

  private Terms() {}

  /** What stands where something was wrong. */
  static Term error(Location at) {
    return new Term.Const(Double.NaN, Types.ERROR, at);
  }

  static boolean isError(Term term) {
    return Types.isError(term.type());
  }

  static boolean anyError(Term... terms) {
    return List.of(terms).stream().anyMatch(Terms::isError);
  }

  static Term real(double value, Location at) {
    return new Term.Const(value, Type.REAL, at);
  }

  static Term integer(long value, Location at) {
    return new Term.Const(value, Type.INT, at);
  }

  static Term bool(boolean value, Location at) {
    return new Term.Const(value ? 1 : 0, Type.BOOL, at);
  }

  static Term loop(org.rewlang.model.Binder binder, Location at) {
    return new Term.LoopIndex(binder, Type.INT, at);
  }

  /** The operation on elements of type {@code element}, shapes broadcast; they must fit. */
  static Term apply(Operation op, Type element, Location at, Term... operands) {
    List<Integer> shape = List.of();
    for (Term operand : operands) {
      shape = Objects.requireNonNull(Types.broadcast(shape, operand.type().shape()));
    }
    return new Term.Apply(op, List.of(operands), element.withShape(shape), at);
  }

  static Term and(Term a, Term b, Location at) {
    return apply(Operation.AND, Type.BOOL, at, a, b);
  }

  static Term or(Term a, Term b, Location at) {
    return apply(Operation.OR, Type.BOOL, at, a, b);
  }

  static Term not(Term a, Location at) {
    return apply(Operation.NOT, Type.BOOL, at, a);
  }

  static Term select(Term condition, Term then, Term otherwise, Location at) {
    return apply(Operation.SELECT, then.type().element(), at, condition, then, otherwise);
  }

  /** An int as a real; anything else as it is. */
  static Term widen(Term term) {
    return term.type().base() == Base.INT ? retype(term, Type.REAL) : term;
  }

  /** The same numbers as another element type. */
  static Term retype(Term term, Type element) {
    Type type = element.withShape(term.type().shape());
    return switch (term) {
      case Term.Const c -> new Term.Const(c.value(), type, c.at());
      case Term.Stack s when isZero(s) ->
          new Term.Stack(s.parts().stream().map(p -> retype(p, element)).toList(), type, s.at());
      default -> type.equals(term.type()) ? term : new Term.Retype(term, type, term.at());
    };
  }

  /** A number's term in another dimension. */
  static Term inDimension(Term term, Dimension dimension) {
    return term.type().dimension().equals(dimension) ? term : retype(term, Type.real(dimension));
  }

  /** A written 0, or a list of them: it fits any unit. */
  static boolean isZero(Term term) {
    return switch (term) {
      case Term.Const c -> c.value() == 0 && c.type().isNumber() && c.type().dimension().isNone();
      case Term.Stack s -> s.parts().stream().allMatch(Terms::isZero);
      case Term.Retype r -> isZero(r.of()) && r.type().dimension().isNone();
      default -> false;
    };
  }

  /** Repeated to {@code shape}, which its own broadcasts to; names of axes are taken over. */
  static Term broadcast(Term term, List<Integer> shape) {
    List<Integer> own = term.type().shape();
    List<Integer> named = Objects.requireNonNull(Types.broadcast(own, shape));
    Type type = term.type().withShape(named);
    if (!own.equals(shape)) {
      return new Term.Broadcast(term, type, term.at());
    }
    return Shape.axes(own).equals(Shape.axes(named))
        ? term
        : new Term.Retype(term, type, term.at());
  }

  /** Terms of one type side by side, along a new first axis. */
  static Term stack(List<Term> parts, Location at) {
    Type part = parts.getFirst().type();
    List<Integer> shape = Shape.concat(List.of(parts.size()), part.shape());
    return new Term.Stack(parts, part.withShape(shape), at);
  }

  /** The element at a constant index of the first dimension. */
  static Term element(Term of, int index, Location at) {
    return element(of, List.of(integer(index, at)), at);
  }

  static Term element(Term of, List<Term> indices, Location at) {
    if (indices.isEmpty()) {
      return of;
    }
    List<Integer> shape = of.type().shape();
    return new Term.Element(
        of, indices, of.type().withShape(shape.subList(indices.size(), shape.size())), at);
  }
}
