package org.rewlang.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.rewlang.parse.Lexeme.Column;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** The tokens and comments of a whole program in order, for the formatter. */
public final class Layout {

  private final Map<Integer, String> starts = new HashMap<>();
  private final List<Lexeme> lexemes = new ArrayList<>();

  private Layout() {}

  /** Empty where the text is broken, or too large or deep. */
  public static Optional<List<Lexeme>> of(Source source) {
    if (source.text().length() > Parser.MAX_SIZE || Parser.parse(source).hasErrors()) {
      return Optional.empty();
    }
    Tokens tokens = Tokens.of(source);
    return Attempt.program(tokens.tokens(), tokens.end())
        .map(
            tree -> {
              Layout layout = new Layout();
              layout.walk(tree);
              tokens.comments().forEach(layout::comment);
              layout.lexemes.sort(Comparator.comparingInt(l -> l.span().start()));
              return List.copyOf(layout.lexemes);
            });
  }

  private void comment(Token token) {
    String text = token.getText().stripTrailing();
    Span span = Places.of(token);
    lexemes.add(new Lexeme(text, span, token.getLine(), false, false, "", Column.COMMENT));
  }

  private void walk(ParseTree tree) {
    if (tree instanceof TerminalNode node) {
      if (node.getSymbol().getType() != Token.EOF) {
        lexemes.add(lexeme(node));
      }
      return;
    }
    if (tree instanceof ParserRuleContext context) {
      String kind = kind(context);
      if (!kind.isEmpty()) {
        starts.put(context.start.getTokenIndex(), kind);
      }
      if (context instanceof RewParser.BodyContext body) {
        starts.put(body.RESULT().getSymbol().getTokenIndex(), "declaration let");
      }
    }
    for (int i = 0; i < tree.getChildCount(); i++) {
      walk(tree.getChild(i));
    }
  }

  private Lexeme lexeme(TerminalNode node) {
    Token token = node.getSymbol();
    RuleContext parent = (RuleContext) node.getParent();
    return new Lexeme(
        text(token),
        Places.of(token),
        token.getLine(),
        joined(token, parent),
        joins(token, parent),
        starts.getOrDefault(token.getTokenIndex(), ""),
        column(node, parent));
  }

  /** One spelling for signs that have two, one blank between a number and its unit. */
  private static String text(Token token) {
    return switch (token.getType()) {
      case RewLexer.NE, RewLexer.LE, RewLexer.GE -> Words.spelling(token.getType());
      case RewLexer.QUANTITY -> {
        String text = token.getText();
        int end = Quantities.numberEnd(text);
        yield text.substring(0, end) + " " + text.substring(end).strip();
      }
      default -> token.getText();
    };
  }

  private static boolean joined(Token token, RuleContext parent) {
    return switch (token.getType()) {
      case RewLexer.COMMA,
          RewLexer.COLON,
          RewLexer.DOT,
          RewLexer.RPAREN,
          RewLexer.RBRACK,
          RewLexer.QUESTION ->
          true;
      case RewLexer.LPAREN ->
          (parent instanceof RewParser.ArgumentsContext && !isTimed(parent))
              || parent instanceof RewParser.ParametersContext
              || parent instanceof RewParser.StubContext;
      case RewLexer.LBRACK ->
          parent instanceof RewParser.SuffixContext
              || parent instanceof RewParser.DimsContext
              || parent instanceof RewParser.SizeNamesContext
              || isWindow(parent)
              || (parent instanceof RewParser.AtMostContext
                  && parent.getParent() instanceof RewParser.InputsDeclContext);
      case RewLexer.ANGLE ->
          parent instanceof RewParser.TypeContext || parent instanceof RewParser.UnitNamesContext;
      case RewLexer.LT, RewLexer.GT -> parent instanceof RewParser.UnitNamesContext;
      case RewLexer.DOTDOT -> parent.getChild(0) != nodeOf(parent, token);
      default -> false;
    };
  }

  /** The operand behind such a window. */
  private static boolean isTimed(RuleContext arguments) {
    RuleContext postfix = arguments.getParent().getParent();
    return postfix instanceof RewParser.PostfixContext p
        && p.primary().list() != null
        && p.suffix(0) == arguments.getParent();
  }

  /** A list that is called is the window of an operator: {@code until[0, 5] (q)}. */
  private static boolean isWindow(RuleContext list) {
    return list instanceof RewParser.ListContext
        && list.getParent() instanceof RewParser.PrimaryContext primary
        && suffixes(primary.getParent())
        && primary.getParent().getChildCount() > 1;
  }

  private static boolean suffixes(ParseTree context) {
    return context instanceof RewParser.PostfixContext postfix
        && !postfix.suffix().isEmpty()
        && postfix.suffix(0).arguments() != null;
  }

  private static ParseTree nodeOf(RuleContext parent, Token token) {
    for (int i = 0; i < parent.getChildCount(); i++) {
      if (parent.getChild(i) instanceof TerminalNode n && n.getSymbol() == token) {
        return n;
      }
    }
    return parent;
  }

