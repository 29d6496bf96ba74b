package org.rewlang;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.Diagrams;

/** Automata are plain data: they know the JDK. */
class ArchitectureTest {

  @Test
  void nothingOfOursIsKnown() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "org.rewlang.automata")
        .check(
            new ClassFileImporter()
                .importUrl(Diagrams.class.getProtectionDomain().getCodeSource().getLocation()));
  }
}
