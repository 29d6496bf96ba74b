package org.rewlang.check;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.source.Span;

/** Words in text that could not be checked: what they may name is not called unused. */
final class Mentions {

  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final Set<String> words = new HashSet<>();

  void add(FileScope file, Span span) {
    Matcher matcher = WORD.matcher(file.source.text(span));
    while (matcher.find()) {
      words.add(matcher.group());
    }
  }

  boolean has(String word) {
    return words.contains(word);
  }
}
