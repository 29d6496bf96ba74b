package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * What a machine pays: the reward of the edge that fires, and that of the state in which the step
 * ends. Numbers lie in a table; expressions are chosen by one.
 *
 * @param edges the reward of each, or null
 * @param states the reward of those that have one
 */
record MachinePay(
    Session session, List<@Nullable Term> edges, Map<Integer, Term> states, Location at) {

  /** A sum of two rewards, either of which may be missing. */
  private record Sum(@Nullable Term edge, @Nullable Term state) {}

  Term of(MachinePlan plan, Lookup tables) {
    List<Sum> sums = plan.outcomes().stream().map(this::sum).toList();
    Map<Sum, Integer> expressions = new LinkedHashMap<>();
    double[] numbers = new double[sums.size()];
    int[] which = new int[sums.size()];
    for (int i = 0; i < sums.size(); i++) {
      Double number = number(sums.get(i));
      if (number == null) {
        which[i] = expressions.computeIfAbsent(sums.get(i), _ -> expressions.size() + 1);
      } else {
        numbers[i] = number;
      }
    }
    Term number = tables.table(i -> numbers[leaf(plan, i)], Type.REAL);
    if (expressions.isEmpty()) {
      return number;
    }
    List<Term> all = new ArrayList<>(List.of(number));
    expressions.keySet().forEach(s -> all.add(term(s)));
    Term chosen = tables.table(i -> which[leaf(plan, i)], Type.INT);
    Term choices = new Term.Stack(all, Type.REAL.withShape(List.of(all.size())), at);
    return Terms.element(choices, List.of(chosen), at);
  }

  private static int leaf(MachinePlan plan, int place) {
    int leaf = plan.lookup().leaves()[place];
    return leaf < plan.outcomes().size() ? leaf : 0;
  }

  private Sum sum(MachinePlan.Outcome outcome) {
    return switch (outcome.edge()) {
      case MachinePlan.OVER -> new Sum(null, null);
      case MachinePlan.STAYS -> new Sum(null, states.get(outcome.to()));
      default -> new Sum(edges.get(outcome.edge()), states.get(outcome.to()));
    };
  }

  /** The sum where it is known now; null where it isn't. */
  private @Nullable Double number(Sum sum) {
    Double edge = sum.edge == null ? Double.valueOf(0) : session.constants.scalar(sum.edge);
    Double state = sum.state == null ? Double.valueOf(0) : session.constants.scalar(sum.state);
    if (edge == null || state == null) {
      return null;
    }
    double all = sum.edge == null ? state : sum.state == null ? edge : edge + state;
    return Double.isFinite(all) ? all : null;
  }

  private Term term(Sum sum) {
    Term edge = sum.edge;
    Term state = sum.state;
    if (edge != null && state != null) {
      return Terms.apply(Operation.ADD, Type.REAL, at, edge, state);
    }
    return edge != null ? edge : state != null ? state : Terms.real(0, at);
  }
}
