package org.rewlang.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.compile.Outcome;
import org.rewlang.compile.TestRunner;
import org.rewlang.source.Source;

/** Library functions against numbers that other libraries gave: each file says which. */
class LibraryOracleTest {

  @TestFactory
  Stream<DynamicTest> recorded() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("src/test/oracle"))) {
      files = all.sorted().toList();
    }
    assertTrue(files.size() >= 3, "only " + files.size());
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
  }

  private static void run(Path file) throws IOException {
    Source source = Source.of(file.getFileName().toString(), Files.readString(file));
    Compilation compiled = Compiler.compile(source, Loader.NONE);
    assertFalse(compiled.hasErrors(), () -> String.valueOf(compiled.diagnostics()));
    List<Outcome> outcomes = TestRunner.run(compiled);
    assertTrue(outcomes.size() >= 12, "only " + outcomes.size());
    assertEquals(List.of(), Outcome.problems(outcomes));
  }
}
