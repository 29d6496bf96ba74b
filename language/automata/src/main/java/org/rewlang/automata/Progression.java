package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Closure.Kind;
import org.rewlang.automata.Closure.Part;
import org.rewlang.automata.Formula.Window;

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

  /**
   * What is kept of the position before.
   *
   * @param digit of the part's {@linkplain Countdown countdown}, or {@link #VALUE}
   */
  private record Slot(int part, int digit) {
    static final int VALUE = -1;
  }

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

  private final Slot[] slots;

  /** Parts that are promises, in the order of their variables. */
  private final int[] promises;

  /** A promise's variable by its part's number, or -1. */
  private final int[] variables;

  private final BitSet valued = new BitSet();
  private final BitSet promised = new BitSet();

  /** Another position follows: true of infinite words. */
  private final int more;

  private final boolean looksBack;

  /** What promises can come true together, or more than that. Known of states without slots. */
  private int care = Diagrams.TRUE;

  private IntMap reduced = new IntMap();
  private IntMap reducedAtLetters = new IntMap();

  /** The last that was worked out: good for all states if nothing looks back. */
  private @Nullable Values known;

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
      variables[promises[i]] = firstPromise() + i;
    }
    this.more = reading == Reading.INFINITE ? Diagrams.TRUE : promised(Closure.TRUE);
    this.looksBack = closure.looksBack(root);
  }

  private boolean isPromise(int part) {
    Kind kind = closure.part(part).kind();
    return kind == Kind.TRUE
        ? reading != Reading.INFINITE
        : kind == Kind.ATOM || kind == Kind.NEXT || kind == Kind.UNTIL;
  }

  /** Finds which parts' values and promises are needed; gives what is kept in slots. */
  private Slot[] demand() {
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
            valued.set(p);
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
            int shorter = closure.shorter(p);
            if (shorter >= 0) {
              promised.set(shorter);
            }
          }
          case YESTERDAY -> {
            kept.set(part.left());
            valued.set(part.left());
          }
          case SINCE -> {
            valued.set(part.left());
            valued.set(part.right());
            kept.set(p);
          }
        }
      }
    }
    return kept.stream().boxed().flatMap(this::kept).toArray(Slot[]::new);
  }

  private Stream<Slot> kept(int part) {
    return counts(part)
        ? IntStream.range(0, Countdown.digits(closure.part(part).bound()))
            .mapToObj(d -> new Slot(part, d))
        : Stream.of(new Slot(part, Slot.VALUE));
  }

  private boolean counts(int part) {
    Part p = closure.part(part);
    return p.kind() == Kind.SINCE && p.bound() != Window.UNBOUNDED;
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

  private int firstPromise() {
    return atoms + slots.length;
  }

  /** What a state says is left of the formula, about promises. */
  int left(int state) {
    int rest = state;
    for (int i = 0; i < slots.length; i++) {
      rest = diagrams.first(rest) == atoms + i ? diagrams.low(rest) : rest;
    }
    return rest;
  }

  /** A condition about slots and promises, where slots hold what they do in the state. */
  int inState(int condition, int state) {
    int[] kept = unpack(state);
    return diagrams
        .substitution(v -> v < firstPromise() ? kept[v - atoms] : diagrams.variableIs(v))
        .applyAsInt(condition);
  }

  /**
   * A state simplified by the first of all facts: what comes in a shorter time comes in a longer.
   */
  private int nested(int state) {
    BitSet asked = diagrams.support(state);
    return diagrams.simplify(
        state, windowsNest(asked.stream().map(v -> promises[v - firstPromise()]).toArray()));
  }

  /** Of the same operator with several bounds the shorter implies the longer. */
  private int windowsNest(int[] among) {
    int facts = Diagrams.TRUE;
    Map<Long, Integer> longer = new HashMap<>();
    for (int i = among.length - 1; i >= 0; i--) {
      Part part = closure.part(among[i]);
      if (part.kind() == Kind.UNTIL && part.bound() != Window.UNBOUNDED) {
        Integer next = longer.put((long) part.left() << 32 | part.right(), promised(among[i]));
        if (next != null) {
          facts = diagrams.and(implies(promised(among[i]), next), facts);
        }
      }
    }
    return facts;
  }

  /**
   * More that holds whatever the word: a promise needs a next position; {@code b} implies {@code a
   * U b}, which implies one of the two.
   */
  int facts() {
    int facts = windowsNest(promises);
    for (int i = promises.length - 1; i >= 0; i--) {
      Part part = closure.part(promises[i]);
      int promise = promised(promises[i]);
      facts = diagrams.and(implies(promise, more), facts);
      if (part.kind() == Kind.UNTIL) {
        int right = inPromises(part.right());
        int left = inPromises(part.left());
        if (right != IntMap.NONE) {
          facts = diagrams.and(implies(diagrams.and(more, right), promise), facts);
        }
        if (right != IntMap.NONE && left != IntMap.NONE) {
          facts = diagrams.and(implies(promise, diagrams.or(left, right)), facts);
        }
      }
    }
    return facts;
  }

  private int implies(int a, int b) {
    return diagrams.ite(a, b, Diagrams.TRUE);
  }

  /** What a part comes to at the next position; {@link IntMap#NONE} if promises don't say. */
  private int inPromises(int p) {
    Part part = closure.part(p);
    return switch (part.kind()) {
      case TRUE -> Diagrams.TRUE;
      case ATOM, NEXT, UNTIL -> variables[p] >= 0 ? promised(p) : IntMap.NONE;
      case NOT -> {
        int f = inPromises(part.left());
        yield f == IntMap.NONE ? f : diagrams.not(f);
      }
      case AND -> {
        int l = inPromises(part.left());
        int r = inPromises(part.right());
        yield l == IntMap.NONE || r == IntMap.NONE ? IntMap.NONE : diagrams.and(l, r);
      }
      case YESTERDAY, SINCE -> IntMap.NONE;
    };
  }

  /** A state that differs only where promises can't come true together, with fewer variables. */
  int reduced(int state) {
    if (care == Diagrams.TRUE || Diagrams.isLeaf(state)) {
      return slots.length == 0 ? nested(state) : state;
    }
    int result = reduced.get(state);
    if (result == IntMap.NONE) {
      result = diagrams.simplify(state, care);
      BitSet asked = diagrams.support(result);
      for (int v = asked.nextSetBit(0); v >= 0; v = asked.nextSetBit(v + 1)) {
        for (boolean value : new boolean[] {false, true}) {
          int without = diagrams.restrict(result, v, value);
          int differ = diagrams.ite(without, diagrams.not(result), result);
          if (diagrams.and(differ, care) == Diagrams.FALSE) {
            result = without;
          }
        }
      }
      reduced.put(state, result);
    }
    return result;
  }

  /** From now on takes promises that can't come true together to be impossible. */
  void assume(int possible) {
    if (!looksBack) {
      care = possible;
      reduced = new IntMap();
      reducedAtLetters = new IntMap();
      known = null;
    }
  }

  /** What parts come to at the next letter, whichever it is. */
  private Values values(int state) {
    if (!looksBack && known != null) {
      return known;
    }
    known = new Values();
    known.work(diagrams::variableIs, false, unpack(state));
    return known;
  }

  /** Reduces the states that a diagram over atoms leads to. */
  private int reducedAtLetters(int diagram) {
    if (care == Diagrams.TRUE) {
      return diagram;
    }
    if (diagrams.first(diagram) >= atoms) {
      return reduced(diagram);
    }
    int result = reducedAtLetters.get(diagram);
    if (result == IntMap.NONE) {
      int low = reducedAtLetters(diagrams.low(diagram));
      int high = reducedAtLetters(diagrams.high(diagram));
      result = diagrams.node(diagrams.variable(diagram), low, high);
      reducedAtLetters.put(diagram, result);
    }
    return result;
  }

  /**
   * How slots and promises at one position depend on the letter, the slots and the next promises.
   */
  Tableau tableau() {
    int[] asked = new int[slots.length];
    Arrays.setAll(asked, i -> diagrams.variableIs(atoms + i));
    Values values = new Values();
    values.work(diagrams::variableIs, false, asked);
    int[] promised = Arrays.stream(promises).map(p -> values.value[p]).toArray();
    int[] kept = Arrays.stream(slots).mapToInt(values::kept).toArray();
    int[] fulfilled =
        Arrays.stream(promises)
            .filter(p -> closure.part(p).kind() == Kind.UNTIL && closure.shorter(p) == p)
            .map(
                p ->
                    diagrams.ite(
                        values.value[p], values.value[closure.part(p).right()], Diagrams.TRUE))
            .toArray();
    return new Tableau(diagrams, atoms, kept, promised, fulfilled, facts());
  }

  /** The state before the first letter. */
  int initial() {
    int[] nothing = new int[slots.length];
    Arrays.fill(nothing, Diagrams.FALSE);
    if (reading == Reading.CURRENT) {
      return pack(nothing, Diagrams.leaf(onEmptyWord(root) ? 1 : 0));
    }
    Values first = new Values();
    first.work(diagrams::variableIs, true, nothing);
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
    return step(state, values(state));
  }

  /** The next state after one letter. */
  int step(int state, IntPredicate letter) {
    Values values = new Values();
    values.work(atom -> letter.test(atom) ? Diagrams.TRUE : Diagrams.FALSE, false, unpack(state));
    return step(state, values);
  }

  private int step(int state, Values values) {
    int left =
        reading == Reading.CURRENT
            ? values.value[root]
            : values.substitution.applyAsInt(left(state));
    return pack(Arrays.stream(slots).mapToInt(values::kept).toArray(), left);
  }

  private int pack(int[] kept, int left) {
    if (reading != Reading.CURRENT && Diagrams.isLeaf(left)) {
      // Decided, whatever was before.
      return left;
    }
    int state = left;
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

    /** Of parts that count. */
    final Countdown[] countdown = new Countdown[closure.size()];

    final IntUnaryOperator substitution =
        diagrams.substitution(
            v -> v < firstPromise() ? diagrams.variableIs(v) : value[promises[v - firstPromise()]]);

    /**
     * Works upwards from the atoms.
     *
     * @param before whether the first position is yet to come: then only {@code next} has a meaning
     * @param kept what the slots hold
     */
    void work(IntUnaryOperator atom, boolean before, int[] kept) {
      int[][] previous = new int[closure.size()][];
      for (int i = 0, next; i < slots.length; i = next) {
        next = i + 1;
        while (next < slots.length && slots[next].part == slots[i].part) {
          next++;
        }
        previous[slots[i].part] = Arrays.copyOfRange(kept, i, next);
      }
      for (int p = 0; p < closure.size(); p++) {
        if (valued.get(p) && !before) {
          value[p] = value(closure.part(p), p, atom, previous);
        }
        if (promised.get(p)) {
          promise(closure.part(p), p, before);
        }
      }
    }

    /** What a slot keeps of this position. */
    int kept(Slot slot) {
      return slot.digit == Slot.VALUE ? value[slot.part] : countdown[slot.part].digit(slot.digit);
    }

    private int value(Part part, int p, IntUnaryOperator atom, int[][] previous) {
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
          yield s < 0
              ? value[r]
              : reducedAtLetters(diagrams.or(value[r], diagrams.and(value[l], promised(s))));
        }
        case YESTERDAY -> {
          int[] before = Arrays.stream(previous[l]).map(substitution).toArray();
          yield counts(l) ? new Countdown(diagrams, before).runs() : before[0];
        }
        case SINCE -> {
          int[] before = Arrays.stream(previous[p]).map(substitution).toArray();
          if (!counts(p)) {
            yield diagrams.or(value[r], diagrams.and(value[l], before[0]));
          }
          countdown[p] = new Countdown(diagrams, before).next(value[l], value[r], part.bound());
          yield countdown[p].runs();
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
          int held = before ? Diagrams.FALSE : counts(p) ? countdown[p].runsOn() : value[p];
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
