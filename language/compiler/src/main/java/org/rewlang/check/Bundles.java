package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.rewlang.model.Binder;
import org.rewlang.model.RecordType;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.source.Location;

/** Makes structured values, and takes them apart; they must fit. */
final class Bundles {

  private Bundles() {}

  /** Leaf by leaf, of two values of one structure. */
  static Value zip(Value a, Value b, Location at, BinaryOperator<Term> each) {
    List<Term> leaves = new ArrayList<>();
    for (int i = 0; i < a.terms().size(); i++) {
      leaves.add(each.apply(a.terms().get(i), b.terms().get(i)));
    }
    return Value.of(a.structure(), leaves, at);
  }

  /** One of two values of one structure. */
  static Value select(Term condition, Value then, Value otherwise, Location at) {
    return zip(then, otherwise, at, (a, b) -> select(condition, a, b, at));
  }

  private static Term select(Term condition, Term then, Term otherwise, Location at) {
    if (condition instanceof Term.Const c && c.type().isScalar()) {
      return c.value() != 0 ? then : otherwise;
    }
    return Terms.select(condition, then, otherwise, at);
  }

  /** The array that is undefined where {@code there}, over its leading axes, is false. */
  static Term where(Term there, Term of, Location at) {
    return masked(there, of, new Term.Const(Double.NaN, of.type().element(), at), at);
  }

  private static Term masked(Term there, Term of, Term otherwise, Location at) {
    List<Integer> leading = there.type().shape();
    if (leading.isEmpty() || leading.equals(of.type().shape())) {
      return select(Masks.isFull(there) ? Terms.bool(true, at) : there, of, otherwise, at);
    }
    if (Masks.isFull(there)) {
      return of;
    }
    List<Binder> binders = Functions.binders(leading);
    List<Term> indices = binders.stream().map(b -> Terms.loop(b, at)).toList();
    Term one =
        Terms.select(
            Terms.element(there, indices, at), Terms.element(of, indices, at), otherwise, at);
    return Comprehensions.build(binders, one, at);
  }

  /**
   * Leaves that are undefined where nothing holds an element, replaced so that state can hold them.
   */
  static Value settled(Value value, Location at) {
    if (value instanceof Value.Tensor) {
      return value;
    }
    List<Term> leaves = new ArrayList<>(value.terms());
    settle(value.structure(), leaves, 0, at);
    return Value.of(value.structure(), leaves, at);
  }

  private static void settle(Structure s, List<Term> leaves, int first, Location at) {
    switch (s) {
      case Structure.Bounded b -> {
        mask(leaves, first, b.leaves().size(), at);
        settle(b.element(), leaves, first + 1, at);
      }
      case Structure.Optional o when o.hasPresence() -> {
        mask(leaves, first, o.leaves().size(), at);
        settle(o.of(), leaves, first + 1, at);
      }
      case Structure.Array a -> settle(a.element(), leaves, first, at);
      case Structure.Record r -> {
        int at1 = first;
        for (RecordType.Field f : r.type().fields()) {
          settle(f.structure(), leaves, at1, at);
          at1 += f.structure().leaves().size();
        }
      }
      default -> {}
    }
  }

  private static void mask(List<Term> leaves, int first, int count, Location at) {
    Term there = leaves.get(first);
    for (int i = first + 1; i < first + count; i++) {
      Term leaf = leaves.get(i);
      leaves.set(i, masked(there, leaf, new Term.Const(0, leaf.type().element(), at), at));
    }
  }

  /** Arrays, and what they make for each index of axes that all of them have in front. */
  private record Part(Structure structure, List<Term> leaves) {}

  /** The field of a record, of each record of an array or list, or of one that may be absent. */
  static Value field(Value.Bundle bundle, int field, Location at) {
    Part part = field(bundle.structure(), bundle.leaves(), field, at);
    return Value.of(part.structure, part.leaves, at);
  }

  private static Part field(Structure structure, List<Term> leaves, int field, Location at) {
    switch (structure) {
      case Structure.Record r -> {
        int from = 0;
        for (RecordType.Field f : r.type().fields().subList(0, field)) {
          from += f.structure().leaves().size();
        }
        Structure own = r.type().fields().get(field).structure();
        return new Part(own, leaves.subList(from, from + own.leaves().size()));
      }
      case Structure.Array a -> {
        Part inner = field(a.element(), leaves, field, at);
        return new Part(Structure.array(inner.structure, a.length()), inner.leaves);
      }
      case Structure.Bounded b -> {
        Part inner = field(b.element(), leaves.subList(1, leaves.size()), field, at);
        return new Part(
            new Structure.Bounded(inner.structure, b.bound()),
            prepend(leaves.getFirst(), inner.leaves));
      }
      case Structure.Optional o -> {
        Part inner = field(o.of(), leaves.subList(1, leaves.size()), field, at);
        return maybe(leaves.getFirst(), inner, at);
      }
      default -> throw new IllegalArgumentException("no fields: " + structure);
    }
  }

