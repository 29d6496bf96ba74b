package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.BinaryOp;
import org.rewlang.syntax.Expr.CompareOp;
import org.rewlang.syntax.Expr.Subscript;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.UnitRef;

/**
 * Expressions. Chains of one level are loops, so that no text is deeper than {@link Nesting}
 * allows.
 */
final class ExprBuilder {

  /** Calls that take a window in brackets before their argument. */
  private static final Set<String> TEMPORAL =
      Set.of(
          "always",
          "eventually",
          "next",
          "weak_next",
          "historically",
          "ever",
          "previous",
          "weak_previous");

  private final Rules rules;
  private final ArgumentBuilder arguments = new ArgumentBuilder(this);
  private final LimitBuilder limits = new LimitBuilder(this);

  /** The token after `until` and its like: a list that is called there is their window. */
  private int windowStart = -1;

  private List<Expr> window = List.of();

  ExprBuilder(Rules rules) {
    this.rules = rules;
  }

  Rules rules() {
    return rules;
  }

  List<Expr> expressions(RewParser.ExpressionsContext context) {
    return context.expression().stream().map(this::expression).toList();
  }

  Expr expression(RewParser.ExpressionContext context) {
    Expr then = implication(context.implication(0));
    if (context.expression() == null) {
      return then;
    }
    return new Expr.Conditional(
        then,
        implication(context.implication(1)),
        expression(context.expression()),
        Places.of(context));
  }

  Expr implication(RewParser.ImplicationContext context) {
    Expr left = disjunction(context.disjunction());
    if (context.implication() == null) {
      return left;
    }
    Expr right = implication(context.implication());
    return binary(BinaryOp.IMPLIES, left, right, Places.of(context.IMPLIES()));
  }

  private Expr disjunction(RewParser.DisjunctionContext context) {
    Expr result = conjunction(context.conjunction(0));
    for (int i = 1; i < context.conjunction().size(); i++) {
      Span op = Places.of(context.OR(i - 1));
      result = binary(BinaryOp.OR, result, conjunction(context.conjunction(i)), op);
    }
    return result;
  }

  private Expr conjunction(RewParser.ConjunctionContext context) {
    Expr result = temporal(context.temporal(0));
    for (int i = 1; i < context.temporal().size(); i++) {
      Span op = Places.of(context.AND(i - 1));
      result = binary(BinaryOp.AND, result, temporal(context.temporal(i)), op);
    }
    return result;
  }

  private Expr temporal(RewParser.TemporalContext context) {
    return temporal(context, negation(context.negation()));
  }

  /** The rest of a temporal chain whose first operand is built. */
  private Expr temporal(RewParser.TemporalContext context, Expr left) {
    if (context.temporal() == null) {
      return left;
    }
    Token op = ((TerminalNode) context.getChild(1)).getSymbol();
    windowStart = context.temporal().start.getTokenIndex();
    Expr first = negation(context.temporal().negation());
    List<Expr> bounds = window;
    window = List.of();
    windowStart = -1;
    Expr right = temporal(context.temporal(), first);
    Span span = left.span().to(right.span());
    return new Expr.Binary(temporalOp(op), left, right, bounds, Places.of(op), span);
  }

  private static BinaryOp temporalOp(Token op) {
    return switch (op.getType()) {
      case RewLexer.UNTIL -> BinaryOp.UNTIL;
      case RewLexer.SINCE -> BinaryOp.SINCE;
      case RewLexer.RELEASE -> BinaryOp.RELEASE;
      case RewLexer.WEAK_UNTIL -> BinaryOp.WEAK_UNTIL;
      default -> BinaryOp.THEN;
    };
  }

  private Expr negation(RewParser.NegationContext context) {
    Expr result = coalesce(context.coalesce());
    for (int i = context.NOT().size() - 1; i >= 0; i--) {
      Span span = Places.of(context.NOT(i)).to(result.span());
      result = new Expr.Unary(Expr.UnaryOp.NOT, result, span);
    }
    return result;
  }

  private Expr coalesce(RewParser.CoalesceContext context) {
    Expr result = comparison(context.comparison());
    for (int i = 0; i < context.fallback().size(); i++) {
      var fallback = context.fallback(i);
      Expr right = negated(fallback.MINUS(), postfix(fallback.postfix()));
      result = binary(BinaryOp.COALESCE, result, right, Places.of(context.COALESCE(i)));
    }
    return result;
  }

  private Expr comparison(RewParser.ComparisonContext context) {
    Expr first = range(context.range());
    if (context.link().isEmpty()) {
      return first;
    }
    List<Expr.Link> links = new ArrayList<>();
    for (var link : context.link()) {
      Expr right = range(link.range(0));
      Expr within = link.WITHIN() == null ? null : range(link.range(1));
      Token op = link.start;
      Span opSpan = link.NOT() == null ? Places.of(op) : Places.between(op, link.IN().getSymbol());
      links.add(new Expr.Link(compareOp(op), right, within, opSpan));
    }
    var comparison = new Expr.Comparison(first, links, Places.of(context));
    rules.comparison(comparison);
    return comparison;
  }

