package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.source.Source;

class SamplesTest {
  @Test
  void parse() throws Exception {
    try (var files = Files.list(Path.of("src/test/snippets/samples"))) {
      for (Path p : files.filter(f -> f.toString().endsWith(".rew")).sorted().toList()) {
        var parsed = Parser.parse(Source.of(p.toString(), Files.readString(p)));
        assertEquals(List.of(), parsed.diagnostics());
        System.out.println(p + " " + parsed.program().declarations().size());
      }
    }
  }
}
