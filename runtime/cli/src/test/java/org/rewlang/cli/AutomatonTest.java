package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.cli.Cli.Ran;

/** {@code rew automaton}. */
class AutomatonTest {

  private static final String OFFICE =
      """
      inputs { coffee: bool, office: bool, plant: bool }
      machine delivery {
        initial start
        start    -> carrying when coffee   # and no other
        carrying -> done     when office   reward 1
        any      -> broken   when plant
        carrying: reward -0.5
        final done, broken
      }
      formula _careful = always(not plant)
      reward { task = delivery.reward }
      """;

  @TempDir Path folder;
  private String file = "";

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("office.rew"), OFFICE).toString();
  }

  private String out(String... more) {
    Ran ran = Cli.run(more);
    assertEquals(0, ran.exit(), ran.err());
    return ran.out();
  }

  @Test
  void aMachineIsDrawnAsItWasWritten() {
    assertEquals(
        """
        digraph automaton {
          rankdir=LR;
          start [shape=point];
          s0 [label="start"];
          s1 [label="carrying\\nreward -0.5"];
          s2 [label="done", peripheries=2];
          s3 [label="broken", peripheries=2];
          start -> s0;
          s0 -> s1 [label="when coffee"];
          s1 -> s2 [label="when office reward 1"];
          s0 -> s3 [label="when plant"];
          s1 -> s3 [label="when plant"];
        }
        """,
        out("automaton", file, "delivery"));
    String mermaid = out("automaton", file, "delivery", "--as", "mermaid");
    assertTrue(mermaid.contains("s1 --> s2 : when office reward 1"), mermaid);
    String svg = out("automaton", file, "delivery", "--as", "svg");
    assertTrue(svg.startsWith("<svg ") && svg.contains(">when office reward 1</text>"), svg);
  }

  /** By hand: coffee is tried before plant, office before plant; a step in `carrying` costs 0.5. */
  @Test
  void hoaSaysWhatItDoes() {
    assertEquals(
        """
        HOA: v1
        name: "delivery"
        States: 4
        Start: 0
        AP: 3 "coffee" "office" "plant"
        acc-name: Buchi
        Acceptance: 1 Inf(0)
        properties: trans-labels explicit-labels state-acc deterministic complete
        Finite-Words: accepting-states
        rew-rewards: "0" "0" "-0.5" "0" "0" "-0.5" "1" "0"
        --BODY--
        State: 0 "start"
        [!0 & !2] 0
        [!0 & 2] 1
        [0] 2
        State: 1 "broken" {0}
        [t] 1
        State: 2 "carrying"
        [!1 & 2] 1
        [!1 & !2] 2
        [1] 3
        State: 3 "done" {0}
        [t] 3
        --END--
        """,
        out("automaton", file, "delivery", "--as", "hoa"));
  }

  @Test
  void aFormulaIsItsMinimalAutomaton() throws IOException {
    JsonNode json =
        Cli.run("automaton", file, "_careful", "--as", "json", "--format", "json").json();
    assertEquals("formula", json.get("kind").asText());
    assertEquals(
        "[{\"name\":\"0\",\"note\":\"presumably satisfied\",\"accepting\":true},"
            + "{\"name\":\"1\",\"note\":\"violated\",\"accepting\":false}]",
        json.get("states").toString());
    assertEquals(
        "[{\"from\":0,\"to\":0,\"label\":\"!plant\"},{\"from\":0,\"to\":1,\"label\":\"plant\"},"
            + "{\"from\":1,\"to\":1,\"label\":\"true\"}]",
        json.get("edges").toString());
    JsonNode text = new ObjectMapper().readTree(json.get("text").asText());
    assertEquals(json.get("edges"), text.get("edges"));
    assertTrue(out("automaton", file, "_careful", "--as", "hoa").contains("State: 0 {0}"));
  }

  @Test
  void badUse() {
    Ran none = Cli.run("automaton", file, "delivry");
    assertEquals(1, none.exit());
    assertTrue(none.err().contains("did you mean `delivery`?"), none.err());
    assertEquals(2, Cli.run("automaton", file, "delivery", "--as", "png").exit());
    assertEquals(2, Cli.run("automaton", folder + "/none.rew", "m").exit());
    assertEquals(2, Cli.run("automaton", file).exit());
    Ran wrong = Cli.with("inputs { x: rael }", "automaton", "-", "m");
    assertEquals(1, wrong.exit());
    assertTrue(wrong.err().contains("<stdin>:1:"), wrong.err());
    Ran open =
        Cli.with(
            """
            inputs { n: int in 0..3, a: bool }
            machine m { initial s  counter c in 0..3  s -> t when a set c = n  t -> s when c > 1 }
            reward { r = m.reward }
            """,
            "automaton",
            "-",
            "m",
            "--as",
            "hoa");
    assertEquals(3, open.exit());
  }
}
