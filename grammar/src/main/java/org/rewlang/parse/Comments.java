package org.rewlang.parse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** The comments of a text. */
public final class Comments {

  /**
   * A comment, from its first {@code #} to the end of its line.
   *
   * @param line from 1
   * @param about the line that it says something about: its own, or where it stands alone the next
   *     one that isn't a comment
   */
  public record Comment(String text, Span span, int line, int about) {}

  private Comments() {}

  public static List<Comment> of(Source source) {
    Tokens tokens = Tokens.of(source);
    Set<Integer> written = new HashSet<>();
    for (Token token : tokens.tokens()) {
      written.add(token.getLine());
    }
    Set<Integer> alone = new HashSet<>();
    for (Token comment : tokens.comments()) {
      if (!written.contains(comment.getLine())) {
        alone.add(comment.getLine());
      }
    }
    List<Comment> comments = new ArrayList<>();
    for (Token comment : tokens.comments()) {
      int about = comment.getLine();
      while (alone.contains(about)) {
        about++;
      }
      Span span = new Span(comment.getStartIndex(), comment.getStopIndex() + 1);
      comments.add(new Comment(comment.getText(), span, comment.getLine(), about));
    }
    return comments;
  }
}
