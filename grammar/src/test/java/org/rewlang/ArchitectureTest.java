package org.rewlang;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The bottom module: one package knows ANTLR, and nothing here knows the modules above. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.rewlang");

  @Test
  void onlyTheParserKnowsAntlr() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rewlang.parse")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.antlr..")
        .check(CLASSES);
  }

  @Test
  void nothingElseIsKnown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.antlr..",
            "org.rewlang.source",
            "org.rewlang.diagnostic",
            "org.rewlang.syntax",
            "org.rewlang.parse",
            "org.rewlang.format",
            "org.rewlang.export")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.rewlang.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
