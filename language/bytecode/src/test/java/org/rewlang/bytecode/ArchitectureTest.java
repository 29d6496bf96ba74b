package org.rewlang.bytecode;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Class files are made in this package, and it knows of the compiler only the core. */
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.rewlang");

  @Test
  void classFilesAreMadeHere() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rewlang.bytecode..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.classfile..")
        .check(ALL);
  }

  @Test
  void itKnowsOnlyTheCore() {
    classes()
        .that()
        .resideInAPackage("org.rewlang.bytecode..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.rewlang.bytecode..",
            "org.rewlang.code..",
            "org.rewlang.core..",
            "org.rewlang.engine..")
        .check(ALL);
  }
}
