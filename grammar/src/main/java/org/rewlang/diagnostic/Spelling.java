package org.rewlang.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the names close to a misspelt one. */
public final class Spelling {

  private Spelling() {}

  /** The closest of {@code names} to {@code word}, if any is close enough to be worth saying. */
  public static Optional<String> closest(String word, Collection<String> names) {
    return similar(word, names).stream().findFirst();
  }

  /**
   * Those of {@code names} that differ from {@code word} only in case or in at most a third of its
   * letters (one at least), the closest first, ties by alphabet.
   */
  public static List<String> similar(String word, Collection<String> names) {
    String lower = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, word.length() / 3);
    record Candidate(String name, int distance) {}
    return names.stream()
        .distinct()
        .filter(n -> Math.abs(n.length() - word.length()) <= limit)
        .map(n -> new Candidate(n, distance(lower, n.toLowerCase(Locale.ROOT))))
        .filter(c -> c.distance <= limit)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .map(Candidate::name)
        .toList();
  }

  /** All of {@code names}, those first that are spelt most like {@code word}; ties as they come. */
  public static List<String> byLikeness(String word, Collection<String> names) {
    String lower = word.toLowerCase(Locale.ROOT);
    return names.stream()
        .sorted(Comparator.comparingInt(n -> distance(lower, n.toLowerCase(Locale.ROOT))))
        .toList();
  }

  /** Edit distance with swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    int[] previous = new int[b.length() + 1];
    int[] current = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + cost, 1 + Math.min(previous[j], current[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          current[j] = Math.min(current[j], before[j - 2] + 1);
        }
      }
      int[] spare = before;
      before = previous;
      previous = current;
      current = spare;
    }
    return previous[b.length()];
  }
}
