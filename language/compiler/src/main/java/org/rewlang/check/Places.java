package org.rewlang.check;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Dimension;
import org.rewlang.model.Term;

/**
 * Which values are places: those that move as the origin does. An input that is a length is one (or
 * in a declared unit, as the tiles of a grid); a sum counts how many, a difference of two is none.
 * So {@code (a + b) / 2} is a place and {@code a - b} isn't, whatever lies between in lets.
 */
final class Places {

  /** Base units but the metre: what is measured in them has an origin of its own. */
  private static final Set<String> FROM_ZERO = Set.of("s", "kg", "A", "K", "mol", "cd", "rad");

  /** Below this, weights differ by rounding. */
  private static final double NOTHING = 1e-9;

  private final Session session;

  Places(Session session) {
    this.session = session;
  }

  boolean isPlace(Term term) {
    Double weight = weight(term);
    return weight != null && Math.abs(weight) > NOTHING;
  }

  /** How far a value moves, where the origin moves by 1 in SI; null if that isn't known. */
  private @Nullable Double weight(Term term) {
    return switch (term) {
      case Term.Input i -> {
        Unit unit = session.forms.unitIfDeclared(i.input());
        yield unit != null && isLength(unit.dimension())
            ? Double.valueOf(unit.factor().inverse().toDouble())
            : null;
      }
      case Term.Ref r -> r.definition().isDefined() ? weight(r.definition().value()) : null;
      case Term.Retype r -> weight(r.of());
      case Term.Element e -> weight(e.of());
      case Term.Slice s -> weight(s.of());
      case Term.Build b -> weight(b.body());
      case Term.Prev p -> weight(p.of());
      case Term.Apply a -> weight(a);
      default -> null;
    };
  }

  private @Nullable Double weight(Term.Apply a) {
    Term first = a.operands().getFirst();
    Term last = a.operands().getLast();
    return switch (a.op()) {
      case NEGATE -> times(-1, weight(first));
      case ADD -> sum(weight(first), weight(last), 1);
      case SUBTRACT -> sum(weight(first), weight(last), -1);
      case MULTIPLY ->
          first instanceof Term.Const c
              ? times(c.value(), weight(last))
              : last instanceof Term.Const c ? times(c.value(), weight(first)) : null;
      case DIVIDE -> last instanceof Term.Const c ? times(1 / c.value(), weight(first)) : null;
      case SELECT -> {
        Double then = weight(a.operands().get(1));
        Double otherwise = weight(last);
        yield then != null && otherwise != null && Math.abs(then - otherwise) < NOTHING
            ? then
            : null;
      }
      default -> null;
    };
  }

  private static @Nullable Double times(double factor, @Nullable Double weight) {
    return weight == null ? null : Double.valueOf(factor * weight);
  }

  private static @Nullable Double sum(@Nullable Double a, @Nullable Double b, int sign) {
    return a == null || b == null ? null : Double.valueOf(a + sign * b);
  }

  private static boolean isLength(Dimension dimension) {
    Map<String, Integer> powers = dimension.powers();
    return powers.size() == 1
        && powers.values().iterator().next() == 1
        && !FROM_ZERO.contains(powers.keySet().iterator().next());
  }
}
