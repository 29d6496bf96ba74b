package org.rewlang.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.temporal.Network;

/**
 * The terms of a program as a graph: an order in which what is read stands before what reads it
 * ({@link Term.Prev} and {@link Term.Accumulator} apart, through which terms are cyclic), the loops
 * whose indices a term needs, and numbers that are equal where two terms surely have equal values.
 *
 * <p>All walks are loops, not recursion: how deep terms nest does not matter. Grows on demand.
 */
public final class TermGraph {

  /** Equal for terms that compute the same. */
  private record Key(Object kind, List<Integer> operands) {}

  /** An object by identity. */
  private record Same(Object of) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Same other && other.of == of;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(of);
    }
  }

  private record Visit(Term term, List<Term> children, int[] next) {}

  private final List<Term> order = new ArrayList<>();
  private final Map<Term, Integer> numbers = new IdentityHashMap<>();
  private final Map<Key, Integer> keys = new HashMap<>();
  private final Map<Term, Set<Binder>> free = new IdentityHashMap<>();
  private final Map<Term, Integer> depths = new IdentityHashMap<>();
  private final Map<Binder, Term> indices = new IdentityHashMap<>();

  /** Takes in {@code roots} and all they read; gives the terms that are new, in order. */
  public List<Term> add(List<? extends Term> roots) {
    int before = order.size();
    Deque<Term> states = new ArrayDeque<>();
    for (Term root : roots) {
      visit(root, states);
      while (!states.isEmpty()) {
        for (Term read : Terms.children(states.removeFirst())) {
          visit(read, states);
        }
      }
    }
    List<Term> added = List.copyOf(order.subList(before, order.size()));
    findFree(added);
    return added;
  }

  private void visit(Term root, Deque<Term> states) {
    Deque<Visit> stack = new ArrayDeque<>();
    stack.push(new Visit(root, Terms.now(root), new int[1]));
    while (!stack.isEmpty()) {
      Visit top = stack.peek();
      if (top.next[0] < top.children.size() && !contains(top.term)) {
        Term child = top.children.get(top.next[0]++);
        if (!contains(child)) {
          stack.push(new Visit(child, Terms.now(child), new int[1]));
        }
      } else {
        stack.pop();
        if (!contains(top.term)) {
          enter(top.term);
          if (top.term instanceof Term.Prev || top.term instanceof Term.Accumulator) {
            states.addLast(top.term);
          }
        }
      }
    }
  }

  private void enter(Term term) {
    order.add(term);
    if (term instanceof Term.LoopIndex index) {
      indices.putIfAbsent(index.binder(), index);
    }
    int depth = 0;
    List<Integer> operands = new ArrayList<>();
    for (Term child : Terms.now(term)) {
      depth = Math.max(depth, depths.getOrDefault(child, 0));
      operands.add(number(child));
    }
    depths.put(term, depth + 1);
    boolean transparent = term instanceof Term.Ref || term instanceof Term.Retype;
    numbers.put(
        term,
        transparent && !operands.isEmpty()
            ? operands.getFirst()
            : keys.computeIfAbsent(new Key(kind(term), operands), _ -> keys.size()));
  }

  /** What tells a term from others with equal operands. */
  private static Object kind(Term term) {
    return switch (term) {
      case Term.Const c -> List.of("const", Double.doubleToRawLongBits(c.value()), c.type().base());
      case Term.Table table -> List.of("table", table.type().shape(), table.values());
      case Term.Input input -> new Same(input.input());
      case Term.Param param -> new Same(param.param());
      case Term.StepIndex _ -> "step";
      case Term.Apply apply -> List.of(apply.op(), apply.type().base(), apply.type().shape());
      case Term.Reduce reduce ->
          List.of("reduce", reduce.op(), reduce.axis() == null ? -1 : reduce.axis());
      case Term.ReduceOver over ->
          List.of("over", over.op(), same(over.binders()), over.where() == null);
      case Term.Build build -> List.of("build", same(build.binders()));
      case Term.LoopIndex index -> new Same(index.binder());
      case Term.Element _ -> "element";
      case Term.Slice slice -> List.of("slice", slice.starts(), slice.type().shape());
      case Term.Stack _ -> "stack";
      case Term.Broadcast broadcast -> List.of("broadcast", broadcast.type().shape());
      case Term.Reshape reshape -> List.of("reshape", reshape.type().shape());
      case Term.Concatenate concatenate -> List.of("concatenate", concatenate.axis());
      case Term.Sort _ -> "sort";
      case Term.Put put -> List.of("put", put.indices().size());
      case Term.Accumulator so -> List.of("so far", new Same(so.iteration()), so.which());
      case Term.Fold fold -> List.of("fold", new Same(fold.iteration()), fold.which());
      case Term.Prev prev -> new Same(prev);
      case Term.Initial initial -> List.of("initial", initial.primable());
      case Term.Past past -> List.of("past", past.op(), past.since() == null, past.where() == null);
      case Term.Sliding sliding -> List.of("sliding", sliding.op(), sliding.from(), sliding.to());
      case Term.Since _ -> "since";
      case Term.Robustness r -> {
        // Not the formula itself: to compare what shares parts takes as long as it is unfolded.
        Network network = new Network(r.beta() == null);
        int root = network.add(r.formula());
        yield List.of("robustness", network.nodes(), root, network.isExact());
      }
      case Term.WindowCount count -> new Same(count.window());
      case Term.WindowAt at -> List.of("window", new Same(at.window()));
      case Term.Occurrences occurrences -> List.of("occurrences", occurrences.capacity());
      case Term.Ref ref -> new Same(ref.definition());
      case Term.Retype _ -> "";
    };
  }

  private static List<Same> same(List<Binder> binders) {
    return binders.stream().map(Same::new).toList();
  }

  /** Least fixed point: what a state needs may need the state. */
  private void findFree(List<Term> terms) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Term term : terms) {
        Set<Binder> needed = needs(term);
        if (needed.size() != free(term).size()) {
          free.put(term, needed);
          changed = true;
        }
      }
    }
  }

  private Set<Binder> needs(Term term) {
    if (term instanceof Term.WindowCount count) {
      // How many values a window holds is the same for all its elements that don't come and go.
      Set<Binder> comings = new LinkedHashSet<>(free(count.window().of()));
      comings.removeIf(b -> b.presence() == null);
      return comings;
    }
    Set<Binder> needed = new LinkedHashSet<>();
    if (term instanceof Term.Accumulator so) {
      needed.addAll(so.iteration().binders());
      needed.add(so.iteration().accumulators().get(so.which()));
      return needed;
    }
    if (term instanceof Term.LoopIndex index) {
      needed.add(index.binder());
    }
    for (Term child : Terms.children(term)) {
      needed.addAll(free(child));
    }
    if (term instanceof Term.Build build) {
      build.binders().forEach(needed::remove);
    }
    if (term instanceof Term.ReduceOver over) {
      over.binders().forEach(needed::remove);
    }
    if (term instanceof Term.Fold fold) {
      fold.iteration().binders().forEach(needed::remove);
      fold.iteration().accumulators().forEach(needed::remove);
    }
    return needed;
  }

  /** The loops around a term whose indices it needs. */
  public Set<Binder> free(Term term) {
    return free.getOrDefault(term, Set.of());
  }

  /** Equal where two terms surely have equal values, wherever both can be evaluated. */
  public int number(Term term) {
    Integer number = numbers.get(term);
    if (number == null) {
      throw new IllegalStateException("a value depends on itself within a step: " + term.at());
    }
    return number;
  }

  /** The number of the condition that a window's index is below its count, or -1. */
  int lessThanCount(Term.WindowAt at) {
    Key count = new Key(new Same(at.window()), List.of(number(at.window().of())));
    Integer number = keys.get(count);
    Object less = List.of(Operation.LESS, Base.BOOL, List.of());
    return number == null
        ? -1
        : keys.getOrDefault(new Key(less, List.of(number(at.index()), number)), -1);
  }

  /** Terms that stand for the indices of loops, where there are any. */
  List<Term> indices(List<Binder> binders) {
    return binders.stream().filter(indices::containsKey).map(indices::get).toList();
  }

  public boolean contains(Term term) {
    return numbers.containsKey(term);
  }

  /** How deep what a term reads within a step nests. */
  public int depth(Term term) {
    return depths.getOrDefault(term, 0);
  }

  /** All terms so far, those read before those that read them, {@link Term.Prev} apart. */
  public List<Term> order() {
    return List.copyOf(order);
  }
}
