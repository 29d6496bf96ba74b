package org.rewlang.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.compile.Outcome;
import org.rewlang.compile.TestRunner;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;

/**
 * The standard library says of every function what it means and gives an example, and every example
 * is true. An example is a condition in backquotes, or {@code CALL} for {@code INPUT = V, V; …} is
 * {@code V, V}, a value for each step.
 */
class LibraryTest {

  private static final List<String> FILES =
      List.of(
          "shape",
          "state",
          "geometry",
          "rotation",
          "points",
          "boxes",
          "solids",
          "combine",
          "control",
          "linear",
          "order",
          "pattern");
  private static final Pattern CONDITION = Pattern.compile("^`([^`]+)`$");
  private static final Pattern STEPS = Pattern.compile("^`([^`]+)` for `([^`]+)` is `([^`]+)`$");

  private record Declared(String file, String name, String doc) {}

  private static String text(String file) throws IOException {
    try (InputStream in =
        LibraryTest.class.getResourceAsStream("/org/rewlang/std/" + file + ".rew")) {
      assertNotNull(in, "the library has no file " + file);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<Declared> functions() throws IOException {
    List<Declared> found = new ArrayList<>();
    for (String file : FILES) {
      Parsed parsed = Parser.parse(Source.of(file + ".rew", text(file)));
      assertEquals(List.of(), parsed.diagnostics());
      for (Decl decl : parsed.program().declarations()) {
        if (decl instanceof Decl.Function f) {
          found.add(new Declared(file, f.name().text(), f.doc() == null ? "" : f.doc()));
        }
      }
    }
    return found;
  }

  private static List<String> examples(String doc) {
    return doc.lines()
        .map(String::strip)
        .filter(l -> l.startsWith("Example: "))
        .map(l -> l.substring("Example: ".length()))
        .toList();
  }

  @Test
  void everyFunctionIsExplainedAndExemplified() throws IOException {
    List<Declared> functions = functions();
    assertTrue(functions.size() >= 84, "only " + functions.size() + " functions found");
    for (Declared f : functions) {
      assertFalse(f.doc.isBlank(), f.name + " has no doc comment");
      assertFalse(examples(f.doc).isEmpty(), f.name + " has no example");
      assertTrue(
          examples(f.doc).stream().anyMatch(e -> e.matches("(?s).*\\b" + f.name + "\\(.*")),
          "no example of " + f.name + " calls it");
    }
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsTrue() throws IOException {
    return functions().stream()
        .flatMap(
            f ->
                examples(f.doc).stream()
                    .map(e -> DynamicTest.dynamicTest(f.name + ": " + e, () -> run(program(e)))));
  }

  private static String program(String example) {
    Matcher condition = CONDITION.matcher(example);
    if (condition.matches()) {
      return "test \"example\" { step { } expect " + condition.group(1) + " }\n";
    }
    Matcher steps = STEPS.matcher(example);
    assertTrue(steps.matches(), "not in a form that can be run: " + example);
    List<String> names = new ArrayList<>();
    List<String[]> values = new ArrayList<>();
    for (String input : steps.group(2).split("; ")) {
      String[] sides = input.split(" = ");
      names.add(sides[0]);
      values.add(sides[1].split(", "));
    }
    String[] results = steps.group(3).split(", ");
    StringBuilder text = new StringBuilder("step lasts 20 ms\ninputs {\n");
    for (int i = 0; i < names.size(); i++) {
      text.append("  ")
          .append(names.get(i))
          .append(": ")
          .append(type(values.get(i)[0]))
          .append('\n');
    }
    text.append("}\ntest \"example\" {\n");
    for (int step = 0; step < results.length; step++) {
      text.append("  step { ");
      for (int i = 0; i < names.size(); i++) {
        text.append(i > 0 ? ", " : "")
            .append(names.get(i))
            .append(" = ")
            .append(values.get(i)[step]);
      }
      boolean bool = type(results[step]).equals("bool");
      text.append(" }\n  expect ").append(steps.group(1)).append(" == ").append(results[step]);
      text.append(bool || !results[step].contains("s") ? "\n" : " within 1e-12 ")
          .append(bool || !results[step].contains("s") ? "" : unit(results[step]) + "\n");
    }
    return text.append("}\n").toString();
  }

  private static String type(String value) {
    if (value.equals("true") || value.equals("false")) {
      return "bool";
    }
    String[] words = value.split(" ");
    return words.length == 1 ? "real" : "real<" + words[1] + ">";
  }

  private static String unit(String value) {
    return "<" + value.split(" ")[1] + ">";
  }

  private static void run(String program) {
    Compilation compiled = Compiler.compile(Source.of("example.rew", program), Loader.NONE);
    assertEquals(List.of(), compiled.diagnostics(), program);
    List<Outcome> outcomes = TestRunner.run(compiled);
    assertEquals(1, outcomes.size(), program);
    assertTrue(outcomes.getFirst().passed(), () -> program + outcomes.getFirst());
  }
}
