package org.rewlang.temporal;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Window;
import org.rewlang.temporal.Network.Constant;
import org.rewlang.temporal.Network.Extreme;
import org.rewlang.temporal.Network.Join;
import org.rewlang.temporal.Network.Meet;
import org.rewlang.temporal.Network.Node;
import org.rewlang.temporal.Network.Shift;
import org.rewlang.temporal.Network.Until;

/**
 * How the robustness of a formula is kept up to date while a word grows.
 *
 * <p>One operator over parts with a finite horizon is what its definition says, one position after
 * the other. Of operators without end within each other, what is left of a formula after some
 * positions is a polynomial of minimum and maximum over <em>promises</em>: what parts of it will be
 * worth at the next position. Reading a position puts into each promise's place what it comes to
 * there. Minimum and maximum distribute over each other, so a polynomial is the greatest of some
 * products, the least of a number and some promises; those numbers are all that is kept. At the end
 * of the word a weak promise is worth infinity, a strong one minus infinity.
 *
 * <p>A part with a finite horizon is one number as soon as so many more positions are known. So
 * positions are read when they are <em>settled</em>; the open ones are read anew in each step.
 */
public final class Plan {

  /** What a factor of a product is: a number that each position has. */
  public sealed interface Factor {}

  /** The value of a part whose horizon is finite. */
  public record Value(int node) implements Factor {}

  /** Infinity at positions inside, minus infinity at all others; or the opposite. */
  public record Gate(int from, int to, boolean inside) implements Factor {}

  /**
   * One way to a number: the least of a number from before and some factors.
   *
   * @param source which number
   */
  public record Product(int source, List<Factor> factors) {
    public Product {
      factors = List.copyOf(factors);
    }
  }

  /** One temporal formula. */
  public sealed interface Thread {
    /** How many positions are open. */
    int horizon();

    /** How many numbers it keeps. */
    int numbers();
  }

  /** One operator, whose definition is followed. */
  public record Direct(int node, int horizon, int numbers) implements Thread {}

  /**
   * A polynomial. Number 0 is infinite before the first position, the others minus infinity.
   *
   * @param next of each number, what it is the greatest of after one more position
   * @param atEnd the numbers of which the greatest is the robustness, if the word ends here
   */
  public record Polynomial(int horizon, List<List<Product>> next, List<Integer> atEnd)
      implements Thread {
    @Override
    public int numbers() {
      return next.size();
    }
  }

  /** The whole: threads, and what is made of them. */
  public sealed interface Whole {}

  public record Of(int thread) implements Whole {}

  public record Both(Whole left, Whole right, boolean least) implements Whole {}

  /** A formula that looks back only: its value at the present position. */
  public record Now(int node) implements Whole {}

  /** Why a robustness can't be kept up to date. */
  public enum Reason {
    /** An operator that looks back speaks of what is to come. */
    PAST_OF_FUTURE,
    /** More numbers than {@link #MOST_NUMBERS}. */
    NUMBERS,
    /** More products than {@link #MOST_PRODUCTS}. */
    PRODUCTS,
    /** Softmin and softmax don't distribute, so every value ever seen would have to be kept. */
    SOFT
  }

  /** What became of planning. */
  public sealed interface Outcome {}

  public record Made(Plan plan) implements Outcome {}

  public record Refused(Reason reason) implements Outcome {}

  /** How many numbers one formula may keep. */
  public static final int MOST_NUMBERS = 1000;

  /** How many products of them all are joined in a step. */
  public static final int MOST_PRODUCTS = 2000;

  /** How many products are compared while planning. */
  private static final int MOST_WORK = 2_000_000;

  private final Network network;
  private final List<Thread> threads = new ArrayList<>();
  private final Whole whole;
  private int products;
  private int work;

  private Plan(Network network, int root, boolean back) {
    this.network = network;
    whole = back ? new Now(root) : whole(root);
  }