  /** A value that is there only where a bool says so. */
  static Value maybe(Term present, Value value, Location at) {
    Part part = maybe(present, new Part(value.structure(), value.terms()), at);
    return Value.of(part.structure, part.leaves, at);
  }

  private static Part maybe(Term present, Part part, Location at) {
    if (Masks.isFull(present)) {
      return part;
    }
    return switch (part.structure) {
      case Structure.Optional o when o.hasPresence() ->
          new Part(
              o,
              prepend(
                  Terms.and(present, part.leaves.getFirst(), at),
                  part.leaves.subList(1, part.leaves.size())));
      case Structure.Record _, Structure.Array _, Structure.Bounded _ ->
          new Part(new Structure.Optional(part.structure), prepend(present, part.leaves));
      default ->
          new Part(
              part.structure, part.leaves.stream().map(leaf -> where(present, leaf, at)).toList());
    };
  }

  /** The value of an optional one, undefined where it is absent. */
  static Value assumed(Value.Bundle optional, Structure.Optional structure, Location at) {
    Term present = optional.leaves().getFirst();
    List<Term> leaves =
        optional.leaves().subList(1, optional.leaves().size()).stream()
            .map(leaf -> where(present, leaf, at))
            .toList();
    return Value.of(structure.of(), leaves, at);
  }

  /** What an optional value is where it is there. */
  static Value present(Value.Bundle optional, Structure.Optional structure) {
    return Value.of(
        structure.of(), optional.leaves().subList(1, optional.leaves().size()), optional.at());
  }

  static List<Term> prepend(Term first, List<Term> rest) {
    List<Term> all = new ArrayList<>(List.of(first));
    all.addAll(rest);
    return all;
  }

  /** The element of an array or list at a place of its arrays, there or not. */
  static Value at(Value.Bundle of, Term place, Location at) {
    return switch (of.structure()) {
      case Structure.Array a ->
          Value.of(
              a.element(),
              of.leaves().stream().map(l -> Terms.element(l, List.of(place), at)).toList(),
              at);
      case Structure.Bounded b ->
          Value.of(
              b.element(),
              of.leaves().stream().skip(1).map(l -> Terms.element(l, List.of(place), at)).toList(),
              at);
      default -> throw new IllegalArgumentException("no elements: " + of.structure());
    };
  }

  /** The value at an index of an array of values. */
  static Value element(Value all, Term index, Location at) {
    return switch (all) {
      case Value.Tensor t -> Value.of(Terms.element(t.term(), List.of(index), at));
      case Value.Bundle b -> at(b, index, at);
      case Value.Logic _ -> throw new IllegalArgumentException("a formula has no elements");
    };
  }

  /** Values for every index: an array of them. */
  static Value build(List<Binder> binders, Value body, Location at) {
    Structure structure = body.structure();
    for (int i = binders.size() - 1; i >= 0; i--) {
      structure = Structure.array(structure, binders.get(i).count());
    }
    List<Term> leaves =
        body.terms().stream().map(l -> Comprehensions.build(binders, l, at)).toList();
    return Value.of(structure, leaves, at);
  }

  /** An array's values as a list; {@code there} says which of them belong to it. */
  static Value.Bundle list(Term there, Value array, Structure element, Location at) {
    int bound = there.type().shape().getFirst();
    return new Value.Bundle(
        new Structure.Bounded(element, bound), prepend(there, array.terms()), at);
  }

  /** A list of another bound; places beyond the old one hold nothing. */
  static Value.Bundle bounded(Value.Bundle list, int bound, Location at) {
    Structure.Bounded structure = (Structure.Bounded) list.structure();
    if (structure.bound() == bound) {
      return list;
    }
    Binder binder = new Binder("i", bound);
    Term index = Terms.loop(binder, at);
    List<Term> leaves = new ArrayList<>();
    for (Term leaf : list.leaves()) {
      leaves.add(
          Comprehensions.build(List.of(binder), Terms.element(leaf, List.of(index), at), at));
    }
    return new Value.Bundle(new Structure.Bounded(structure.element(), bound), leaves, at);
  }
}
