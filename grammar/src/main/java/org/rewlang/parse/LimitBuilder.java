package org.rewlang.parse;

import java.util.List;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.BinaryOp;

/**
 * The limits of declared ranges: sums of numbers and names, without the operators that would end a
 * declaration's head.
 */
final class LimitBuilder {

  private final ExprBuilder exprs;

  LimitBuilder(ExprBuilder exprs) {
    this.exprs = exprs;
  }

  Expr limits(RewParser.LimitsContext context) {
    if (context.DOTDOT() == null) {
      return limit(context.limit(0));
    }
    int dots = context.DOTDOT().getSymbol().getTokenIndex();
    Expr from = null;
    Expr to = null;
    for (var limit : context.limit()) {
      if (limit.start.getTokenIndex() < dots) {
        from = limit(limit);
      } else {
        to = limit(limit);
      }
    }
    return new Expr.Range(from, to, Places.of(context));
  }

  private Expr limit(RewParser.LimitContext context) {
    Expr result = limitTerm(context.limitTerm(0));
    for (int i = 1; i < context.limitTerm().size(); i++) {
      result = ExprBuilder.arithmetic(context, i, result, limitTerm(context.limitTerm(i)));
    }
    return result;
  }

  private Expr limitTerm(RewParser.LimitTermContext context) {
    Expr result = limitFactor(context.limitFactor(0));
    for (int i = 1; i < context.limitFactor().size(); i++) {
      result = ExprBuilder.arithmetic(context, i, result, limitFactor(context.limitFactor(i)));
    }
    return result;
  }

  private Expr limitFactor(RewParser.LimitFactorContext context) {
    Expr value = limitAtom(context.limitAtom());
    if (context.limitFactor() != null) {
      Span op = Places.of(context.POWER());
      value = ExprBuilder.binary(BinaryOp.POWER, value, limitFactor(context.limitFactor()), op);
    }
    return ExprBuilder.negated(context.MINUS(), value);
  }

  private Expr limitAtom(RewParser.LimitAtomContext context) {
    if (context.number() != null) {
      return exprs.number(context.number());
    }
    if (context.NAME() != null) {
      Expr name = new Expr.NameRef(context.NAME().getText(), Places.of(context.NAME()));
      return context.arguments() == null
          ? name
          : new Expr.Call(
              name, List.of(), exprs.arguments(context.arguments()), Places.of(context));
    }
    if (context.list() != null) {
      return exprs.list(context.list());
    }
    return context.expression() == null
        ? new Expr.Broken(Places.of(context))
        : Spans.widen(exprs.expression(context.expression()), Places.of(context));
  }
}
