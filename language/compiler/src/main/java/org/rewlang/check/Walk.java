package org.rewlang.check;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;
import org.rewlang.source.Location;

/** Looks through the graph of terms, definitions included, each node once. */
final class Walk {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Predicate<Term> wanted;

  private Walk(Predicate<Term> wanted) {
    this.wanted = wanted;
  }

  /** Whether {@code wanted} holds for a term that {@code root} is made of. */
  static boolean any(Term root, Predicate<Term> wanted) {
    return new Walk(wanted).find(root);
  }

  /** Whether a value depends on more than this step. */
  static boolean isStateful(Term root) {
    return any(root, Walk::isState);
  }

  /** Whether a value has a past of its own for each of what {@code index} finds: a loop's index. */
  static boolean isStatefulIn(Term root, Predicate<Term> index) {
    return any(root, t -> isState(t) && any(t, index));
  }

  /** Whether a term itself holds state. */
  static boolean isState(Term t) {
    return switch (t) {
      case Term.Prev p -> true;
      case Term.Initial i -> true;
      case Term.Past p -> true;
      case Term.Sliding s -> true;
      case Term.Since s -> true;
      case Term.Robustness r -> true;
      case Term.WindowCount w -> true;
      case Term.WindowAt w -> true;
      case Term.Occurrences o -> true;
      // A definition that is still being elaborated is read inside its own past.
      case Term.Ref r -> false;
      default -> false;
    };
  }

  /** The loops over what comes and goes around a term, whose indices it needs. */
  static Set<Binder> comings(Term root) {
    Set<Binder> needed = new LinkedHashSet<>();
    Set<Binder> inside = new HashSet<>();
    boolean unused =
        any(
            root,
            t -> {
              switch (t) {
                case Term.LoopIndex l when l.binder().presence() != null -> needed.add(l.binder());
                case Term.Build b -> inside.addAll(b.binders());
                case Term.ReduceOver r -> inside.addAll(r.binders());
                default -> {}
              }
              return false;
            });
    needed.removeAll(inside);
    return needed;
  }

  /** Whether those that a term is of are there; null if it is of nobody who comes and goes. */
  static @Nullable Term there(Term root, Location at) {
    Term all = null;
    for (Binder binder : comings(root)) {
      Term one = Agents.there(binder, at);
      all = all == null || one == null ? one : Terms.and(all, one, at);
    }
    return all;
  }

  private boolean find(@Nullable Term term) {
    if (term == null || !seen.add(term)) {
      return false;
    }
    if (wanted.test(term)) {
      return true;
    }
    if (term instanceof Term.Ref r) {
      return r.definition().isDefined() && seen.add(r.definition()) && find(r.definition().value());
    }
    return children(term).stream().anyMatch(this::find);
  }

  static List<Term> children(Term term) {
    return switch (term) {
      case Term.Apply a -> a.operands();
      case Term.Retype r -> List.of(r.of());
      case Term.Reduce r -> List.of(r.of());
      case Term.Build b -> List.of(b.body());
      case Term.ReduceOver r -> with(List.of(r.body()), r.where());
      case Term.Element e -> {
        java.util.ArrayList<Term> all = new java.util.ArrayList<>(e.indices());
        all.add(e.of());
        yield all;
      }
      case Term.Slice s -> List.of(s.of());
      case Term.Stack s -> s.parts();
      case Term.Broadcast b -> List.of(b.of());
      case Term.Reshape r -> List.of(r.of());
      case Term.Concatenate c -> c.parts();
      case Term.Sort s -> List.of(s.of());
      case Term.Put p -> {
        java.util.ArrayList<Term> all = new java.util.ArrayList<>(p.indices());
        all.add(p.value());
        all.add(p.of());
        yield all;
      }
      case Term.Fold f -> {
        java.util.ArrayList<Term> all = new java.util.ArrayList<>(f.iteration().initial());
        all.addAll(f.iteration().next());
        yield with(all, f.iteration().where());
      }
      case Term.Accumulator a -> List.of();
      case Term.Prev p -> with(List.of(p.of()), p.initially());
      case Term.Initial i -> List.of(i.of());
      case Term.Past p -> with(with(List.of(p.of()), p.since()), p.where());
      case Term.Sliding s -> List.of(s.of());
      case Term.Since s -> List.of(s.held(), s.event());
      case Term.Robustness r -> with(r.atoms(), r.beta());
      case Term.WindowCount w -> List.of(w.window().of());
      case Term.WindowAt w -> List.of(w.window().of(), w.index());
      case Term.Occurrences o -> List.of(o.key());
      case Term.Const c -> List.of();
      case Term.Table t -> List.of();
      case Term.Input i -> List.of();
      case Term.Param p -> List.of();
      case Term.StepIndex s -> List.of();
      case Term.Ref r -> List.of();
      case Term.LoopIndex l -> List.of();
    };
  }

  private static List<Term> with(List<Term> some, @Nullable Term more) {
    if (more == null) {
      return some;
    }
    java.util.ArrayList<Term> all = new java.util.ArrayList<>(some);
    all.add(more);
    return all;
  }
}
