package org.rewlang.code;

import java.util.List;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Reduction;
import org.rewlang.core.UnaryOp;

/**
 * Where a reduction keeps what it has so far.
 *
 * @param more the best number, or whether there was any; not used by all
 */
record Accumulator(Op.Reduce reduce, Variable sofar, Variable more) {

  static Accumulator of(Op.Reduce reduce) {
    Kind more =
        switch (reduce.op()) {
          case SUM, PROD, ANY, ALL, MIN, MAX -> Kind.BOOL;
          case ARGMIN, ARGMAX -> Kind.F64;
        };
    return new Accumulator(reduce, new Variable(reduce.op().result()), new Variable(more));
  }

  /** What comes before the first round. */
  List<Statement> start() {
    return switch (reduce.op()) {
      case SUM -> List.of(write(sofar, number(0)));
      case PROD -> List.of(write(sofar, number(1)));
      case ANY -> List.of(write(sofar, Expression.Literal.of(false)));
      case ALL -> List.of(write(sofar, Expression.Literal.of(true)));
      case MIN -> extreme(Double.POSITIVE_INFINITY);
      case MAX -> extreme(Double.NEGATIVE_INFINITY);
      case ARGMIN, ARGMAX ->
          List.of(write(sofar, Expression.Literal.of(-1)), write(more, number(0)));
    };
  }

  private List<Statement> extreme(double identity) {
    Statement first = write(sofar, number(identity));
    return mayBeEmpty()
        ? List.of(first, write(more, Expression.Literal.of(false)))
        : List.of(first);
  }

  private boolean mayBeEmpty() {
    return reduce.region().isMasked();
  }

  /**
   * Takes up one element.
   *
   * @param round counts from 0
   */
  List<Statement> add(Expression round, Expression element) {
    return switch (reduce.op()) {
      case SUM -> List.of(combine(BinaryOp.ADD, element));
      case PROD -> List.of(combine(BinaryOp.MUL, element));
      case ANY -> List.of(combine(BinaryOp.OR, element));
      case ALL -> List.of(combine(BinaryOp.AND, element));
      case MIN -> extreme(BinaryOp.MIN, element);
      case MAX -> extreme(BinaryOp.MAX, element);
      case ARGMIN, ARGMAX -> {
        Variable next = new Variable(Kind.F64);
        yield List.of(
            write(next, element),
            new Statement.If(
                wins(read(next)),
                List.of(write(sofar, round), write(more, read(next))),
                List.of()));
      }
    };
  }

  private List<Statement> extreme(BinaryOp op, Expression element) {
    Statement combined = combine(op, element);
    return mayBeEmpty()
        ? List.of(combined, write(more, Expression.Literal.of(true)))
        : List.of(combined);
  }

  private Statement combine(BinaryOp op, Expression element) {
    return write(sofar, new Expression.Binary(op, read(sofar), element));
  }

  /** The first, a better one, and the first NaN, which nothing beats. */
  private Expression wins(Expression next) {
    Expression best = read(more);
    Expression first = new Expression.Binary(BinaryOp.ILT, read(sofar), Expression.Literal.of(0));
    Expression better =
        reduce.op() == Reduction.ARGMIN
            ? new Expression.Binary(BinaryOp.LT, next, best)
            : new Expression.Binary(BinaryOp.LT, best, next);
    Expression undefined =
        new Expression.Binary(
            BinaryOp.AND,
            new Expression.Unary(UnaryOp.NOT, new Expression.Binary(BinaryOp.EQ, next, next)),
            new Expression.Binary(BinaryOp.EQ, best, best));
    return new Expression.Binary(
        BinaryOp.OR, first, new Expression.Binary(BinaryOp.OR, better, undefined));
  }

  /** The smallest and the largest of no numbers are undefined. */
  Expression result() {
    return switch (reduce.op()) {
      case SUM, PROD, ANY, ALL, ARGMIN, ARGMAX -> read(sofar);
      case MIN, MAX ->
          mayBeEmpty()
              ? new Expression.Select(read(more), read(sofar), number(Double.NaN))
              : read(sofar);
    };
  }

  private static Expression read(Variable variable) {
    return new Expression.Read(variable);
  }

  private static Statement write(Variable to, Expression value) {
    return new Statement.Write(to, value);
  }

  private static Expression number(double value) {
    return Expression.Literal.of(value);
  }
}
