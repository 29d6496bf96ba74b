package org.rewlang.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * Elaborates values in the order in which they are needed. A value that needs itself within a step
 * is a cycle. One that reads its own past before its type is known is given a guess, that of {@code
 * initially}; where it turns out wrong, it and all that was built on it are elaborated again.
 */
final class Cells {

  private static final int ATTEMPTS = 4;
  private static final Structure ERROR = new Structure.Tensor(Types.ERROR);

  private final Session session;
  private final Deque<Cell> active = new ArrayDeque<>();
  private final List<Cell> done = new ArrayList<>();
  private final Set<Set<Cell>> cycles = new HashSet<>();
  private final Deque<Value> hints = new ArrayDeque<>();
  private int delay;

  Cells(Session session) {
    this.session = session;
  }

  /** Elaborates {@code work} one step back, where values may be read that depend on this one. */
  Value before(@Nullable Value hint, java.util.function.Supplier<Value> work) {
    delay++;
    if (hint != null) {
      hints.push(hint);
    }
    try {
      return work.get();
    } finally {
      delay--;
      if (hint != null) {
        hints.pop();
      }
    }
  }

  /** The value of a cell that is declared to be an array. */
  Term read(Cell cell, Location at) {
    return value(cell, at) instanceof Value.Tensor t ? t.term() : Terms.error(at);
  }

  /** The cell's value as references to its definitions. */
  Value value(Cell cell, Location at) {
    demand(cell, at);
    Structure type = cell.type;
    if (type == null || Value.isError(type)) {
      return Value.error(at);
    }
    if (cell.logic != null) {
      return cell.logic;
    }
    if (cell.fromZero && cell.state == Cell.State.ACTIVE) {
      return Value.of(Terms.integer(0, at));
    }
    List<Term> all =
        cell.definitions().stream().map(d -> (Term) new Term.Ref(d, d.type(), at)).toList();
    return cell.agents == null
        ? Value.of(type, all, at)
        : session.agents.value(
            cell.name,
            at,
            i ->
                Value.of(
                    type, all.stream().map(a -> Terms.element(a, List.of(i), at)).toList(), at));
  }

  /** The cell's value for itself: that of one agent, where each has one. */
  Value own(Cell cell) {
    return session.agents.at(place(cell), () -> value(cell, cell.at));
  }

  void demand(Cell cell, Location at) {
    switch (cell.state) {
      case DONE -> {}
      case ACTIVE -> again(cell, at);
      case NEW -> elaborate(cell);
    }
  }

  private void again(Cell cell, Location at) {
    if (delay <= cell.delay) {
      cycle(cell);
      if (cell.type == null) {
        cell.type = ERROR;
      }
      return;
    }
    if (cell.type == null) {
      Value hint = hints.peek();
      if (hint == null) {
        session.reporter.report(
            Diagnostic.of(
                    Code.CANNOT_INFER,
                    "the type of `" + cell.name + "` can't be found from its own past",
                    at.source(),
                    at.span())
                .label("its past is read before its type is known")
                .related(cell.at.source(), cell.at.span(), "declare a type here")
                .hint("declare its type: `let " + cell.name + ": real = …`"));
        cell.type = ERROR;
      } else {
        cell.type = hint.structure();
        cell.guessed = true;
        cell.fromZero =
            hint instanceof Value.Tensor t && Terms.isZero(t.term()) && t.term().type().isScalar();
      }
    }
  }

  private void elaborate(Cell cell) {
    cell.state = Cell.State.ACTIVE;
    cell.delay = delay;
    cell.type = cell.declared;
    active.push(cell);
    Value[] result = {Value.error(cell.at)};
    if (cell.kind == Definition.Kind.LOCAL) {
      result[0] = attempt(cell);
    } else {
      // It may be needed first in the midst of a function's body: what is wrong with it is its own.
      session.reporter.escape(() -> session.sites.escape(() -> result[0] = attempt(cell)));
    }
    Value value = result[0];
    active.pop();
    cell.state = Cell.State.DONE;
    done.add(cell);
    if (value.isError()) {
      // A declared type lets everything else be checked against it all the same.
      cell.type = cell.declared == null ? ERROR : cell.declared;
      return;
    }
    if (cell.type == null) {
      cell.type = value.structure();
    }
    if (value instanceof Value.Logic logic) {
      cell.logic = logic;
      return;
    }
    if (!Value.isError(cell.type)) {
      List<Definition> definitions = cell.definitions();
      for (int i = 0; i < definitions.size(); i++) {
        if (!definitions.get(i).isDefined()) {
          Term leaf = value.terms().get(i);
          Binder loop = cell.agents;
          definitions
              .get(i)
              .define(loop == null ? leaf : Comprehensions.build(List.of(loop), leaf, leaf.at()));
        }
      }
    }
  }

