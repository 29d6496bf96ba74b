package org.rewlang;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreProgram;

/** Which package of the compiler may know which: the core knows nothing of what makes it. */
class ArchitectureTest {

  private static final JavaClasses COMPILER =
      new ClassFileImporter()
          .importUrl(CoreProgram.class.getProtectionDomain().getCodeSource().getLocation());

  private static void knowsOnly(String one, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of("java..", "org.jspecify..", "org.rewlang." + one),
                Stream.of(others).map(o -> "org.rewlang." + o))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("org.rewlang." + one)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(COMPILER);
  }

  @Test
  void theCoreKnowsTextAndDiagnostics() {
    knowsOnly("core", "source", "diagnostic");
  }

  @Test
  void theEngineContractKnowsTheCore() {
    knowsOnly("engine", "core");
  }

  @Test
  void schedulesKnowTheCore() {
    knowsOnly("schedule", "core");
  }

  @Test
  void codeKnowsTheCoreAndTheContract() {
    knowsOnly("code", "core", "engine", "schedule");
  }

  @Test
  void theInterpreterKnowsTheCoreAndTheContract() {
    knowsOnly("interpret", "core", "engine");
  }

  @Test
  void nothingKnowsTheParserGeneratorOrTruffle() {
    for (String other : List.of("org.antlr..", "org.graalvm..", "com.oracle.truffle..")) {
      noClasses().should().dependOnClassesThat().resideInAPackage(other).check(COMPILER);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.rewlang.(*)..").should().beFreeOfCycles().check(COMPILER);
  }
}
