package org.rewlang;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses server =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.rewlang.ide", "org.rewlang.lsp");

  @Test
  void onlyTheProtocolLayerKnowsTheProtocol() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.rewlang.lsp..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.lsp4j..", "com.google.gson..", "org.rewlang.lsp..")
        .check(server);
  }

  @Test
  void featuresDoNotKnowEnginesOrTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("org.rewlang.ide..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.rewlang.cli..",
            "org.rewlang.data..",
            "org.rewlang.bytecode..",
            "org.rewlang.truffle..",
            "org.rewlang.interpret..",
            "org.rewlang.core..",
            "org.antlr..")
        .check(server);
  }

  @Test
  void onlyTheCommandKnowsTheCommandLine() {
    noClasses()
        .that()
        .doNotHaveSimpleName("LspCommand")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rewlang.cli..")
        .check(server);
  }

  @Test
  void packagesFormNoCycles() {
    slices().matching("org.rewlang.(*)..").should().beFreeOfCycles().check(server);
  }

  @Test
  void whatFeaturesGiveIsData() {
    classes()
        .that()
        .haveFullyQualifiedName("org.rewlang.ide.Hover")
        .or()
        .haveFullyQualifiedName("org.rewlang.ide.Definition")
        .or()
        .haveFullyQualifiedName("org.rewlang.ide.Edit")
        .or()
        .haveFullyQualifiedName("org.rewlang.ide.Problem")
        .or()
        .haveFullyQualifiedName("org.rewlang.ide.QuickFix")
        .should()
        .beRecords()
        .check(server);
  }
}
