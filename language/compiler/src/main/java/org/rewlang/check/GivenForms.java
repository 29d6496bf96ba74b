package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Form;
import org.rewlang.model.Operation;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Structure;
import org.rewlang.model.Supplied;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Expr;

/**
 * What a program gives for values of structured types that otherwise come from outside: as in data,
 * bare numbers are in the declared units, and what is optional may be left out.
 */
final class GivenForms {

  private final Session session;

  GivenForms(Session session) {
    this.session = session;
  }

  /**
   * Adds what {@code expr} gives to {@code values}; the reason is told where it doesn't fit.
   *
   * @param axes how many stand in front in the arrays and not in what is given
   * @param place what it is given for, in messages
   */
  <A extends Supplied> void give(
      Form<A> form,
      Structure structure,
      int axes,
      Expr expr,
      Env env,
      String place,
      Map<A, Term> values) {
    List<Term> terms = terms(form, structure, axes, expr, env, place);
    List<A> arrays = form.arrays();
    for (int i = 0; i < arrays.size(); i++) {
      values.put(arrays.get(i), terms == null ? env.error(expr.span()) : terms.get(i));
    }
  }

  /** Adds that a value is absent. */
  <A extends Supplied> void absent(Form<A> form, int axes, Location at, Map<A, Term> values) {
    List<A> arrays = form.arrays();
    List<Term> terms = idle(form, axes, at);
    for (int i = 0; i < arrays.size(); i++) {
      values.put(arrays.get(i), terms.get(i));
    }
  }

  /** What stands where nothing is given. */
  private static List<Term> idle(Form<? extends Supplied> form, int axes, Location at) {
    List<Term> terms = new ArrayList<>();
    for (Supplied array : form.arrays()) {
      List<Integer> shape = array.type().shape();
      terms.add(
          Terms.broadcast(
              new Term.Const(array.idle(), array.type().element(), at),
              shape.subList(axes, shape.size())));
    }
    return terms;
  }

  /** One term for each array of a form, without its axes in front; null if something is wrong. */
  private @Nullable List<Term> terms(
      Form<? extends Supplied> form,
      Structure structure,
      int axes,
      Expr expr,
      Env env,
      String place) {
    Location at = env.at(expr.span());
    switch (form) {
      case Form.Maybe<? extends Supplied> maybe -> {
        Structure inner = ((Structure.Optional) structure).of();
        List<Term> terms = terms(maybe.of(), inner, axes, expr, env, place);
        return terms == null ? null : Bundles.prepend(Terms.bool(true, at), terms);
      }
      case Form.Leaf<? extends Supplied> leaf when structure instanceof Structure.Tensor t -> {
        Unit unit = session.forms.unit(leaf.array());
        return one(session.given.value(expr, unit, t.type(), env, place));
      }
      case Form.Leaf<? extends Supplied> _ when expr instanceof Expr.ListLit -> {
        Type four = Type.REAL.withShape(List.of(4));
        return one(session.given.value(expr, Unit.PLAIN, four, env, place));
      }
      case Form.Leaf<? extends Supplied> _ -> {}
      case Form.Fields<? extends Supplied> fields -> {
        if (expr instanceof Expr.Call call
            && call.callee() instanceof Expr.NameRef n
            && n.name().equals(fields.type())) {
          return fields(fields, structure, axes, call, env, at);
        }
      }
      case Form.Listed<? extends Supplied> listed
          when expr instanceof Expr.ListLit l && l.unit() == null -> {
        return elements(listed, (Structure.Bounded) structure, axes, l, env, at);
      }
      case Form.Listed<? extends Supplied> _ -> {}
      case Form.Row<? extends Supplied> row
          when expr instanceof Expr.ListLit l && l.unit() == null -> {
        Structure.Array array = (Structure.Array) structure;
        List<List<Term>> all = each(row.element(), array.element(), axes + 1, l, env);
        if (all == null || all.size() != array.length()) {
          Value wrong = session.expressions.value(expr, env, structure);
          session.structures.coerce(wrong, structure, expr, env, place);
          return null;
        }
        return stacked(all, row.element().arrays().size(), at);
      }
      case Form.Row<? extends Supplied> _ -> {}
    }
    Value value =
        session.structures.coerce(
            session.expressions.value(expr, env, structure), structure, expr, env, place);
    if (value.isError()) {
      return null;
    }
    List<Term> result = new ArrayList<>();
    untangle(form, structure, value.terms(), result, at);
    return result;
  }

  private static @Nullable List<Term> one(Term value) {
    return Terms.isError(value) ? null : List.of(value);
  }

  private @Nullable List<Term> fields(
      Form.Fields<? extends Supplied> form,
      Structure structure,
      int axes,
      Expr.Call call,
      Env env,
      Location at) {
    List<@Nullable Expr> given =
        structure instanceof Structure.Record r
            ? session.records.arguments(session.records.declaration(r.type()), r.type(), call, env)
            : session.calls.match("pose", List.of("position", "rotation"), 2, call, env);
    if (given == null) {
      session.calls.arguments(call, env);
      return null;
    }
    List<Structure> parts = Forms.parts(structure);
    List<Term> terms = new ArrayList<>();
    boolean wrong = false;
    int i = 0;
    for (Form<? extends Supplied> field : form.fields().values()) {
      Expr expr = given.get(i);
      List<Term> own =
          expr == null
              ? idle(field, axes, at)
              : terms(field, parts.get(i), axes, expr, env, "this value");
      wrong |= own == null;
      if (own != null) {
        terms.addAll(own);
      }
      i++;
    }
    return wrong ? null : terms;
  }

