package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is chosen and why, on a JVM that has no Graal. */
class EnginesTest {

  private static final String BYTECODE = "compiled to bytecode, which this JVM compiles";
  private static final String NO_JVMCI =
      "interpreted: the JVM runs without --add-modules jdk.internal.vm.ci";

  @Test
  void withoutGraalItIsBytecode() {
    assertEquals(
        new EngineInfo("bytecode", true, BYTECODE + "; Truffle would be " + NO_JVMCI),
        RewardEngine.create().engine());
  }

  @Test
  void whatIsAskedForIsTaken() {
    for (String name : List.of("bytecode", "truffle", "columns", "interpreter")) {
      EngineInfo engine = RewardEngine.create(name).engine();
      assertEquals(name, engine.name());
      assertTrue(engine.reason().startsWith("asked for; "), engine.reason());
    }
  }

  @Test
  void allAreListed() {
    assertEquals(
        List.of("bytecode", "truffle", "columns", "interpreter"),
        RewardEngine.engines().stream().map(EngineInfo::name).toList());
    assertTrue(RewardEngine.engines().stream().allMatch(EngineInfo::usable));
    Predicate<EngineInfo> truffle = e -> e.name().equals("truffle");
    assertEquals(
        NO_JVMCI,
        RewardEngine.engines().stream().filter(truffle).findFirst().orElseThrow().reason());
  }
}
