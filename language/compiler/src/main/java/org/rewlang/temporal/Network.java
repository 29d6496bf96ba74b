package org.rewlang.temporal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Window;

/**
 * A formula in the algebra of minimum and maximum, or of softmin and softmax, each part once: parts
 * are numbered, those that they are made of before them. Negations stand at atoms only.
 */
public final class Network {

  /** Of what a part is made. */
  public sealed interface Node {}

  /** The distance of an atom from changing, positive where it holds. */
  public record Atom(int number, boolean negated) implements Node {}

  /** As far as can be from changing. */
  public record Constant(boolean holds) implements Node {}

  /** The least of two. */
  public record Meet(int left, int right) implements Node {}

  /** The greatest of two. */
  public record Join(int left, int right) implements Node {}

  /**
   * So many positions later, or earlier.
   *
   * @param back earlier
   * @param weak what holds where there is no such position
   */
  public record Shift(int of, int steps, boolean back, boolean weak) implements Node {}

  /** The least, or greatest, of a window of positions. */
  public record Extreme(int of, Window window, boolean back, boolean least) implements Node {}

  /**
   * {@code left until right}, or back from here {@code left since right}.
   *
   * @param dual with minimum and maximum exchanged: release, or triggered
   */
  public record Until(int left, int right, Window window, boolean back, boolean dual)
      implements Node {}

  private final boolean exact;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Integer> horizons = new ArrayList<>();
  private final List<Boolean> back = new ArrayList<>();
  private final List<Boolean> ahead = new ArrayList<>();

  /**
   * An empty one.
   *
   * @param exact with minimum and maximum, of which equal parts count once
   */
  public Network(boolean exact) {
    this.exact = exact;
  }

  public boolean isExact() {
    return exact;
  }

  public Node node(int number) {
    return nodes.get(number);
  }

  /** All, in the order of their numbers. */
  public List<Node> nodes() {
    return List.copyOf(nodes);
  }

  public int size() {
    return nodes.size();
  }

  /** The part that stands for a formula. */
  public int add(Formula formula) {
    return of(formula.negationNormalForm(), new IdentityHashMap<>());
  }

  private int of(Formula f, Map<Formula, Integer> known) {
    Integer number = known.get(f);
    if (number == null) {
      number =
          switch (f) {
            case Formula.Constant c -> add(new Constant(c.value()));
            case Formula.Atom a -> add(new Atom(a.number(), false));
            case Formula.Unary u -> unary(u, known);
            case Formula.Binary b -> binary(b, of(b.left(), known), of(b.right(), known));
          };
      known.put(f, number);
    }
    return number;
  }

  private int unary(Formula.Unary u, Map<Formula, Integer> known) {
    if (u.operator() == Formula.Operator.NOT) {
      return add(new Atom(((Formula.Atom) u.operand()).number(), true));
    }
    int of = of(u.operand(), known);
    Window w = u.window();
    return switch (u.operator()) {
      case NEXT -> add(new Shift(of, 1, false, false));
      case WEAK_NEXT -> add(new Shift(of, 1, false, true));
      case YESTERDAY -> add(new Shift(of, 1, true, false));
      case WEAK_YESTERDAY -> add(new Shift(of, 1, true, true));
      case EVENTUALLY -> extreme(of, w, false, false);
      case ALWAYS -> extreme(of, w, false, true);
      case ONCE -> extreme(of, w, true, false);
      case HISTORICALLY -> extreme(of, w, true, true);
      case NOT -> throw new IllegalStateException("not at an atom");
    };
  }

  private int binary(Formula.Binary b, int left, int right) {
    Window w = b.window();
    Window reach = new Window(0, w.to());
    return switch (b.connective()) {
      case AND -> meet(left, right);
      case OR -> join(left, right);
      case UNTIL -> until(left, right, w, false, false);
      case RELEASE -> until(left, right, w, false, true);
      case WEAK_UNTIL ->
          join(extreme(left, reach, false, true), until(left, right, w, false, false));
      case STRONG_RELEASE ->
          meet(extreme(left, reach, false, false), until(left, right, w, false, true));
      case SINCE -> until(left, right, w, true, false);
      case TRIGGERED -> until(left, right, w, true, true);
      case IMPLIES, IFF, XOR, THEN -> throw new IllegalStateException("in no normal form: " + b);
    };
  }

  public int meet(int left, int right) {
    if (exact && left == right || isConstant(right, true) || isConstant(left, false)) {
      return left;
    }
    return isConstant(left, true) || isConstant(right, false) ? right : add(new Meet(left, right));
  }

  public int join(int left, int right) {
    if (exact && left == right || isConstant(right, false) || isConstant(left, true)) {
      return left;
    }
    return isConstant(left, false) || isConstant(right, true) ? right : add(new Join(left, right));
  }

  private boolean isConstant(int node, boolean holds) {
    return nodes.get(node) instanceof Constant c && c.holds == holds;
  }

