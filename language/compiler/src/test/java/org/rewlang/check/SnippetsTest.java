package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.source.Source;

/** Programs with what the checker says of them: diagnostics and the types of what is declared. */
class SnippetsTest {

  private static final Path ROOT = Path.of("src/test/snippets/check");
  private static final int MINIMUM = 20;
  private static final boolean OVERWRITE =
      Boolean.getBoolean("rew.overwrite") && System.getenv("CI") == null;

  private static List<Path> files(String suffix) throws IOException {
    try (var all = Files.walk(ROOT)) {
      return all.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }

  @TestFactory
  List<DynamicTest> goldens() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files(".rew")) {
      tests.add(DynamicTest.dynamicTest(ROOT.relativize(file).toString(), () -> compare(file)));
    }
    assertTrue(tests.size() >= MINIMUM, tests.size() + " snippets");
    return tests;
  }

  private static void compare(Path file) throws IOException {
    Source source = Source.of("test.rew", Files.readString(file));
    Checked checked = Checks.check(source, java.util.Map.of());
    boolean errors = checked.diagnostics().stream().anyMatch(d -> d.isError());
    assertEquals(!errors, checked.model() != null, "there is a model if nothing is wrong");
    golden(file, ".err", Checks.errors(checked));
    golden(file, ".types", Checks.types(checked));
  }

  private static void golden(Path file, String suffix, String actual) throws IOException {
    Path golden = file.resolveSibling(file.getFileName().toString().replaceAll("\\.rew$", suffix));
    if (OVERWRITE || !Files.exists(golden)) {
      boolean missing = !Files.exists(golden);
      Files.writeString(golden, actual);
      if (missing) {
        fail(golden + " was missing; it is written now, look at it");
      }
    }
    assertEquals(Files.readString(golden), actual, golden.toString());
  }

  @Test
  void everyGoldenHasItsProgram() throws IOException {
    Set<String> programs = new TreeSet<>();
    files(".rew").forEach(f -> programs.add(f.toString().replaceAll("\\.rew$", "")));
    Set<String> orphans = new TreeSet<>();
    try (var all = Files.walk(ROOT)) {
      all.filter(Files::isRegularFile)
          .map(f -> f.toString().replaceAll("\\.(rew|err|types)$", ""))
          .filter(n -> !programs.contains(n))
          .forEach(orphans::add);
    }
    assertEquals(Set.of(), orphans);
  }
}
