package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Where the declarations of a formatted text stand, found from its lines alone: each begins in the
 * first column, which nothing inside it does but a closing brace. So one can be read without the
 * others.
 */
public final class Outline {

  /**
   * A declaration.
   *
   * @param word that it begins with
   * @param name the word after that, if there is one
   * @param span with the comments directly above
   */
  public record Entry(String word, String name, Span span) {}

  private final String text;
  private final List<Entry> entries = new ArrayList<>();

  /** Where the comments begin that lead to the present line; else where the line does. */
  private int from;

  private int begin = -1;
  private int at;

  private Outline(String text) {
    this.text = text;
  }

  public static List<Entry> of(Source source) {
    Outline outline = new Outline(source.text());
    outline.run();
    return List.copyOf(outline.entries);
  }

  private void run() {
    boolean comments = false;
    for (int line = 0; line < text.length(); line = next(line)) {
      char first = text.charAt(line);
      if (!comments) {
        from = line;
      }
      comments = first == '#';
      if (Character.isLetter(first)) {
        close(from);
        begin = from;
        at = line;
      }
    }
    close(text.length());
  }

  private int next(int line) {
    int end = text.indexOf('\n', line);
    return end < 0 ? text.length() : end + 1;
  }

  private void close(int end) {
    if (begin >= 0) {
      int behind = wordEnd(at);
      int name = behind;
      while (name < end && text.charAt(name) == ' ') {
        name++;
      }
      entries.add(
          new Entry(
              text.substring(at, behind),
              text.substring(name, wordEnd(name)),
              new Span(begin, end)));
    }
  }

  private int wordEnd(int start) {
    int i = start;
    while (i < text.length() && Character.isJavaIdentifierPart(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
