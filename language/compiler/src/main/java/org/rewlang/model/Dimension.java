package org.rewlang.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The product of powers that a unit measures, over base units ({@code m kg s A K mol cd rad},
 * declared ones, and unit variables).
 *
 * @param powers no zero exponents
 */
public record Dimension(Map<String, Integer> powers) {

  /** Of plain numbers. */
  public static final Dimension NONE = new Dimension(Map.of());

  public Dimension {
    powers = Map.copyOf(powers);
  }

  public static Dimension of(String base) {
    return new Dimension(Map.of(base, 1));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || other instanceof Dimension d && powers.equals(d.powers);
  }

  @Override
  public int hashCode() {
    return powers.hashCode();
  }

  public boolean isNone() {
    return powers.isEmpty();
  }

  public Dimension times(Dimension other) {
    return combine(other, 1);
  }

  public Dimension per(Dimension other) {
    return combine(other, -1);
  }

  private Dimension combine(Dimension other, int sign) {
    Map<String, Integer> sum = new TreeMap<>(powers);
    other.powers.forEach((base, n) -> sum.merge(base, sign * n, Integer::sum));
    sum.values().removeIf(n -> n == 0);
    return new Dimension(sum);
  }

  public Dimension power(int exponent) {
    Map<String, Integer> scaled = new TreeMap<>();
    if (exponent != 0) {
      powers.forEach((base, n) -> scaled.put(base, n * exponent));
    }
    return new Dimension(scaled);
  }

  /** As it is written: {@code m/s^2}, {@code 1/m}, {@code kg*m^2/s^3}; empty for plain numbers. */
  @Override
  public String toString() {
    StringBuilder above = new StringBuilder();
    StringBuilder below = new StringBuilder();
    new TreeMap<>(powers)
        .forEach(
            (base, n) -> {
              StringBuilder side = n > 0 ? above : below;
              side.append(n > 0 ? (above.isEmpty() ? "" : "*") : "/").append(base);
              if (Math.abs(n) > 1) {
                side.append('^').append(Math.abs(n));
              }
            });
    return isNone() ? "" : (above.isEmpty() ? "1" : above.toString()) + below;
  }
}
