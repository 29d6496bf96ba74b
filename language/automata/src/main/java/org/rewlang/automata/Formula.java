package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * A temporal formula on words of letters. Atoms are numbers; a letter says which of them hold.
 *
 * <p>A formula holds or doesn't at each position of a word. <em>Strong</em> operators ask for a
 * position that <em>weak</em> ones let be missing: {@code X a} is false at the last position,
 * {@code N a} true. On the empty word atoms and strong operators are false and weak ones true.
 *
 * <p>Records hold what was written. The static functions simplify a little on the way.
 */
public sealed interface Formula {

  Formula TRUE = new Constant(true);
  Formula FALSE = new Constant(false);

  /** True at the last position: {@code N false}. */
  Formula LAST = new Unary(Operator.WEAK_NEXT, FALSE);

  /** True at the first position: {@code Z false}. */
  Formula FIRST = new Unary(Operator.WEAK_YESTERDAY, FALSE);

  /** An operator on one formula. */
  enum Operator {
    NOT,
    NEXT,
    WEAK_NEXT,
    EVENTUALLY,
    ALWAYS,
    YESTERDAY,
    WEAK_YESTERDAY,
    ONCE,
    HISTORICALLY;

    /** Speaks of a stretch of positions, and so can have a window. */
    public boolean spans() {
      return this == EVENTUALLY || this == ALWAYS || this == ONCE || this == HISTORICALLY;
    }

    public boolean isPast() {
      return ordinal() >= YESTERDAY.ordinal();
    }

    public boolean isFuture() {
      return this != NOT && !isPast();
    }

    Operator dual() {
      return switch (this) {
        case NOT -> NOT;
        case NEXT -> WEAK_NEXT;
        case WEAK_NEXT -> NEXT;
        case EVENTUALLY -> ALWAYS;
        case ALWAYS -> EVENTUALLY;
        case YESTERDAY -> WEAK_YESTERDAY;
        case WEAK_YESTERDAY -> YESTERDAY;
        case ONCE -> HISTORICALLY;
        case HISTORICALLY -> ONCE;
      };
    }
  }

  /** An operator on two formulas. */
  enum Connective {
    AND,
    OR,
    IMPLIES,
    IFF,
    XOR,
    UNTIL,
    WEAK_UNTIL,
    RELEASE,
    STRONG_RELEASE,
    /** {@code a then b} is {@code F(a & X F b)}: b strictly after a. */
    THEN,
    SINCE,
    TRIGGERED;

    /** As {@link Operator#spans}. */
    public boolean spans() {
      return this != THEN && ordinal() >= UNTIL.ordinal();
    }

    public boolean isPast() {
      return this == SINCE || this == TRIGGERED;
    }

    public boolean isFuture() {
      return ordinal() >= UNTIL.ordinal() && !isPast();
    }
  }

  /**
   * Which positions an operator speaks of, by their distance.
   *
   * @param to {@link #UNBOUNDED}, or the last one
   */
  record Window(int from, int to) {

    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /** What an operator without a window has. */
    public static final Window ALL = new Window(0, UNBOUNDED);

    public Window {
      if (from < 0 || to < from || from == UNBOUNDED) {
        throw new IllegalArgumentException("a window from " + from + " to " + to);
      }
    }

    public boolean isAll() {
      return from == 0 && to == UNBOUNDED;
    }

    /** The last position that it tells from others. */
    int length() {
      return to == UNBOUNDED ? from : to;
    }
  }

  record Constant(boolean value) implements Formula {}

  record Atom(int number) implements Formula {
    public Atom {
      if (number < 0) {
        throw new IllegalArgumentException("atoms are numbered from 0 on, not " + number);
      }
    }
  }

  /**
   * An operator on one formula.
   *
   * @param window other than {@link Window#ALL} only where the operator {@linkplain Operator#spans
   *     spans}
   */
  record Unary(Operator operator, Window window, Formula operand) implements Formula {
    public Unary {
      if (!window.isAll() && !operator.spans()) {
        throw new IllegalArgumentException(operator + " has no window");
      }
    }

    public Unary(Operator operator, Formula operand) {
      this(operator, Window.ALL, operand);
    }
  }

  /**
   * A connective of two formulas.
   *
   * <p>{@code a until[m, n] b} holds at i if b holds at some j of i+m, …, i+n and a from i on to
   * before j; {@code since} mirrors it. {@code a weak_until[m, n] b} holds also if a holds at all
   * of i, …, i+n.
   *
   * @param window as for {@link Unary}
   */
  record Binary(Connective connective, Window window, Formula left, Formula right)
      implements Formula {
    public Binary {
      if (!window.isAll() && !connective.spans()) {
        throw new IllegalArgumentException(connective + " has no window");
      }
    }

    public Binary(Connective connective, Formula left, Formula right) {
      this(connective, Window.ALL, left, right);
    }
  }

  static Formula of(boolean value) {
    return value ? TRUE : FALSE;
  }

  static Formula atom(int number) {
    return new Atom(number);
  }

  static Formula not(Formula f) {
    return switch (f) {
      case Constant(boolean value) -> of(!value);
      case Unary(Operator operator, Window _, Formula operand) when operator == Operator.NOT ->
          operand;
      default -> new Unary(Operator.NOT, f);
    };
  }