  private Value attempt(Cell cell) {
    for (int i = 1; ; i++) {
      int reports = session.reporter.mark();
      int sites = session.sites.mark();
      int finished = done.size();
      Value value = session.agents.at(place(cell), () -> cell.body.apply(cell));
      Structure guess = cell.type;
      if (!cell.guessed || guess == null || value.isError()) {
        return value;
      }
      boolean zero = cell.fromZero;
      if (!zero && guess.equals(value.structure())) {
        return value;
      }
      Structure joined = zero ? value.structure() : join(guess, value.structure());
      if (joined == null || i == ATTEMPTS) {
        session.reporter.report(
            Diagnostic.of(
                    Code.TYPE_MISMATCH,
                    "`"
                        + cell.name
                        + "` is "
                        + shown(value.structure())
                        + ", its past is "
                        + shown(guess),
                    cell.at.source(),
                    cell.at.span())
                .label("this type changes from step to step")
                .hint("give `initially` a value of type " + shown(value.structure())));
        return Value.error(value.at());
      }
      if (!zero
          && joined.equals(guess)
          && value instanceof Value.Tensor t
          && guess instanceof Structure.Tensor g) {
        return Value.of(widened(t.term(), g.type()));
      }
      session.reporter.rollback(reports);
      session.sites.rollback(sites);
      List<Cell> stale = done.subList(finished, done.size());
      stale.forEach(Cell::forget);
      stale.clear();
      cell.undefine();
      cell.fromZero = false;
      cell.type = joined;
    }
  }

  private static Agents.Place place(Cell cell) {
    Binder loop = cell.agents;
    return loop == null ? cell.place : Agents.Place.of(Terms.loop(loop, cell.at));
  }

  private static Term widened(Term value, Type target) {
    Term element = target.base() == Base.REAL ? Terms.widen(value) : value;
    return Terms.broadcast(Terms.inDimension(element, target.dimension()), target.shape());
  }

  private String shown(Structure type) {
    return "`" + session.types.show(type) + "`";
  }

  private static @Nullable Structure join(Structure a, Structure b) {
    Type joined =
        a instanceof Structure.Tensor s && b instanceof Structure.Tensor t
            ? join(s.type(), t.type())
            : null;
    return joined == null ? null : new Structure.Tensor(joined);
  }

  private static @Nullable Type join(Type a, Type b) {
    List<Integer> shape = Types.broadcast(a.shape(), b.shape());
    if (shape == null) {
      return null;
    }
    if (a.element().equals(b.element())) {
      return a.withShape(shape);
    }
    boolean numbers = a.isNumber() && b.isNumber();
    if (numbers && (a.dimension().equals(b.dimension()) || a.dimension().isNone())) {
      // A guess from `initially = 0` says nothing about the unit.
      return Type.real(b.dimension()).withShape(shape);
    }
    return null;
  }

  /** Tells of the cycle that ends with {@code cell}, from its first declaration on, once. */
  private void cycle(Cell cell) {
    List<Cell> path = new ArrayList<>();
    for (Cell c : active) {
      path.addFirst(c);
      if (c == cell) {
        break;
      }
    }
    for (int i = path.size() - 1; i > 0; i--) {
      // Several cells of one declaration are one for people.
      if (path.get(i).at.equals(path.get(i - 1).at)) {
        path.remove(i);
      }
    }
    for (Cell c : path) {
      if (c.declared == null) {
        c.type = ERROR;
      }
    }
    if (!cycles.add(Set.copyOf(path))) {
      return;
    }
    int first = 0;
    for (int i = 1; i < path.size(); i++) {
      if (path.get(i).at.span().start() < path.get(first).at.span().start()) {
        first = i;
      }
    }
    java.util.Collections.rotate(path, -first);
    Cell head = path.getFirst();
    Diagnostic.Builder d =
        Diagnostic.of(
                Code.CYCLE,
                path.size() == 1
                    ? "`" + head.name + "` depends on itself within one step"
                    : "`" + head.name + "` depends on itself through `" + path.get(1).name + "`",
                head.at.source(),
                head.at.span())
            .label(
                path.size() == 1 ? "its value needs its value" : "needs `" + path.get(1).name + "`")
            .hint("read the step before with `prev(" + path.getLast().name + ", initially = …)`");
    for (int i = 1; i < path.size(); i++) {
      Cell c = path.get(i);
      d.related(c.at.source(), c.at.span(), "needs `" + path.get((i + 1) % path.size()).name + "`");
    }
    session.reporter.report(d);
  }
}
