package org.rewlang.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.code.Area;
import org.rewlang.code.Code;
import org.rewlang.code.Expression;
import org.rewlang.code.Memory;
import org.rewlang.code.Statement;
import org.rewlang.code.Variable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Ring;

/**
 * Says the statements of a step with fewer kinds of them: what the library of the JVM does to
 * arrays becomes loops, histories become memory, and a failed check no longer ends the step but
 * keeps what follows the checks from being done.
 */
final class KernelForm {

  private final Variable failed = new Variable(Kind.I32);

  /** The check that failed, or {@link Evaluator#OK}. */
  Variable failed() {
    return failed;
  }

  List<Statement> of(Code step) {
    List<Statement> all = new ArrayList<>();
    all.add(new Statement.Write(failed, integer(Evaluator.OK)));
    all.addAll(every(step.values()));
    step.checks().forEach(c -> all.addAll(one(c)));
    List<Statement> rest = new ArrayList<>(every(step.staged()));
    rest.addAll(every(step.commit()));
    if (step.checks().isEmpty()) {
      all.addAll(rest);
    } else {
      all.add(new Statement.If(holds(), rest, List.of()));
    }
    return all;
  }

  private Expression holds() {
    return binary(BinaryOp.ILT, new Expression.Read(failed), integer(0));
  }

  private List<Statement> every(List<Statement> statements) {
    return statements.stream().flatMap(s -> one(s).stream()).toList();
  }

  private List<Statement> one(Statement statement) {
    return switch (statement) {
      case Statement.Write w -> List.of(new Statement.Write(w.to(), expression(w.value())));
      case Statement.Store s ->
          List.of(
              new Statement.Store(
                  s.memory(),
                  s.offset(),
                  s.index() == null ? null : expression(s.index()),
                  expression(s.value())));
      case Statement.Copy c -> {
        Variable i = new Variable(Kind.I32);
        yield List.of(loop(i, c.from().type().size(), move(c.from(), i, c.memory(), c.offset())));
      }
      case Statement.Fill f -> {
        Variable i = new Variable(Kind.I32);
        yield List.of(
            loop(
                i,
                f.length(),
                new Statement.Store(
                    Memory.SCRATCH,
                    f.offset(),
                    new Expression.Read(i),
                    Expression.Literal.of(f.value()))));
      }
      case Statement.Sort s -> s.length() < 2 ? List.of() : sort(s.offset(), s.length());
      case Statement.Push p -> {
        Variable at = new Variable(Kind.I32);
        yield push(
            p.ring(),
            at,
            new Statement.Store(
                Memory.STATE, p.ring().base(), new Expression.Read(at), expression(p.value())));
      }
      case Statement.PushArray p -> {
        Variable at = new Variable(Kind.I32);
        Variable i = new Variable(Kind.I32);
        Expression to = binary(BinaryOp.IADD, new Expression.Read(at), new Expression.Read(i));
        yield push(
            p.ring(),
            at,
            loop(
                i,
                p.ring().size(),
                new Statement.Store(Memory.STATE, p.ring().base(), to, element(p.from(), i))));
      }
      case Statement.If i ->
          List.of(
              new Statement.If(expression(i.condition()), every(i.then()), every(i.otherwise())));
      case Statement.Loop l ->
          List.of(new Statement.Loop(l.indices(), l.counts(), every(l.body())));
      case Statement.Check c ->
          List.of(
              new Statement.Write(
                  failed,
                  new Expression.Select(
                      binary(
                          BinaryOp.AND,
                          holds(),
                          new Expression.Unary(UnaryOp.NOT, expression(c.condition()))),
                      integer(c.sink()),
                      new Expression.Read(failed))));
      case Statement.From f -> one(f.statement());
      case Statement.Take t -> every(t.first());
      case Statement.Part p -> every(p.statements());
    };
  }

  private static Statement loop(Variable index, int count, Statement... body) {
    return new Statement.Loop(List.of(index), List.of(count), List.of(body));
  }

  private static Expression element(Area area, Variable index) {
    return new Expression.Load(
        area.type().kind(), area.memory(), area.offset(), new Expression.Read(index));
  }

  private static Statement move(Area from, Variable index, Memory to, int offset) {
    return new Statement.Store(to, offset, new Expression.Read(index), element(from, index));
  }

  /** Neighbours that stand in the wrong order change places, as often as the worst case needs. */
  private static List<Statement> sort(int offset, int length) {
    Variable round = new Variable(Kind.I32);
    Variable i = new Variable(Kind.I32);
    Variable left = new Variable(Kind.F64);
    Variable right = new Variable(Kind.F64);
    Expression at = new Expression.Read(i);
    Expression a = new Expression.Read(left);
    Expression b = new Expression.Read(right);
    return List.of(
        new Statement.Loop(
            List.of(round, i),
            List.of(length - 1, length - 1),
            List.of(
                new Statement.Write(
                    left, new Expression.Load(Kind.F64, Memory.SCRATCH, offset, at)),
                new Statement.Write(
                    right, new Expression.Load(Kind.F64, Memory.SCRATCH, offset + 1, at)),
                new Statement.If(
                    follows(a, b),
                    List.of(
                        new Statement.Store(Memory.SCRATCH, offset, at, b),
                        new Statement.Store(Memory.SCRATCH, offset + 1, at, a)),
                    List.of()))));
  }