  /**
   * Of a formula that looks back only, at the present position; of any other, at the first.
   *
   * @param network to which the formula is added
   */
  public static Outcome of(Network network, Formula formula) {
    int root = network.add(formula);
    for (int node : reached(network, root)) {
      if (!network.isExact() && network.node(node) instanceof Until u && u.back()) {
        return new Refused(Reason.SOFT);
      }
      boolean looksBack =
          switch (network.node(node)) {
            case Shift s -> s.back();
            case Extreme e -> e.back();
            case Until u -> u.back();
            default -> false;
          };
      if (looksBack && network.looksAhead(node)) {
        return new Refused(Reason.PAST_OF_FUTURE);
      }
    }
    try {
      return new Made(new Plan(network, root, formula.looksBackOnly()));
    } catch (Impossible e) {
      return new Refused(e.reason);
    }
  }

  private static List<Integer> reached(Network network, int root) {
    BitSet seen = new BitSet();
    seen.set(root);
    List<Integer> all = new ArrayList<>();
    for (int node = root; node >= 0; node--) {
      if (seen.get(node)) {
        all.add(node);
        Network.parts(network.node(node)).forEach(seen::set);
      }
    }
    return all;
  }

  public Network network() {
    return network;
  }

  public List<Thread> threads() {
    return List.copyOf(threads);
  }

  public Whole whole() {
    return whole;
  }

  /** How many positions are open at most. */
  public int horizon() {
    return threads.stream().mapToInt(Thread::horizon).max().orElse(0);
  }

  /** How many numbers are kept beside the last values. */
  public int numbers() {
    return threads.stream().mapToInt(Thread::numbers).sum();
  }

  private Whole whole(int root) {
    return switch (network.node(root)) {
      case Meet m when network.looksAhead(root) ->
          new Both(whole(m.left()), whole(m.right()), true);
      case Join j when network.looksAhead(root) ->
          new Both(whole(j.left()), whole(j.right()), false);
      default -> {
        threads.add(thread(root));
        if (numbers() > MOST_NUMBERS) {
          throw new Impossible(Reason.NUMBERS);
        }
        yield new Of(threads.size() - 1);
      }
    };
  }

  private Thread thread(int root) {
    Node node = network.node(root);
    boolean finite =
        Network.parts(node).stream().allMatch(p -> network.horizon(p) != Network.UNBOUNDED);
    if (!network.looksAhead(root)) {
      return new Direct(root, 0, 1);
    }
    if (finite && !(node instanceof Meet) && !(node instanceof Join)) {
      int horizon = Network.parts(node).stream().mapToInt(network::horizon).max().orElse(0);
      return new Direct(root, horizon, node instanceof Until ? 2 : 1);
    }
    if (!network.isExact()) {
      throw new Impossible(Reason.SOFT);
    }
    return new Threading(root).run();
  }

  private static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;
    final transient Reason reason;

