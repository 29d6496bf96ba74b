package org.rewlang.gpu;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This package knows of the compiler only the core, and TornadoVM only by the names of classes. */
class ArchitectureTest {

  @Test
  void itKnowsTheCoreAndKernels() {
    classes()
        .that()
        .resideInAPackage("org.rewlang.gpu..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.rewlang.gpu..",
            "org.rewlang.bytecode..",
            "org.rewlang.core..",
            "org.rewlang.engine..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.rewlang"));
  }
}