  static Formula and(Formula... operands) {
    Formula all = TRUE;
    for (Formula f : operands) {
      all =
          all.equals(FALSE) || f.equals(TRUE)
              ? all
              : all.equals(TRUE) || f.equals(FALSE) ? f : new Binary(Connective.AND, all, f);
    }
    return all;
  }

  static Formula or(Formula... operands) {
    Formula any = FALSE;
    for (Formula f : operands) {
      any =
          any.equals(TRUE) || f.equals(FALSE)
              ? any
              : any.equals(FALSE) || f.equals(TRUE) ? f : new Binary(Connective.OR, any, f);
    }
    return any;
  }

  static Formula implies(Formula a, Formula b) {
    return a.equals(FALSE) || b.equals(TRUE)
        ? TRUE
        : a.equals(TRUE) ? b : b.equals(FALSE) ? not(a) : new Binary(Connective.IMPLIES, a, b);
  }

  static Formula iff(Formula a, Formula b) {
    return new Binary(Connective.IFF, a, b);
  }

  static Formula next(Formula f) {
    return f.equals(FALSE) ? FALSE : new Unary(Operator.NEXT, f);
  }

  static Formula weakNext(Formula f) {
    return f.equals(TRUE) ? TRUE : new Unary(Operator.WEAK_NEXT, f);
  }

  static Formula eventually(Formula f) {
    return f.equals(FALSE) ? FALSE : new Unary(Operator.EVENTUALLY, f);
  }

  static Formula always(Formula f) {
    return f.equals(TRUE) ? TRUE : new Unary(Operator.ALWAYS, f);
  }

  static Formula until(Formula a, Formula b) {
    return b.equals(FALSE) ? FALSE : new Binary(Connective.UNTIL, a, b);
  }

  /** What {@link Connective#THEN} stands for. */
  static Formula then(Formula a, Formula b) {
    return eventually(and(a, next(eventually(b))));
  }

  /** The formulas it is made of directly. */
  default List<Formula> parts() {
    return switch (this) {
      case Constant _, Atom _ -> List.of();
      case Unary f -> List.of(f.operand);
      case Binary f -> List.of(f.left, f.right);
    };
  }

  /** It and all its parts, each object once: formulas share what is used twice. */
  private Set<Formula> all() {
    Set<Formula> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Formula> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      Formula f = open.pop();
      if (seen.add(f)) {
        f.parts().forEach(open::push);
      }
    }
    return seen;
  }

  /** The atoms in it. */
  default BitSet atoms() {
    BitSet atoms = new BitSet();
    for (Formula f : all()) {
      if (f instanceof Atom(int number)) {
        atoms.set(number);
      }
    }
    return atoms;
  }

  /** The same formula with other numbers for its atoms. */
  default Formula rename(IntUnaryOperator numbers) {
    return replace(number -> new Atom(numbers.applyAsInt(number)));
  }

  /** The same formula with formulas in the places of its atoms; itself if nothing changes. */
  default Formula replace(IntFunction<Formula> atoms) {
    return replace(atoms, new IdentityHashMap<>());
  }

  private Formula replace(IntFunction<Formula> atoms, Map<Formula, Formula> known) {
    Formula result = known.get(this);
    if (result == null) {
      result =
          switch (this) {
            case Constant f -> f;
            case Atom f -> {
              Formula made = atoms.apply(f.number);
              yield f.equals(made) ? f : made;
            }
            case Unary f -> {
              Formula of = f.operand.replace(atoms, known);
              yield of == f.operand ? f : new Unary(f.operator, f.window, of);
            }
            case Binary f -> {
              Formula l = f.left.replace(atoms, known);
              Formula r = f.right.replace(atoms, known);
              boolean same = l == f.left && r == f.right;
              yield same ? f : new Binary(f.connective, f.window, l, r);
            }
          };
      known.put(this, result);
    }
    return result;
  }

  /** No operator that looks ahead. */
  default boolean looksBackOnly() {
    return all().stream()
        .noneMatch(
            part ->
                switch (part) {
                  case Constant _, Atom _ -> false;
                  case Unary f -> f.operator.isFuture();
                  case Binary f -> f.connective.isFuture();
                });
  }

  /** No operator that looks back. */
  default boolean looksAheadOnly() {
    return all().stream()
        .noneMatch(
            part ->
                switch (part) {
                  case Constant _, Atom _ -> false;
                  case Unary f -> f.operator.isPast();
                  case Binary f -> f.connective.isPast();
                });
  }

  /** It looks back, and not ahead: it is about the step that a word ends with. */
  default boolean isCurrent() {
    return looksBackOnly() && !looksAheadOnly();
  }

  /** As many positions as all its windows tell apart, saturating. */
  default int windowLength() {
    long length = 0;
    for (Formula part : all()) {
      length +=
          switch (part) {
            case Constant _, Atom _ -> 0;
            case Unary f -> f.window.length();
            case Binary f -> f.window.length();
          };
    }
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  /**
   * An equal formula with negations at atoms only, of {@code and}, {@code or} and the temporal
   * operators other than {@code then}.
   */
  default Formula negationNormalForm() {
    return NegationNormalForm.of(this);
  }
}
