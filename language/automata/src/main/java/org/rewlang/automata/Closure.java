package org.rewlang.automata;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;
import org.rewlang.automata.Limits.Limit;

/**
 * A formula and all that its truth is worked out from, as numbers, each once, in the few operators
 * that all others are made of. Duals share: {@code a R b} is the negation of {@code !a U !b}.
 * Windows ahead unroll: {@code a U[0, 2] b} has {@code a U[0, 1] b} in it; those that look back are
 * counted. A part's number is greater than those of its parts.
 */
final class Closure {

  enum Kind {
    TRUE,
    /** {@code left} is its number. */
    ATOM,
    NOT,
    AND,
    /** Strong. */
    NEXT,
    /** Strong; {@code bound} is the last distance, or {@link Window#UNBOUNDED}. */
    UNTIL,
    /** Strong. */
    YESTERDAY,
    /** As {@link #UNTIL}. */
    SINCE;

    boolean isPast() {
      return this == YESTERDAY || this == SINCE;
    }
  }

  record Part(Kind kind, int left, int right, int bound) {}

  static final int TRUE = 0;

  private final Meter meter;
  private final Map<Part, Integer> numbers = new HashMap<>();
  private Part[] parts = new Part[16];
  private boolean[] past = new boolean[16];
  private int size;

  Closure(Meter meter) {
    this.meter = meter;
    add(Kind.TRUE, 0, 0, 0);
  }

  int size() {
    return size;
  }

  Part part(int number) {
    return parts[number];
  }

  /** It has a part that looks back. */
  boolean looksBack(int number) {
    return past[number];
  }

  /** The number of a formula, or of its negation: what looks back or ahead is never a negation. */
  int add(Formula f) {
    if (f.windowLength() > meter.limits().states()) {
      throw new Meter.Exceeded(Limit.WINDOWS);
    }
    return of(f);
  }

  private int of(Formula f) {
    return switch (f) {
      case Constant(boolean value) -> value ? TRUE : not(TRUE);
      case Atom(int number) -> add(Kind.ATOM, number, 0, 0);
      case Unary u -> of(u);
      case Binary b -> of(b);
    };
  }

  private int of(Unary u) {
    int f = of(u.operand());
    Window w = u.window();
    return switch (u.operator()) {
      case NOT -> not(f);
      case NEXT -> next(f);
      case WEAK_NEXT -> not(next(not(f)));
      case EVENTUALLY -> until(TRUE, f, w);
      case ALWAYS -> not(until(TRUE, not(f), w));
      case YESTERDAY -> yesterday(f);
      case WEAK_YESTERDAY -> not(yesterday(not(f)));
      case ONCE -> since(TRUE, f, w);
      case HISTORICALLY -> not(since(TRUE, not(f), w));
    };
  }

  private int of(Binary b) {
    int l = of(b.left());
    int r = of(b.right());
    Window w = b.window();
    return switch (b.connective()) {
      case AND -> and(l, r);
      case OR -> or(l, r);
      case IMPLIES -> or(not(l), r);
      case IFF -> or(and(l, r), and(not(l), not(r)));
      case XOR -> or(and(l, not(r)), and(not(l), r));
      case UNTIL -> until(l, r, w);
      case RELEASE -> not(until(not(l), not(r), w));
      case WEAK_UNTIL -> weakUntil(l, r, w);
      case STRONG_RELEASE -> not(weakUntil(not(l), not(r), w));
      case THEN -> until(TRUE, and(l, next(until(TRUE, r, Window.ALL))), Window.ALL);
      case SINCE -> since(l, r, w);
      case TRIGGERED -> not(since(not(l), not(r), w));
    };
  }

  private int weakUntil(int l, int r, Window w) {
    return w.isAll()
        ? not(until(not(r), and(not(l), not(r)), w))
        : or(not(until(TRUE, not(l), new Window(0, w.to()))), until(l, r, w));
  }

  private int until(int l, int r, Window w) {
    int f = bounded(Kind.UNTIL, l, r, w);
    for (int i = 0; i < w.from(); i++) {
      f = and(l, next(f));
    }
    return f;
  }

  private int since(int l, int r, Window w) {
    int f = bounded(Kind.SINCE, l, r, w);
    for (int i = 0; i < w.from(); i++) {
      f = and(l, yesterday(f));
    }
    return f;
  }

  private int bounded(Kind kind, int l, int r, Window w) {
    if (w.to() == Window.UNBOUNDED) {
      return add(kind, l, r, Window.UNBOUNDED);
    }
    int last = w.to() - w.from();
    int f = r;
    for (int bound = kind == Kind.SINCE ? last : 0; bound <= last; bound++) {
      f = add(kind, l, r, bound);
    }
    return f;
  }

  /** An {@code until} with a bound one less, itself if it has none, -1 at bound 0. */
  int shorter(int number) {
    Part p = parts[number];
    return p.bound == Window.UNBOUNDED
        ? number
        : p.bound == 0 ? -1 : add(p.kind, p.left, p.right, p.bound - 1);
  }

  private int not(int f) {
    return parts[f].kind == Kind.NOT ? parts[f].left : add(Kind.NOT, f, 0, 0);
  }

  private int and(int a, int b) {
    int never = not(TRUE);
    if (a == never || b == never || a == not(b)) {
      return never;
    }
    return a == TRUE || a == b
        ? b
        : b == TRUE ? a : add(Kind.AND, Math.min(a, b), Math.max(a, b), 0);
  }

  private int or(int a, int b) {
    return not(and(not(a), not(b)));
  }

  private int next(int f) {
    return f == not(TRUE) ? f : add(Kind.NEXT, f, 0, 0);
  }

  private int yesterday(int f) {
    return f == not(TRUE) ? f : add(Kind.YESTERDAY, f, 0, 0);
  }

  private int add(Kind kind, int left, int right, int bound) {
    if (kind == Kind.UNTIL || kind == Kind.SINCE) {
      int never = right == TRUE || parts[right].kind != Kind.NOT ? -1 : parts[right].left;
      if (never == TRUE) {
        return right;
      }
    }
    Part part = new Part(kind, left, right, bound);
    Integer known = numbers.get(part);
    if (known != null) {
      return known;
    }
    if (size == parts.length) {
      parts = Arrays.copyOf(parts, 2 * size);
      past = Arrays.copyOf(past, 2 * size);
      meter.tick();
    }
    parts[size] = part;
    past[size] =
        switch (kind) {
          case TRUE, ATOM -> false;
          case NOT, NEXT -> past[left];
          case AND, UNTIL -> past[left] || past[right];
          case YESTERDAY, SINCE -> true;
        };
    numbers.put(part, size);
    return size++;
  }
}
