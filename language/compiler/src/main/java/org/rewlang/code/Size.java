package org.rewlang.code;

import java.util.List;
import org.rewlang.core.Kind;

/** About how many bytes of the JVM's code something becomes; seldom more. */
public final class Size {

  private static final int CALL = 3;
  private static final int COPY = 16;

  /** A read or write of a variable, which may lie in memory. */
  private static final int VARIABLE = 5;

  private Size() {}

  /** The longest way down, which is how deep what runs a tree recurses. */
  static int height(Expression expression) {
    return switch (expression) {
      case Expression.Literal _, Expression.Read _, Expression.Present _ -> 1;
      case Expression.From f -> height(f.value());
      case Expression.Load l -> 1 + (l.index() == null ? 0 : height(l.index()));
      case Expression.Unary u -> 1 + height(u.operand());
      case Expression.Binary b -> 1 + Math.max(height(b.left()), height(b.right()));
      case Expression.Select s ->
          1 + Math.max(height(s.condition()), Math.max(height(s.then()), height(s.otherwise())));
      case Expression.Clamp c -> 1 + height(c.index());
      case Expression.Ago a -> 1 + Math.max(height(a.age()), height(a.inner()));
    };
  }

  public static int of(List<Statement> statements) {
    int size = 0;
    for (Statement statement : statements) {
      size += of(statement);
    }
    return size;
  }

  public static int of(Statement statement) {
    return switch (statement) {
      case Statement.From f -> of(f.statement());
      case Statement.Take t -> of(t.first());
      case Statement.Write w -> VARIABLE + of(w.value());
      case Statement.Store s -> 8 + (s.index() == null ? 0 : of(s.index())) + of(s.value());
      case Statement.Copy _, Statement.Fill _, Statement.Sort _ -> COPY;
      case Statement.Push p -> 25 + of(p.value());
      case Statement.PushArray _ -> 25 + COPY;
      case Statement.If i -> 9 + of(i.condition()) + of(i.then()) + of(i.otherwise());
      case Statement.Loop l -> 20 * l.indices().size() + of(l.body());
      case Statement.Check c -> 10 + of(c.condition());
      case Statement.Part _ -> 10;
    };
  }

  public static int of(Expression expression) {
    return switch (expression) {
      case Expression.Literal _ -> 3;
      case Expression.From f -> of(f.value());
      case Expression.Read _ -> VARIABLE;
      case Expression.Load l ->
          (l.kind() == Kind.BOOL ? 16 : 7) + (l.index() == null ? 0 : 2 + of(l.index()));
      case Expression.Present _ -> 6;
      case Expression.Unary u ->
          of(u.operand())
              + switch (u.op()) {
                case FINITE, NOT -> 12;
                case NEG, ITOF, FTOI, BTOI -> 1;
                default -> CALL;
              };
      case Expression.Binary b ->
          of(b.left())
              + of(b.right())
              + switch (b.op()) {
                case ADD, SUB, MUL, DIV, IADD, IMUL -> 1;
                case MIN, MAX, POW, ATAN2 -> CALL;
                case LT, LE, EQ, AND, OR, XOR, IEQ, ILT -> 10;
              };
      case Expression.Select s -> 6 + of(s.condition()) + of(s.then()) + of(s.otherwise());
      case Expression.Clamp c -> 10 + of(c.index());
      case Expression.Ago a -> 25 + of(a.age()) + of(a.inner());
    };
  }
}
