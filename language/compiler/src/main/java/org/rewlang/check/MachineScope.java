package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Definition;
import org.rewlang.model.EnumType;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** Makes the cells of a machine: there is one of each, or one for each element of an array. */
final class MachineScope {

  private final Session session;
  private final Decl.Machine decl;
  private final Env env;
  private final Location at;

  /** Where terms are that nobody wrote. */
  private final Location nowhere;

  /** Whether something is wrong that was told. */
  boolean wrong;

  MachineScope(Session session, Decl.Machine decl, Env env) {
    this.session = session;
    this.decl = decl;
    this.env = env;
    at = env.file.at(decl.name().span());
    nowhere = at.point();
  }

  /**
   * What stands around the expressions of a cell.
   *
   * @param each the loop over the elements; null for a single machine
   */
  record Around(Env env, @Nullable Binder each) {}

  /** What a cell is for one element; null where something is wrong. */
  interface Body {
    @Nullable Term of(Around around);
  }

  Cell cell(String suffix, Index.Kind kind, Location where, Type type, Body body) {
    Cell cell =
        new Cell(
            decl.name().text() + suffix,
            Definition.Kind.LET,
            kind,
            where,
            suffix.isEmpty() ? decl.doc() : null,
            (Cell self) -> {
              Around around = around();
              if (around == null) {
                return Terms.error(at);
              }
              settle(self, type, around);
              Term one = body.of(around);
              return one == null || Terms.isError(one)
                  ? Terms.error(at)
                  : around.each == null ? one : Comprehensions.build(List.of(around.each), one, at);
            });
    if (decl.each() == null) {
      // Known, whatever is wrong with its rules.
      cell.declare(type);
    }
    return cell;
  }

  /** What a cell was one step before. */
  Cell past(Cell cell, Type type, IntSupplier initial) {
    Function<Cell, Term> body =
        self -> {
          Around around = around();
          if (around == null) {
            return Terms.error(at);
          }
          Type whole = settle(self, type, around);
          session.knowledge.hold(self.definitions());
          Value now = session.cells.before(null, () -> session.cells.value(cell, nowhere));
          if (!(now instanceof Value.Tensor t) || Terms.isError(t.term())) {
            return Terms.error(at);
          }
          Term first = new Term.Const(initial.getAsInt(), type, nowhere);
          return new Term.Prev(
              t.term(), Terms.broadcast(first, whole.shape()), false, whole, nowhere);
        };
    return new Cell(cell.name, Definition.Kind.LET, cell.indexKind, cell.at, cell.doc, body);
  }

  /** Says of what type a cell is before it is elaborated: its past may be read there. */
  private static Type settle(Cell self, Type type, Around around) {
    List<@Nullable EnumType> axes = new ArrayList<>();
    Type whole = type;
    if (around.each != null) {
      axes.add(around.each.axis());
      whole = type.withShape(Shape.of(List.of(around.each.count()), axes));
    }
    if (self.type == null) {
      self.type = new Structure.Tensor(whole);
    }
    return whole;
  }

  @Nullable Around around() {
    Env inner = env.inner();
    Expr.For clause = decl.each();
    if (clause == null || wrong) {
      return wrong ? null : new Around(inner, null);
    }
    Binder each = session.comprehensions.each(clause, inner);
    wrong = each == null;
    return each == null ? null : new Around(inner, each);
  }

  /** A cell's value for one element. */
  @Nullable Term one(Cell cell, Around around) {
    Term all = session.cells.read(cell, nowhere);
    return Terms.isError(all)
        ? null
        : around.each == null
            ? all
            : Terms.element(all, List.of(Terms.loop(around.each, nowhere)), nowhere);
  }

  /** Makes a name mean this element's part of a cell. */
  void bind(Env inner, Name name, Index.Kind kind, Cell cell, Around around) {
    Term value = one(cell, around);
    Location here = env.file.at(name.span());
    inner.bind(
        name.text(), value == null ? new Entity.Wrong(here) : new Entity.Bound(value, kind, here));
  }

  /** The sum over the elements. */
  Term sum(Term one, Around around) {
    return around.each == null
        ? one
        : new Term.ReduceOver(ReduceOp.SUM, List.of(around.each), null, one, Type.REAL, at);
  }
}
