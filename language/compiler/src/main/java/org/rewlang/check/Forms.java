package org.rewlang.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Binder;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.ParamVar;
import org.rewlang.model.RecordType;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Supplied;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.UnitRef;

/**
 * Values of structured types that come from outside: the arrays that they are given in, and what
 * the program makes of these.
 */
final class Forms {

  /** Makes an array of inputs, or of parameters. */
  interface Maker<A> {
    A make(String name, String host, Type type, String unit, Interval range, Location at);
  }

  /** What is written of a value: the unit of its numbers, their range. */
  record Written(@Nullable UnitRef unit, @Nullable Expr range, Location at, Env env) {}

  /** What an array is called here and by the host. */
  private record Path(String name, String host) {
    Path to(String part) {
      return to(part, part);
    }

    Path to(String part, String hostPart) {
      return new Path(name + "." + part, host + "." + hostPart);
    }
  }

  private final Session session;
  private final Map<Supplied, Unit> units = new IdentityHashMap<>();

  Forms(Session session) {
    this.session = session;
  }

  /** The unit that an array's numbers are in. */
  Unit unit(Supplied array) {
    return Objects.requireNonNull(units.get(array), array.name());
  }

  /** The same; null of a variable that only a property has. */
  @Nullable Unit unitIfDeclared(Supplied array) {
    return units.get(array);
  }

  /** An array that takes the place of another. */
  <A extends Supplied> A instead(A other, Supplied of) {
    units.put(other, unit(of));
    return other;
  }

  /**
   * How a value is given.
   *
   * @param axes that all its arrays have in front
   */
  <A extends Supplied> Form<A> form(
      String name,
      String host,
      Structure structure,
      Written written,
      List<Integer> axes,
      Maker<A> maker) {
    return new Making<>(maker).form(new Path(name, host), structure, written, axes);
  }

  /** Makes the form of one value. */
  private final class Making<A extends Supplied> {
    private final Maker<A> maker;

    Making(Maker<A> maker) {
      this.maker = maker;
    }

    Form<A> form(Path name, Structure structure, Written written, List<Integer> axes) {
      return switch (structure) {
        case Structure.Logic _ -> throw new IllegalStateException("a formula is never given");
        case Structure.Tensor t -> leaf(name, t.type(), written, axes);
        case Structure.Rotation r -> {
          Type four = Type.REAL.withShape(List.of(4));
          Interval range = session.declaredRanges.of(written.range, Unit.PLAIN, four, written.env);
          yield new Form.Leaf<>(plain(name, four, axes, range, written.at), r.order());
        }
        case Structure.Pose p -> {
          SequencedMap<String, Form<A>> parts = new LinkedHashMap<>();
          Type place = Type.real(p.dimension()).withShape(List.of(3));
          parts.put("position", leaf(name.to("position"), place, written, axes));
          Type four = Type.REAL.withShape(List.of(4));
          parts.put(
              "rotation",
              new Form.Leaf<>(
                  plain(name.to("rotation"), four, axes, Interval.ALL, written.at), p.order()));
          yield new Form.Fields<>("pose", parts);
        }
        case Structure.Array a ->
            new Form.Row<>(form(name, a.element(), written, append(axes, a.length())), a.length());
        case Structure.Bounded b ->
            new Form.Listed<>(
                form(name, b.element(), written, append(axes, b.bound())),
                b.bound(),
                plain(name.to("length"), Type.INT, axes, new Interval(0, b.bound()), written.at));
        case Structure.Optional o ->
            new Form.Maybe<>(
                form(name, o.of(), written, axes),
                plain(name.to("present"), Type.BOOL, axes, Interval.ALL, written.at));
        case Structure.Record r -> fields(name, r.type(), written, axes);
      };
    }

    private Form<A> fields(Path name, RecordType type, Written written, List<Integer> axes) {
      noRange(type, written);
      Entity.RecordDeclaration record = session.records.declaration(type);
      Env own = Env.of(record.file());
      SequencedMap<String, Form<A>> fields = new LinkedHashMap<>();
      for (int i = 0; i < type.fields().size(); i++) {
        Decl.Field field = record.decl().fields().get(i);
        RecordType.Field f = type.fields().get(i);
        String host = field.from() == null ? f.name() : field.from().value();
        Location at = record.file().at(field.name().span());
        fields.put(
            host,
            form(
                name.to(f.name(), host),
                f.structure(),
                new Written(field.type().unit(), field.range(), at, own),
                axes));
      }
      return new Form.Fields<>(type.name(), fields);
    }

