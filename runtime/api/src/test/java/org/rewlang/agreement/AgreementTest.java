package org.rewlang.agreement;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rewlang.agreement.Agreement.Origin;

/** Every engine has the bits of the reference interpreter, in ten million evaluations. */
class AgreementTest {

  @Test
  void allEnginesAgree() throws IOException {
    Agreement all = new Agreement(Agreement.engines());
    all.fixed(Path.of("../../examples"), 5);
    for (long seed = 0; all.evaluations() < 10_000_000; seed++) {
      all.random(seed);
    }
    for (Origin origin : Origin.values()) {
      System.out.println(origin + ": " + all.of(origin));
    }
    assertTrue(all.of(Origin.EXAMPLES).programs >= 90, "examples are not found");
    assertTrue(all.of(Origin.EXAMPLES).evaluations > 1_000_000, "examples");
    assertTrue(all.of(Origin.CASES).programs >= 10, "cases");
    assertTrue(all.of(Origin.CORE).undefined > 10_000, "undefined values");
    assertTrue(all.of(Origin.CORE).failures > 10_000, "failed steps");
    assertTrue(all.of(Origin.LISTS).programs > 20, "lists");
  }
}