  /** As {@link Double#compare} has it: -0 before 0, NaN last. */
  private static Expression follows(Expression a, Expression b) {
    Expression zero = Expression.Literal.of(0.0);
    Expression one = Expression.Literal.of(1.0);
    Expression undefined =
        binary(
            BinaryOp.AND,
            new Expression.Unary(UnaryOp.NOT, binary(BinaryOp.EQ, a, a)),
            binary(BinaryOp.EQ, b, b));
    Expression zeros =
        binary(BinaryOp.AND, binary(BinaryOp.EQ, a, zero), binary(BinaryOp.EQ, b, zero));
    Expression signs =
        binary(BinaryOp.LT, binary(BinaryOp.DIV, one, b), binary(BinaryOp.DIV, one, a));
    return binary(
        BinaryOp.OR,
        binary(BinaryOp.LT, b, a),
        binary(BinaryOp.OR, undefined, binary(BinaryOp.AND, zeros, signs)));
  }

  private static List<Statement> push(Ring ring, Variable at, Statement store) {
    Variable head = new Variable(Kind.I32);
    Expression next = binary(BinaryOp.IADD, new Expression.Read(head), integer(1));
    Expression length = integer(ring.length());
    Expression count = place(ring.count());
    return List.of(
        new Statement.Write(head, place(ring.head())),
        new Statement.Write(
            at, binary(BinaryOp.IMUL, new Expression.Read(head), integer(ring.size()))),
        store,
        new Statement.Store(
            Memory.STATE,
            ring.head(),
            null,
            new Expression.Select(binary(BinaryOp.IEQ, next, length), integer(0), next)),
        new Statement.Store(
            Memory.STATE,
            ring.count(),
            null,
            new Expression.Select(
                binary(BinaryOp.ILT, count, length),
                binary(BinaryOp.IADD, count, integer(1)),
                length)));
  }

  private static Expression place(int offset) {
    return new Expression.Load(Kind.I32, Memory.STATE, offset, null);
  }

  private static Expression expression(Expression expression) {
    return switch (expression) {
      case Expression.Literal l -> l;
      case Expression.From f -> expression(f.value());
      case Expression.Read r -> r;
      case Expression.Load l ->
          l.index() == null
              ? l
              : new Expression.Load(l.kind(), l.memory(), l.offset(), expression(l.index()));
      case Expression.Unary u -> new Expression.Unary(u.op(), expression(u.operand()));
      case Expression.Binary b -> binary(b.op(), expression(b.left()), expression(b.right()));
      case Expression.Select s ->
          new Expression.Select(
              expression(s.condition()), expression(s.then()), expression(s.otherwise()));
      case Expression.Clamp c -> new Expression.Clamp(expression(c.index()), c.length());
      case Expression.Ago a -> ago(a.ring(), a.kind(), expression(a.age()), expression(a.inner()));
      case Expression.Present _ -> throw new IllegalStateException("a reset is no kernel");
    };
  }

  private static Expression ago(Ring ring, Kind kind, Expression age, Expression inner) {
    // The place of the last value, less its age, turned by at most one round.
    Expression back =
        binary(
            BinaryOp.IADD,
            binary(BinaryOp.IADD, place(ring.head()), integer(-1)),
            binary(BinaryOp.IMUL, age, integer(-1)));
    Expression turned =
        new Expression.Select(
            binary(BinaryOp.ILT, back, integer(0)),
            binary(BinaryOp.IADD, back, integer(ring.length())),
            back);
    Expression index =
        binary(BinaryOp.IADD, binary(BinaryOp.IMUL, turned, integer(ring.size())), inner);
    Expression known =
        binary(
            BinaryOp.AND,
            binary(BinaryOp.ILT, integer(-1), age),
            binary(BinaryOp.ILT, age, place(ring.count())));
    return new Expression.Select(
        known,
        new Expression.Load(kind, Memory.STATE, ring.base(), index),
        Expression.Literal.absent(kind));
  }

  /** The first elementary function that is used, if any is. */
  static @Nullable String elementary(List<Statement> statements) {
    for (Statement statement : statements) {
      String found =
          switch (statement) {
            case Statement.Write w -> elementary(w.value());
            case Statement.Store s ->
                first(s.index() == null ? null : elementary(s.index()), elementary(s.value()));
            case Statement.If i ->
                first(
                    elementary(i.condition()),
                    first(elementary(i.then()), elementary(i.otherwise())));
            case Statement.Loop l -> elementary(l.body());
            default -> throw new IllegalStateException("no statement of a kernel: " + statement);
          };
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable String elementary(Expression expression) {
    return switch (expression) {
      case Expression.Unary u ->
          first(isElementary(u.op()) ? u.op().text() : null, elementary(u.operand()));
      case Expression.Binary b ->
          first(
              b.op() == BinaryOp.POW || b.op() == BinaryOp.ATAN2 ? b.op().text() : null,
              first(elementary(b.left()), elementary(b.right())));
      case Expression.Select s ->
          first(elementary(s.condition()), first(elementary(s.then()), elementary(s.otherwise())));
      case Expression.Clamp c -> elementary(c.index());
      case Expression.Load l -> l.index() == null ? null : elementary(l.index());
      default -> null;
    };
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one != null ? one : other;
  }

  private static boolean isElementary(UnaryOp op) {
    return switch (op) {
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH -> true;
      case NEG, ABS, SQRT, FLOOR, RINT, FINITE, NOT, ITOF, FTOI, BTOI -> false;
    };
  }

  private static Expression integer(int value) {
    return Expression.Literal.of(value);
  }

  private static Expression binary(BinaryOp op, Expression left, Expression right) {
    return new Expression.Binary(op, left, right);
  }
}
