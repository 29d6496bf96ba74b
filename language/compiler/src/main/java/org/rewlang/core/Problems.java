package org.rewlang.core;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.CoreValidator.Problem;
import org.rewlang.core.CoreValidator.Rule;

/** The broken rules found so far. */
final class Problems {

  private final List<Problem> all = new ArrayList<>();

  void report(Rule rule, String message, Origin origin) {
    all.add(new Problem(rule, message, origin));
  }

  void report(Rule rule, String message) {
    report(rule, message, Origin.NONE);
  }

  int count() {
    return all.size();
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  List<Problem> all() {
    return List.copyOf(all);
  }
}
