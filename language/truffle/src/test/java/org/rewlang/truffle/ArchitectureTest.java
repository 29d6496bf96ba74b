package org.rewlang.truffle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Truffle stays in this package, and this package knows of the compiler only the core. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.rewlang");

  @Test
  void truffleStaysHere() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rewlang.truffle..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.graalvm..", "com.oracle.truffle..")
        .check(ALL);
  }

  @Test
  void nodesKnowOnlyTheCore() {
    classes()
        .that()
        .resideInAPackage("org.rewlang.truffle..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "com.sun.management..",
            "org.jspecify..",
            "com.oracle.truffle..",
            "org.graalvm.polyglot..",
            "org.rewlang.truffle..",
            "org.rewlang.core..",
            "org.rewlang.engine..",
            "org.rewlang.code..",
            "org.rewlang.source..",
            "org.rewlang.diagnostic..")
        .check(ALL);
  }
}
