package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.source.Source;

/** Blocks of core text. */
final class Core {

  private Core() {}

  /** A whole program that parses and is valid. */
  static void check(String text) {
    CoreProgram program = CoreParser.parse(Source.of("block.core", text)).orThrow();
    assertEquals(List.of(), CoreValidator.validate(program));
  }
}
