package org.rewlang.check;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.rewlang.diagnostic.Spelling;

/**
 * What somebody may have meant; of names of one or two letters any would do, so none is offered.
 */
final class Suggestions {

  private static final int SHORTEST = 3;

  private Suggestions() {}

  static List<String> similar(String word, Collection<String> names) {
    return Spelling.similar(word, names).stream()
        .filter(n -> word.length() >= SHORTEST || n.equalsIgnoreCase(word))
        .toList();
  }

  static Optional<String> closest(String word, Collection<String> names) {
    return similar(word, names).stream().findFirst();
  }
}
