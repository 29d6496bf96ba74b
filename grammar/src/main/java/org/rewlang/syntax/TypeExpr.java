package org.rewlang.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/**
 * A type as written: {@code real[3]<m>}, {@code bool}, {@code Box[..64]}, {@code text?}, {@code
 * quat[wxyz]}, {@code real[..1024, 3]<m>}, {@code real[*s, 3]}.
 *
 * @param base {@code real}, {@code int}, {@code bool}, {@code text}, {@code json}, {@code quat},
 *     {@code pose}, or a declared name
 */
public record TypeExpr(
    Name base, List<Dim> dims, @Nullable UnitRef unit, boolean optional, Span span)
    implements Node {

  public TypeExpr {
    dims = List.copyOf(dims);
  }

  /** What stands between two commas of the brackets. */
  public sealed interface Dim extends Node {}

  /** An axis: {@code 3}, or {@code n} or {@code Joint}, which are names. */
  public record Length(Expr size, Span span) implements Dim {}

  /** The elements of a list: {@code ..64}, at most 64. */
  public record AtMost(Expr size, Span span) implements Dim {}

  /** Any number of axes, none too: {@code *s}. */
  public record Axes(Name name, Span span) implements Dim {}
}
