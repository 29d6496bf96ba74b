package org.rewlang.acceptance;

import java.util.List;

/**
 * A program with one small error.
 *
 * @param where the declaration or component that has it
 * @param change the expression before and after
 * @param programs texts of the program with the error, the first that compiles counts
 */
record Mutant(String where, String change, List<String> programs) {

  /** What lists know it by. */
  String name() {
    return where + ": " + change;
  }
}