  private static boolean joins(Token token, RuleContext parent) {
    return switch (token.getType()) {
      case RewLexer.LPAREN, RewLexer.LBRACK, RewLexer.DOT -> true;
      case RewLexer.DOTDOT -> parent.getChild(parent.getChildCount() - 1) != nodeOf(parent, token);
      case RewLexer.COLON ->
          parent instanceof RewParser.SubscriptContext
              || (parent instanceof RewParser.ViewContext view
                  && view.COLON().size() > 1
                  && view.COLON(1).getSymbol() == token);
      case RewLexer.MINUS ->
          parent instanceof RewParser.UnaryContext
              || parent instanceof RewParser.FallbackContext
              || parent instanceof RewParser.BoundFactorContext
              || parent instanceof RewParser.LimitFactorContext;
      case RewLexer.STAR ->
          parent instanceof RewParser.DimContext || parent instanceof RewParser.SizeNameContext;
      case RewLexer.LT -> parent instanceof RewParser.UnitNamesContext;
      default -> false;
    };
  }

  /** What an item is aligned with: others of the same kind. */
  private static String kind(ParserRuleContext c) {
    return switch (c) {
      case RewParser.LoggedDeclContext x -> "logged";
      case RewParser.OutputDeclContext x -> "output";
      case RewParser.OutcomeDeclContext x -> "outcome";
      case RewParser.DeclarationContext x -> "declaration " + x.start.getText();
      case RewParser.FieldContext x -> "field";
      case RewParser.ViewContext x -> "view";
      case RewParser.ItemContext x -> "item";
      case RewParser.StageContext x -> "stage";
      case RewParser.EdgeContext x -> "edge";
      case RewParser.MachineRuleContext x -> "rule";
      case RewParser.ClauseContext x -> "clause";
      case RewParser.GivenContext x -> "action";
      case RewParser.ActionContext x -> "action";
      case RewParser.SideContext x -> "side";
      case RewParser.OptionContext x -> "option";
      case RewParser.SetParamContext x -> "option";
      case RewParser.ChangeContext x -> "change";
      case RewParser.LetDeclContext x -> "declaration let";
      default -> "";
    };
  }

  private static Column column(TerminalNode node, RuleContext parent) {
    int type = node.getSymbol().getType();
    if (type == RewLexer.ASSIGN) {
      return switch (parent) {
        case RewParser.ArgumentContext c -> Column.NONE;
        case RewParser.ParameterContext c -> Column.NONE;
        case RewParser.FunctionDeclContext c -> Column.NONE;
        case RewParser.RewardDeclContext c -> Column.NONE;
        case RewParser.TermsDeclContext c -> Column.NONE;
        default -> Column.SIGN;
      };
    }
    return switch (parent) {
      case RewParser.GateContext gate ->
          gate.getChild(0) == node && !(gate.getParent() instanceof RewParser.CombinedContext)
              ? Column.GATE
              : Column.NONE;
      case RewParser.GuardContext guard -> guard.getChild(0) == node ? Column.GATE : Column.NONE;
      case RewParser.StageContext stage -> type == RewLexer.OTHERWISE ? Column.GATE : Column.NONE;
      case RewParser.EdgeContext edge ->
          switch (type) {
            case RewLexer.ARROW -> Column.SIGN;
            case RewLexer.OTHERWISE -> Column.GATE;
            case RewLexer.AFTER -> edge.guard() == null ? Column.GATE : Column.NONE;
            case RewLexer.REWARD -> Column.PAY;
            default -> Column.NONE;
          };
      case RewParser.BlockContext block ->
          type == RewLexer.LBRACE && block.getParent() instanceof RewParser.StageContext
              ? Column.BRACE
              : Column.NONE;
      default -> named(node);
    };
  }

  /** The names behind `metric`, `cost`, `output`; the type behind a field's colon. */
  private static Column named(TerminalNode node) {
    ParseTree child = node;
    ParseTree parent = node.getParent();
    while (parent != null && parent.getChild(0) == child) {
      if (parent instanceof RewParser.TypeContext
          && parent.getParent() instanceof RewParser.FieldContext) {
        return Column.SIGN;
      }
      child = parent;
      parent = parent.getParent();
    }
    return switch (parent) {
      case RewParser.LoggedDeclContext d -> child == d.name() ? Column.NAME : Column.NONE;
      case RewParser.OutcomeDeclContext d -> child == d.name() ? Column.NAME : Column.NONE;
      case RewParser.OutputDeclContext d ->
          child == d.name(0) ? Column.NAME : child == d.name(1) ? Column.SECOND_NAME : Column.NONE;
      case RewParser.ClauseContext d ->
          child == d.getChild(d.SUBJECT() == null ? 1 : 2) ? Column.NAME : Column.NONE;
      case null, default -> Column.NONE;
    };
  }
}
