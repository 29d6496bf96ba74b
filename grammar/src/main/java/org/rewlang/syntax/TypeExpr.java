package org.rewlang.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;

/**
 * A type as written: {@code real[3]<m>}, {@code bool}, {@code Box[..64]}, {@code text?}, {@code
 * quat[wxyz]}, {@code real[..1024, 3]<m>}.
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

  /**
   * One dimension: {@code 3}, {@code n} or {@code Joint} (a name), or {@code ..64} (at most 64).
   *
   * @param size a number or a name
   * @param bounded whether {@code ..} stood before it
   */
  public record Dim(Expr size, boolean bounded, Span span) implements Node {}
}
