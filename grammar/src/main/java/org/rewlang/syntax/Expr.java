package org.rewlang.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/** An expression as written. Parentheses leave no node; spans include them where they stood. */
public sealed interface Expr extends Node {

  /**
   * A number, its spelling kept because units convert in decimal.
   *
   * @param text as written, without sign: {@code 1_000}, {@code .5}, {@code 1e-4}
   */
  record NumberLit(String text, @Nullable UnitRef unit, Span span) implements Expr {}

  record BoolLit(boolean value, Span span) implements Expr {}

  /**
   * @param value the text meant, escapes resolved (none in a raw one)
   */
  record TextLit(String value, boolean raw, Span span) implements Expr {}

  record NameRef(String name, Span span) implements Expr {}

  /** {@code target.name}. */
  record Field(Expr target, Name name, Span span) implements Expr {}

  /** {@code target[i, 2:5]}. */
  record Index(Expr target, List<Subscript> subscripts, Span span) implements Expr {
    public Index {
      subscripts = List.copyOf(subscripts);
    }
  }

  /** What stands between the brackets of an {@link Index}. */
  sealed interface Subscript {
    Span span();

    /** One position. */
    record At(Expr index, Span span) implements Subscript {}

    /** Half-open, from 0, as in Python. */
    record Slice(@Nullable Expr from, @Nullable Expr to, Span span) implements Subscript {}

    /** {@code ...}: all axes that the other positions leave. */
    record Ellipsis(Span span) implements Subscript {}
  }

  /**
   * {@code f(a, b = c)} and {@code always[0, 20](p)}.
   *
   * @param window the bounds in brackets before the parenthesis of a temporal call, or empty
   */
  record Call(Expr callee, List<Expr> window, List<Argument> arguments, Span span) implements Expr {
    public Call {
      window = List.copyOf(window);
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * One argument.
   *
   * @param name null if positional
   */
  record Argument(@Nullable Name name, Expr value, Span span) {}

  /** {@code [a, b] m}. */
  record ListLit(List<Expr> elements, @Nullable UnitRef unit, Span span) implements Expr {
    public ListLit {
      elements = List.copyOf(elements);
    }
  }

  /** {@code e for x in xs if c}: in brackets a {@link ListComp}, else the argument of a call. */
  record Generator(Expr element, List<For> clauses, @Nullable Expr condition, Span span)
      implements Expr {
    public Generator {
      clauses = List.copyOf(clauses);
    }
  }

  /** {@code for a, (b, c) in e}: several names take an element apart. */
  record For(List<Target> targets, Expr source, Span span) {
    public For {
      targets = List.copyOf(targets);
    }

    /** All names, from left to right. */
    public List<Name> names() {
      return targets.stream().flatMap(t -> t.names().stream()).toList();
    }
  }

  /** What an element of a loop, or a part of it, is called. */
  sealed interface Target {

    /** All names, from left to right. */
    default List<Name> names() {
      return switch (this) {
        case One one -> List.of(one.name);
        case Group group -> group.targets.stream().flatMap(t -> t.names().stream()).toList();
      };
    }

    /** A name. */
    record One(Name name) implements Target {}

    /** {@code (a, b)}: names of the parts of a part. */
    record Group(List<Target> targets, Span span) implements Target {
      public Group {
        targets = List.copyOf(targets);
      }
    }
  }

  /** {@code [e for x in xs if c]}. */
  record ListComp(Generator generator, @Nullable UnitRef unit, Span span) implements Expr {}

  /** {@code value over scope since e where c}, the argument of an aggregation. */
  record Over(Expr value, Scope scope, @Nullable Expr since, @Nullable Expr where, Span span)
      implements Expr {}

  /**
   * What an aggregation ranges over: {@code past}, {@code last 15}, {@code group}, {@code run and
   * batch}.
   *
   * @param count the length of {@code last}, else null
   */
  record Scope(List<Name> names, @Nullable Expr count, Span span) {
    public Scope {
      names = List.copyOf(names);
    }
  }

  record Unary(UnaryOp op, Expr operand, Span span) implements Expr {}

  enum UnaryOp {
    NEGATE("-"),
    NOT("not");

    private final String text;

    UnaryOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * @param opSpan the operator's own place
   * @param window the bounds of a timed {@code until[0, 5]}, else empty
   */
  record Binary(BinaryOp op, Expr left, Expr right, List<Expr> window, Span opSpan, Span span)
      implements Expr {
    public Binary {
      window = List.copyOf(window);
    }
  }

  enum BinaryOp {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MATMUL("@"),
    POWER("**"),
    COALESCE("??"),
    AND("and"),
    OR("or"),
    IMPLIES("implies"),
    UNTIL("until"),
    WEAK_UNTIL("weak_until"),
    RELEASE("release"),
    SINCE("since"),
    THEN("then");

    private final String text;

    BinaryOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /**
   * {@code a < b <= c}, {@code a == b within e}, {@code a in b}, {@code a matches b}.
   *
   * @param rest at least one link
   */
  record Comparison(Expr first, List<Link> rest, Span span) implements Expr {
    public Comparison {
      rest = List.copyOf(rest);
    }
  }

  /**
   * @param within the tolerance of {@code ==} and {@code !=}, or null
   */
  record Link(CompareOp op, Expr right, @Nullable Expr within, Span opSpan) {}

  enum CompareOp {
    LESS("<"),
    LESS_EQUAL("<="),
    GREATER(">"),
    GREATER_EQUAL(">="),
    EQUAL("=="),
    NOT_EQUAL("!="),
    IN("in"),
    NOT_IN("not in"),
    MATCHES("matches");

    private final String text;

    CompareOp(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** {@code then if condition else otherwise}. */
  record Conditional(Expr then, Expr condition, Expr otherwise, Span span) implements Expr {}

  /** {@code value as unit}. */
  record Convert(Expr value, UnitRef unit, Span span) implements Expr {}

  /** {@code a..b}; a missing end is open. */
  record Range(@Nullable Expr from, @Nullable Expr to, Span span) implements Expr {}

  /** What could not be read. The parser has reported it; everything else keeps silent about it. */
  record Broken(Span span) implements Expr {}
}
