package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.EnumType;
import org.rewlang.model.Shape;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/** {@code obs[3:6]}, {@code m[i, 0]}: Python's positions, from 0, negative ones from the end. */
final class Indexing {

  /** One resolved subscript: an index, or the start and length of a slice. */
  private record Part(@Nullable Term index, int start, int length) {}

  private final Session session;

  Indexing(Session session) {
    this.session = session;
  }

  Value of(Expr.Index i, Env env) {
    return of(session.value(i.target(), env), i, env);
  }

  Value of(Value target, Expr.Index i, Env env) {
    return switch (target) {
      case Value.Bundle b -> session.lists.element(b, i, env);
      case Value.Tensor t -> Value.of(of(t.term(), i, env));
      case Value.Logic l -> Value.of(session.structures.tensor(l, i.target(), env));
    };
  }

  private Term of(Term target, Expr.Index i, Env env) {
    List<Part> parts = parts(target, i.target(), i.subscripts(), i, env);
    return parts == null ? env.error(i.span()) : make(target, parts, env.at(i.span()));
  }

  /** Leading positions in an array; null, with the reason told, where they are none. */
  @Nullable List<Term> positions(
      Term array, Expr target, List<Expr.Subscript> subscripts, Expr whole, Env env) {
    List<Part> parts = parts(array, target, subscripts, whole, env);
    return parts == null
        ? null
        : parts.stream().map(p -> java.util.Objects.requireNonNull(p.index())).toList();
  }

