package org.rewlang;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the public API is, and what it must not show. */
class ArchitectureTest {

  private static final List<String> HIDDEN =
      List.of(
          "com.oracle.truffle", "org.graalvm", "org.antlr", "com.fasterxml", "org.rewlang.syntax");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.rewlang", "org.rewlang.host", "org.rewlang.report");

  private static List<Class<?>> api() throws ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    for (var type : ALL) {
      boolean mine =
          type.getPackageName().equals("org.rewlang")
              && type.getSource().map(s -> s.getUri().toString().contains("/api/")).orElse(false);
      if (mine && type.getModifiers().toString().contains("PUBLIC")) {
        types.add(Class.forName(type.getName()));
      }
    }
    return types;
  }

  @Test
  void itIsSmall() throws ClassNotFoundException {
    assertTrue(api().size() > 10, "it was not found");
    assertTrue(api().size() < 20, api().size() + " public types: " + api());
  }

  @Test
  void itShowsNothingOfOthers() throws ClassNotFoundException {
    List<String> shown = new ArrayList<>();
    for (Class<?> type : api()) {
      Stream.<Executable>concat(
              Arrays.stream(type.getDeclaredMethods()),
              Arrays.stream(type.getDeclaredConstructors()))
          .filter(e -> Modifier.isPublic(e.getModifiers()))
          .forEach(
              e -> {
                List<Type> types = new ArrayList<>(List.of(e.getGenericParameterTypes()));
                if (e instanceof Method m) {
                  types.add(m.getGenericReturnType());
                }
                types.stream()
                    .map(Type::getTypeName)
                    .filter(n -> HIDDEN.stream().anyMatch(n::contains))
                    .forEach(n -> shown.add(e + " shows " + n));
              });
    }
    assertEquals(List.of(), shown);
  }

  @Test
  void parsersAndTruffleStayBehindTheirPackages() {
    noClasses()
        .that(
            describe(
                "belong to this module",
                c -> c.getSource().map(s -> s.getUri().toString().contains("/api/")).orElse(false)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.oracle.truffle..", "org.graalvm..", "org.antlr..")
        .check(ALL);
  }
}
