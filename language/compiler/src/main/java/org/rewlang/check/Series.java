package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.model.Window;
import org.rewlang.source.Location;

/**
 * What an aggregation ranges over: the elements of an array, a generator, the steps of the past.
 */
sealed interface Series {

  /** One value, whose type is that of all. */
  Term sample();

  /** All values, each mapped by {@code each} to the element type {@code result}, made one. */
  Term reduce(ReduceOp op, UnaryOperator<Term> each, Type result, Location at);

  /** How many values there are, as a real. */
  Term count(Location at);

  /** What was made of all values, in a shape that goes with each of them. */
  default Term spread(Term reduced, Location at) {
    return reduced;
  }

  /**
   * Reduces the body element by element over loops, those left out where {@code where} is false.
   */
  static Term elementwise(
      ReduceOp op,
      List<Binder> binders,
      @Nullable Term where,
      Term body,
      Type result,
      Location at) {
    if (body.type().isScalar()) {
      return new Term.ReduceOver(op, binders, where, body, result, at);
    }
    List<Binder> elements = Functions.binders(body.type().shape());
    List<Term> indices = elements.stream().map(b -> Terms.loop(b, at)).toList();
    Term one =
        new Term.ReduceOver(op, binders, where, Terms.element(body, indices, at), result, at);
    return Comprehensions.build(elements, one, at);
  }

  /**
   * An array, reduced wholly or along some axes.
   *
   * @param axes in order; empty for all
   */
  record Elements(Term array, List<Integer> axes) implements Series {
    @Override
    public Term sample() {
      return array;
    }

    @Override
    public Term reduce(ReduceOp op, UnaryOperator<Term> each, Type result, Location at) {
      Term values = each.apply(array);
      if (axes.size() > 1) {
        return along(op, values, result, at);
      }
      Integer axis = axes.isEmpty() ? null : axes.getFirst();
      return new Term.Reduce(op, values, axis, result.withShape(rest()), at);
    }

    /** Over several axes: for every position along the others, all along these. */
    private Term along(ReduceOp op, Term values, Type result, Location at) {
      List<Binder> all = Functions.binders(values.type().shape());
      List<Binder> reduced = axes.stream().map(all::get).toList();
      List<Binder> kept = all.stream().filter(b -> !reduced.contains(b)).toList();
      List<Term> indices = all.stream().map(b -> Terms.loop(b, at)).toList();
      Term one =
          new Term.ReduceOver(op, reduced, null, Terms.element(values, indices, at), result, at);
      return Comprehensions.build(kept, one, at);
    }

    private List<Integer> rest() {
      return axes.isEmpty() ? List.of() : Shape.without(array.type().shape(), axes.getFirst());
    }

    @Override
    public Term count(Location at) {
      List<Integer> shape = array.type().shape();
      double n = 1;
      for (int d = 0; d < shape.size(); d++) {
        n *= axes.isEmpty() || axes.contains(d) ? shape.get(d) : 1;
      }
      return Terms.real(n, at);
    }

    @Override
    public Term spread(Term reduced, Location at) {
      if (reduced.type().isScalar()) {
        return reduced;
      }
      List<Binder> all = Functions.binders(array.type().shape());
      List<Term> kept = new ArrayList<>();
      for (int d = 0; d < all.size(); d++) {
        if (!axes.contains(d)) {
          kept.add(Terms.loop(all.get(d), at));
        }
      }
      return Comprehensions.build(all, Terms.element(reduced, kept, at), at);
    }
  }

  /** A generator: its body for every index where its filter holds. */
  record Generated(Comprehensions.Loop loop) implements Series {
    @Override
    public Term sample() {
      return loop.body();
    }

    @Override
    public Term reduce(ReduceOp op, UnaryOperator<Term> each, Type result, Location at) {
      Term found = reduced(op, each, result, at);
      boolean position = op == ReduceOp.ARGMIN || op == ReduceOp.ARGMAX;
      Term reduced =
          position && loop.sparse() != null && found.type().isScalar()
              ? Terms.element(Masks.rank(loop.sparse(), at), List.of(found), at)
              : found;
      return loop.valid() == null ? reduced : Bundles.where(loop.valid(), reduced, at);
    }

    private Term reduced(ReduceOp op, UnaryOperator<Term> each, Type result, Location at) {
      Term body = each.apply(loop.body());
      Term where = loop.where();
      boolean stateful = Walk.isStateful(body) || where != null && Walk.isStateful(where);
      boolean single = loop.binders().size() == 1;
      if (where == null && (body.type().isScalar() ? stateful : single)) {
        // State has a place for each index of a built array; vectors add up element by element.
        Term all = Comprehensions.build(loop.binders(), body, at);
        List<Integer> axes =
            body.type().isScalar()
                ? List.of()
                : IntStream.range(0, loop.binders().size()).boxed().toList();
        return new Elements(all, axes).reduce(op, UnaryOperator.identity(), result, at);
      }
      Term one = stateful ? built(body, at) : body;
      Term counted = stateful && where != null ? built(where, at) : where;
      return elementwise(op, loop.binders(), counted, one, result, at);
    }

