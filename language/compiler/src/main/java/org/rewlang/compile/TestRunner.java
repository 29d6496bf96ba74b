package org.rewlang.compile;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.analysis.Ranges;
import org.rewlang.model.Model;
import org.rewlang.model.PropertyCase;
import org.rewlang.model.TestCase;

/** Runs the tests and properties that a program carries, on the reference interpreter. */
public final class TestRunner {

  private TestRunner() {}

  /**
   * Runs all, tests first, each in the order written.
   *
   * @param compiled without errors
   */
  public static List<Outcome> run(Compilation compiled) {
    Model model = compiled.model();
    Ranges ranges = compiled.ranges();
    if (model == null || ranges == null) {
      throw new IllegalArgumentException("a program with errors has no tests to run");
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (TestCase test : model.tests()) {
      outcomes.add(new TestRun(model, ranges, test).run());
    }
    for (PropertyCase property : model.properties()) {
      outcomes.add(new PropertyRun(model, ranges, property).run());
    }
    return outcomes;
  }
}
