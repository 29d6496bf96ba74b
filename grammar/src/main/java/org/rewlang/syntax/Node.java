package org.rewlang.syntax;

import org.rewlang.source.Span;

/** Anything in the tree: it has a place. */
public sealed interface Node
    permits Program, Decl, Expr, TypeExpr, TypeExpr.Dim, Decl.Size, Name, UnitRef, Gate, Item {

  Span span();
}