  /** A window of one position is a shift; minimum and maximum distribute over their like. */
  public int extreme(int of, Window window, boolean back, boolean least) {
    if (window.to() == 0 || isConstant(of, least)) {
      return of;
    }
    if (window.from() == window.to()) {
      return add(new Shift(of, window.from(), back, least));
    }
    return switch (nodes.get(of)) {
      case Meet m when least ->
          meet(extreme(m.left, window, back, true), extreme(m.right, window, back, true));
      case Join j when !least ->
          join(extreme(j.left, window, back, false), extreme(j.right, window, back, false));
      default -> add(new Extreme(of, window, back, least));
    };
  }

  public int until(int left, int right, Window window, boolean back, boolean dual) {
    return window.to() == 0
        ? right
        : isConstant(left, !dual)
            ? extreme(right, window, back, dual)
            : add(new Until(left, right, window, back, dual));
  }

  public int add(Node node) {
    Integer known = numbers.get(node);
    if (known != null) {
      return known;
    }
    int number = nodes.size();
    nodes.add(node);
    numbers.put(node, number);
    horizons.add(horizon(node));
    back.add(looksBack(node));
    ahead.add(looksAhead(node));
    return number;
  }

  public static final int UNBOUNDED = Window.UNBOUNDED;

  /**
   * How many positions after this one may still change its value: {@link Window#UNBOUNDED} if all.
   */
  public int horizon(int node) {
    return horizons.get(node);
  }

  /** Whether some operator in it looks back. */
  public boolean looksBack(int node) {
    return back.get(node);
  }

  /** Whether some operator in it looks ahead. */
  public boolean looksAhead(int node) {
    return ahead.get(node);
  }

  private int horizon(Node node) {
    return switch (node) {
      case Atom _, Constant _ -> 0;
      case Meet m -> Math.max(horizon(m.left), horizon(m.right));
      case Join j -> Math.max(horizon(j.left), horizon(j.right));
      case Shift s -> s.back ? horizon(s.of) : plus(horizon(s.of), s.steps);
      case Extreme e -> e.back ? horizon(e.of) : plus(horizon(e.of), e.window.to());
      case Until u ->
          u.back
              ? Math.max(horizon(u.left), horizon(u.right))
              : Math.max(
                  plus(horizon(u.left), plus(u.window.to(), -1)),
                  plus(horizon(u.right), u.window.to()));
    };
  }

  private static int plus(int a, int b) {
    return a == UNBOUNDED || b == UNBOUNDED
        ? UNBOUNDED
        : (int) Math.min((long) a + b, UNBOUNDED - 1);
  }

  private boolean looksBack(Node node) {
    boolean own =
        switch (node) {
          case Shift s -> s.back;
          case Extreme e -> e.back;
          case Until u -> u.back;
          case Atom _, Constant _, Meet _, Join _ -> false;
        };
    return own || parts(node).stream().anyMatch(this::looksBack);
  }

  private boolean looksAhead(Node node) {
    boolean own =
        switch (node) {
          case Shift s -> !s.back;
          case Extreme e -> !e.back;
          case Until u -> !u.back;
          case Atom _, Constant _, Meet _, Join _ -> false;
        };
    return own || parts(node).stream().anyMatch(this::looksAhead);
  }

  /** What a part is made of directly. */
  public static List<Integer> parts(Node node) {
    return switch (node) {
      case Atom _, Constant _ -> List.of();
      case Meet m -> List.of(m.left, m.right);
      case Join j -> List.of(j.left, j.right);
      case Shift s -> List.of(s.of);
      case Extreme e -> List.of(e.of);
      case Until u -> List.of(u.left, u.right);
    };
  }

  /** Whether values may be infinite. */
  public record Reach(boolean below, boolean above) {}

  /**
   * Whether a part's values may be infinite, the word ending anywhere.
   *
   * @param infinite of which atoms they are
   */
  public Reach reach(int root, java.util.function.IntPredicate infinite) {
    List<Reach> all = new ArrayList<>();
    for (int i = 0; i <= root; i++) {
      all.add(reach(nodes.get(i), all, infinite));
    }
    return all.getLast();
  }

  private static Reach reach(Node node, List<Reach> of, java.util.function.IntPredicate infinite) {
    return switch (node) {
      case Atom a -> new Reach(infinite.test(a.number), infinite.test(a.number));
      case Constant c -> new Reach(!c.holds, c.holds);
      case Meet m -> {
        Reach l = of.get(m.left);
        Reach r = of.get(m.right);
        yield new Reach(l.below || r.below, l.above && r.above);
      }
      case Join j -> {
        Reach l = of.get(j.left);
        Reach r = of.get(j.right);
        yield new Reach(l.below && r.below, l.above || r.above);
      }
      case Shift s -> empty(of.get(s.of), s.weak);
      case Extreme e -> e.window.from() == 0 ? of.get(e.of) : empty(of.get(e.of), e.least);
      case Until u -> u.window.from() == 0 ? of.get(u.right) : empty(of.get(u.right), u.dual);
    };
  }

  private static Reach empty(Reach of, boolean above) {
    return new Reach(of.below || !above, of.above || above);
  }
}
