package org.rewlang.model;

import java.util.List;
import org.rewlang.source.Location;

/**
 * A {@code property}: claims that hold in every step of every episode with inputs and parameters in
 * their ranges, and for all values of its variables.
 *
 * @param variables as inputs of their own, with their ranges
 */
public record PropertyCase(
    String title, List<InputVar> variables, List<Claim> claims, Location at) {

  public PropertyCase {
    variables = List.copyOf(variables);
    claims = List.copyOf(claims);
  }
}
