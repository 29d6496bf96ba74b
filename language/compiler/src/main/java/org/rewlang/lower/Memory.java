package org.rewlang.lower;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.analysis.TermGraph;
import org.rewlang.analysis.Terms;
import org.rewlang.model.Iteration;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;

/**
 * Which arrays are computed into memory: those that are state, and those that would otherwise be
 * computed so often that a loop of their own and reading them back is less work.
 */
final class Memory {

  /** Places that read at the same index share what they compute. */
  private static final int MOST_SITES = 32;

  private static final double MOST_COST = 1e12;

  private final TermGraph graph;
  private final Set<Term> held = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Term, Double> costs = new IdentityHashMap<>();

  /** By term: how often each place that reads it, or way that it is read, computes an element. */
  private final Map<Term, Map<Integer, Double>> sites = new IdentityHashMap<>();

  private record Through(int site, Object step) {}

  private final Map<Through, Integer> ways = new HashMap<>();
  private final Map<Term, Integer> places = new IdentityHashMap<>();

  /**
   * @param order of all terms, those read before those that read them
   * @param roots what the program gives: each is read once
   */
  Memory(TermGraph graph, List<Term> order, List<Term> roots) {
    this.graph = graph;
    for (Term term : order) {
      costs.put(term, Math.min(cost(term), MOST_COST));
    }
    for (Term root : roots) {
      read(root, place(root), root.type().size());
    }
    for (Term term : order) {
      if (term instanceof Term.Prev prev) {
        hold(prev.of());
      }
      switch (term) {
        case Term.Past _, Term.Since _, Term.Fold _, Term.Sort _ -> hold(term);
        case Term.Sliding sliding -> {
          hold(sliding);
          hold(sliding.of());
        }
        case Term.WindowAt at -> hold(at.window().of());
        default -> {}
      }
    }
    for (Term term : order.reversed()) {
      demand(term);
    }
  }

  boolean holds(Term term) {
    return held.contains(term);
  }

  private void hold(Term term) {
    Term bare = Terms.bare(term);
    if (!bare.type().isScalar() && !isStored(bare)) {
      held.add(bare);
      read(bare, place(bare), bare.type().size());
    }
  }

  /** What lies in memory anyway. */
  private static boolean isStored(Term term) {
    return switch (term) {
      case Term.Input _,
          Term.Param _,
          Term.Prev _,
          Term.Const _,
          Term.Table _,
          Term.Accumulator _ ->
          true;
      default -> false;
    };
  }

  /** Operations for one element. */
  private double cost(Term term) {
    double read = 0;
    for (Term child : Terms.now(term)) {
      read += costs.getOrDefault(child, 1.0);
    }
    return switch (term) {
      case Term.Const _, Term.LoopIndex _, Term.StepIndex _ -> 0;
      case Term.Input _, Term.Param _, Term.Table _, Term.Accumulator _ ->
          term.type().isScalar() ? 0 : 1;
      case Term.Prev _, Term.Initial _ -> 2;
      case Term.Apply apply -> read + weight(apply.op());
      case Term.Reduce reduce -> {
        List<Integer> shape = reduce.of().type().shape();
        int rounds = reduce.axis() == null ? reduce.of().type().size() : shape.get(reduce.axis());
        yield 1 + rounds * (read + 1);
      }
      case Term.ReduceOver over ->
          1
              + over.binders().stream().mapToDouble(b -> b.count()).reduce(1, (a, b) -> a * b)
                  * (read + 1);
      case Term.Stack stack -> read + stack.parts().size();
      case Term.Concatenate concatenate -> read + 2 * concatenate.parts().size();
      case Term.Reshape _ -> read + 4;
      case Term.Put put -> read + 2 * put.indices().size();
      // Held in any case: what it costs is told where it is.
      case Term.Sort _, Term.Fold _ -> MOST_COST;
      case Term.Element _,
          Term.Slice _,
          Term.Past _,
          Term.Since _,
          Term.WindowAt _,
          Term.Occurrences _ ->
          read + 1;
      case Term.Sliding _ -> read + 8;
      case Term.Robustness _ -> MOST_COST;
      case Term.Ref _, Term.Retype _, Term.Build _, Term.Broadcast _, Term.WindowCount _ -> read;
    };
  }

  private static double weight(Operation op) {
    return switch (op) {
      case SQRT, DIVIDE -> 3;
      case EXP, EXPM1, LOG, LOG1P, SIN, COS, TAN, ASIN, ACOS, TANH, POWER, ATAN2 -> 10;
      default -> 1;
    };
  }

