package org.rewlang.docs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fenced block of a page.
 *
 * @param index its place among the page's blocks
 * @param line of its first line of text, from 1
 * @param language the first word after the fence
 * @param flags the other words: {@code output}, {@code error=RW0201}
 * @param text ends with a newline, unless empty
 */
record Block(int index, int line, String language, List<String> flags, String text) {

  Block {
    flags = List.copyOf(flags);
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }

  /** The value of {@code key=value}. */
  Optional<String> value(String key) {
    return flags.stream()
        .filter(f -> f.startsWith(key + "="))
        .map(f -> f.substring(key.length() + 1))
        .findFirst();
  }

  /** The flags' names, without values. */
  List<String> keys() {
    return flags.stream().map(f -> f.split("=", 2)[0]).toList();
  }

  /** What kind of check it gets. */
  String kind() {
    List<String> keys = keys();
    for (String key : List.of("parse", "error", "warn", "fails", "output")) {
      if (keys.contains(key)) {
        return language + " " + key;
      }
    }
    return language;
  }

  /** The flags that each language knows. */
  static final Map<String, List<String>> KNOWN =
      Map.of(
          "rew", List.of("file", "parse", "error", "warn", "fails"),
          "jsonl", List.of("file"),
          "csv", List.of("file"),
          "python", List.of("file"),
          "json", List.of(),
          "core", List.of(),
          "sh", List.of("exit"),
          "java", List.of("region"),
          "text", List.of("file", "output"));
}
