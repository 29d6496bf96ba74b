package org.rewlang.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.source.Location;

/**
 * A typed expression over tensors. Terms form a graph: shared where a definition is used twice,
 * cyclic only through {@link Prev} and {@link Ref}. Identity is by object where state is involved:
 * one {@link Prev} object is one piece of state.
 */
public sealed interface Term {

  Type type();

  /** The text it comes from; that of the call where a library function was inlined. */
  Location at();

  /** A number, a bool as 0 or 1, an enum's index; NaN is the undefined number. Scalar. */
  record Const(double value, Type type, Location at) implements Term {}

  /**
   * A constant array, row-major: one thing however large it is. NaN is the undefined number; a
   * bool's elements are 0 and 1.
   */
  record Table(List<Double> values, Type type, Location at) implements Term {
    public Table {
      values = List.copyOf(values);
    }
  }

  /** An input's numbers as the host gives them, in the declared unit. */
  record Input(InputVar input, Type type, Location at) implements Term {}

  /** A parameter's numbers as the host sets them, in its unit. */
  record Param(ParamVar param, Type type, Location at) implements Term {}

  /** Steps done in this episode before this one: 0 on the first. */
  record StepIndex(Type type, Location at) implements Term {}

  /** The value of a definition. */
  record Ref(Definition definition, Type type, Location at) implements Term {}

  /** {@link Operation}. */
  record Apply(Operation op, List<Term> operands, Type type, Location at) implements Term {
    public Apply {
      operands = List.copyOf(operands);
    }
  }

  /** The same numbers seen as another type of the same shape: int as real, metres as plain. */
  record Retype(Term of, Type type, Location at) implements Term {}

  /**
   * Reduces all elements, or along one axis.
   *
   * @param axis null for all
   */
  record Reduce(ReduceOp op, Term of, @Nullable Integer axis, Type type, Location at)
      implements Term {}

  /** The body for every index in turn: an array of the binders' counts, then the body's shape. */
  record Build(List<Binder> binders, Term body, Type type, Location at) implements Term {
    public Build {
      binders = List.copyOf(binders);
    }
  }

  /**
   * Reduces a scalar body over indices, those left out where {@code where} is false.
   *
   * @param where null if nothing is left out
   */
  record ReduceOver(
      ReduceOp op, List<Binder> binders, @Nullable Term where, Term body, Type type, Location at)
      implements Term {
    public ReduceOver {
      binders = List.copyOf(binders);
    }
  }

  /** The index of a loop around this term. An int. */
  record LoopIndex(Binder binder, Type type, Location at) implements Term {}

  /**
   * The element, or the sub-array, at leading indices. Out of range is undefined (false for a
   * bool).
   *
   * @param indices scalar ints, at most one for each dimension
   */
  record Element(Term of, List<Term> indices, Type type, Location at) implements Term {
    public Element {
      indices = List.copyOf(indices);
    }
  }

  /**
   * A part of an array: its shape is the type's, its first element lies at {@code starts}.
   *
   * @param starts one for each dimension
   */
  record Slice(Term of, List<Integer> starts, Type type, Location at) implements Term {
    public Slice {
      starts = List.copyOf(starts);
    }
  }

  /** Parts of one shape, under a new leading dimension. */
  record Stack(List<Term> parts, Type type, Location at) implements Term {
    public Stack {
      parts = List.copyOf(parts);
    }
  }

  /** The same elements in another shape, both row-major. */
  record Reshape(Term of, Type type, Location at) implements Term {}

  /** Parts one after another along an axis; their other dimensions are equal. */
  record Concatenate(List<Term> parts, int axis, Type type, Location at) implements Term {
    public Concatenate {
      parts = List.copyOf(parts);
    }
  }

  /** A vector of numbers in ascending order, undefined ones last. */
  record Sort(Term of, Type type, Location at) implements Term {}

  /**
   * The array with the element, or the sub-array, at leading indices replaced; undefined (a bool
   * unknown) everywhere where an index lies outside.
   */
  record Put(Term of, List<Term> indices, Term value, Type type, Location at) implements Term {
    public Put {
      indices = List.copyOf(indices);
    }
  }

  /** What an iteration has so far: inside its loops only. */
  record Accumulator(Iteration iteration, int which, Type type, Location at) implements Term {}

  /** What an iteration ends with. */
  record Fold(Iteration iteration, int which, Type type, Location at) implements Term {}

  /** A scalar or array repeated to a larger shape by NumPy's rule. */
  record Broadcast(Term of, Type type, Location at) implements Term {}

  /**
   * The value at the step before. On the first step: what the reset observation gives, if {@code
   * primable} and there is one with the inputs that {@code of} reads; else {@code initially}.
   * Inside a {@link Build} or a stateful call on a vector it has one state for each index.
   *
   * @param initially evaluated on the first step; null only if {@code primable}, and then a host
   *     must supply a reset observation
   * @param primable whether {@code of} is stateless and may be read off a reset observation
   */
  record Prev(Term of, @Nullable Term initially, boolean primable, Type type, Location at)
      implements Term {}

  /**
   * The value at the reset, if {@code primable} and the observation has what {@code of} reads; else
   * the value on the first step.
   */
  record Initial(Term of, boolean primable, Type type, Location at) implements Term {}

  /**
   * Reduces over all steps of the episode so far, this one included, oldest first.
   *
   * @param since restarts where it holds, this step then being the first; or null
   * @param where leaves steps out where false; or null
   */
  record Past(
      ReduceOp op, Term of, @Nullable Term since, @Nullable Term where, Type type, Location at)
      implements Term {}

  /**
   * Reduces the values of steps not long ago: those {@code from} to {@code to} steps before this
   * one, as far as the episode has them. Costs the same however many they are.
   *
   * @param op {@code MIN} or {@code MAX}, undefined of no step; {@code ANY} or {@code ALL}
   */
  record Sliding(ReduceOp op, Term of, int from, int to, Type type, Location at) implements Term {

    /** How many steps it ranges over. */
    public int width() {
      return to - from + 1;
    }
  }

  /** Whether {@code event} held once, and {@code held} in every step after that. */
  record Since(Term held, Term event, Type type, Location at) implements Term {}

  /**
   * The robustness of a formula: of one that looks ahead that of the episode so far, read as a
   * whole word from its first step on; of one that looks back that of this step. It may be
   * infinite, and so may what it keeps.
   *
   * @param atoms of the formula, by number: their distances from changing, or bools, which are
   *     infinitely far from it; each is checked to be defined
   * @param beta of softmin and softmax; null with minimum and maximum
   */
  record Robustness(Formula formula, List<Term> atoms, @Nullable Term beta, Type type, Location at)
      implements Term {
    public Robustness {
      atoms = List.copyOf(atoms);
    }
  }

  /** How many steps a window holds: at least 1, at most its length. An int. */
  record WindowCount(Window window, Type type, Location at) implements Term {}

  /** The window's value at an index: 0 is the oldest. */
  record WindowAt(Window window, Term index, Type type, Location at) implements Term {}

  /** How many steps of this episode had an equal key, this one included. An int. */
  record Occurrences(Term key, int capacity, Type type, Location at) implements Term {}
}
