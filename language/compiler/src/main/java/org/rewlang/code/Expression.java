package org.rewlang.code;

import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.Kind;
import org.rewlang.core.Origin;
import org.rewlang.core.UnaryOp;
import org.rewlang.engine.Ring;

/** A scalar that is computed where it stands; without effect, and none traps. */
public sealed interface Expression {

  Kind kind();

  /**
   * @param value as memory holds it
   */
  record Literal(Kind kind, double value) implements Expression {

    public static Literal of(double value) {
      return new Literal(Kind.F64, value);
    }

    public static Literal of(boolean value) {
      return new Literal(Kind.BOOL, value ? 1 : 0);
    }

    public static Literal of(int value) {
      return new Literal(Kind.I32, value);
    }

    /** What stands for a value that there is not. */
    public static Literal absent(Kind kind) {
      return new Literal(kind, kind == Kind.F64 ? Double.NaN : 0);
    }
  }

  /** What some place in the program's text says. */
  record From(Origin origin, Expression value) implements Expression {
    @Override
    public Kind kind() {
      return value.kind();
    }
  }

  /** As it is, or with its place where that is known. */
  static Expression from(Origin origin, Expression value) {
    return origin.isKnown() ? new From(origin, value) : value;
  }

  record Read(Variable variable) implements Expression {
    @Override
    public Kind kind() {
      return variable.kind();
    }
  }

  /**
   * What memory holds at a constant place, or so far behind one.
   *
   * @param index an {@code i32}
   */
  record Load(Kind kind, Memory memory, int offset, @Nullable Expression index)
      implements Expression {}

  /** Whether the host supplies an input of a reset observation. */
  record Present(int port) implements Expression {
    @Override
    public Kind kind() {
      return Kind.BOOL;
    }
  }

  record Unary(UnaryOp op, Expression operand) implements Expression {
    @Override
    public Kind kind() {
      return op.result();
    }
  }

  record Binary(BinaryOp op, Expression left, Expression right) implements Expression {
    @Override
    public Kind kind() {
      return op.result();
    }
  }

  /** One of two values, the other not computed. */
  record Select(Expression condition, Expression then, Expression otherwise) implements Expression {
    @Override
    public Kind kind() {
      return then.kind();
    }
  }

  /** An index kept inside a dimension where nothing proves that it is. */
  record Clamp(Expression index, int length) implements Expression {
    @Override
    public Kind kind() {
      return Kind.I32;
    }
  }

  /**
   * An element of a history.
   *
   * @param age of the value, in pushes
   * @param inner its place in the value
   */
  record Ago(Ring ring, Kind kind, Expression age, Expression inner) implements Expression {}
}
