package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.InputForm;
import org.rewlang.model.InputVar;
import org.rewlang.model.Operation;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.TypeExpr;

/**
 * What a test gives for inputs of structured types: as in data, bare numbers are in the declared
 * units, and what is optional may be left out.
 */
final class GivenForms {

  private final Session session;

  GivenForms(Session session) {
    this.session = session;
  }

  /** Adds what {@code expr} gives to {@code values}; the reason is told where it doesn't fit. */
  void give(Entity.Structured input, Expr expr, Env env, Map<InputVar, Term> values) {
    Location at = env.at(expr.span());
    TypeExpr written = input.field().type();
    List<Term> terms =
        terms(input.input().form(), input.structure(), written, input.file(), expr, env, at);
    List<InputVar> arrays = input.input().form().arrays();
    for (int i = 0; i < arrays.size(); i++) {
      values.put(arrays.get(i), terms == null ? env.error(expr.span()) : terms.get(i));
    }
  }

  /** Adds that an input is absent. */
  void absent(Entity.Structured input, Location at, Map<InputVar, Term> values) {
    List<InputVar> arrays = input.input().form().arrays();
    List<Term> terms = idle(input.input().form(), at);
    for (int i = 0; i < arrays.size(); i++) {
      values.put(arrays.get(i), terms.get(i));
    }
  }

  /** What stands where nothing is given. */
  private static List<Term> idle(InputForm form, Location at) {
    List<Term> terms = new ArrayList<>();
    for (InputVar v : form.arrays()) {
      terms.add(
          Terms.broadcast(new Term.Const(v.idle(), v.type().element(), at), v.type().shape()));
    }
    return terms;
  }

  /** One term for each array of a form, of the form's own axes; null if something doesn't fit. */
  private @Nullable List<Term> terms(
      InputForm form,
      Structure structure,
      TypeExpr written,
      FileScope file,
      Expr expr,
      Env env,
      Location at) {
    switch (structure) {
      case Structure.Optional o -> {
        InputForm.Maybe maybe = (InputForm.Maybe) form;
        List<Term> inner = terms(maybe.of(), o.of(), written, file, expr, env, at);
        return inner == null ? null : Bundles.prepend(Terms.bool(true, at), inner);
      }
      case Structure.Tensor t -> {
        Unit unit = unit(written, file);
        Term value = session.given.value(expr, unit, t.type(), env, "this value");
        return Terms.isError(value) ? null : List.of(value);
      }
      case Structure.Rotation _ when expr instanceof Expr.ListLit -> {
        Type four = Type.REAL.withShape(List.of(4));
        Term value = session.given.value(expr, Unit.PLAIN, four, env, "a quaternion");
        return Terms.isError(value) ? null : List.of(value);
      }
      case Structure.Pose p -> {
        if (expr instanceof Expr.Call call
            && call.callee() instanceof Expr.NameRef n
            && n.name().equals("pose")) {
          return pose((InputForm.Fields) form, p, written, file, call, env);
        }
      }
      case Structure.Record r -> {
        if (expr instanceof Expr.Call call
            && call.callee() instanceof Expr.NameRef n
            && n.name().equals(r.type().name())) {
          return fields((InputForm.Fields) form, r, call, file, env, at);
        }
      }
      case Structure.Bounded b when expr instanceof Expr.ListLit l && l.unit() == null -> {
        return elements((InputForm.Listed) form, b, written, file, l, env, at);
      }
      case Structure.Array a when expr instanceof Expr.ListLit l && l.unit() == null -> {
        InputForm.Row row = (InputForm.Row) form;
        List<List<Term>> all = each(row.element(), a.element(), written, file, l, env);
        if (all == null || all.size() != a.length()) {
          Value wrong = session.expressions.value(expr, env, structure);
          session.structures.coerce(wrong, structure, expr, env, "this input");
          return null;
        }
        return stacked(all, row.element().arrays().size(), at);
      }
      default -> {}
    }
    Value value =
        session.structures.coerce(
            session.expressions.value(expr, env, structure), structure, expr, env, "this input");
    if (value.isError()) {
      return null;
    }
    List<Term> result = new ArrayList<>();
    untangle(form, structure, written, file, value.terms(), result, at);
    return result;
  }

  private static Unit unit(TypeExpr written, FileScope file) {
    Unit unit = written.unit() == null ? null : UnitParser.parse(written.unit().text(), file::unit);
    return unit == null ? Unit.PLAIN : unit;
  }

