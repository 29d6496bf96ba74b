package org.rewlang.lower;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Term;

/** Arrays of literals. */
final class Constants {

  private Constants() {}

  /**
   * The numbers of a term made of literals only, row-major; null if it isn't. NaN is no literal.
   */
  static @Nullable List<Double> of(Term term) {
    return switch (term) {
      case Term.Const c -> Double.isNaN(c.value()) ? null : List.of(c.value());
      case Term.Table table ->
          table.values().stream().anyMatch(v -> v.isNaN()) ? null : table.values();
      case Term.Ref ref -> of(ref.definition().value());
      case Term.Retype retype ->
          retype.of().type().base() == retype.type().base()
                  || retype.of().type().isNumber() && retype.type().isNumber()
              ? of(retype.of())
              : null;
      case Term.Broadcast b ->
          b.of().type().isScalar() ? repeated(of(b.of()), b.type().size()) : null;
      case Term.Stack stack -> {
        List<Double> all = new ArrayList<>();
        for (Term part : stack.parts()) {
          List<Double> numbers = of(part);
          if (numbers == null) {
            yield null;
          }
          all.addAll(numbers);
        }
        yield all;
      }
      default -> null;
    };
  }

  private static @Nullable List<Double> repeated(@Nullable List<Double> one, int times) {
    return one == null ? null : java.util.Collections.nCopies(times, one.getFirst());
  }
}