  private @Nullable List<Part> parts(
      Term target, Expr expr, List<Expr.Subscript> subscripts, Expr whole, Env env) {
    List<Part> parts = new ArrayList<>();
    boolean wrong = false;
    List<Integer> shape = target.type().shape();
    boolean known = !Terms.isError(target);
    List<Expr.Subscript> dots =
        subscripts.stream().filter(Expr.Subscript.Ellipsis.class::isInstance).toList();
    if (dots.size() > 1) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH, "only one `...` has a meaning", dots.get(1).span(), env)
              .label("how many axes are these"));
      return null;
    }
    int given = subscripts.size() - dots.size();
    if (known && given > shape.size()) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  shape.isEmpty()
                      ? "a single value has no elements"
                      : "there are more positions than dimensions",
                  whole.span(),
                  env)
              .label(
                  "`"
                      + env.file.source.text(expr.span())
                      + "` is `"
                      + session.types.show(target.type())
                      + "`"));
      return null;
    }
    for (Expr.Subscript subscript : subscripts) {
      if (subscript instanceof Expr.Subscript.Ellipsis) {
        for (int left = known ? shape.size() - given : 0; left > 0; left--) {
          parts.add(new Part(null, 0, shape.get(parts.size())));
        }
        continue;
      }
      int k = parts.size();
      EnumType axis = known ? Shape.axis(shape, k) : null;
      Part part = part(subscript, known ? shape.get(k) : -1, axis, env);
      wrong |= part == null;
      // What is wrong takes an axis, too.
      parts.add(part == null ? new Part(null, 0, 1) : part);
    }
    return wrong || !known ? null : parts;
  }

  private @Nullable Part part(
      Expr.Subscript subscript, int length, @Nullable EnumType axis, Env env) {
    return switch (subscript) {
      case Expr.Subscript.At at -> {
        Term index =
            axis == null ? index(at.index(), length, env) : member(at.index(), length, axis, env);
        yield index == null ? null : new Part(index, 0, 1);
      }
      case Expr.Subscript.Slice s -> slice(s, length, env);
      case Expr.Subscript.Ellipsis _ -> new Part(null, 0, length);
    };
  }

  /** A member of the enum that names the positions; a number counts them from 0. */
  private @Nullable Term member(Expr expr, int length, EnumType axis, Env env) {
    Term value = session.expressions.of(expr, env, Type.of(axis));
    if (value.type().isNumber()) {
      return index(value, expr, length, env);
    }
    Term member = session.fit.coerce(value, Type.of(axis), expr, env, "a position");
    return Terms.isError(member) ? null : Terms.retype(member, Type.INT);
  }

  private @Nullable Term index(Expr expr, int length, Env env) {
    return index(session.expr(expr, env), expr, length, env);
  }

  private @Nullable Term index(Term value, Expr expr, int length, Env env) {
    Term index = session.fit.coerce(value, Type.INT, expr, env, "a position");
    if (Terms.isError(index) || length < 0) {
      return null;
    }
    if (!(index instanceof Term.Const c)) {
      return index;
    }
    int i = (int) c.value();
    if (i < -length || i >= length) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE,
                  "position " + i + " is outside an array of " + session.types.length(length),
                  expr.span(),
                  env)
              .label("positions go from 0 to " + (length - 1))
              .found(Integer.toString(i)));
      return null;
    }
    return Terms.integer(i < 0 ? i + length : i, index.at());
  }

  private @Nullable Part slice(Expr.Subscript.Slice s, int length, Env env) {
    Integer from = s.from() == null ? Integer.valueOf(0) : bound(s.from(), length, env);
    Integer to = s.to() == null ? Integer.valueOf(length) : bound(s.to(), length, env);
    if (from == null || to == null || length < 0) {
      return null;
    }
    if (from >= to) {
      session.reporter.report(
          session
              .diagnose(Code.INDEX_RANGE, "this slice is empty", s.span(), env)
              .label("from " + from + " up to, but without, " + to));
      return null;
    }
    return new Part(null, from, to - from);
  }

  private @Nullable Integer bound(Expr expr, int length, Env env) {
    Integer n = session.constants.whole(expr, env, "the end of a slice");
    if (n == null || length < 0) {
      return null;
    }
    int i = n < 0 ? n + length : n;
    if (i < 0 || i > length) {
      session.reporter.report(
          session
              .diagnose(
                  Code.INDEX_RANGE,
                  "position " + n + " is outside an array of " + session.types.length(length),
                  expr.span(),
                  env)
              .label("a slice ends at " + session.types.length(length) + " at most")
              .found(Integer.toString(n)));
      return null;
    }
    return i;
  }

  private static Term make(Term target, List<Part> parts, Location at) {
    int leading = 0;
    while (leading < parts.size() && parts.get(leading).index() != null) {
      leading++;
    }
    List<Term> indices = new ArrayList<>();
    for (Part part : parts.subList(0, leading)) {
      if (part.index() != null) {
        indices.add(part.index());
      }
    }
    Term outer = Terms.element(target, indices, at);
    List<Part> rest = parts.subList(leading, parts.size());
    if (rest.isEmpty()) {
      return outer;
    }
    return rest.stream().allMatch(p -> p.index() == null)
        ? slice(outer, rest, at)
        : gather(outer, rest, at);
  }

  private static Term slice(Term of, List<Part> parts, Location at) {
    List<Integer> starts = new ArrayList<>();
    List<Integer> whole = of.type().shape();
    List<Integer> lengths = new ArrayList<>(whole);
    List<@Nullable EnumType> axes = Shape.axes(whole);
    for (int k = 0; k < whole.size(); k++) {
      boolean given = k < parts.size();
      starts.add(given ? parts.get(k).start() : 0);
      lengths.set(k, given ? parts.get(k).length() : whole.get(k));
      // A part of an enum's members is no enum.
      axes.set(k, lengths.get(k).equals(whole.get(k)) ? axes.get(k) : null);
    }
    return new Term.Slice(of, starts, of.type().withShape(Shape.of(lengths, axes)), at);
  }

  /** A position behind a slice: built element by element along the sliced dimensions. */
  private static Term gather(Term of, List<Part> parts, Location at) {
    List<Binder> binders = new ArrayList<>();
    List<Term> indices = new ArrayList<>();
    List<Integer> whole = of.type().shape();
    for (int k = 0; k < parts.size(); k++) {
      Part part = parts.get(k);
      if (part.index() != null) {
        indices.add(part.index());
      } else {
        boolean all = part.length() == whole.get(k);
        Binder binder = new Binder("i", part.length(), all ? Shape.axis(whole, k) : null);
        binders.add(binder);
        Term index = Terms.loop(binder, at);
        indices.add(
            part.start() == 0
                ? index
                : Terms.apply(
                    org.rewlang.model.Operation.ADD,
                    Type.INT,
                    at,
                    index,
                    Terms.integer(part.start(), at)));
      }
    }
    return Comprehensions.build(binders, Terms.element(of, indices, at), at);
  }

  /** {@code v[..., i]}: of a vector its element, of an array of vectors that of each. */
  static Term last(Term of, int i, Location at) {
    List<Part> parts = new ArrayList<>();
    List<Integer> shape = of.type().shape();
    shape.subList(0, shape.size() - 1).forEach(n -> parts.add(new Part(null, 0, n)));
    parts.add(new Part(Terms.integer(i, at), 0, 1));
    return make(of, parts, at);
  }

  /** {@code .x} to {@code .w} of a vector of 2 to 4. */
  static int letter(String name) {
    return name.length() == 1 ? "xyzw".indexOf(name) : -1;
  }

  /** A view on a flat observation. */
  Term view(Term target, Expr.Subscript part, Env env, Location at) {
    List<Integer> shape = target.type().shape();
    Part resolved = part(part, shape.isEmpty() ? 0 : shape.getFirst(), null, env);
    return resolved == null ? Terms.error(at) : make(target, List.of(resolved), at);
  }
}
