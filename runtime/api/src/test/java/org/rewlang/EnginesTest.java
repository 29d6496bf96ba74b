package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
        List.of("bytecode", "truffle", "columns", "gpu", "interpreter"),
        RewardEngine.engines().stream().map(EngineInfo::name).toList());
    assertTrue(
        RewardEngine.engines().stream()
            .filter(e -> !e.name().equals("gpu"))
            .allMatch(EngineInfo::usable));
    Predicate<EngineInfo> truffle = e -> e.name().equals("truffle");
    assertEquals(
        NO_JVMCI,
        RewardEngine.engines().stream().filter(truffle).findFirst().orElseThrow().reason());
  }

  /** Where there is a GPU, the tests of the module for GPUs say more. */
  @Test
  void withoutAGpuAnotherEngineStandsInAndSaysSo() {
    if (System.getenv("TORNADOVM_HOME") != null) {
      return;
    }
    String why = "TORNADOVM_HOME is not set; it names the folder of a TornadoVM 5.2 SDK for JDK 25";
    assertTrue(RewardEngine.engines().contains(new EngineInfo("gpu", false, why)));
    assertEquals(
        new EngineInfo(
            "bytecode",
            true,
            "asked for gpu, but " + why + "; so " + BYTECODE + "; Truffle would be " + NO_JVMCI),
        RewardEngine.create("gpu").engine());
    Reward rows =
        RewardEngine.forRows("GPU").compile("t.rew", "inputs { x: real }\nreward terms { t = x }");
    assertEquals("columns", rows.engine().name());
    assertTrue(rows.engine().reason().startsWith("asked for gpu, but " + why + "; so the program"));
    for (String device : List.of("gpu:0", "gpu:7", "gpu:x", "gpu:")) {
      RewardCompileException e =
          assertThrows(RewardCompileException.class, () -> RewardEngine.create(device));
      assertEquals("RW0005", e.diagnostics().getFirst().code().id());
      assertTrue(e.getMessage().contains("there is no engine `" + device + "`"), e.getMessage());
    }
  }
}
