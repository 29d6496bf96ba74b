package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.rewlang.model.Binder;
import org.rewlang.model.InputForm;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.RecordType;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.TypeExpr;
import org.rewlang.syntax.UnitRef;

/** Inputs of structured types: the arrays that they are given in, and the values made of these. */
final class InputForms {

  private final Session session;
  private final Inputs inputs;

  InputForms(Session session, Inputs inputs) {
    this.session = session;
    this.inputs = inputs;
  }

  /** How an input of a structure is given. */
  InputForm form(Decl.Field field, String host, Structure structure, Location at, Env env) {
    return form(new Path(field.name().text(), host), field, structure, List.of(), at, env);
  }

  /** What an array is called here and by the host. */
  private record Path(String name, String host) {
    Path to(String part) {
      return to(part, part);
    }

    Path to(String part, String hostPart) {
      return new Path(name + "." + part, host + "." + hostPart);
    }
  }

  private InputForm form(
      Path name, Decl.Field field, Structure structure, List<Integer> axes, Location at, Env env) {
    return switch (structure) {
      case Structure.Logic _ -> throw new IllegalStateException("a formula is no input");
      case Structure.Tensor t -> leaf(name, field, t.type(), axes, at, env);
      case Structure.Rotation r -> {
        Type four = Type.REAL.withShape(List.of(4));
        Interval range = inputs.range(field.range(), Unit.PLAIN, four, env);
        yield new InputForm.Leaf(variable(name, with(axes, four), "", range, at), r.order());
      }
      case Structure.Pose p -> {
        SequencedMap<String, InputForm> parts = new LinkedHashMap<>();
        Type place = Type.real(p.dimension()).withShape(List.of(3));
        parts.put("position", leaf(name.to("position"), field, place, axes, at, env));
        Type four = Type.REAL.withShape(List.of(4));
        parts.put(
            "rotation",
            new InputForm.Leaf(
                variable(name.to("rotation"), with(axes, four), "", Interval.ALL, at), p.order()));
        yield new InputForm.Fields("pose", parts);
      }
      case Structure.Array a ->
          new InputForm.Row(
              form(name, field, a.element(), append(axes, a.length()), at, env), a.length());
      case Structure.Bounded b ->
          new InputForm.Listed(
              form(name, field, b.element(), append(axes, b.bound()), at, env),
              b.bound(),
              variable(
                  name.to("length"), with(axes, Type.INT), "", new Interval(0, b.bound()), at));
      case Structure.Optional o ->
          new InputForm.Maybe(
              form(name, field, o.of(), axes, at, env),
              variable(name.to("present"), with(axes, Type.BOOL), "", Interval.ALL, at));
      case Structure.Record r -> fields(name, field.type(), r.type(), axes, env);
    };
  }

  private InputForm fields(
      Path name, TypeExpr written, RecordType type, List<Integer> axes, Env env) {
    Entity.RecordDeclaration record =
        java.util.Objects.requireNonNull(session.records.find(written.base().text(), env));
    Env own = Env.of(record.file());
    SequencedMap<String, InputForm> fields = new LinkedHashMap<>();
    for (int i = 0; i < type.fields().size(); i++) {
      Decl.Field field = record.decl().fields().get(i);
      RecordType.Field f = type.fields().get(i);
      String host = field.from() == null ? f.name() : field.from().value();
      fields.put(
          host,
          form(
              name.to(f.name(), host),
              field,
              f.structure(),
              axes,
              record.file().at(field.name().span()),
              own));
    }
    return new InputForm.Fields(type.name(), fields);
  }

  private InputForm leaf(
      Path name, Decl.Field field, Type type, List<Integer> axes, Location at, Env env) {
    UnitRef ref = field.type().unit();
    Unit unit = unit(field, env);
    Interval range = inputs.range(field.range(), unit, type, env);
    String text = ref == null ? "" : ref.text();
    return new InputForm.Leaf(variable(name, with(axes, type), text, range, at), null);
  }

