package org.rewlang.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The types of an operation's results, from those of its operands. Exact: nothing converts. */
final class Typing {

  /** An operation whose operands do not fit it. */
  static final class Mistyped extends Exception {
    private static final long serialVersionUID = 1;

    Mistyped(String message) {
      super(message);
    }
  }

  private final List<Port> inputs;
  private final List<Port> params;
  private final List<SlotInfo> slots;
  private final List<HistoryInfo> histories;
  private final List<TableInfo> tables;
  private final IntFunction<Type> types;

  /**
   * @param types of values by id
   */
  Typing(
      List<Port> inputs,
      List<Port> params,
      List<SlotInfo> slots,
      List<HistoryInfo> histories,
      List<TableInfo> tables,
      IntFunction<Type> types) {
    this.inputs = inputs;
    this.params = params;
    this.slots = slots;
    this.histories = histories;
    this.tables = tables;
    this.types = types;
  }

  static Typing of(CoreProgram p) {
    return new Typing(p.inputs(), p.params(), p.slots(), p.histories(), p.tables(), p.types()::get);
  }

  List<Type> results(Op op) throws Mistyped {
    if (op instanceof Op.Fold fold) {
      return fold(fold);
    }
    return List.of(result(op));
  }

  private Type result(Op op) throws Mistyped {
    return switch (op) {
      case Op.Const _ -> Type.F64;
      case Op.Flag _ -> Type.BOOL;
      case Op.Int _ -> Type.I32;
      case Op.Input i -> declared(inputs, i.port(), "input").type();
      case Op.Present i -> {
        declared(inputs, i.port(), "input");
        yield Type.BOOL;
      }
      case Op.Param p -> declared(params, p.port(), "parameter").type();
      case Op.Slot s -> declared(slots, s.slot(), "slot").type();
      case Op.Table t -> declared(tables, t.table(), "table").type();
      case Op.Unary u -> {
        scalar(u.operand(), u.op().operand(), u.op().text());
        yield Type.scalar(u.op().result());
      }
      case Op.Binary b -> {
        scalar(b.left(), b.op().operand(), b.op().text());
        scalar(b.right(), b.op().operand(), b.op().text());
        yield Type.scalar(b.op().result());
      }
      case Op.Select s -> select(s);
      case Op.At a -> at(types.apply(a.array()), a.indices(), "at");
      case Op.Put p -> put(p);
      case Op.Sort s -> sort(s);
      case Op.Ago a -> ago(a);
      case Op.Filled f -> {
        declared(histories, f.history(), "history");
        yield Type.I32;
      }
      case Op.Reduce r -> {
        region(r.region(), 1, r.op().text());
        scalar(r.region().yields().getFirst(), r.op().operand(), r.op().text());
        yield Type.scalar(r.op().result());
      }
      case Op.Build b -> {
        region(b.region(), 1, "build");
        Type element = types.apply(b.region().yields().getFirst());
        if (!element.isScalar()) {
          throw new Mistyped("build yields scalars, not " + element);
        }
        yield new Type(element.kind(), b.region().counts());
      }
      case Op.Fold _ -> throw new IllegalStateException("has many results");
    };
  }

  private Type select(Op.Select s) throws Mistyped {
    scalar(s.condition(), Kind.BOOL, "select");
    Type then = types.apply(s.then());
    Type otherwise = types.apply(s.otherwise());
    if (!then.isScalar() || !then.equals(otherwise)) {
      throw new Mistyped("select needs two scalars of one kind, not " + then + " and " + otherwise);
    }
    return then;
  }

  private Type at(Type array, List<Integer> indices, String name) throws Mistyped {
    if (array.isScalar() || array.shape().size() != indices.size()) {
      throw new Mistyped(name + " of " + array + " with " + count(indices.size(), "index"));
    }
    for (int index : indices) {
      scalar(index, Kind.I32, name);
    }
    return Type.scalar(array.kind());
  }

  private Type put(Op.Put p) throws Mistyped {
    Type array = types.apply(p.array());
    at(array, p.indices(), "put");
    scalar(p.value(), array.kind(), "put");
    return array;
  }

  private Type sort(Op.Sort s) throws Mistyped {
    Type array = types.apply(s.array());
    if (array.kind() != Kind.F64 || array.shape().size() != 1) {
      throw new Mistyped("sort of " + array + ", which is no f64 vector");
    }
    return array;
  }

  private Type ago(Op.Ago a) throws Mistyped {
    Type element = declared(histories, a.history(), "history").type();
    List<Integer> shape = new ArrayList<>(element.shape());
    shape.addFirst(1);
    return at(new Type(element.kind(), shape), a.indices(), "ago");
  }

  private List<Type> fold(Op.Fold fold) throws Mistyped {
    int n = fold.initial().size();
    if (n == 0 || fold.accumulators().size() != n) {
      throw new Mistyped("fold needs one accumulator for each initial value, at least one");
    }
    region(fold.region(), n, "fold");
    List<Type> results = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Type initial = types.apply(fold.initial().get(i));
      Type inside = types.apply(fold.accumulators().get(i));
      Type next = types.apply(fold.region().yields().get(i));
      if (!initial.equals(inside) || !initial.equals(next)) {
        throw new Mistyped(
            "fold begins with " + initial + ", carries " + inside + " and yields " + next);
      }
      results.add(initial);
    }
    return results;
  }

  private void region(Op.Region region, int yields, String name) throws Mistyped {
    if (region.counts().isEmpty() || region.indices().size() != region.counts().size()) {
      throw new Mistyped(name + " needs one index for each count, at least one");
    }
    for (int count : region.counts()) {
      if (count < 1) {
        throw new Mistyped(name + " over " + count + " rounds");
      }
    }
    for (int index : region.indices()) {
      scalar(index, Kind.I32, "an index of " + name);
    }
    if (region.isMasked()) {
      scalar(region.where(), Kind.BOOL, "where");
    }
    if (region.yields().size() != yields) {
      throw new Mistyped(name + " yields " + region.yields().size() + " values, not " + yields);
    }
  }

  private void scalar(int value, Kind kind, String name) throws Mistyped {
    Type type = types.apply(value);
    if (!type.equals(Type.scalar(kind))) {
      throw new Mistyped(name + " needs " + kind.text() + ", not " + type);
    }
  }

  private static <T> T declared(List<T> all, int index, String what) throws Mistyped {
    if (index < 0 || index >= all.size()) {
      throw new Mistyped("there is no " + what + " " + index);
    }
    return all.get(index);
  }

  private static String count(int n, String what) {
    return n + " " + (n == 1 ? what : what.equals("index") ? "indices" : what + "s");
  }
}
