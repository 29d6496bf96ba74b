package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.rewlang.automata.Closure.Kind;
import org.rewlang.automata.Closure.Part;

/**
 * Reads a word letter by letter and keeps what is left of a formula.
 *
 * <p>What is left is a condition over <em>promises</em>: one variable for each part of the formula
 * that may have to hold at the position after this one, if there is one. All are false at the end.
 * To read a letter is to put into each promise's place what it comes to there, again in terms of
 * promises; because letters are conditions over atoms and atoms come before promises, one diagram
 * does that for all letters at once.
 *
 * <p>A part that looks back asks what another part was one position ago. That too is a condition
 * over promises, kept in a slot beside what is left of the formula. A state is one diagram: a
 * variable for each slot chooses it, and with none chosen comes what is left.
 *
 * <p>Variables: atoms, slots, promises.
 */
final class Progression {

  /** What it means that a word satisfies the formula. */
  enum Reading {
    /** It holds at the first position of a finite word. */
    WHOLE,
    /** It holds at the last position of a finite word. */
    CURRENT,
    /** It holds at the first position of an infinite word. */
    INFINITE
  }

  private final Diagrams diagrams;
  private final Closure closure;
  private final Reading reading;
  private final int root;
  private final int atoms;

  /** Parts whose value at the position before is asked for. */
  private final int[] slots;

  /** Parts that are promises, in the order of their variables. */
  private final int[] promises;

  /** A promise's variable by its part's number, or -1. */
  private final int[] variables;

  private final BitSet valued = new BitSet();
  private final BitSet promised = new BitSet();

  /** Another position follows: true of infinite words. */
  private final int more;

  private final boolean looksBack;
  private final Values known;

  /** What promises can come true together, or more than that. */
  private int care = Diagrams.TRUE;

  Progression(Meter meter, Formula formula, Reading reading) {
    this.diagrams = new Diagrams(meter);
    this.closure = new Closure(meter);
    this.reading = reading;
    this.root = closure.add(formula);
    this.atoms = formula.atoms().length();
    this.slots = demand();
    this.promises = promised.stream().filter(this::isPromise).toArray();
    this.variables = new int[closure.size()];
    Arrays.fill(variables, -1);
    for (int i = 0; i < promises.length; i++) {
      variables[promises[i]] = atoms + slots.length + i;
    }
    this.more = reading == Reading.INFINITE ? Diagrams.TRUE : promised(Closure.TRUE);
    this.looksBack = closure.looksBack(root);
    this.known = new Values();
    if (!looksBack) {
      known.work(diagrams::variableIs, false, new int[0]);
    }
  }

  private boolean isPromise(int part) {
    Kind kind = closure.part(part).kind();
    return kind == Kind.TRUE
        ? reading != Reading.INFINITE
        : kind == Kind.ATOM || kind == Kind.NEXT || kind == Kind.UNTIL;
  }

  /** Finds which parts' values and promises are needed; gives those that are kept in slots. */
  private int[] demand() {
    BitSet kept = new BitSet();
    (reading == Reading.CURRENT ? valued : promised).set(root);
    valued.set(Closure.TRUE);
    promised.set(Closure.TRUE);
    // Parts have smaller numbers, so one pass down suffices, but for what asks for its own value.
    for (int p = closure.size() - 1; p >= 0; p--) {
      Part part = closure.part(p);
      if (promised.get(p)) {
        switch (part.kind()) {
          case TRUE -> {}
          case ATOM, NEXT, UNTIL -> valued.set(p);
          case NOT -> promised.set(part.left());
          case AND -> {
            promised.set(part.left());
            promised.set(part.right());
          }
          case YESTERDAY -> valued.set(part.left());
          case SINCE -> {
            valued.set(closure.shorter(p));
            promised.set(part.left());
            promised.set(part.right());
          }
        }
      }
      if (valued.get(p)) {
        switch (part.kind()) {
          case TRUE, ATOM -> {}
          case NOT -> valued.set(part.left());
          case AND -> {
            valued.set(part.left());
            valued.set(part.right());
          }
          case NEXT -> promised.set(part.left());
          case UNTIL -> {
            valued.set(part.left());
            valued.set(part.right());
            promised.set(closure.shorter(p));
          }
          case YESTERDAY -> {
            kept.set(part.left());
            valued.set(part.left());
          }
          case SINCE -> {
            valued.set(part.left());
            valued.set(part.right());
            kept.set(closure.shorter(p));
            valued.set(closure.shorter(p));
          }
        }
      }
    }
    return kept.stream().toArray();
  }

  private int promised(int part) {
    return diagrams.variableIs(variables[part]);
  }

  Diagrams diagrams() {
    return diagrams;
  }

  /** The least variable that is no atom: what asks about others first is a state. */
  int atoms() {
    return atoms;
  }

  /** The state before the first letter. */
  int initial() {
    int[] nothing = new int[slots.length];
    Arrays.fill(nothing, Diagrams.FALSE);
    if (reading == Reading.CURRENT) {
      return pack(nothing, Diagrams.leaf(onEmptyWord(root) ? 1 : 0));
    }
    Values first = looksBack ? new Values() : known;
    if (looksBack) {
      first.work(diagrams::variableIs, true, nothing);
    }
    return pack(nothing, first.next[root]);
  }