    private Form<A> leaf(Path name, Type type, Written written, List<Integer> axes) {
      UnitRef ref = written.unit;
      Unit parsed =
          ref == null ? Unit.si(type.dimension()) : UnitParser.parse(ref.text(), written.env::unit);
      Unit unit = parsed == null ? Unit.PLAIN : parsed;
      String text = ref == null ? type.dimension().toString() : ref.text();
      Interval range = session.declaredRanges.of(written.range, unit, type, written.env);
      return new Form.Leaf<>(array(name, with(axes, type), text, unit, range, written.at), null);
    }

    private A plain(Path name, Type type, List<Integer> axes, Interval range, Location at) {
      return array(name, with(axes, type), "", Unit.PLAIN, range, at);
    }

    private A array(Path name, Type type, String text, Unit unit, Interval range, Location at) {
      A made = maker.make(name.name, name.host, type, text, range, at);
      units.put(made, unit);
      return made;
    }
  }

  private void noRange(RecordType type, Written written) {
    if (written.range != null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.BAD_RANGE, "only numbers have a range", written.range.span(), written.env)
              .label("this is for a `" + type.name() + "`")
              .hint("give the record's fields their ranges, where it is declared"));
    }
  }

  private static List<Integer> append(List<Integer> axes, int length) {
    List<Integer> all = new ArrayList<>(axes);
    all.add(length);
    return all;
  }

  private static Type with(List<Integer> axes, Type type) {
    return type.withShape(Shape.concat(axes, type.shape()));
  }

  /**
   * The value, in SI, that the program sees.
   *
   * @param index of the axes in front
   */
  Value value(Form<? extends Supplied> form, Structure structure, List<Term> index, Location at) {
    List<Term> leaves = new ArrayList<>();
    add(form, structure, index, at, leaves);
    return Value.of(structure, leaves, at);
  }

  private void add(
      Form<? extends Supplied> form,
      Structure structure,
      List<Term> index,
      Location at,
      List<Term> to) {
    switch (form) {
      case Form.Leaf<? extends Supplied> leaf -> to.add(read(leaf.array(), index, at));
      case Form.Fields<? extends Supplied> fields -> {
        List<Structure> parts = parts(structure);
        int i = 0;
        for (Form<? extends Supplied> field : fields.fields().values()) {
          add(field, parts.get(i++), index, at, to);
        }
      }
      case Form.Row<? extends Supplied> row ->
          add(row.element(), ((Structure.Array) structure).element(), index, at, to);
      case Form.Listed<? extends Supplied> listed -> {
        to.add(there(listed, index, at));
        add(listed.element(), ((Structure.Bounded) structure).element(), index, at, to);
      }
      case Form.Maybe<? extends Supplied> maybe -> {
        Structure.Optional optional = (Structure.Optional) structure;
        Term present = read(maybe.present(), index, at);
        List<Term> inner = new ArrayList<>();
        add(maybe.of(), optional.of(), index, at, inner);
        if (optional.hasPresence()) {
          to.add(present);
          to.addAll(inner);
        } else {
          inner.forEach(t -> to.add(Bundles.where(present, t, at)));
        }
      }
    }
  }

  /** What the fields of a form are made of: a record's, or a pose's two parts. */
  static List<Structure> parts(Structure structure) {
    return switch (structure) {
      case Structure.Record r ->
          r.type().fields().stream().map(RecordType.Field::structure).toList();
      case Structure.Pose p ->
          List.of(
              new Structure.Tensor(Type.real(p.dimension()).withShape(List.of(3))),
              new Structure.Rotation(p.order()));
      default -> throw new IllegalArgumentException("no fields: " + structure);
    };
  }

  private Term read(Supplied array, List<Term> index, Location at) {
    Term all =
        switch (array) {
          case InputVar input -> new Term.Input(input, input.type(), at);
          case ParamVar param -> new Term.Param(param, param.type(), at);
        };
    return Quantities.scale(Terms.element(all, index, at), unit(array).factor());
  }

  /** The places before a list's length, for every index of the lists around it. */
  private Term there(Form.Listed<? extends Supplied> list, List<Term> index, Location at) {
    Term length = read(list.length(), index, at);
    List<Integer> around = length.type().shape();
    if (around.isEmpty()) {
      return Masks.first(length, list.bound(), at);
    }
    List<Binder> binders = Functions.binders(around);
    List<Term> indices = binders.stream().map(b -> Terms.loop(b, at)).toList();
    return Comprehensions.build(
        binders, Masks.first(Terms.element(length, indices, at), list.bound(), at), at);
  }
}