  private static InputVar variable(Path name, Type type, String unit, Interval range, Location at) {
    return new InputVar(name.name, name.host, type, unit, range, false, null, at);
  }

  private static Unit unit(Decl.Field field, Env env) {
    UnitRef ref = field.type().unit();
    Unit unit = ref == null ? null : UnitParser.parse(ref.text(), env::unit);
    return unit == null ? Unit.PLAIN : unit;
  }

  private static List<Integer> append(List<Integer> axes, int length) {
    List<Integer> all = new ArrayList<>(axes);
    all.add(length);
    return all;
  }

  private static Type with(List<Integer> axes, Type type) {
    List<Integer> all = new ArrayList<>(axes);
    all.addAll(type.shape());
    return type.withShape(all);
  }

  /** The value, in SI, that the program sees. */
  Value value(InputForm form, Structure structure, TypeExpr written, Location at, Env env) {
    List<Term> leaves = new ArrayList<>();
    Unit unit = written.unit() == null ? null : UnitParser.parse(written.unit().text(), env::unit);
    add(form, structure, written, unit == null ? Unit.PLAIN : unit, at, env, leaves);
    return Value.of(structure, leaves, at);
  }

  private void add(
      InputForm form,
      Structure structure,
      TypeExpr written,
      Unit unit,
      Location at,
      Env env,
      List<Term> to) {
    switch (structure) {
      case Structure.Logic _ -> throw new IllegalStateException("a formula is no input");
      case Structure.Tensor _ -> to.add(read(form, unit, at));
      case Structure.Rotation _ -> to.add(read(form, Unit.PLAIN, at));
      case Structure.Pose _ -> {
        InputForm.Fields f = (InputForm.Fields) form;
        to.add(read(f.fields().firstEntry().getValue(), unit, at));
        to.add(read(f.fields().lastEntry().getValue(), Unit.PLAIN, at));
      }
      case Structure.Array a ->
          add(((InputForm.Row) form).element(), a.element(), written, unit, at, env, to);
      case Structure.Bounded b -> {
        InputForm.Listed listed = (InputForm.Listed) form;
        to.add(there(listed, at));
        add(listed.element(), b.element(), written, unit, at, env, to);
      }
      case Structure.Optional o -> {
        InputForm.Maybe maybe = (InputForm.Maybe) form;
        Term present = new Term.Input(maybe.present(), maybe.present().type(), at);
        List<Term> inner = new ArrayList<>();
        add(maybe.of(), o.of(), written, unit, at, env, inner);
        if (o.hasPresence()) {
          to.add(present);
          to.addAll(inner);
        } else {
          inner.forEach(t -> to.add(Bundles.where(present, t, at)));
        }
      }
      case Structure.Record r -> {
        Entity.RecordDeclaration record =
            java.util.Objects.requireNonNull(session.records.find(written.base().text(), env));
        Env own = Env.of(record.file());
        int i = 0;
        for (InputForm field : ((InputForm.Fields) form).fields().values()) {
          Decl.Field decl = record.decl().fields().get(i);
          Structure inner = r.type().fields().get(i).structure();
          add(field, inner, decl.type(), unit(decl, own), at, own, to);
          i++;
        }
      }
    }
  }

  private static Term read(InputForm form, Unit unit, Location at) {
    InputVar array = ((InputForm.Leaf) form).array();
    return Quantities.scale(new Term.Input(array, array.type(), at), unit.factor());
  }

  /** The places before a list's length, for every index of the lists around it. */
  private static Term there(InputForm.Listed list, Location at) {
    Term length = new Term.Input(list.length(), list.length().type(), at);
    List<Integer> around = length.type().shape();
    if (around.isEmpty()) {
      return Bundles.first(length, list.bound(), at);
    }
    List<Binder> binders = Functions.binders(around);
    List<Term> indices = binders.stream().map(b -> Terms.loop(b, at)).toList();
    return Comprehensions.build(
        binders, Bundles.first(Terms.element(length, indices, at), list.bound(), at), at);
  }
}
