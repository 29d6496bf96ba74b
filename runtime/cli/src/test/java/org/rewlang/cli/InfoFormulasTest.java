package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rew info} says of formulas: sizes and verdicts are those of the theory's tables. */
class InfoFormulasTest {

  @TempDir Path folder;

  private Path program() throws IOException {
    return Files.writeString(
        folder.resolve("p.rew"),
        """
        inputs { a: bool, b: bool, c: bool }
        inputs per agent[..3] { own: bool }
        ## Asked for, answered.
        formula soon   = always(a implies eventually[0, 5](b))
        formula some   = always(a implies eventually(b))
        formula order  = (a until b) until c
        formula either = always(a) or eventually(b)
        formula lost   = a or always(eventually(b))
        formula each   = eventually(own)
        formula recent = historically[0, 9](a)
        formula _far   = always(a implies eventually[0, 100000](b))
        reward {
          r = -1 once violated(soon) or violated(some) or violated(order) or satisfied(either) or satisfied(lost)
          s = 1 once recent
        }
        reward crew per agent { t = 1 once satisfied(each) }
        """);
  }

  @Test
  void json() throws IOException {
    Cli.Ran ran = Cli.run("info", program().toString(), "--format", "json");
    assertEquals(0, ran.exit(), ran.out() + ran.err());
    List<String> found = new ArrayList<>();
    for (JsonNode f : ran.json().get("formulas")) {
      String line = "";
      for (String key : List.of("name", "class", "states", "state_bytes", "monitorable")) {
        line += f.get(key).asText() + " ";
      }
      found.add(line.strip());
    }
    assertEquals(
        List.of(
            // k + 2 states.
            "soon safety 7 8 true",
            "some recurrence 2 8 false",
            "order co-safety 5 8 true",
            // Three states on words that end; when a has failed and b has not come, it still may.
            "either obligation 3 8 true",
            // Without a in the first step only the end decides.
            "lost recurrence 4 8 false",
            "each co-safety 2 24 true",
            // How long a has held, 0 to 10: no less is remembered, and the first step is like none.
            "recent safety 11 0 true",
            "_far safety unknown 0 unknown"),
        found);
    JsonNode first = ran.json().get("formulas").get(0);
    assertEquals("Asked for, answered.", first.get("doc").asText());
    assertEquals(
        "[\"violated\",\"presumably satisfied\",\"presumably violated\"]",
        first.get("verdicts").toString());
    assertEquals("[]", ran.json().get("formulas").get(7).get("verdicts").toString());
  }

  @Test
  void text() throws IOException {
    String out = Cli.run("info", program().toString()).out();
    for (String line :
        List.of(
            "formula     soon: safety, 7 states, decided on the way, 8 bytes",
            "formula     some: recurrence, 2 states, decided by the end alone, 8 bytes",
            "formula     lost: recurrence, 4 states, not always decided on the way, 8 bytes",
            "formula     recent: about the step, 11 states",
            "formula     _far: safety, states unknown")) {
      assertTrue(out.lines().anyMatch(line::equals), line + " in " + out);
    }
  }

  @Test
  void theBytesAreThoseOfTheProgram() throws IOException {
    Path one =
        Files.writeString(
            folder.resolve("one.rew"),
            """
            inputs { a: bool, b: bool }
            formula order = a until b
            metric lost = violated(order)
            reward = 0
            """);
    JsonNode json = Cli.run("info", one.toString(), "--format", "json").json();
    assertEquals(json.get("state_bytes"), json.get("formulas").get(0).get("state_bytes"));
    assertEquals(8, json.get("state_bytes").asInt());
  }

  @Test
  void equalConditionsAreOneAtom() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("same.rew"),
            """
            inputs { x: real, limit: real }
            formula _answered = always(x > limit implies eventually(x > limit))
            formula _never    = eventually(x > limit and not (x > limit))
            formula _turned   = eventually(x > limit and not (limit < x))
            reward { none = 0 }
            """);
    Cli.Ran info = Cli.run("info", file.toString(), "--format", "json");
    List<String> states = new ArrayList<>();
    info.json().get("formulas").forEach(f -> states.add(f.get("states").asText()));
    // By hand: always satisfied, never satisfied, and the same written the other way round.
    assertEquals(List.of("1", "1", "1"), states);
    for (String name : List.of("_answered", "_never")) {
      Cli.Ran drawn = Cli.run("automaton", file.toString(), name, "--as", "json");
      assertEquals(
          name.equals("_answered"), drawn.json().get("states").get(0).get("accepting").asBoolean());
    }
  }
}
