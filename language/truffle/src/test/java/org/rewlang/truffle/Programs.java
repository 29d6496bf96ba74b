package org.rewlang.truffle;

import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.source.Source;

/** Programs for tests, from core text without its first line. */
final class Programs {

  private Programs() {}

  static CoreProgram parse(String text) {
    return CoreParser.parse(Source.of("test.core", "core test clock step\n" + text)).orThrow();
  }

  static TruffleEvaluator prepare(String text) {
    return (TruffleEvaluator) new TruffleEngine().prepare(parse(text));
  }
}