  private @Nullable List<Term> pose(
      InputForm.Fields form,
      Structure.Pose pose,
      TypeExpr written,
      FileScope file,
      Expr.Call call,
      Env env) {
    List<@Nullable Expr> given =
        session.calls.match("pose", List.of("position", "rotation"), 2, call, env);
    if (given == null) {
      session.calls.arguments(call, env);
      return null;
    }
    List<InputForm> forms = List.copyOf(form.fields().values());
    List<Structure> parts =
        List.of(
            new Structure.Tensor(Type.real(pose.dimension()).withShape(List.of(3))),
            new Structure.Rotation(pose.order()));
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Expr expr = java.util.Objects.requireNonNull(given.get(i));
      List<Term> own =
          terms(forms.get(i), parts.get(i), written, file, expr, env, env.at(expr.span()));
      if (own != null) {
        terms.addAll(own);
      }
    }
    return terms.size() == 2 ? terms : null;
  }

  private @Nullable List<Term> fields(
      InputForm.Fields form,
      Structure.Record record,
      Expr.Call call,
      FileScope file,
      Env env,
      Location at) {
    Entity.RecordDeclaration declared =
        java.util.Objects.requireNonNull(session.records.find(record.type().name(), Env.of(file)));
    List<@Nullable Expr> given = session.records.arguments(declared, record.type(), call, env);
    if (given == null) {
      session.calls.arguments(call, env);
      return null;
    }
    List<InputForm> forms = List.copyOf(form.fields().values());
    List<Term> terms = new ArrayList<>();
    boolean wrong = false;
    for (int i = 0; i < forms.size(); i++) {
      Expr expr = given.get(i);
      Decl.Field field = declared.decl().fields().get(i);
      Structure structure = record.type().fields().get(i).structure();
      List<Term> own =
          expr == null
              ? idle(forms.get(i), at)
              : terms(forms.get(i), structure, field.type(), declared.file(), expr, env, at);
      wrong |= own == null;
      if (own != null) {
        terms.addAll(own);
      }
    }
    return wrong ? null : terms;
  }

  private @Nullable List<Term> elements(
      InputForm.Listed form,
      Structure.Bounded list,
      TypeExpr written,
      FileScope file,
      Expr.ListLit literal,
      Env env,
      Location at) {
    List<List<Term>> all = each(form.element(), list.element(), written, file, literal, env);
    if (all == null) {
      return null;
    }
    if (all.size() > list.bound()) {
      session.structures.tooLong(all.size(), list.bound(), literal, env);
      return null;
    }
    List<InputVar> arrays = form.element().arrays();
    List<Term> terms = new ArrayList<>(List.of(Terms.integer(all.size(), at)));
    List<Term> stacked = all.isEmpty() ? idle(form.element(), at) : stacked(all, arrays.size(), at);
    for (int i = 0; i < arrays.size(); i++) {
      Type type = arrays.get(i).type();
      Term idle = new Term.Const(arrays.get(i).idle(), type.element(), at);
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
      InputForm form,
      Structure element,
      TypeExpr written,
      FileScope file,
      Expr.ListLit literal,
      Env env) {
    List<List<Term>> all = new ArrayList<>();
    boolean wrong = false;
    for (Expr e : literal.elements()) {
      List<Term> one = terms(form, element, written, file, e, env, env.at(e.span()));
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
      List<Term> parts = all.stream().map(one -> one.get(array)).toList();
      Type part = parts.getFirst().type();
      List<Integer> shape = new ArrayList<>(List.of(parts.size()));
      shape.addAll(part.shape());
      terms.add(new Term.Stack(parts, part.withShape(shape), at));
    }
    return terms;
  }

  /** From the arrays of a value, in SI, to those that a host gives. */
  private void untangle(
      InputForm form,
      Structure structure,
      TypeExpr written,
      FileScope file,
      List<Term> leaves,
      List<Term> to,
      Location at) {
    switch (structure) {
      case Structure.Logic _ -> throw new IllegalStateException("a formula is no input");
      case Structure.Tensor _ ->
          to.add(Quantities.scale(leaves.getFirst(), unit(written, file).factor().inverse()));
      case Structure.Rotation _ -> to.add(leaves.getFirst());
      case Structure.Pose _ -> {
        to.add(Quantities.scale(leaves.getFirst(), unit(written, file).factor().inverse()));
        to.add(leaves.getLast());
      }
      case Structure.Array a ->
          untangle(((InputForm.Row) form).element(), a.element(), written, file, leaves, to, at);
      case Structure.Bounded b -> {
        Term there = leaves.getFirst();
        to.add(Bundles.length(there, at));
        Binder binder = new Binder("i", b.bound());
        Term place = Bundles.place(there, Terms.loop(binder, at), at);
        Term holds = Terms.element(there, List.of(place), at);
        List<Term> inner = new ArrayList<>();
        InputForm element = ((InputForm.Listed) form).element();
        untangle(element, b.element(), written, file, leaves.subList(1, leaves.size()), inner, at);
        List<InputVar> arrays = element.arrays();
        for (int i = 0; i < inner.size(); i++) {
          Term idle = new Term.Const(arrays.get(i).idle(), arrays.get(i).type().element(), at);
          Term one = Terms.select(holds, Terms.element(inner.get(i), List.of(place), at), idle, at);
          to.add(Comprehensions.build(List.of(binder), one, at));
        }
      }
      case Structure.Optional o -> {
        Term present =
            o.hasPresence()
                ? leaves.getFirst()
                : Terms.apply(Operation.DEFINED, Type.BOOL, at, leaves.getFirst());
        to.add(
            present.type().isScalar()
                ? present
                : new Term.Reduce(org.rewlang.model.ReduceOp.ALL, present, null, Type.BOOL, at));
        InputForm inner = ((InputForm.Maybe) form).of();
        List<Term> rest = o.hasPresence() ? leaves.subList(1, leaves.size()) : leaves;
        List<Term> own = new ArrayList<>();
        untangle(inner, o.of(), written, file, rest, own, at);
        List<InputVar> arrays = inner.arrays();
        for (int i = 0; i < own.size(); i++) {
          Term idle = new Term.Const(arrays.get(i).idle(), arrays.get(i).type().element(), at);
          to.add(
              Terms.apply(Operation.COALESCE, own.get(i).type().element(), at, own.get(i), idle));
        }
      }
      case Structure.Record r -> {
        Entity.RecordDeclaration declared =
            java.util.Objects.requireNonNull(session.records.find(r.type().name(), Env.of(file)));
        List<InputForm> forms = List.copyOf(((InputForm.Fields) form).fields().values());
        int from = 0;
        for (int i = 0; i < forms.size(); i++) {
          Structure field = r.type().fields().get(i).structure();
          int count = field.leaves().size();
          untangle(
              forms.get(i),
              field,
              declared.decl().fields().get(i).type(),
              declared.file(),
              leaves.subList(from, from + count),
              to,
              at);
          from += count;
        }
      }
    }
  }
}