  private void read(Term term, int site, double times) {
    Map<Integer, Double> of = sites.computeIfAbsent(term, _ -> new LinkedHashMap<>());
    if (of.size() < MOST_SITES) {
      of.merge(site, times, Math::max);
    }
  }

  /** Decides on a term all of whose readers are known, and passes on what it reads. */
  private void demand(Term term) {
    Map<Integer, Double> readers = sites.getOrDefault(term, Map.of());
    double once = term.type().size();
    for (var binder : graph.free(term)) {
      once *= binder.count();
    }
    if (mayHold(term) && !held.contains(term)) {
      double times = readers.values().stream().mapToDouble(t -> t).sum();
      double cost = costs.getOrDefault(term, 1.0);
      if (times * cost > once * (cost + 1) + times + once) {
        held.add(term);
      }
    }
    if (held.contains(term) || term.type().isScalar()) {
      pass(term, place(term), once);
    } else {
      readers.forEach((site, times) -> pass(term, site, times));
    }
  }

  private static boolean mayHold(Term term) {
    boolean plain = term instanceof Term.Ref || term instanceof Term.Retype;
    return !plain && !term.type().isScalar() && !isStored(term) && Constants.of(term) == null;
  }

  private void pass(Term term, int site, double times) {
    switch (term) {
      case Term.Apply apply -> {
        for (Term operand : apply.operands()) {
          boolean aligned = operand.type().shape().equals(term.type().shape());
          read(operand, aligned ? site : through(site, operand.type().shape()), times);
        }
      }
      case Term.Ref _, Term.Retype _ ->
          Terms.children(term).forEach(child -> read(child, site, times));
      case Term.Broadcast b -> read(b.of(), through(site, b.of().type().shape()), times);
      case Term.Slice slice -> read(slice.of(), through(site, slice.starts()), times);
      case Term.Reshape reshape ->
          read(reshape.of(), through(site, reshape.of().type().shape()), times);
      case Term.Concatenate concatenate ->
          concatenate.parts().forEach(part -> read(part, through(site, place(part)), times));
      case Term.Put put -> {
        read(put.of(), site, times);
        put.indices().forEach(i -> read(i, site, times));
        List<Integer> shape = put.value().type().shape();
        read(put.value(), shape.isEmpty() ? site : through(site, shape), times);
      }
      case Term.Accumulator _ -> {}
      case Term.Fold fold -> {
        Iteration iteration = fold.iteration();
        iteration.initial().forEach(i -> read(i, place(i), i.type().size()));
        double rounds = times;
        for (var binder : iteration.binders()) {
          rounds *= binder.count();
        }
        double each = rounds;
        Term where = iteration.where();
        if (where != null) {
          read(where, place(where), each);
        }
        iteration.next().forEach(next -> read(next, place(next), each));
      }
      case Term.Reduce reduce -> {
        List<Integer> shape = reduce.of().type().shape();
        int rounds = reduce.axis() == null ? reduce.of().type().size() : shape.get(reduce.axis());
        read(
            reduce.of(), through(site, reduce.axis() == null ? -1 : reduce.axis()), times * rounds);
      }
      case Term.Build build -> read(build.body(), through(site, place(build)), times);
      case Term.ReduceOver over -> {
        double rounds = times;
        for (var binder : over.binders()) {
          rounds *= binder.count();
        }
        for (Term child : Terms.children(over)) {
          read(child, through(site, place(over)), rounds);
        }
      }
      case Term.Element element -> {
        element.indices().forEach(i -> read(i, site, times));
        List<Integer> at = element.indices().stream().map(graph::number).toList();
        read(element.of(), through(site, at), times);
      }
      case Term.Prev prev -> {
        read(prev.of(), place(prev), prev.type().size());
        if (prev.initially() != null) {
          read(prev.initially(), site, times);
        }
      }
      default -> {
        for (Term child : Terms.children(term)) {
          read(child, site, times);
        }
      }
    }
  }

  /** Reads at an index made from another: all that do so in one way read at the same index. */
  private int through(int site, Object step) {
    return ways.computeIfAbsent(new Through(site, step), _ -> places.size() + ways.size());
  }

  private int place(Term term) {
    return places.computeIfAbsent(term, _ -> places.size() + ways.size());
  }
}
