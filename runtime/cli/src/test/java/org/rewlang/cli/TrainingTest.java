package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The start-up cache is made from a program without errors: else it would hold half of the way. */
class TrainingTest {

  @Test
  void theProgramIsWhole() {
    Cli.Ran check = Cli.with(Training.PROGRAM, "check", "-", "--format", "json");
    assertEquals(0, check.json().get("diagnostics").size(), check.out());
    Cli.Ran test = Cli.with(Training.PROGRAM, "test", "-", "--format", "json");
    assertEquals(2, test.json().get("passed").asInt(), test.out());
    assertEquals(0, test.json().get("failed").asInt(), test.out());
  }
}