  private static CompareOp compareOp(Token op) {
    return switch (op.getType()) {
      case RewLexer.LT -> CompareOp.LESS;
      case RewLexer.LE -> CompareOp.LESS_EQUAL;
      case RewLexer.GT -> CompareOp.GREATER;
      case RewLexer.GE -> CompareOp.GREATER_EQUAL;
      case RewLexer.EQ -> CompareOp.EQUAL;
      case RewLexer.NE -> CompareOp.NOT_EQUAL;
      case RewLexer.MATCHES -> CompareOp.MATCHES;
      case RewLexer.NOT -> CompareOp.NOT_IN;
      default -> CompareOp.IN;
    };
  }

  Expr range(RewParser.RangeContext context) {
    if (context.DOTDOT() == null) {
      return sum(context.sum(0));
    }
    boolean openBelow = context.sum().size() == 1;
    Expr from = openBelow ? null : sum(context.sum(0));
    Expr to = sum(context.sum(openBelow ? 0 : 1));
    return new Expr.Range(from, to, Places.of(context));
  }

  Expr sum(RewParser.SumContext context) {
    Expr result = product(context.product(0));
    for (int i = 1; i < context.product().size(); i++) {
      result = arithmetic(context, i, result, product(context.product(i)));
    }
    return result;
  }

  private Expr product(RewParser.ProductContext context) {
    Expr result = conversion(context.conversion(0));
    for (int i = 1; i < context.conversion().size(); i++) {
      result = arithmetic(context, i, result, conversion(context.conversion(i)));
    }
    return result;
  }

  /** Operand {@code i} of a chain, with the operator that stands before it. */
  static Expr arithmetic(ParserRuleContext context, int i, Expr left, Expr right) {
    Token op = ((TerminalNode) context.getChild(2 * i - 1)).getSymbol();
    BinaryOp meaning =
        switch (op.getType()) {
          case RewLexer.PLUS -> BinaryOp.ADD;
          case RewLexer.MINUS -> BinaryOp.SUBTRACT;
          case RewLexer.STAR -> BinaryOp.MULTIPLY;
          case RewLexer.MATMUL -> BinaryOp.MATMUL;
          default -> BinaryOp.DIVIDE;
        };
    return binary(meaning, left, right, Places.of(op));
  }

  private Expr conversion(RewParser.ConversionContext context) {
    Expr value = unary(context.unary());
    if (context.AS() == null) {
      return value;
    }
    UnitRef unit = unit(context.stop);
    rules.conversion(context, unit);
    return new Expr.Convert(value, unit, value.span().to(unit.span()));
  }

  private Expr unary(RewParser.UnaryContext context) {
    return negated(context.MINUS(), power(context.power()));
  }

  private Expr power(RewParser.PowerContext context) {
    Expr base = postfix(context.postfix());
    if (context.unary() == null) {
      return base;
    }
    Span op = Places.of(context.POWER());
    Expr exponent = unary(context.unary());
    rules.power(context, base, exponent);
    return binary(BinaryOp.POWER, base, exponent, op);
  }

  private Expr postfix(RewParser.PostfixContext context) {
    return context.number() == null
        ? suffixed(context.primary(), context.suffix())
        : number(context.number());
  }

  private Expr suffixed(RewParser.PrimaryContext primary, List<RewParser.SuffixContext> suffixes) {
    boolean takesWindow = primary.start.getTokenIndex() == windowStart && primary.list() != null;
    windowStart = -1;
    Expr result = primary(primary);
    int done = 0;
    if (primary.list() != null) {
      boolean called = !suffixes.isEmpty() && suffixes.getFirst().arguments() != null;
      if (takesWindow && called && result instanceof Expr.ListLit list) {
        result = rules.operand(arguments(suffixes.getFirst().arguments()), suffixes.getFirst());
        // Only now: within the operand stand windows of its own.
        window = list.elements();
        done = 1;
      } else {
        rules.list(primary, takesWindow, called ? suffixes.getFirst() : null);
      }
    }
    for (var suffix : suffixes.subList(done, suffixes.size())) {
      result = suffix(result, suffix);
    }
    return result;
  }

