package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.TypeExpr;
import org.rewlang.syntax.UnitRef;

/** Types and what carries them: fields, parameters, lets, functions. */
final class TypeBuilder {

  private final ExprBuilder exprs;
  private final Docs docs;

  TypeBuilder(ExprBuilder exprs, Docs docs) {
    this.exprs = exprs;
    this.docs = docs;
  }

  TypeExpr type(RewParser.TypeContext c) {
    Span span = Places.of(c);
    boolean optional = c.QUESTION() != null;
    if (c.path() == null) {
      return new TypeExpr(new Name("", Span.at(span.start())), List.of(), null, optional, span);
    }
    List<TypeExpr.Dim> dims =
        c.dims() == null ? List.of() : c.dims().dim().stream().map(this::dim).toList();
    UnitRef unit = c.ANGLE() == null ? null : ExprBuilder.unit(c.ANGLE().getSymbol());
    return new TypeExpr(Places.name(c.path()), dims, unit, optional, span);
  }

  private TypeExpr.Dim dim(RewParser.DimContext c) {
    Span span = Places.of(c);
    if (c.STAR() != null) {
      return new TypeExpr.Axes(Places.name(c.name()), span);
    }
    Expr size = exprs.of(c.bound());
    return c.DOTDOT() == null ? new TypeExpr.Length(size, span) : new TypeExpr.AtMost(size, span);
  }

  List<Decl.Field> fields(RewParser.FieldsContext c) {
    return c.field().stream().map(this::field).toList();
  }

  private Decl.Field field(RewParser.FieldContext c) {
    List<Decl.View> views =
        c.views() == null ? List.of() : c.views().view().stream().map(TypeBuilder::view).toList();
    return new Decl.Field(
        docs.of(c),
        Places.name(c.name()),
        type(c.type()),
        c.limits() == null ? null : exprs.of(c.limits()),
        c.TEXT() == null ? null : Texts.of(c.TEXT().getSymbol()),
        views,
        Places.of(c));
  }

  private static Decl.View view(RewParser.ViewContext c) {
    return new Decl.View(Places.name(c.name()), DeclBuilder.part(c.NUMBER()), Places.of(c));
  }

  Decl.Let let(RewParser.LetDeclContext c) {
    return new Decl.Let(
        docs.of(c),
        Places.name(c.name()),
        c.type() == null ? null : type(c.type()),
        exprs.of(c.expression()),
        Places.of(c));
  }

  List<Decl.Parameter> parameters(RewParser.ParametersContext c) {
    return c.parameter().stream().map(this::parameter).toList();
  }

  private Decl.Parameter parameter(RewParser.ParameterContext c) {
    return new Decl.Parameter(
        Places.name(c.name(0)),
        c.type() == null ? null : type(c.type()),
        c.OVER() == null ? null : Places.name(c.name(1)),
        c.expression() == null ? null : exprs.of(c.expression()),
        Places.of(c));
  }

  Decl function(RewParser.FunctionDeclContext c) {
    boolean braces = c.body() != null;
    List<Decl.Let> lets = braces ? c.body().letDecl().stream().map(this::let).toList() : List.of();
    Expr body = exprs.of(braces ? c.body().expression() : c.expression());
    return new Decl.Function(
        docs.of(c),
        Places.name(c.name()),
        unitNames(c),
        c.sizeNames() == null ? List.of() : sizes(c.sizeNames()),
        parameters(c.parameters()),
        c.type() == null ? null : type(c.type()),
        lets,
        body,
        Places.of(c));
  }

  private static List<Decl.Size> sizes(RewParser.SizeNamesContext c) {
    return c.sizeName().stream()
        .map(s -> new Decl.Size(Places.name(s.name()), s.STAR() != null, Places.of(s)))
        .toList();
  }

  private static List<Name> unitNames(RewParser.FunctionDeclContext c) {
    if (c.unitNames() == null) {
      return List.of();
    }
    if (c.unitNames().ANGLE() == null) {
      return c.unitNames().name().stream().map(Places::name).toList();
    }
    Token angle = c.unitNames().ANGLE().getSymbol();
    String text = angle.getText();
    Span span = new Span(angle.getStartIndex() + 1, angle.getStopIndex());
    return List.of(new Name(text.substring(1, text.length() - 1), span));
  }
}
