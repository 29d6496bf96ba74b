package org.rewlang.parse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Doc comments by line. One belongs to what begins on the line after it, or, trailing, to the last
 * item that ends on its own line.
 */
final class Docs {

  private final Map<Integer, String> leading = new HashMap<>();
  private final Map<Integer, String> trailing = new HashMap<>();

  /** The first and the last token of every line. */
  private final Map<Integer, Token> first = new HashMap<>();

  private final Map<Integer, Token> last = new HashMap<>();

  Docs(List<Token> tokens, List<Token> comments) {
    for (Token token : tokens) {
      first.putIfAbsent(token.getLine(), token);
      last.put(token.getLine(), token);
    }
    for (Token comment : comments) {
      if (comment.getText().startsWith("##")) {
        boolean alone = !first.containsKey(comment.getLine());
        (alone ? leading : trailing).put(comment.getLine(), body(comment.getText()));
      }
    }
  }

  private static String body(String comment) {
    String text = comment.substring(2).stripTrailing();
    return text.startsWith(" ") ? text.substring(1) : text;
  }

  @Nullable String of(ParserRuleContext context) {
    int line = context.start.getLine();
    StringJoiner text = new StringJoiner("\n");
    if (starts(context.start)) {
      int from = line;
      while (leading.containsKey(from - 1)) {
        from--;
      }
      for (int i = from; i < line; i++) {
        text.add(leading.get(i));
      }
    }
    String beside = trailing.get(context.stop.getLine());
    if (beside != null && ends(context.stop)) {
      text.add(beside);
    }
    return text.length() == 0 ? null : text.toString();
  }

  private boolean starts(Token token) {
    Token other = first.get(token.getLine());
    return other != null && other.getStartIndex() == token.getStartIndex();
  }

  /** Whether nothing but a comma or closing brace follows on the line. */
  private boolean ends(Token token) {
    Token other = last.get(token.getLine());
    if (other == null || other.getStartIndex() == token.getStartIndex()) {
      return other != null;
    }
    return other.getType() == RewLexer.COMMA && other.getStartIndex() >= token.getStopIndex();
  }
}
