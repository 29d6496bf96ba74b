package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --why} of what each agent is paid: lists by agent. */
class AgentReasonsTest {

  private static final String PROGRAM =
      """
      inputs { ball: real<m> }
      inputs per agent[..3] { at: real<m>  hit: bool  arm: real[2] }
      function squared(x: real): real = x * x
      let gap  = abs(at - ball)
      let best = min(gap over agents)
      reward per agent {
        near  = -2 * (gap as m)
        lead  = 1 when gap <= best
        moved = change(at) as m
        arm   = squared(arm[0] + arm[1])
        hit   = 10 once hit
      }
      """;

  @TempDir Path folder;
  private Path program;
  private Path data;

  @BeforeEach
  void write() throws IOException {
    program = Files.writeString(folder.resolve("why.rew"), PROGRAM);
    data =
        Files.writeString(
            folder.resolve("why.jsonl"),
            """
            {"ball": 1, "at": [3, null, 2], "hit": [false, null, true], "arm": [[1, 2], null, [0, 5]]}
            {"ball": 1, "at": [4, 1, 1], "hit": [false, true, true], "arm": [[1, 2], [1, 1], [0, 0]]}
            """);
  }

  private Map<String, String> why(int step, String component) throws IOException {
    Rew rew =
        Rew.run("run", program.toString(), "--trace", data.toString(), "--why", "--format", "json");
    assertEquals(0, rew.exit(), rew.err());
    Map<String, String> parts = new LinkedHashMap<>();
    for (JsonNode part : rew.json().get("steps").get(step).get("why").get(component)) {
      parts.put(part.get("text").asText(), part.get("value").toString());
    }
    return parts;
  }

  private static void says(Map<String, String> parts, String text, String value) {
    assertEquals(value, parts.get(text), () -> parts.toString());
  }

  @Test
  void eachNumberIsAListByAgent() throws IOException {
    Map<String, String> near = why(0, "near");
    says(near, "-2 * (gap as m)", "[-4.0,null,-2.0]");
    says(near, "gap", "[2.0,null,1.0]");
    says(near, "at - ball", "[2.0,null,1.0]");
    says(near, "at", "[3.0,null,2.0]");
    // What is the step's is one number.
    says(near, "ball", "1.0");
    Map<String, String> lead = why(0, "lead");
    says(lead, "gap <= best", "[false,null,true]");
    says(lead, "min(gap over agents)", "1.0");
  }

  @Test
  void withAPast() throws IOException {
    says(why(0, "moved"), "change(at)", "[0.0,null,0.0]");
    says(why(1, "moved"), "change(at)", "[1.0,0.0,-1.0]");
    says(why(1, "hit"), "once hit", "[false,true,false]");
    says(why(1, "hit"), "hit", "[false,true,true]");
  }

  @Test
  void vectorsAndFunctions() throws IOException {
    Map<String, String> arm = why(0, "arm");
    says(arm, "x * x", "[9.0,null,25.0]");
    says(arm, "arm[0] + arm[1]", "[3.0,null,5.0]");
    says(arm, "arm[1]", "[2.0,null,5.0]");
    says(arm, "arm", "[1.0,2.0,null,null,0.0,5.0]");
  }

  @Test
  void forPeople() {
    Rew rew = Rew.run("run", program.toString(), "--trace", data.toString(), "--why");
    assertTrue(rew.out().contains("  near = [-4, undefined, -2]"), rew.out());
    assertTrue(rew.out().contains("    gap  =>  [2, undefined, 1]"), rew.out());
  }
}
