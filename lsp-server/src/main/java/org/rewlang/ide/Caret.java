package org.rewlang.ide;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.source.Span;

/**
 * Where a caret stands, judged by the text before it alone: what is being written is rarely right
 * yet.
 *
 * @param word the word that is being written, perhaps empty
 * @param before of a member the name before the point, of what is compared the name before the sign
 */
record Caret(Place place, Span word, String before) {

  enum Place {
    /** In a comment, a text or a number. */
    NOWHERE,
    DECLARATION,
    MEMBER,
    UNIT,
    TYPE,
    /** Behind a number and a blank: a unit, or a word that goes on. */
    QUANTITY,
    /** Behind {@code NAME ==}. */
    COMPARED,
    EXPRESSION
  }

  private static final Pattern MEMBER = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*)\\.$");
  private static final Pattern COMPARED = Pattern.compile("(?<![\\w.])([A-Za-z_]\\w*) *[=!]= *$");
  private static final Pattern UNIT =
      Pattern.compile("(?:\\b(?:real|int)|\\])\\s*<[^<>\\s]*$|[\\w)\\]] +as +$");
  private static final Pattern QUANTITY = Pattern.compile("(?<![\\w.])[\\d.][\\w.]* +$");
  private static final Pattern TYPE = Pattern.compile("(?<![\\w.])[A-Za-z_]\\w* *: *$");
  private static final Pattern TYPED =
      Pattern.compile("^\\s*(?:inputs|record|param|let|function|extern)\\b.*", Pattern.DOTALL);

  static Caret at(String text, int offset) {
    int start = offset;
    while (start > 0 && isWord(text.charAt(start - 1))) {
      start--;
    }
    Scan scan = Scan.to(text, start);
    String line = text.substring(text.lastIndexOf('\n', start - 1) + 1, start);
    Span word = new Span(start, offset);
    if (scan.quiet || start < offset && Character.isDigit(text.charAt(start))) {
      return new Caret(Place.NOWHERE, word, "");
    }
    Matcher member = MEMBER.matcher(line);
    if (member.find()) {
      return new Caret(Place.MEMBER, word, member.group(1));
    }
    if (line.endsWith(".")) {
      // Behind a bracket or in a range: what there is has no name.
      boolean range = line.endsWith("..");
      return new Caret(range ? Place.EXPRESSION : Place.NOWHERE, word, "");
    }
    Matcher compared = COMPARED.matcher(line);
    if (compared.find()) {
      return new Caret(Place.COMPARED, word, compared.group(1));
    }
    if (UNIT.matcher(line).find() && !line.stripLeading().startsWith("use ")) {
      return new Caret(Place.UNIT, word, "");
    }
    if (QUANTITY.matcher(line).find()) {
      return new Caret(Place.QUANTITY, word, "");
    }
    if (TYPE.matcher(line).find() && TYPED.matcher(scan.head).matches()) {
      return new Caret(Place.TYPE, word, "");
    }
    boolean begins = line.isBlank() && scan.depth == 0;
    return new Caret(begins ? Place.DECLARATION : Place.EXPRESSION, word, "");
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /**
   * What lies before a place.
   *
   * @param quiet whether it lies in a comment or a text
   * @param depth of brackets
   * @param head from the line on which the innermost bracket opened, or else the line itself
   */
  private record Scan(boolean quiet, int depth, String head) {

    static Scan to(String text, int end) {
      Deque<Integer> lines = new ArrayDeque<>();
      int line = 0;
      int i = 0;
      while (i < end) {
        char c = text.charAt(i);
        if (c == '\n') {
          line = i + 1;
        } else if (c == '#' || c == '"') {
          int close = c == '#' ? text.indexOf('\n', i) : closing(text, i);
          if (close < 0 || close >= end) {
            return new Scan(true, lines.size(), "");
          }
          i = c == '#' ? close - 1 : close;
        } else if (c == '(' || c == '[' || c == '{') {
          lines.push(line);
        } else if ((c == ')' || c == ']' || c == '}') && !lines.isEmpty()) {
          lines.pop();
        }
        i++;
      }
      int head = lines.isEmpty() ? line : lines.peek();
      return new Scan(false, lines.size(), text.substring(head, end));
    }

    /** The end of the text that begins at {@code at}; it ends with its line at the latest. */
    private static int closing(String text, int at) {
      for (int i = at + 1; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"' || c == '\n') {
          return i;
        }
        if (c == '\\') {
          i++;
        }
      }
      return -1;
    }
  }
}
