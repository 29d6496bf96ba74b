package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Kinds of tokens, and what people call them. */
final class Words {

  private Words() {}

  static boolean isReserved(int type) {
    return type >= RewLexer.AND && type <= RewLexer.LET;
  }

  static boolean isSoft(int type) {
    return type >= RewLexer.MODULE && type <= RewLexer.LAST;
  }

  static boolean isName(int type) {
    return type == RewLexer.NAME || isSoft(type);
  }

  /** Whether a declaration can begin with it. */
  static boolean declares(int type) {
    return type == RewLexer.LET || (type >= RewLexer.MODULE && type <= RewLexer.TEST);
  }

  static boolean opens(int type) {
    return type == RewLexer.LPAREN || type == RewLexer.LBRACK || type == RewLexer.LBRACE;
  }

  static boolean closes(int type) {
    return type == RewLexer.RPAREN || type == RewLexer.RBRACK || type == RewLexer.RBRACE;
  }

  /** The bracket that closes {@code opening}. */
  static int closing(int opening) {
    return switch (opening) {
      case RewLexer.LPAREN -> RewLexer.RPAREN;
      case RewLexer.LBRACK -> RewLexer.RBRACK;
      default -> RewLexer.RBRACE;
    };
  }

  static boolean endsOperand(int type) {
    return switch (type) {
      case RewLexer.NUMBER,
          RewLexer.QUANTITY,
          RewLexer.TEXT,
          RewLexer.RAW_TEXT,
          RewLexer.TRUE,
          RewLexer.FALSE,
          RewLexer.ANGLE,
          RewLexer.PERCENT,
          RewLexer.RPAREN,
          RewLexer.RBRACK,
          RewLexer.BROKEN ->
          true;
      default -> isName(type);
    };
  }

  static boolean beginsOperand(int type) {
    return switch (type) {
      case RewLexer.NUMBER,
          RewLexer.QUANTITY,
          RewLexer.TEXT,
          RewLexer.RAW_TEXT,
          RewLexer.TRUE,
          RewLexer.FALSE,
          RewLexer.LPAREN,
          RewLexer.LBRACK ->
          true;
      default -> isName(type);
    };
  }

  /** How {@code type} is written, without quotes: {@code ==}, {@code when}. */
  static String spelling(int type) {
    return switch (type) {
      case RewLexer.NE -> "!=";
      case RewLexer.LE -> "<=";
      case RewLexer.GE -> ">=";
      default -> {
        String literal = RewLexer.VOCABULARY.getLiteralName(type);
        yield literal == null ? "" : literal.substring(1, literal.length() - 1);
      }
    };
  }

  /** What may come, for people: kinds first, then words and signs in alphabetical order. */
  static List<String> list(IntervalSet expected) {
    List<String> kinds = new ArrayList<>();
    TreeSet<String> signs = new TreeSet<>();
    boolean value = expected.contains(RewLexer.NUMBER) && expected.contains(RewLexer.LPAREN);
    boolean anyName = expected.contains(RewLexer.NAME) && expected.contains(RewLexer.MODULE);
    boolean unit = expected.contains(RewLexer.PERCENT);
    boolean continues = expected.contains(RewLexer.STAR) && expected.contains(RewLexer.PLUS);
    if (value) {
      kinds.add("a value");
    } else if (anyName) {
      kinds.add("a name");
    }
    if (unit) {
      kinds.add("a unit");
    }
    if (continues) {
      kinds.add("an operator");
    }
    for (int type : expected.toList()) {
      if (type == Token.EOF) {
        signs.add("the end of the text");
      } else if (type == RewLexer.TEXT && !value) {
        signs.add("a text in quotes");
      } else if (type == RewLexer.NUMBER && !value) {
        signs.add("a number");
      } else if (type == RewLexer.ANGLE && !unit) {
        signs.add("a unit");
      } else if (!(anyName && isSoft(type))
          && !(value && (beginsOperand(type) || type == RewLexer.MINUS || type == RewLexer.NOT))
          && !(continues && isOperator(type))
          && !spelling(type).isEmpty()) {
        signs.add("`" + spelling(type) + "`");
      }
    }
    kinds.addAll(signs);
    return kinds;
  }

  static boolean isOperator(int type) {
    return switch (type) {
      case RewLexer.AND,
          RewLexer.OR,
          RewLexer.NOT,
          RewLexer.IMPLIES,
          RewLexer.UNTIL,
          RewLexer.SINCE,
          RewLexer.RELEASE,
          RewLexer.WEAK_UNTIL,
          RewLexer.THEN,
          RewLexer.IF,
          RewLexer.IN,
          RewLexer.AS,
          RewLexer.MATCHES,
          RewLexer.WITHIN,
          RewLexer.EQ,
          RewLexer.NE,
          RewLexer.LT,
          RewLexer.LE,
          RewLexer.GT,
          RewLexer.GE,
          RewLexer.COALESCE,
          RewLexer.POWER,
          RewLexer.STAR,
          RewLexer.SLASH,
          RewLexer.MATMUL,
          RewLexer.PLUS,
          RewLexer.MINUS,
          RewLexer.PERCENT,
          RewLexer.DOTDOT,
          RewLexer.DOT ->
          true;
      default -> false;
    };
  }
}
