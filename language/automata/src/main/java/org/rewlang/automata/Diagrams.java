package org.rewlang.automata;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * Ordered decision diagrams that share all they can: equal functions are equal numbers.
 *
 * <p>A diagram is an {@code int}. A negative one is a leaf, the complement of the number it holds;
 * any other is a node, which asks about one variable and has a diagram for each answer. Variables
 * are asked in ascending order. A <em>condition</em> is a diagram with no leaves but {@link #FALSE}
 * and {@link #TRUE}.
 *
 * <p>Nodes are never freed: use one of these for one construction, and {@link #copier} to take
 * along what is to be kept. A node's number is greater than those of the nodes below it. Operations
 * recurse as deep as there are variables. Not for use by several threads at once.
 */
public final class Diagrams {

  public static final int FALSE = ~0;
  public static final int TRUE = ~1;

  /** Stands in for a first operand in the table of results: {@link #ite} only has nodes there. */
  private static final int SIMPLIFY = -1;

  private static final int LARGEST_TABLE = 1 << 22;

  private final Meter meter;
  private int count;
  private int[] variables = new int[64];
  private int[] lows = new int[64];
  private int[] highs = new int[64];

  /** Nodes by content, open addressing: a node's number plus one, or 0. At most half full. */
  private int[] unique = new int[128];

  /** Results of operations, by three operands; a newer one takes an older one's place. */
  private int[] results = new int[4 * 128];

  /** Without a limit. */
  public Diagrams() {
    this(Meter.unlimited());
  }

  /** Each new node counts on the meter. */
  public Diagrams(Meter meter) {
    this.meter = meter;
  }

  public static int leaf(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a leaf holds a number from 0 on, not " + number);
    }
    return ~number;
  }

  public static boolean isLeaf(int diagram) {
    return diagram < 0;
  }

  /** What a leaf holds. */
  public static int number(int leaf) {
    return ~leaf;
  }

  public int variable(int node) {
    return variables[node];
  }

  /** What holds when the variable is false. */
  public int low(int node) {
    return lows[node];
  }

  /** What holds when the variable is true. */
  public int high(int node) {
    return highs[node];
  }

  /** How many nodes there are, used or not. */
  public int count() {
    return count;
  }

  /** Asks about the variable, which comes before all that the two diagrams ask about. */
  public int node(int variable, int low, int high) {
    if (low == high) {
      return low;
    }
    int mask = unique.length - 1;
    int at = mix(variable, low, high) & mask;
    for (; unique[at] != 0; at = (at + 1) & mask) {
      int node = unique[at] - 1;
      if (lows[node] == low && highs[node] == high && variables[node] == variable) {
        return node;
      }
    }
    if (count == variables.length) {
      grow();
      return node(variable, low, high);
    }
    meter.node();
    variables[count] = variable;
    lows[count] = low;
    highs[count] = high;
    unique[at] = ++count;
    return count - 1;
  }

  /** True where the variable is. */
  public int variableIs(int variable) {
    return node(variable, FALSE, TRUE);
  }

  public int not(int condition) {
    return ite(condition, FALSE, TRUE);
  }

  public int and(int a, int b) {
    return a < b ? ite(b, a, FALSE) : ite(a, b, FALSE);
  }

  public int or(int a, int b) {
    return a < b ? ite(b, TRUE, a) : ite(a, TRUE, b);
  }

  public int iff(int a, int b) {
    return ite(a, b, not(b));
  }

  public boolean implies(int a, int b) {
    return ite(a, b, TRUE) == TRUE;
  }

  /** Where the condition holds as {@code then}, elsewhere as {@code otherwise}. */
  public int ite(int condition, int then, int otherwise) {
    if (condition == TRUE || then == otherwise) {
      return then;
    }
    if (condition == FALSE) {
      return otherwise;
    }
    if (then == condition) {
      then = TRUE;
    }
    if (otherwise == condition) {
      otherwise = FALSE;
    }
    if (then == TRUE && otherwise == FALSE) {
      return condition;
    }
    int slot = slot(condition, then, otherwise);
    if (holds(slot, condition, then, otherwise)) {
      return results[slot + 3];
    }
    int variable = variables[condition];
    if (then >= 0) {
      variable = Math.min(variable, variables[then]);
    }
    if (otherwise >= 0) {
      variable = Math.min(variable, variables[otherwise]);
    }
    int low =
        ite(
            below(condition, variable, false),
            below(then, variable, false),
            below(otherwise, variable, false));
    int high =
        ite(
            below(condition, variable, true),
            below(then, variable, true),
            below(otherwise, variable, true));
    return remember(condition, then, otherwise, node(variable, low, high));
  }

  /**
   * A diagram that agrees where {@code care} holds, and elsewhere is whatever makes it small: the
   * leaf n if the diagram is n wherever {@code care} holds. It asks nothing that the diagram
   * doesn't.
   *
   * @param care a condition other than {@link #FALSE}
   */
  public int simplify(int diagram, int care) {
    if (care == TRUE || diagram < 0) {
      return diagram;
    }
    if (care == diagram) {
      return TRUE;
    }
    int slot = slot(SIMPLIFY, diagram, care);
    if (holds(slot, SIMPLIFY, diagram, care)) {
      return results[slot + 3];
    }
    int variable = variables[diagram];
    int result;
    if (variables[care] < variable) {
      result = simplify(diagram, or(lows[care], highs[care]));
    } else {
      int careLow = below(care, variable, false);
      int careHigh = below(care, variable, true);
      if (careLow == FALSE) {
        result = simplify(highs[diagram], careHigh);
      } else if (careHigh == FALSE) {
        result = simplify(lows[diagram], careLow);
      } else {
        int low = simplify(lows[diagram], careLow);
        result = node(variable, low, simplify(highs[diagram], careHigh));
      }
    }
    return remember(SIMPLIFY, diagram, care, result);
  }

  /** The diagram where the variable has this value. */
  public int restrict(int diagram, int variable, boolean value) {
    return isLeaf(diagram)
        ? diagram
        : simplify(diagram, value ? variableIs(variable) : node(variable, TRUE, FALSE));
  }

  /** Where some values of the chosen variables make the condition true. */
  public int exists(int condition, IntPredicate chosen) {
    return exists(condition, chosen, new IntMap());
  }

  private int exists(int condition, IntPredicate chosen, IntMap known) {
    if (condition < 0) {
      return condition;
    }
    int result = known.get(condition);
    if (result == IntMap.NONE) {
      int low = exists(lows[condition], chosen, known);
      int variable = variables[condition];
      if (chosen.test(variable)) {
        result = low == TRUE ? TRUE : or(low, exists(highs[condition], chosen, known));
      } else {
        result = node(variable, low, exists(highs[condition], chosen, known));
      }
      known.put(condition, result);
    }
    return result;
  }

  /** Where all values of the chosen variables make the condition true. */
  public int forall(int condition, IntPredicate chosen) {
    return not(exists(not(condition), chosen));
  }

  /**
   * A function of diagrams: puts a diagram in each leaf's place, by the number it holds. The
   * function remembers its results.
   */
  public IntUnaryOperator atLeaves(IntUnaryOperator replacement) {
    IntMap known = new IntMap();
    return new IntUnaryOperator() {
      @Override
      public int applyAsInt(int diagram) {
        int result = known.get(diagram);
        if (result == IntMap.NONE) {
          if (isLeaf(diagram)) {
            result = replacement.applyAsInt(number(diagram));
          } else {
            int low = applyAsInt(lows[diagram]);
            int high = applyAsInt(highs[diagram]);
            result = ite(variableIs(variables[diagram]), high, low);
          }
          known.put(diagram, result);
        }
        return result;
      }
    };
  }

  /**
   * A function of two diagrams: where their leaves hold m and n, a leaf that holds {@code
   * operation(m, n)}. The function remembers its results.
   */
  public IntBinaryOperator pointwise(IntBinaryOperator operation) {
    PairMap known = new PairMap();
    return new IntBinaryOperator() {
      @Override
      public int applyAsInt(int a, int b) {
        int result = known.get(a, b);
        if (result != IntMap.NONE) {
          return result;
        }
        if (isLeaf(a) && isLeaf(b)) {
          result = leaf(operation.applyAsInt(number(a), number(b)));
        } else {
          int variable = Math.min(first(a), first(b));
          int low = applyAsInt(below(a, variable, false), below(b, variable, false));
          int high = applyAsInt(below(a, variable, true), below(b, variable, true));
          result = node(variable, low, high);
        }
        known.put(a, b, result);
        return result;
      }
    };
  }

  /**
   * A function of diagrams that puts a condition in each variable's place. The function remembers
   * its results.
   */
  public IntUnaryOperator substitution(IntUnaryOperator conditions) {
    IntMap known = new IntMap();
    return new IntUnaryOperator() {
      @Override
      public int applyAsInt(int diagram) {
        if (isLeaf(diagram)) {
          return diagram;
        }
        int result = known.get(diagram);
        if (result == IntMap.NONE) {
          int low = applyAsInt(lows[diagram]);
          int high = applyAsInt(highs[diagram]);
          result = ite(conditions.applyAsInt(variables[diagram]), high, low);
          known.put(diagram, result);
        }
        return result;
      }
    };
  }

  /** A function from other diagrams to these; each leaf changes as said. */
  public IntUnaryOperator copier(Diagrams from, IntUnaryOperator leaves) {
    IntMap known = new IntMap();
    return new IntUnaryOperator() {
      @Override
      public int applyAsInt(int diagram) {
        if (isLeaf(diagram)) {
          return leaf(leaves.applyAsInt(number(diagram)));
        }
        int result = known.get(diagram);
        if (result == IntMap.NONE) {
          int low = applyAsInt(from.lows[diagram]);
          result = node(from.variables[diagram], low, applyAsInt(from.highs[diagram]));
          known.put(diagram, result);
        }
        return result;
      }
    };
  }

  /** The leaf's number under these values of the variables. */
  public int evaluate(int diagram, IntPredicate values) {
    while (diagram >= 0) {
      diagram = values.test(variables[diagram]) ? highs[diagram] : lows[diagram];
    }
    return number(diagram);
  }

  /** The variables that make a difference. */
  public BitSet support(int... diagrams) {
    BitSet asked = new BitSet();
    IntMap seen = new IntMap();
    for (int diagram : diagrams) {
      support(diagram, asked, seen);
    }
    return asked;
  }

  private void support(int diagram, BitSet asked, IntMap seen) {
    if (diagram >= 0 && seen.get(diagram) == IntMap.NONE) {
      seen.put(diagram, 0);
      asked.set(variables[diagram]);
      support(lows[diagram], asked, seen);
      support(highs[diagram], asked, seen);
    }
  }

  /** The numbers that the leaves hold. */
  public BitSet leaves(int... diagrams) {
    BitSet numbers = new BitSet();
    for (int diagram : diagrams) {
      if (isLeaf(diagram)) {
        numbers.set(number(diagram));
      }
    }
    BitSet nodes = reach(diagrams);
    for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
      if (isLeaf(lows[node])) {
        numbers.set(number(lows[node]));
      }
      if (isLeaf(highs[node])) {
        numbers.set(number(highs[node]));
      }
    }
    return numbers;
  }

  /** The nodes that the diagrams consist of; those below a node have smaller numbers. */
  public BitSet reach(int... diagrams) {
    BitSet seen = new BitSet();
    for (int diagram : diagrams) {
      if (diagram >= 0) {
        seen.set(diagram);
      }
    }
    for (int node = seen.length() - 1; node >= 0; node = seen.previousSetBit(node - 1)) {
      if (lows[node] >= 0) {
        seen.set(lows[node]);
      }
      if (highs[node] >= 0) {
        seen.set(highs[node]);
      }
    }
    return seen;
  }

  /** Ends a construction whose time is over. */
  void tick() {
    meter.tick();
  }

  int first(int diagram) {
    return diagram < 0 ? Integer.MAX_VALUE : variables[diagram];
  }

  private int below(int diagram, int variable, boolean value) {
    if (diagram < 0 || variables[diagram] != variable) {
      return diagram;
    }
    return value ? highs[diagram] : lows[diagram];
  }

  private int slot(int a, int b, int c) {
    return (mix(a, b, c) & (results.length / 4 - 1)) * 4;
  }

  /** An empty place is all zeros, and so never an operation that gets here. */
  private boolean holds(int slot, int a, int b, int c) {
    return results[slot] == a && results[slot + 1] == b && results[slot + 2] == c;
  }

  private int remember(int a, int b, int c, int result) {
    int slot = slot(a, b, c);
    results[slot] = a;
    results[slot + 1] = b;
    results[slot + 2] = c;
    results[slot + 3] = result;
    return result;
  }

  private void grow() {
    variables = Arrays.copyOf(variables, 2 * count);
    lows = Arrays.copyOf(lows, 2 * count);
    highs = Arrays.copyOf(highs, 2 * count);
    unique = new int[4 * count];
    int mask = unique.length - 1;
    for (int node = 0; node < count; node++) {
      int at = mix(variables[node], lows[node], highs[node]) & mask;
      while (unique[at] != 0) {
        at = (at + 1) & mask;
      }
      unique[at] = node + 1;
    }
    if (results.length / 4 < LARGEST_TABLE) {
      int[] old = results;
      results = new int[2 * old.length];
      for (int slot = 0; slot < old.length; slot += 4) {
        remember(old[slot], old[slot + 1], old[slot + 2], old[slot + 3]);
      }
    }
  }

  static int mix(int a, int b, int c) {
    long h = a * 0x9E3779B97F4A7C15L + b * 0xC2B2AE3D27D4EB4FL + c * 0x165667B19E3779F9L;
    h ^= h >>> 32;
    return (int) (h * 0xD6E8FEB86659FD93L >>> 32);
  }
}
