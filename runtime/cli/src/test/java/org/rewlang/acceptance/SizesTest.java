package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.parse.Layout;
import org.rewlang.parse.Lexeme;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;

/**
 * How long the ports are, against the functions they port. Those were measured where the packages
 * are installed, by {@code examples/record/source_sizes.py} and {@code targets/sizes.py}. The table
 * is a part of {@code docs/ports.md}; {@code -Drew.overwrite=true} rewrites it.
 */
class SizesTest {

  private record Size(long tokens, long lines) {

    /** Of some declarations of a program, without comments. */
    static Size of(Source source, List<Decl> decls) {
      List<Lexeme> tokens =
          Layout.of(source).orElseThrow().stream()
              .filter(t -> !t.isComment())
              .filter(t -> decls.stream().anyMatch(d -> d.span().covers(t.span())))
              .toList();
      return new Size(tokens.size(), tokens.stream().mapToInt(Lexeme::line).distinct().count());
    }

    String cells() {
      return tokens + " | " + lines;
    }
  }

  /** What a Python class has outside the functions that were counted: fields, constants, limits. */
  private static final Predicate<Decl> AROUND =
      d ->
          d instanceof Decl.Param
              || d instanceof Decl.StepLasts
              || d instanceof Decl.Outcome o && o.kind() == Decl.Outcome.Kind.TRUNCATE;

  @Test
  void theTableIsThePagesTable() throws Exception {
    ObjectNode sources = Rew.JSON.createObjectNode();
    for (String file : List.of("source_sizes.json", "target_sizes.json")) {
      sources.setAll((ObjectNode) Rew.JSON.readTree(PortsTest.EXAMPLES.resolve(file).toFile()));
    }
    StringBuilder table =
        new StringBuilder(
            """
            | task | functions | tokens | lines | in Rew: tokens | lines | whole program: tokens | lines |
            |---|---|---|---|---|---|---|---|
            """);
    Set<String> tasks = new HashSet<>();
    long theirs = 0;
    long ours = 0;
    for (JsonNode port : PortsTest.all()) {
      String task = port.get("task").asText();
      tasks.add(task);
      JsonNode measured = sources.get(task);
      assertNotNull(
          measured,
          task + " isn't measured: run examples/record/source_sizes.py, or targets/sizes.py");
      if (measured.isNull()) {
        continue; // the library's, on both sides
      }
      Path file = PortsTest.EXAMPLES.resolve(port.get("program").asText());
      Source source = Source.of(file.toString(), Files.readString(file));
      List<Decl> all =
          Parser.parse(source).program().declarations().stream()
              .filter(d -> !(d instanceof Decl.Test) && !(d instanceof Decl.Property))
              .toList();
      Set<String> compared = new HashSet<>();
      port.get("pairs").forEach(pair -> compared.add(pair.get(0).asText()));
      List<Decl> function =
          Mutation.relevant(Parser.parse(source).program(), compared).stream()
              .filter(AROUND.negate())
              .toList();
      Size size = Size.of(source, function);
      Size python = new Size(measured.get("tokens").asLong(), measured.get("lines").asLong());
      theirs += python.tokens();
      ours += size.tokens();
      List<String> functions =
          Stream.of(measured.get("functions"))
              .flatMap(
                  f -> f.valueStream().map(n -> "`" + n.asText().replaceAll(".*\\.", "") + "`"))
              .distinct()
              .toList();
      table.append(
          "| %s | %s | %s | %s | %s |%n"
              .formatted(
                  task,
                  String.join(", ", functions),
                  python.cells(),
                  size.cells(),
                  Size.of(source, all).cells()));
    }
    sources.fieldNames().forEachRemaining(t -> assertTrue(tasks.contains(t), "no port " + t));
    assertEquals(tasks.size(), sources.size());
    assertTrue(ours < theirs, ours + " tokens against " + theirs);
    Section.expect(
        "sizes",
        table + "\nAll together: %d tokens of Python, %d of Rew.\n".formatted(theirs, ours));
  }
}
