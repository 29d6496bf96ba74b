package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Output;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Dimension;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.ParamVar;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Requirement;
import org.rewlang.model.Result;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** Builds models by hand, for tests. */
public final class Kit {

  public static final Source SOURCE = Source.of("test.rew", "here");
  public static final Location HERE = new Location(SOURCE, new Span(0, 4));

  public final List<InputVar> inputs = new ArrayList<>();
  public final List<ParamVar> params = new ArrayList<>();
  public final List<Definition> definitions = new ArrayList<>();
  public final List<Result> results = new ArrayList<>();
  public final List<Strict> strict = new ArrayList<>();
  public final List<Requirement> requirements = new ArrayList<>();

  public static Type real(int... shape) {
    return Type.REAL.withShape(shape(shape));
  }

  public static Type bool(int... shape) {
    return Type.BOOL.withShape(shape(shape));
  }

  public static Type integer(int... shape) {
    return Type.INT.withShape(shape(shape));
  }

  private static List<Integer> shape(int... shape) {
    List<Integer> list = new ArrayList<>();
    for (int n : shape) {
      list.add(n);
    }
    return list;
  }

  public Term input(String name, Type type) {
    return input(name, type, Interval.ALL);
  }

  public Term input(String name, Type type, double low, double high) {
    return input(name, type, new Interval(low, high));
  }

  private Term input(String name, Type type, Interval range) {
    InputVar input = new InputVar(name, name, type, "", range, false, null, HERE);
    inputs.add(input);
    return new Term.Input(input, type, HERE);
  }

  public Term param(String name, double value, double low, double high) {
    ParamVar param =
        new ParamVar(name, Type.REAL, "", new Interval(low, high), List.of(value), null, HERE);
    params.add(param);
    return new Term.Param(param, Type.REAL, HERE);
  }

  public static Term num(double value) {
    return new Term.Const(value, Type.REAL, HERE);
  }

  public static Term whole(double value) {
    return new Term.Const(value, Type.INT, HERE);
  }

  public static Term truth(boolean value) {
    return new Term.Const(value ? 1 : 0, Type.BOOL, HERE);
  }

  public static Term unknown() {
    return new Term.Const(Double.NaN, Type.BOOL, HERE);
  }

  public static List<Integer> broadcast(List<List<Integer>> shapes) {
    List<Integer> out = new ArrayList<>();
    for (List<Integer> shape : shapes) {
      while (out.size() < shape.size()) {
        out.addFirst(1);
      }
      for (int d = 1; d <= shape.size(); d++) {
        int n = shape.get(shape.size() - d);
        int at = out.size() - d;
        out.set(at, Math.max(out.get(at), n));
      }
    }
    return out;
  }

  public static Term apply(Operation op, Term... operands) {
    List<Term> of = List.of(operands);
    List<Integer> shape = broadcast(of.stream().map(o -> o.type().shape()).toList());
    Base base =
        switch (op) {
          case LESS, LESS_EQUAL, EQUAL, NOT, AND, OR, DEFINED -> Base.BOOL;
          case FLOOR, ROUND -> Base.INT;
          case SELECT -> joined(of.get(1), of.get(2));
          case COALESCE -> joined(of.get(0), of.get(1));
          case ADD, SUBTRACT, MULTIPLY, MIN, MAX -> joined(of.get(0), of.get(1));
          case NEGATE, ABS -> of.getFirst().type().base();
          default -> Base.REAL;
        };
    Type element =
        base == Base.ENUM
            ? of.getLast().type().element()
            : new Type(base, Dimension.NONE, null, List.of());
    return new Term.Apply(op, of, element.withShape(shape), HERE);
  }

  private static Base joined(Term a, Term b) {
    return a.type().base() == b.type().base() ? a.type().base() : Base.REAL;
  }

  public static Term add(Term a, Term b) {
    return apply(Operation.ADD, a, b);
  }

  public static Term sub(Term a, Term b) {
    return apply(Operation.SUBTRACT, a, b);
  }

  public static Term mul(Term a, Term b) {
    return apply(Operation.MULTIPLY, a, b);
  }

  public static Term div(Term a, Term b) {
    return apply(Operation.DIVIDE, a, b);
  }

  public static Term less(Term a, Term b) {
    return apply(Operation.LESS, a, b);
  }

  public static Term and(Term a, Term b) {
    return apply(Operation.AND, a, b);
  }

