package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;

/** Random programs as text, for tests outside this package. */
public final class RandomPrograms {

  private RandomPrograms() {}

  public static List<String> texts(int count) {
    Sentences sentences = new Sentences(23);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(sentences.text(RewParser.RULE_program, 10 + i % 40));
    }
    return texts;
  }
}