  private @Nullable List<Term> elements(
      Form.Listed<? extends Supplied> form,
      Structure.Bounded list,
      int axes,
      Expr.ListLit literal,
      Env env,
      Location at) {
    List<List<Term>> all = each(form.element(), list.element(), axes + 1, literal, env);
    if (all == null) {
      return null;
    }
    if (all.size() > list.bound()) {
      session.structures.tooLong(all.size(), list.bound(), literal, env);
      return null;
    }
    List<? extends Supplied> arrays = form.element().arrays();
    List<Term> terms = new ArrayList<>(List.of(Terms.integer(all.size(), at)));
    if (all.isEmpty()) {
      terms.addAll(idle(form.element(), axes, at));
      return terms;
    }
    List<Term> stacked = stacked(all, arrays.size(), at);
    for (int i = 0; i < arrays.size(); i++) {
      Supplied array = arrays.get(i);
      Term idle = new Term.Const(array.idle(), array.type().element(), at);
      terms.add(padded(stacked.get(i), all.size(), list.bound(), idle, at));
    }
    return terms;
  }

  private static Term padded(Term leaf, int count, int bound, Term idle, Location at) {
    if (count == bound) {
      return leaf;
    }
    Binder binder = new Binder("i", bound);
    Term index = Terms.loop(binder, at);
    Term within = Terms.apply(Operation.LESS, Type.BOOL, at, index, Terms.integer(count, at));
    Term one = Terms.select(within, Terms.element(leaf, List.of(index), at), idle, at);
    return Comprehensions.build(List.of(binder), one, at);
  }

  private @Nullable List<List<Term>> each(
      Form<? extends Supplied> form, Structure element, int axes, Expr.ListLit literal, Env env) {
    List<List<Term>> all = new ArrayList<>();
    boolean wrong = false;
    for (Expr e : literal.elements()) {
      List<Term> one = terms(form, element, axes, e, env, "this value");
      wrong |= one == null;
      if (one != null) {
        all.add(one);
      }
    }
    return wrong ? null : all;
  }

  private static List<Term> stacked(List<List<Term>> all, int arrays, Location at) {
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < arrays; i++) {
      int array = i;
      terms.add(Terms.stack(all.stream().map(one -> one.get(array)).toList(), at));
    }
    return terms;
  }

  /** From the arrays of a value, in SI, to those that a host gives. */
  private void untangle(
      Form<? extends Supplied> form,
      Structure structure,
      List<Term> leaves,
      List<Term> to,
      Location at) {
    switch (form) {
      case Form.Leaf<? extends Supplied> leaf ->
          to.add(
              Quantities.scale(
                  leaves.getFirst(), session.forms.unit(leaf.array()).factor().inverse()));
      case Form.Row<? extends Supplied> row -> {
        Binder binder = new Binder("i", row.count());
        Structure element = ((Structure.Array) structure).element();
        for (Term one : element(row.element(), element, leaves, Terms.loop(binder, at), at)) {
          to.add(Comprehensions.build(List.of(binder), one, at));
        }
      }
      case Form.Fields<? extends Supplied> fields -> {
        List<Structure> parts = Forms.parts(structure);
        int from = 0;
        int i = 0;
        for (Form<? extends Supplied> field : fields.fields().values()) {
          Structure part = parts.get(i++);
          int count = part.leaves().size();
          untangle(field, part, leaves.subList(from, from + count), to, at);
          from += count;
        }
      }
      case Form.Listed<? extends Supplied> listed ->
          list(listed, (Structure.Bounded) structure, leaves, to, at);
      case Form.Maybe<? extends Supplied> maybe ->
          optional(maybe, (Structure.Optional) structure, leaves, to, at);
    }
  }

  private void list(
      Form.Listed<? extends Supplied> form,
      Structure.Bounded list,
      List<Term> leaves,
      List<Term> to,
      Location at) {
    Term there = leaves.getFirst();
    to.add(Masks.length(there, at));
    Binder binder = new Binder("i", list.bound());
    Term place = Masks.place(there, Terms.loop(binder, at), at);
    Term holds = Terms.element(there, List.of(place), at);
    List<Term> values = leaves.subList(1, leaves.size());
    List<Term> inner = element(form.element(), list.element(), values, place, at);
    for (int i = 0; i < inner.size(); i++) {
      Supplied array = form.element().arrays().get(i);
      Term idle = new Term.Const(array.idle(), array.type().element(), at);
      Term one = Terms.select(holds, inner.get(i), idle, at);
      to.add(Comprehensions.build(List.of(binder), one, at));
    }
  }

  private List<Term> element(
      Form<? extends Supplied> form,
      Structure structure,
      List<Term> leaves,
      Term place,
      Location at) {
    List<Term> one = leaves.stream().map(l -> Terms.element(l, List.of(place), at)).toList();
    List<Term> to = new ArrayList<>();
    untangle(form, structure, one, to, at);
    return to;
  }

  private void optional(
      Form.Maybe<? extends Supplied> form,
      Structure.Optional optional,
      List<Term> leaves,
      List<Term> to,
      Location at) {
    boolean told = optional.hasPresence();
    Term present =
        told ? leaves.getFirst() : Terms.apply(Operation.DEFINED, Type.BOOL, at, leaves.getFirst());
    to.add(
        present.type().isScalar()
            ? present
            : new Term.Reduce(ReduceOp.ALL, present, null, Type.BOOL, at));
    List<Term> own = new ArrayList<>();
    untangle(form.of(), optional.of(), told ? leaves.subList(1, leaves.size()) : leaves, own, at);
    List<? extends Supplied> arrays = form.of().arrays();
    for (int i = 0; i < own.size(); i++) {
      Supplied array = arrays.get(i);
      Term idle = new Term.Const(array.idle(), array.type().element(), at);
      to.add(Terms.apply(Operation.COALESCE, own.get(i).type().element(), at, own.get(i), idle));
    }
  }
}