    Impossible(Reason reason) {
      super(null, null, false, false);
      this.reason = reason;
    }
  }

  /** Factors and promises, the least of which is meant. */
  private record Monomial(BitSet factors, BitSet promises) {

    static final Monomial ONE = new Monomial(new BitSet(), new BitSet());

    Monomial times(Monomial o) {
      BitSet f = (BitSet) factors.clone();
      f.or(o.factors);
      BitSet p = (BitSet) promises.clone();
      p.or(o.promises);
      return new Monomial(f, p);
    }

    /** Whether it is at least as great as another, whatever the values. */
    boolean absorbs(Monomial o) {
      return isIn(factors, o.factors) && isIn(promises, o.promises);
    }

    private static boolean isIn(BitSet a, BitSet b) {
      BitSet rest = (BitSet) a.clone();
      rest.andNot(b);
      return rest.isEmpty();
    }
  }

  /**
   * What a part comes to at the next position.
   *
   * @param weak what it is worth where there is none
   * @param first whether it is only ever read at the first position
   */
  private record Promise(int node, boolean weak, boolean first) {}

  private final class Threading {
    private final List<Factor> factors = new ArrayList<>();
    private final Map<Factor, Integer> factorNumbers = new HashMap<>();
    private final List<Promise> promises = new ArrayList<>();
    private final Map<Promise, Integer> promiseNumbers = new HashMap<>();
    private final Map<Integer, List<Monomial>> known = new HashMap<>();
    private final Promise root;

    Threading(int node) {
      root = new Promise(node, false, true);
    }

    Thread run() {
      List<BitSet> sets = new ArrayList<>();
      Map<BitSet, Integer> numbers = new HashMap<>();
      sets.add(promise(root).promises);
      numbers.put(sets.getFirst(), 0);
      List<Map<Integer, List<Monomial>>> next = new ArrayList<>();
      for (int source = 0; source < sets.size(); source++) {
        List<Monomial> all = List.of(Monomial.ONE);
        for (int p : sets.get(source).stream().toArray()) {
          all = product(all, progress(promises.get(p)));
        }
        for (Monomial m : all) {
          Integer target = numbers.get(m.promises);
          if (target == null) {
            target = sets.size();
            sets.add(m.promises);
            numbers.put(m.promises, target);
            if (target >= MOST_NUMBERS) {
              throw new Impossible(Reason.NUMBERS);
            }
          }
          while (next.size() < sets.size()) {
            next.add(new LinkedHashMap<>());
          }
          next.get(target).computeIfAbsent(source, _ -> new ArrayList<>()).add(m);
          if (++products > MOST_PRODUCTS) {
            throw new Impossible(Reason.PRODUCTS);
          }
        }
      }
      List<List<Product>> products = new ArrayList<>();
      for (int target = 0; target < sets.size(); target++) {
        List<Product> all = new ArrayList<>();
        Map<Integer, List<Monomial>> from = target < next.size() ? next.get(target) : Map.of();
        from.forEach((source, ms) -> ms.forEach(m -> all.add(product(source, m))));
        products.add(List.copyOf(all));
      }
      List<Integer> atEnd = new ArrayList<>();
      for (int s = 0; s < sets.size(); s++) {
        boolean weak = sets.get(s).stream().allMatch(p -> promises.get(p).weak);
        if (weak) {
          atEnd.add(s);
        }
      }
      int horizon =
          factors.stream()
              .mapToInt(f -> f instanceof Value v ? network.horizon(v.node) : 0)
              .max()
              .orElse(0);
      return new Polynomial(horizon, products, atEnd);
    }

    private Product product(int source, Monomial m) {
      return new Product(source, m.factors.stream().mapToObj(factors::get).toList());
    }

    // Polynomials.

    private Monomial promise(Promise promise) {
      int number =
          promiseNumbers.computeIfAbsent(
              promise,
              p -> {
                promises.add(p);
                return promises.size() - 1;
              });
      BitSet one = new BitSet();
      one.set(number);
      return new Monomial(new BitSet(), one);
    }

    private List<Monomial> later(int node, boolean weak) {
      return List.of(promise(new Promise(node, weak, false)));
    }

    private List<Monomial> factor(Factor factor) {
      int number =
          factorNumbers.computeIfAbsent(
              factor,
              f -> {
                factors.add(f);
                return factors.size() - 1;
              });
      BitSet one = new BitSet();
      one.set(number);
      return List.of(new Monomial(one, new BitSet()));
    }

    private List<Monomial> sum(List<Monomial> a, List<Monomial> b) {
      List<Monomial> all = new ArrayList<>(a);
      b.forEach(m -> add(all, m));
      return all;
    }

    private List<Monomial> product(List<Monomial> a, List<Monomial> b) {
      List<Monomial> all = new ArrayList<>();
      for (Monomial x : a) {
        for (Monomial y : b) {
          add(all, x.times(y));
        }
      }
      return all;
    }

    private void add(List<Monomial> all, Monomial m) {
      work += all.size() + 1;
      if (work > MOST_WORK || all.size() > MOST_PRODUCTS) {
        throw new Impossible(Reason.PRODUCTS);
      }
      if (all.stream().noneMatch(o -> o.absorbs(m))) {
        all.removeIf(m::absorbs);
        all.add(m);
      }
    }

    // Progress.

    private List<Monomial> progress(Promise promise) {
      return promise.first ? atFirst(promise) : at(promise.node);
    }

    /** What a part comes to at a position. */
    private List<Monomial> at(int node) {
      List<Monomial> result = known.get(node);
      if (result == null) {
        result =
            network.horizon(node) == Network.UNBOUNDED
                ? at(network.node(node))
                : network.node(node) instanceof Constant c
                    ? c.holds() ? List.of(Monomial.ONE) : List.of()
                    : factor(new Value(node));
        known.put(node, result);
      }
      return result;
    }

    private List<Monomial> at(Node node) {
      return switch (node) {
        case Meet m -> product(at(m.left()), at(m.right()));
        case Join j -> sum(at(j.left()), at(j.right()));
        case Shift s ->
            later(
                s.steps() == 1
                    ? s.of()
                    : network.add(new Shift(s.of(), s.steps() - 1, false, s.weak())),
                s.weak());
        case Extreme e -> {
          int rest = network.extreme(e.of(), shorter(e.window()), false, e.least());
          List<Monomial> later = later(rest, e.least());
          yield e.window().from() > 0
              ? later
              : e.least() ? product(at(e.of()), later) : sum(at(e.of()), later);
        }
        case Until u -> {
          int rest = network.until(u.left(), u.right(), shorter(u.window()), false, u.dual());
          List<Monomial> later = later(rest, u.dual());
          List<Monomial> goes = u.dual() ? sum(at(u.left()), later) : product(at(u.left()), later);
          yield u.window().from() > 0
              ? goes
              : u.dual() ? product(at(u.right()), goes) : sum(at(u.right()), goes);
        }
        default -> throw new IllegalStateException("has a horizon: " + node);
      };
    }

    private static Window shorter(Window w) {
      return new Window(
          Math.max(0, w.from() - 1), w.to() == Window.UNBOUNDED ? w.to() : w.to() - 1);
    }

    /** Of what is read at the first position only: its windows are gates, and need no memory. */
    private List<Monomial> atFirst(Promise promise) {
      return switch (network.node(promise.node)) {
        case Shift s when !s.back() ->
            sum(
                product(gate(0, s.steps() - 1, true), again(promise, s.weak())),
                product(gate(s.steps(), s.steps(), true), at(s.of())));
        case Extreme e when !e.back() && e.window().to() != Window.UNBOUNDED -> {
          Window w = e.window();
          List<Monomial> again = again(promise, e.least());
          yield e.least()
              ? product(
                  sum(gate(w.from(), w.to(), false), at(e.of())),
                  sum(gate(0, w.to() - 1, false), again))
              : sum(
                  product(gate(w.from(), w.to(), true), at(e.of())),
                  product(gate(0, w.to() - 1, true), again));
        }
        case Until u when !u.back() && u.window().to() != Window.UNBOUNDED -> {
          Window w = u.window();
          List<Monomial> again = again(promise, u.dual());
          yield u.dual()
              ? product(
                  sum(gate(w.from(), w.to(), false), at(u.right())),
                  sum(sum(gate(0, w.to() - 1, false), at(u.left())), again))
              : sum(
                  product(gate(w.from(), w.to(), true), at(u.right())),
                  product(product(gate(0, w.to() - 1, true), at(u.left())), again));
        }
        default -> at(promise.node);
      };
    }

    private List<Monomial> again(Promise promise, boolean weak) {
      return List.of(promise(new Promise(promise.node, weak, true)));
    }

    private List<Monomial> gate(int from, int to, boolean inside) {
      return factor(new Gate(from, to, inside));
    }
  }
}