  private Expr suffix(Expr target, RewParser.SuffixContext context) {
    Span span = target.span().to(Places.of(context));
    if (context.name() != null) {
      return new Expr.Field(target, Places.name(context.name()), span);
    }
    if (context.arguments() == null) {
      return new Expr.Index(target, subscripts(context), span);
    }
    List<Expr.Argument> arguments = arguments(context.arguments());
    if (target instanceof Expr.Index index
        && index.target() instanceof Expr.NameRef name
        && TEMPORAL.contains(name.name())) {
      return new Expr.Call(name, rules.window(index.subscripts()), arguments, span);
    }
    return new Expr.Call(target, List.of(), arguments, span);
  }

  private List<Subscript> subscripts(RewParser.SuffixContext context) {
    return context.subscript().stream().map(this::subscript).toList();
  }

  private Subscript subscript(RewParser.SubscriptContext context) {
    Span span = Places.of(context);
    if (context.expression() != null) {
      Expr index = expression(context.expression());
      rules.index(index);
      return new Subscript.At(index, span);
    }
    int colon = context.COLON().getSymbol().getTokenIndex();
    Expr from = null;
    Expr to = null;
    for (var bound : context.bound()) {
      if (bound.start.getTokenIndex() < colon) {
        from = bound(bound);
      } else {
        to = bound(bound);
      }
    }
    return new Subscript.Slice(from, to, span);
  }

  Expr bound(RewParser.BoundContext context) {
    Expr result = boundTerm(context.boundTerm(0));
    for (int i = 1; i < context.boundTerm().size(); i++) {
      result = arithmetic(context, i, result, boundTerm(context.boundTerm(i)));
    }
    return result;
  }

  private Expr boundTerm(RewParser.BoundTermContext context) {
    Expr result = boundFactor(context.boundFactor(0));
    for (int i = 1; i < context.boundFactor().size(); i++) {
      result = arithmetic(context, i, result, boundFactor(context.boundFactor(i)));
    }
    return result;
  }

  private Expr boundFactor(RewParser.BoundFactorContext context) {
    Expr value =
        context.NUMBER() == null
            ? suffixed(context.primary(), context.suffix())
            : plain(context.NUMBER());
    return negated(context.MINUS(), value);
  }

  /** The limits of a declared range. */
  Expr limits(RewParser.LimitsContext context) {
    return limits.limits(context);
  }

  List<Expr.Argument> arguments(RewParser.ArgumentsContext context) {
    return arguments.arguments(context);
  }

  Expr.For forClause(RewParser.ForClauseContext context) {
    return arguments.forClause(context);
  }

  static Expr.NumberLit plain(TerminalNode number) {
    return new Expr.NumberLit(number.getText(), null, Places.of(number));
  }

  private Expr primary(RewParser.PrimaryContext context) {
    Span span = Places.of(context);
    if (context.name() != null) {
      return new Expr.NameRef(context.name().getText(), span);
    }
    if (context.list() != null) {
      return list(context.list());
    }
    if (context.expression() != null) {
      return Spans.widen(expression(context.expression()), span);
    }
    return switch (context.start.getType()) {
      case RewLexer.TRUE -> new Expr.BoolLit(true, span);
      case RewLexer.FALSE -> new Expr.BoolLit(false, span);
      case RewLexer.TEXT, RewLexer.RAW_TEXT -> Texts.of(context.start);
      default -> new Expr.Broken(span);
    };
  }

  Expr number(RewParser.NumberContext context) {
    Span span = Places.of(context);
    if (context.QUANTITY() != null) {
      return Quantities.of(context.QUANTITY().getSymbol());
    }
    UnitRef unit = context.unit() == null ? null : unit(context.unit().start);
    return new Expr.NumberLit(context.NUMBER().getText(), unit, span);
  }

  static UnitRef unit(Token token) {
    String text = token.getText();
    return token.getType() == RewLexer.ANGLE
        ? new UnitRef(text.substring(1, text.length() - 1), true, Places.of(token))
        : new UnitRef(text, false, Places.of(token));
  }

  Expr list(RewParser.ListContext context) {
    Span span = Places.of(context);
    UnitRef unit = context.unit() == null ? null : unit(context.unit().start);
    List<Expr> elements = context.expression().stream().map(this::expression).toList();
    return context.comprehension() == null
        ? new Expr.ListLit(elements, unit, span)
        : new Expr.ListComp(
            arguments.generator(elements.getFirst(), context.comprehension()), unit, span);
  }

  static List<Name> names(RewParser.NamesContext context) {
    return context.name().stream().map(Places::name).toList();
  }

  static Expr negated(List<TerminalNode> signs, Expr value) {
    Expr result = value;
    for (int i = signs.size() - 1; i >= 0; i--) {
      Span span = Places.of(signs.get(i)).to(result.span());
      result = new Expr.Unary(Expr.UnaryOp.NEGATE, result, span);
    }
    return result;
  }

  static Expr binary(BinaryOp op, Expr left, Expr right, Span opSpan) {
    return new Expr.Binary(op, left, right, List.of(), opSpan, left.span().to(right.span()));
  }
}