  private boolean onEmptyWord(int part) {
    Part p = closure.part(part);
    return switch (p.kind()) {
      case TRUE -> true;
      case NOT -> !onEmptyWord(p.left());
      case AND -> onEmptyWord(p.left()) && onEmptyWord(p.right());
      case ATOM, NEXT, UNTIL, YESTERDAY, SINCE -> false;
    };
  }

  /** Whether the word read so far satisfies the formula if it ends here. */
  boolean accepts(int state) {
    return diagrams.evaluate(state, v -> false) == 1;
  }

  /** A diagram over atoms with the next state for each letter. */
  int step(int state) {
    Values values = known;
    if (looksBack) {
      values = new Values();
      values.work(diagrams::variableIs, false, unpack(state));
    }
    return step(state, values);
  }

  /** The next state after one letter. */
  int step(int state, IntPredicate letter) {
    Values values = new Values();
    values.work(atom -> letter.test(atom) ? Diagrams.TRUE : Diagrams.FALSE, false, unpack(state));
    return step(state, values);
  }

  private int step(int state, Values values) {
    int rest = state;
    for (int i = 0; i < slots.length; i++) {
      rest = diagrams.first(rest) == atoms + i ? diagrams.low(rest) : rest;
    }
    int left =
        reading == Reading.CURRENT ? values.value[root] : values.substitution.applyAsInt(rest);
    int[] now = new int[slots.length];
    for (int i = 0; i < slots.length; i++) {
      now[i] = values.value[slots[i]];
    }
    return pack(now, left);
  }

  private int pack(int[] kept, int left) {
    int state = slots.length == 0 ? diagrams.constrain(left, care) : left;
    for (int i = slots.length - 1; i >= 0; i--) {
      state = diagrams.ite(diagrams.variableIs(atoms + i), kept[i], state);
    }
    return state;
  }

  private int[] unpack(int state) {
    int[] kept = new int[slots.length];
    for (int i = 0; i < slots.length; i++) {
      boolean asked = diagrams.first(state) == atoms + i;
      kept[i] = asked ? diagrams.high(state) : state;
      state = asked ? diagrams.low(state) : state;
    }
    return kept;
  }

  /** What each part comes to at one position, in terms of the promises for the next. */
  private final class Values {

    /** At this position. */
    final int[] value = new int[closure.size()];

    /** At the next position; of a part that isn't a promise only if there is one. */
    final int[] next = new int[closure.size()];

    /** There is a next position, and the part holds there. */
    final int[] strong = new int[closure.size()];

    /** There is a next position, and the part doesn't hold there. */
    final int[] fails = new int[closure.size()];

    final IntUnaryOperator substitution =
        diagrams.substitution(v -> value[promises[v - atoms - slots.length]]);

    /**
     * Works upwards from the atoms.
     *
     * @param before whether the first position is yet to come: then only {@code next} has a meaning
     * @param kept what the slots hold
     */
    void work(IntUnaryOperator atom, boolean before, int[] kept) {
      int[] previous = new int[closure.size()];
      for (int i = 0; i < slots.length; i++) {
        previous[slots[i]] = kept[i];
      }
      for (int p = 0; p < closure.size(); p++) {
        if (valued.get(p)) {
          value[p] = value(closure.part(p), p, atom, previous);
        }
        if (promised.get(p)) {
          promise(closure.part(p), p, before);
        }
      }
    }

    private int value(Part part, int p, IntUnaryOperator atom, int[] previous) {
      int l = part.left();
      int r = part.right();
      return switch (part.kind()) {
        case TRUE -> Diagrams.TRUE;
        case ATOM -> atom.applyAsInt(l);
        case NOT -> diagrams.not(value[l]);
        case AND -> diagrams.and(value[l], value[r]);
        case NEXT -> strong[l];
        case UNTIL -> {
          int s = closure.shorter(p);
          // Its own promise is not worked out yet, but is only a variable.
          int later = s == p ? promised(p) : strong[s];
          yield diagrams.or(value[r], diagrams.and(value[l], later));
        }
        case YESTERDAY -> substitution.applyAsInt(previous[l]);
        case SINCE -> {
          int earlier = substitution.applyAsInt(previous[closure.shorter(p)]);
          yield diagrams.or(value[r], diagrams.and(value[l], earlier));
        }
      };
    }

    private void promise(Part part, int p, boolean before) {
      int l = part.left();
      int r = part.right();
      switch (part.kind()) {
        case TRUE -> promise(p, Diagrams.TRUE, more, Diagrams.FALSE);
        case NOT -> promise(p, diagrams.not(next[l]), fails[l], strong[l]);
        case AND ->
            promise(
                p,
                diagrams.and(next[l], next[r]),
                diagrams.and(strong[l], strong[r]),
                diagrams.or(fails[l], fails[r]));
        case ATOM, NEXT, UNTIL -> promise(p, promised(p));
        case YESTERDAY -> promise(p, before ? Diagrams.FALSE : diagrams.and(more, value[l]));
        case SINCE -> {
          int held = before ? Diagrams.FALSE : value[closure.shorter(p)];
          promise(p, diagrams.and(more, diagrams.or(next[r], diagrams.and(next[l], held))));
        }
      }
    }

    private void promise(int p, int holds) {
      promise(p, holds, holds, diagrams.and(more, diagrams.not(holds)));
    }

    private void promise(int p, int holds, int holdsThere, int failsThere) {
      next[p] = holds;
      strong[p] = holdsThere;
      fails[p] = failsThere;
    }
  }
}
