package org.rewlang.ide;

import org.jspecify.annotations.Nullable;
import org.rewlang.check.Index;
import org.rewlang.check.Index.Kind;
import org.rewlang.model.Interval;
import org.rewlang.model.Term;

/**
 * Inputs and parameters are read in SI, but people know them by the unit that they declared, in
 * which hosts and data give them.
 */
record DeclaredUnit(String unit, Interval range) {

  /** That of an input or a parameter; null for anything else. */
  static @Nullable DeclaredUnit of(Index.Site site) {
    if (site.kind() != Kind.INPUT && site.kind() != Kind.PARAM) {
      return null;
    }
    return of(site.term());
  }

  /** Behind the conversion to SI. */
  private static @Nullable DeclaredUnit of(@Nullable Term term) {
    return switch (term) {
      case Term.Input input -> new DeclaredUnit(input.input().unit(), input.input().range());
      case Term.Param param -> new DeclaredUnit(param.param().unit(), param.param().range());
      case Term.Apply apply -> of(apply.operands().getFirst());
      case Term.Retype retype -> of(retype.of());
      case null, default -> null;
    };
  }

  /** The type of a site, in the declared unit if it has one. */
  static String type(Index.Site site) {
    DeclaredUnit declared = of(site);
    int unit = site.type().indexOf('<');
    return declared == null || declared.unit.isEmpty() || unit < 0
        ? site.type()
        : site.type().substring(0, unit) + "<" + declared.unit + ">";
  }
}
