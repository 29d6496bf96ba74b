package org.rewlang.model;

import java.util.List;
import org.rewlang.source.Location;

/**
 * A condition that a test or property states.
 *
 * @param parts what to print where it fails: each with its text's place
 */
public record Claim(Term condition, List<Term> parts, Location at) {

  public Claim {
    parts = List.copyOf(parts);
  }
}
