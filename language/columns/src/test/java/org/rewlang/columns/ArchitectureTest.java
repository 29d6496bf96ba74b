package org.rewlang.columns;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** This package knows of the compiler only the core. */
class ArchitectureTest {

  @Test
  void columnsKnowOnlyTheCore() {
    classes()
        .that()
        .resideInAPackage("org.rewlang.columns..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.rewlang.columns..",
            "org.rewlang.core..",
            "org.rewlang.engine..",
            "org.rewlang.schedule..")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.rewlang"));
  }
}