    /** A value with a past, which has a place for each index of a built array. */
    private Term built(Term body, Location at) {
      Term all = Functions.shared("each", Comprehensions.build(loop.binders(), body, at), at);
      return Terms.element(all, loop.binders().stream().map(b -> Terms.loop(b, at)).toList(), at);
    }

    @Override
    public Term count(Location at) {
      if (loop.where() != null) {
        return new Term.ReduceOver(
            ReduceOp.SUM, loop.binders(), loop.where(), Terms.real(1, at), Type.REAL, at);
      }
      double n = 1;
      for (Binder binder : loop.binders()) {
        n *= binder.count();
      }
      return Terms.real(n, at);
    }
  }

  /** All steps of the episode so far, or since something held. */
  record Past(Term of, @Nullable Term since, @Nullable Term where) implements Series {
    @Override
    public Term sample() {
      return of;
    }

    @Override
    public Term reduce(ReduceOp op, UnaryOperator<Term> each, Type result, Location at) {
      Term value = each.apply(of);
      return new Term.Past(op, value, since, where, result.withShape(value.type().shape()), at);
    }

    @Override
    public Term count(Location at) {
      // An agent's steps are those since it came.
      Term there = Walk.there(of, at);
      Term counted = there == null || where == null ? there : Terms.and(where, there, at);
      counted = counted == null ? where : counted;
      return new Term.Past(ReduceOp.SUM, Terms.real(1, at), since, counted, Type.REAL, at);
    }
  }

  /**
   * The last steps, this one included; early in an episode those that there are.
   *
   * @param age how many steps ago the oldest was that counts, or null
   */
  record Last(Window window, @Nullable Term age, @Nullable Window where) implements Series {
    @Override
    public Term sample() {
      return window.of();
    }

    /** The newest is 1 before the end of the window. */
    private static Term young(Term age, Location at) {
      return Terms.apply(Operation.ADD, Type.INT, at, age, Terms.integer(1, at));
    }

    /** Where the filter's window has the step: it may have begun when no agent was there yet. */
    private Term place(Term index, Location at) {
      Window filter = java.util.Objects.requireNonNull(where);
      if (Walk.comings(window.of()).equals(Walk.comings(filter.of()))) {
        return index;
      }
      Term longer =
          Terms.apply(
              Operation.SUBTRACT,
              Type.INT,
              at,
              new Term.WindowCount(filter, Type.INT, at),
              new Term.WindowCount(window, Type.INT, at));
      return Terms.apply(Operation.ADD, Type.INT, at, index, longer);
    }

    private Term filled(Term index, Location at) {
      Term count = new Term.WindowCount(window, Type.INT, at);
      Term there = Terms.apply(Operation.LESS, Type.BOOL, at, index, count);
      if (age != null) {
        Term older = Terms.apply(Operation.SUBTRACT, Type.INT, at, count, index);
        Term young = Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, older, young(age, at));
        there = Terms.and(there, young, at);
      }
      return where == null
          ? there
          : Terms.and(there, new Term.WindowAt(where, place(index, at), Type.BOOL, at), at);
    }

    @Override
    public Term reduce(ReduceOp op, UnaryOperator<Term> each, Type result, Location at) {
      boolean whole = age == null && where == null && Walk.comings(window.of()).isEmpty();
      if (whole && isIdempotent(op)) {
        Term value = each.apply(window.of());
        Type type = result.withShape(value.type().shape());
        return new Term.Sliding(op, value, 0, window.steps() - 1, type, at);
      }
      Binder step = new Binder("step", window.steps());
      Term index = Terms.loop(step, at);
      Term value = each.apply(new Term.WindowAt(window, index, window.of().type(), at));
      return elementwise(op, List.of(step), filled(index, at), value, result, at);
    }

    /** Whether values may be joined in any order, and more than once, with the same bits. */
    private static boolean isIdempotent(ReduceOp op) {
      return switch (op) {
        case MIN, MAX, ANY, ALL -> true;
        case SUM, PROD, ARGMIN, ARGMAX -> false;
      };
    }

    @Override
    public Term count(Location at) {
      if (where == null && age == null) {
        return Terms.widen(new Term.WindowCount(window, Type.INT, at));
      }
      Binder step = new Binder("step", window.steps());
      return new Term.ReduceOver(
          ReduceOp.SUM,
          List.of(step),
          filled(Terms.loop(step, at), at),
          Terms.real(1, at),
          Type.REAL,
          at);
    }
  }
}
