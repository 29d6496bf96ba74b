package org.rewlang.ide;

import org.rewlang.diagnostic.Fix;

/** A repair that the compiler offers, and what it repairs. */
public record QuickFix(Problem problem, Fix fix) {

  /** Whether it may be applied unasked. */
  public boolean isSafe() {
    return fix.applicability() == Fix.Applicability.SAFE;
  }
}
