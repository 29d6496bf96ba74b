package org.rewlang.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The type of a value as the language has it: an array of scalars, or what several of them make
 * together. Only the checker and the ways in know structures; a program's terms are over arrays
 * alone, one for each of the {@link #leaves}.
 */
public sealed interface Structure {

  /** A temporal formula about a whole episode: it has no value of a step, and no leaves. */
  record Logic() implements Structure {}

  /** A number, a bool, a member of an enum, or an array of them. */
  record Tensor(Type type) implements Structure {}

  record Record(RecordType type) implements Structure {}

  /** A fixed number of what has no array type of its own. */
  record Array(Structure element, int length) implements Structure {}

  /** A list of at most {@code bound} elements. */
  record Bounded(Structure element, int bound) implements Structure {}

  /** A value that may be absent. */
  record Optional(Structure of) implements Structure {}

  /** A quaternion. */
  record Rotation(Order order) implements Structure {}

  /** A position and a rotation. */
  record Pose(Order order, Dimension dimension) implements Structure {}

  /** An array of a type's values. */
  static Structure array(Structure element, int length) {
    if (element instanceof Tensor t) {
      return new Tensor(t.type.withShape(Shape.concat(List.of(length), t.type.shape())));
    }
    return new Array(element, length);
  }

  /** Whether the absent value is told by a bool of its own, not by being undefined. */
  default boolean hasPresence() {
    return this instanceof Optional o
        && (o.of instanceof Record || o.of instanceof Array || o.of instanceof Bounded);
  }

  /**
   * The arrays that a value is made of, in order: a list's begin with which places hold an element,
   * an optional one's with whether it is there.
   */
  default List<Leaf> leaves() {
    List<Leaf> leaves = new ArrayList<>();
    add("", leaves);
    return leaves;
  }

  /** One array, named by the fields that lead to it; empty for the value itself. */
  record Leaf(String name, Type type) {
    private Leaf in(int length) {
      return new Leaf(name, type.withShape(Shape.concat(List.of(length), type.shape())));
    }
  }

  private void add(String name, List<Leaf> to) {
    switch (this) {
      case Logic _ -> {}
      case Tensor t -> to.add(new Leaf(name, t.type));
      case Record r -> r.type.fields().forEach(f -> f.structure().add(name + "." + f.name(), to));
      case Array a -> a.element.leaves(name).forEach(l -> to.add(l.in(a.length)));
      case Bounded b -> {
        to.add(new Leaf(name + ".there", Type.BOOL.withShape(List.of(b.bound))));
        b.element.leaves(name).forEach(l -> to.add(l.in(b.bound)));
      }
      case Optional o -> {
        if (hasPresence()) {
          to.add(new Leaf(name + ".present", Type.BOOL));
        }
        o.of.add(name, to);
      }
      case Rotation r -> to.add(new Leaf(name, Type.REAL.withShape(List.of(4))));
      case Pose p -> {
        to.add(new Leaf(name + ".position", Type.real(p.dimension).withShape(List.of(3))));
        to.add(new Leaf(name + ".rotation", Type.REAL.withShape(List.of(4))));
      }
    }
  }

  private List<Leaf> leaves(String name) {
    List<Leaf> leaves = new ArrayList<>();
    add(name, leaves);
    return leaves;
  }

  /** How many elements each of its axes has, from the outermost on. */
  default List<Integer> axes() {
    return switch (this) {
      case Tensor t -> t.type.shape();
      case Array a -> prepend(a.length, a.element.axes());
      case Bounded b -> prepend(b.bound, b.element.axes());
      case Optional o -> o.of.axes();
      case Logic _, Record _, Rotation _, Pose _ -> List.of();
    };
  }

  private static List<Integer> prepend(int first, List<Integer> rest) {
    List<Integer> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }
}
