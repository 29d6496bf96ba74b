package org.rewlang.parse;

import java.util.List;
import java.util.stream.IntStream;

/** The words of the language, for those who offer them. */
public final class Keywords {

  private Keywords() {}

  /** Those that a declaration can begin with. */
  public static List<String> declarations() {
    return IntStream.rangeClosed(RewLexer.AND, RewLexer.TEST)
        .filter(Words::declares)
        .mapToObj(Words::spelling)
        .toList();
  }

  /** All others: they stand inside declarations. */
  public static List<String> inside() {
    return IntStream.rangeClosed(RewLexer.AND, RewLexer.LAST)
        .filter(type -> !Words.declares(type))
        .mapToObj(Words::spelling)
        .toList();
  }
}
