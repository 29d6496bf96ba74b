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
    return context.expression().stream().map(this::of).toList();
  }

  /**
   * What a context of any level stands for. A level with one child stands for what that does: a
   * name alone has fifteen levels around it, and this is where most of the time goes.
   */
  Expr of(ParserRuleContext context) {
    ParserRuleContext at = context;
    while (at.getChildCount() == 1
        && !takesSuffixes(at)
        && at.getChild(0) instanceof ParserRuleContext only) {
      at = only;
    }
    return switch (at) {
      case RewParser.PostfixContext c -> postfix(c);
      case RewParser.SumContext c -> chain(c);
      case RewParser.ProductContext c -> chain(c);
      case RewParser.UnaryContext c -> signed(c);
      case RewParser.PowerContext c -> power(c);
      case RewParser.ConversionContext c -> conversion(c);
      case RewParser.ComparisonContext c -> comparison(c);
      case RewParser.RangeContext c -> range(c);
      case RewParser.ConjunctionContext c -> chain(c);
      case RewParser.DisjunctionContext c -> chain(c);
      case RewParser.ImplicationContext c -> chain(c);
      case RewParser.ExpressionContext c -> conditional(c);
      case RewParser.TemporalContext c -> temporal(c, of(c.negation()));
      case RewParser.NegationContext c -> signed(c);
      case RewParser.CoalesceContext c -> chain(c);
      case RewParser.FallbackContext c -> signed(c);
      case RewParser.BoundContext c -> chain(c);
      case RewParser.BoundTermContext c -> chain(c);
      case RewParser.BoundFactorContext c -> boundFactor(c);
      case RewParser.NumberContext c -> number(c);
      case RewParser.ListContext c -> list(c);
      case RewParser.LimitsContext c -> range(c);
      case RewParser.LimitContext c -> chain(c);
      case RewParser.LimitTermContext c -> chain(c);
      case RewParser.LimitFactorContext c -> limitFactor(c);
      case RewParser.LimitAtomContext c -> limitAtom(c);
      default -> throw new IllegalArgumentException("no expression: " + at.getText());
    };
  }

  private static boolean takesSuffixes(ParserRuleContext context) {
    return context instanceof RewParser.PostfixContext
        || context instanceof RewParser.BoundFactorContext;
  }

  private Expr of(ParserRuleContext context, int child) {
    return of((ParserRuleContext) context.getChild(child));
  }

  private static Token token(ParserRuleContext context, int child) {
    return ((TerminalNode) context.getChild(child)).getSymbol();
  }

  private Expr conditional(RewParser.ExpressionContext context) {
    return new Expr.Conditional(of(context, 0), of(context, 2), of(context, 4), Places.of(context));
  }

  /** Operands with operators between them, from left to right. */
  private Expr chain(ParserRuleContext context) {
    Expr result = of(context, 0);
    for (int i = 1; i < context.getChildCount(); i += 2) {
      Token op = token(context, i);
      result = binary(binaryOp(op), result, of(context, i + 1), Places.of(op));
    }
    return result;
  }

  private static BinaryOp binaryOp(Token op) {
    return switch (op.getType()) {
      case RewLexer.PLUS -> BinaryOp.ADD;
      case RewLexer.MINUS -> BinaryOp.SUBTRACT;
      case RewLexer.STAR -> BinaryOp.MULTIPLY;
      case RewLexer.SLASH -> BinaryOp.DIVIDE;
      case RewLexer.MATMUL -> BinaryOp.MATMUL;
      case RewLexer.AND -> BinaryOp.AND;
      case RewLexer.OR -> BinaryOp.OR;
      case RewLexer.IMPLIES -> BinaryOp.IMPLIES;
      case RewLexer.COALESCE -> BinaryOp.COALESCE;
      case RewLexer.UNTIL -> BinaryOp.UNTIL;
      case RewLexer.SINCE -> BinaryOp.SINCE;
      case RewLexer.RELEASE -> BinaryOp.RELEASE;
      case RewLexer.WEAK_UNTIL -> BinaryOp.WEAK_UNTIL;
      case RewLexer.THEN -> BinaryOp.THEN;
      default -> throw new IllegalArgumentException("no operator: " + op.getText());
    };
  }

  /** An operand behind any number of signs, or of `not`. */
  private Expr signed(ParserRuleContext context) {
    int operand = context.getChildCount() - 1;
    return signed(context, operand, of(context, operand));
  }

  private static Expr signed(ParserRuleContext context, int signs, Expr operand) {
    Expr result = operand;
    for (int i = signs - 1; i >= 0; i--) {
      Token sign = token(context, i);
      Expr.UnaryOp op = sign.getType() == RewLexer.NOT ? Expr.UnaryOp.NOT : Expr.UnaryOp.NEGATE;
      result = new Expr.Unary(op, result, Places.of(sign).to(result.span()));
    }
    return result;
  }

  /** A temporal chain, which nests to the right, whose first operand is built. */
  private Expr temporal(RewParser.TemporalContext context, Expr left) {
    if (context.temporal() == null) {
      return left;
    }
    Token op = token(context, 1);
    windowStart = context.temporal().start.getTokenIndex();
    Expr first = of(context.temporal().negation());
    List<Expr> bounds = window;
    window = List.of();
    windowStart = -1;
    Expr right = temporal(context.temporal(), first);
    Span span = left.span().to(right.span());
    return new Expr.Binary(binaryOp(op), left, right, bounds, Places.of(op), span);
  }

  private Expr comparison(RewParser.ComparisonContext context) {
    Expr first = of(context, 0);
    List<Expr.Link> links = new ArrayList<>();
    for (var link : context.link()) {
      Expr right = of(link.range(0));
      Expr within = link.WITHIN() == null ? null : of(link.range(1));
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

  /** Two dots with a bound before them, behind them, or both. */
  private Expr range(ParserRuleContext context) {
    boolean openBelow = context.getChild(0) instanceof TerminalNode;
    int behind = openBelow ? 1 : 2;
    Expr from = openBelow ? null : of(context, 0);
    Expr to = behind < context.getChildCount() ? of(context, behind) : null;
    return new Expr.Range(from, to, Places.of(context));
  }

  private Expr conversion(RewParser.ConversionContext context) {
    Expr value = of(context, 0);
    UnitRef unit = unit(context.stop);
    rules.conversion(context, unit);
    return new Expr.Convert(value, unit, value.span().to(unit.span()));
  }

  private Expr power(RewParser.PowerContext context) {
    Expr base = of(context, 0);
    Expr exponent = of(context, 2);
    rules.power(context, base, exponent);
    return binary(BinaryOp.POWER, base, exponent, Places.of(token(context, 1)));
  }

  private Expr postfix(RewParser.PostfixContext context) {
    return context.getChild(0) instanceof RewParser.NumberContext number
        ? number(number)
        : suffixed(context, 0);
  }

  private Expr boundFactor(RewParser.BoundFactorContext context) {
    int signs = 0;
    while (context.getChild(signs) instanceof TerminalNode node
        && node.getSymbol().getType() == RewLexer.MINUS) {
      signs++;
    }
    Expr value =
        context.getChild(signs) instanceof TerminalNode number
            ? plain(number)
            : suffixed(context, signs);
    return signed(context, signs, value);
  }

  /** A primary, child {@code at} of a context, and the suffixes behind it. */
  private Expr suffixed(ParserRuleContext context, int at) {
    var primary = (RewParser.PrimaryContext) context.getChild(at);
    int next = at + 1;
    boolean isList = primary.getChild(0) instanceof RewParser.ListContext;
    boolean takesWindow = isList && primary.start.getTokenIndex() == windowStart;
    windowStart = -1;
    Expr result = primary(primary);
    if (isList) {
      var called =
          context.getChild(next) instanceof RewParser.SuffixContext first
                  && first.arguments() != null
              ? first
              : null;
      if (takesWindow && called != null && result instanceof Expr.ListLit list) {
        result = rules.operand(arguments(called.arguments()), called);
        // Only now: within the operand stand windows of its own.
        window = list.elements();
        next++;
      } else {
        rules.list(primary, takesWindow, called);
      }
    }
    for (; next < context.getChildCount(); next++) {
      result = suffix(result, (RewParser.SuffixContext) context.getChild(next));
    }
    return result;
  }

  private Expr suffix(Expr target, RewParser.SuffixContext context) {
    Span span = target.span().to(Places.of(context));
    if (context.start.getType() == RewLexer.DOT) {
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
      Expr index = of(context.expression());
      rules.index(index);
      return new Subscript.At(index, span);
    }
    if (context.DOT() != null) {
      return new Subscript.Ellipsis(span);
    }
    int colon = context.COLON().getSymbol().getTokenIndex();
    Expr from = null;
    Expr to = null;
    for (var bound : context.bound()) {
      if (bound.start.getTokenIndex() < colon) {
        from = of(bound);
      } else {
        to = of(bound);
      }
    }
    return new Subscript.Slice(from, to, span);
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
    Token start = context.start;
    return switch (context.getChild(0)) {
      case RewParser.NameContext _ -> new Expr.NameRef(start.getText(), Places.of(start));
      case RewParser.ListContext list -> list(list);
      default ->
          switch (start.getType()) {
            case RewLexer.TRUE -> new Expr.BoolLit(true, Places.of(start));
            case RewLexer.FALSE -> new Expr.BoolLit(false, Places.of(start));
            case RewLexer.TEXT, RewLexer.RAW_TEXT -> Texts.of(start);
            case RewLexer.LPAREN -> Spans.widen(of(context, 1), Places.of(context));
            default -> new Expr.Broken(Places.of(context));
          };
    };
  }

  private Expr number(RewParser.NumberContext context) {
    Token first = context.start;
    if (first.getType() == RewLexer.QUANTITY) {
      return Quantities.of(first);
    }
    UnitRef unit = context.getChildCount() == 1 ? null : unit(context.stop);
    return new Expr.NumberLit(first.getText(), unit, Places.of(context));
  }

  // Limits of declared ranges: without the operators that would end a declaration's head.

  private Expr limitFactor(RewParser.LimitFactorContext context) {
    int atom = context.MINUS().size();
    Expr value = of(context, atom);
    if (context.limitFactor() != null) {
      Span op = Places.of(context.POWER());
      value = binary(BinaryOp.POWER, value, of(context.limitFactor()), op);
    }
    return signed(context, atom, value);
  }

  private Expr limitAtom(RewParser.LimitAtomContext context) {
    Token start = context.start;
    return switch (start.getType()) {
      case RewLexer.NAME -> {
        Expr name = new Expr.NameRef(start.getText(), Places.of(start));
        yield context.arguments() == null
            ? name
            : new Expr.Call(name, List.of(), arguments(context.arguments()), Places.of(context));
      }
      case RewLexer.LPAREN -> Spans.widen(of(context, 1), Places.of(context));
      default -> new Expr.Broken(Places.of(context));
    };
  }

  static UnitRef unit(Token token) {
    String text = token.getText();
    return token.getType() == RewLexer.ANGLE
        ? new UnitRef(text.substring(1, text.length() - 1), true, Places.of(token))
        : new UnitRef(text, false, Places.of(token));
  }

  private Expr list(RewParser.ListContext context) {
    Span span = Places.of(context);
    UnitRef unit = context.unit() == null ? null : unit(context.unit().start);
    List<Expr> elements = context.expression().stream().map(this::of).toList();
    return context.comprehension() == null
        ? new Expr.ListLit(elements, unit, span)
        : new Expr.ListComp(
            arguments.generator(elements.getFirst(), context.comprehension()), unit, span);
  }

  static List<Name> names(RewParser.NamesContext context) {
    return context.name().stream().map(Places::name).toList();
  }

  private static Expr binary(BinaryOp op, Expr left, Expr right, Span opSpan) {
    return new Expr.Binary(op, left, right, List.of(), opSpan, left.span().to(right.span()));
  }
}
