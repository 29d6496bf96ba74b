package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * A change to a list of tokens that lets it be read further.
 *
 * @param from the first token replaced; -1 for no idea
 * @param to one past the last
 * @param losesDeclaration whether the tokens replaced were a whole declaration
 */
record Mend(int from, int to, List<Token> by, boolean losesDeclaration) {

  static final Mend NONE = new Mend(-1, -1, List.of(), false);

  static Mend replace(int from, int to, Token... by) {
    return new Mend(from, to, List.of(by), false);
  }

  static Mend drop(int from, int to) {
    return new Mend(from, to, List.of(), false);
  }

  static Mend lose(int from, int to) {
    return new Mend(from, to, List.of(), true);
  }

  void apply(List<Token> tokens) {
    List<Token> range = tokens.subList(from, to);
    range.clear();
    range.addAll(by);
  }
}