  public static Term or(Term a, Term b) {
    return apply(Operation.OR, a, b);
  }

  public static Term not(Term a) {
    return apply(Operation.NOT, a);
  }

  public static Term select(Term c, Term a, Term b) {
    return apply(Operation.SELECT, c, a, b);
  }

  public static Term coalesce(Term a, Term b) {
    return apply(Operation.COALESCE, a, b);
  }

  public static Term sum(Term of) {
    return reduce(ReduceOp.SUM, of);
  }

  public static Term reduce(ReduceOp op, Term of) {
    return new Term.Reduce(op, of, null, reduced(op, of.type()), HERE);
  }

  private static Type reduced(ReduceOp op, Type of) {
    return switch (op) {
      case ARGMIN, ARGMAX -> Type.INT;
      case ANY, ALL -> Type.BOOL;
      default -> of.element();
    };
  }

  public static Term reduce(ReduceOp op, Term of, int axis) {
    List<Integer> shape = new ArrayList<>(of.type().shape());
    shape.remove(axis);
    return new Term.Reduce(op, of, axis, reduced(op, of.type()).withShape(shape), HERE);
  }

  public static Term norm(Term v) {
    return apply(Operation.SQRT, sum(mul(v, v)));
  }

  public static Term over(ReduceOp op, List<Binder> binders, Term where, Term body) {
    return new Term.ReduceOver(op, binders, where, body, reduced(op, body.type()), HERE);
  }

  public static Term index(Binder binder) {
    return new Term.LoopIndex(binder, Type.INT, HERE);
  }

  public static Term build(List<Binder> binders, Term body) {
    List<Integer> shape = new ArrayList<>();
    binders.forEach(b -> shape.add(b.count()));
    shape.addAll(body.type().shape());
    return new Term.Build(binders, body, body.type().withShape(shape), HERE);
  }

  public static Term at(Term of, Term... indices) {
    List<Integer> shape = of.type().shape().subList(indices.length, of.type().shape().size());
    return new Term.Element(of, List.of(indices), of.type().withShape(shape), HERE);
  }

  public static Term slice(Term of, List<Integer> starts, int... shape) {
    return new Term.Slice(of, starts, of.type().withShape(shape(shape)), HERE);
  }

  public static Term stack(Term... parts) {
    List<Integer> shape = new ArrayList<>(parts[0].type().shape());
    shape.addFirst(parts.length);
    return new Term.Stack(List.of(parts), parts[0].type().withShape(shape), HERE);
  }

  public static Term prev(Term of, Term initially) {
    return new Term.Prev(of, initially, false, of.type(), HERE);
  }

  public static Term primed(Term of, Term initially) {
    return new Term.Prev(of, initially, true, of.type(), HERE);
  }

  public static Term past(ReduceOp op, Term of, Term since, Term where) {
    return new Term.Past(op, of, since, where, of.type(), HERE);
  }

  public static Term step() {
    return new Term.StepIndex(Type.INT, HERE);
  }

  public static Term ref(Definition definition) {
    return new Term.Ref(definition, definition.type(), HERE);
  }

  public Definition declare(String name, Type type) {
    Definition definition = new Definition(name, Definition.Kind.LET, type, null, HERE);
    definitions.add(definition);
    return definition;
  }

  public Term let(String name, Term value) {
    Definition definition = declare(name, value.type());
    definition.define(value);
    return ref(definition);
  }

  public Term component(String name, Term value) {
    return result(Output.Role.COMPONENT, Definition.Kind.COMPONENT, name, value, true);
  }

  public Term total(Term value) {
    return result(Output.Role.TOTAL, Definition.Kind.TOTAL, "", value, true);
  }

  public Term metric(String name, Term value) {
    return result(Output.Role.METRIC, Definition.Kind.METRIC, name, value, false);
  }

  public Term result(
      Output.Role role, Definition.Kind kind, String name, Term value, boolean strict) {
    Definition definition = new Definition(name, kind, value.type(), null, HERE);
    definition.define(value);
    Term ref = ref(definition);
    results.add(new Result(role, name, definition, ref, "", strict));
    return ref;
  }

  public Model model() {
    return new Model(
        "test",
        null,
        List.of(SOURCE),
        null,
        List.of(),
        inputs,
        List.of(),
        params,
        List.of(),
        definitions,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        results,
        strict,
        requirements,
        List.of(),
        List.of());
  }
}
