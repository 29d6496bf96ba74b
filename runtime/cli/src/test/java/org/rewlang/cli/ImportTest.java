package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewlang.Episode;
import org.rewlang.RewardEngine;
import org.rewlang.cli.Cli.Ran;

/** {@code rew import}: what files mean to their own tools, programs mean here. */
class ImportTest {

  @TempDir Path folder;

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String imported(String file) {
    Ran ran = Cli.run("import", file);
    assertEquals(0, ran.exit(), ran.err());
    Ran formatted = Cli.with(ran.out(), "fmt", "-");
    assertEquals(ran.out(), formatted.out());
    Ran checked = Cli.with(ran.out(), "check", "-");
    assertEquals(0, checked.exit(), checked.err());
    return ran.out();
  }

  @Test
  void aRewardMachine() throws IOException {
    String text =
        imported(
            file(
                "patrol.txt",
                """
                0 # initial state
                [2]
                (0,0,'!a',ConstantRewardFunction(0))
                (0,1,'a&!h',ConstantRewardFunction(-0.5))
                (1,2,'b&!h|c',RewardForward())
                """));
    assertEquals(
        """
        ## Brought in from patrol.txt.
        module patrol

        inputs {
          a:             bool
          h:             bool
          b:             bool
          c:             bool
          RewardForward: real
        }

        machine patrol {
          initial u0
          u0 -> u0       when not a
          u0 -> u1       when a and not h      reward -0.5
          u0 -> fell_off otherwise  # as reward_machines does
          u1 -> done     when b and not h or c reward RewardForward
          u1 -> fell_off otherwise  # as reward_machines does
          final fell_off, done
        }

        reward { task = patrol.reward }
        """,
        text);
  }

  @Test
  void whatIsStrangeIsTold() throws IOException {
    String path =
        file(
            "odd.txt",
            """
            0
            [2,3]
            (0,1,'a',ConstantRewardFunction(1))
            (0,2,'b',ConstantRewardFunction(2))
            (0,3,'c',ConstantRewardFunction(3))
            (1,0,'True',ConstantRewardFunction(0))
            (2,0,'a',ConstantRewardFunction(0))
            """);
    JsonNode json = Cli.run("import", path, "--format", "json").json();
    Map<Integer, String> told = new LinkedHashMap<>();
    json.get("diagnostics")
        .forEach(
            d ->
                told.merge(
                    d.get("primary").get("start").get("line").asInt(),
                    d.get("message").asText(),
                    (x, y) -> x + "; " + y));
    assertEquals("all terminal states are one", told.get(2));
    assertEquals(
        "the edge in line 5 leads between the same states and replaces this one", told.get(4));
    assertEquals(
        "at `{a, c}` the edge in line 3 is taken before this one;"
            + " no edge leaves state 0 at `{}`: the episode is over there",
        told.get(5));
    assertEquals("an edge that leaves a terminal state is never taken", told.get(7));
    assertEquals(4, told.size());
    Ran all = Cli.run("import", path, "--keep-all");
    assertTrue(all.out().contains("when b reward 2"), all.out());
    assertFalse(all.err().contains("replaces"), all.err());
  }

  /** What `reward_machines` (2021) does with a file, step by step. */
  private static final class Original {
    private final Map<Integer, Map<Integer, String[]>> edges = new LinkedHashMap<>();
    private final List<Integer> terminal;
    private int state;

    Original(int initial, List<Integer> terminal) {
      state = initial;
      this.terminal = terminal;
    }

    void edge(int from, int to, String dnf, int reward) {
      if (!terminal.contains(from)) {
        edges
            .computeIfAbsent(from, _ -> new LinkedHashMap<>())
            .put(terminal.contains(to) ? -1 : to, new String[] {dnf, Integer.toString(reward)});
      }
    }

    double step(String label) {
      if (state == -1 || terminal.contains(state)) {
        return 0;
      }
      for (Map.Entry<Integer, String[]> edge : edges.getOrDefault(state, Map.of()).entrySet()) {
        if (holds(edge.getValue()[0], label)) {
          state = edge.getKey();
          return Double.parseDouble(edge.getValue()[1]);
        }
      }
      state = -1;
      return 0;
    }

    private static boolean holds(String dnf, String label) {
      for (String any : dnf.split("\\|")) {
        boolean all = true;
        for (String l : any.split("&")) {
          boolean not = l.startsWith("!");
          String atom = not ? l.substring(1) : l;
          boolean is = atom.equals("True") || !atom.equals("False") && label.contains(atom);
          all &= is != not;
        }
        if (all) {
          return true;
        }
      }
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"interpreter", "truffle"})
  void machinesPayWhatTheyPaid(String engine) throws IOException {
    Random random = new Random(7);
    String[] atoms = {"a", "b", "c"};
    String[] parts = {"a", "!a", "b", "!b", "c", "!c", "True", "False"};
    for (int i = 0; i < 25; i++) {
      List<Integer> terminal = random.nextBoolean() ? List.of(3) : List.of(3, 2);
      StringBuilder text = new StringBuilder("0\n" + terminal + "\n");
      List<Object[]> edges = new ArrayList<>();
      for (int e = 0; e < 8; e++) {
        StringBuilder dnf = new StringBuilder(parts[random.nextInt(8)]);
        for (int p = random.nextInt(3); p > 0; p--) {
          dnf.append(random.nextBoolean() ? "&" : "|").append(parts[random.nextInt(8)]);
        }
        int from = random.nextInt(4);
        int to = random.nextInt(4);
        int reward = random.nextInt(-2, 3);
        text.append("(%d,%d,'%s',ConstantRewardFunction(%d))%n".formatted(from, to, dnf, reward));
        edges.add(new Object[] {from, to, dnf.toString(), reward});
      }
      Ran ran = Cli.run("import", file("m.txt", text.toString()));
      assertEquals(0, ran.exit(), text + ran.err());
      Episode episode = RewardEngine.create(engine).compile("m.rew", ran.out()).newEpisode();
      for (int word = 0; word < 20; word++) {
        Original original = new Original(0, terminal);
        edges.forEach(
            e -> original.edge((Integer) e[0], (Integer) e[1], (String) e[2], (Integer) e[3]));
        episode.reset();
        for (int step = 0; step < 8; step++) {
          String label = "";
          for (String atom : atoms) {
            boolean holds = random.nextBoolean();
            label += holds ? atom : "";
            if (ran.out().contains("  " + atom + ": bool")) {
              episode.set(atom, holds);
            }
          }
          assertEquals(original.step(label), episode.step(), text + ran.out());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eventually(a and eventually(b))",
        "always(a implies eventually(b))",
        "a until b",
        "weak_next(a)",
        "next(next(a)) or always(b)",
        "not eventually(b) or a",
        "(a until b) and eventually(c)",
        "always(not c) and (a then b)",
      })
  void formulasComeBack(String formula) throws IOException {
    String program =
        file(
            "f.rew",
            "inputs { a: bool, b: bool, c: bool }\nformula _f = " + formula + "\nreward = 0\n");
    Ran hoa = Cli.run("automaton", program, "_f", "--as", "hoa");
    assertEquals(0, hoa.exit(), hoa.err());
    String text = imported(file("f.hoa", hoa.out()));
    String back = file("back.rew", text);
    // The states in which the formula holds: the final ones, or those in which it pays at the end.
    List<String> states = new ArrayList<>();
    Matcher m = Pattern.compile("(?:final |_f == |f == )(q\\d+)").matcher(text);
    while (m.find()) {
      states.add(m.group(1));
    }
    String machine = text.replaceAll("(?s).*machine (\\w+).*", "$1");
    Ran same =
        Cli.run(
            "equivalent", back + ":" + machine + "." + String.join(",", states), program + ":_f");
    assertEquals(0, same.exit(), text + hoa.out() + same.out() + same.err());
  }

  @Test
  void machinesComeBack() throws IOException {
    String program =
        file(
            "office.rew",
            """
            inputs { coffee: bool, office: bool, plant: bool }
            machine delivery {
              initial start
              exclusive coffee, office, plant
              counter trips in 0..2
              start    -> carrying when coffee reward 0.5
              carrying -> start    when office and trips < 2 reward 1 set trips = trips + 1
              carrying -> done     when office reward 5
              carrying -> start    when not plant after 3
              any      -> broken   on plant reward -10
              carrying: reward -0.25
              final done, broken
            }
            reward { task = delivery.reward }
            """);
    Ran hoa = Cli.run("automaton", program, "delivery", "--as", "hoa");
    assertEquals(0, hoa.exit(), hoa.err());
    String back = file("back.rew", imported(file("delivery.hoa", hoa.out())));
    Ran same = Cli.run("equivalent", back + ":delivery", program + ":delivery");
    assertEquals(0, same.exit(), same.out() + same.err());
    String changed = file("less.rew", Files.readString(Path.of(back)).replace("reward -10", ""));
    assertEquals(1, Cli.run("equivalent", changed + ":delivery", program + ":delivery").exit());
  }

  private static final String AUTOMATON =
      """
      HOA: v1
      States: 2
      Start: 0
      AP: 2 "door/open" "time"
      acc-name: Buchi
      Acceptance: 1 Inf(0)
      --BODY--
      State: 0
      [0 & !1] 1
      State: 1 {0}
      [t] 1
      --END--
      """;

  @Test
  void anAutomatonOfAnotherTool() throws IOException {
    String text = imported(file("reach.hoa", AUTOMATON));
    assertEquals(
        """
        ## Brought in from reach.hoa.
        module reach

        inputs {
          door_open: bool from "door/open"
          time_2:    bool from "time"
        }

        machine reach {
          initial q0
          q0 -> q1       when door_open and not time_2 reward 1
          q0 -> rejected when not door_open or time_2
          final q1
        }

        reward { task = reach.reward }
        """,
        text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2 ; 1 ; no list of terminal states",
        "0~[2]~(0,1,'a',) ; 3 ; this is no edge",
        "0~[2]~(0,1,'a b',ConstantRewardFunction(1)) ; 3 ; is no proposition",
        "0~[2]~(0,1,'(a)',ConstantRewardFunction(1)) ; 3 ; is no proposition",
        "0~two ; 2 ; no list of terminal states",
        "machine m { } ; 1 ; begin with the number of a state",
      })
  void malformedMachines(String text, int line, String message) throws IOException {
    JsonNode json = failed(file("m.txt", text.replace("~", "\n")));
    assertEquals(line, json.get("primary").get("start").get("line").asInt());
    assertTrue(json.get("message").asText().contains(message), json.toString());
    assertFalse(json.get("hint").isNull());
  }

  private static JsonNode failed(String path) {
    Ran ran = Cli.run("import", path, "--format", "json");
    assertEquals(2, ran.exit(), ran.out());
    JsonNode json = ran.json();
    assertTrue(json.get("text").isNull());
    JsonNode first = json.get("diagnostics").get(0);
    assertEquals("RW0010", first.get("code").asText());
    return first;
  }

  private static final String NEVER_OVER = AUTOMATON.replace("[t] 1", "[0] 1\n[!0] 0");

  /** On words that never end: rounds, and how much each step counts. */
  @Test
  void anAutomatonThatIsNeverOver() throws IOException {
    assertEquals(
        """
        ## Brought in from often.hoa.
        module often

        inputs {
          door_open: bool from "door/open"
          time_2:    bool from "time"
        }

        machine often {
          initial q0
          q0 -> rejected when not door_open or time_2
          q0 -> q1       when door_open and not time_2
          q1 -> q0       when not door_open reward 1
          q1 -> q1       when door_open     reward 1
        }

        ## The nearer to 1, the nearer is the best sum to the best probability.
        param discount = 0.9999 in 0..1

        ## Each acceptance set was taken since the last time.
        let complete       = often.reward > 0
        let round_discount = 1 - sqrt(1 - discount)

        reward { rounds = 1 - round_discount if complete else 0 }

        ## What comes after this step counts so much.
        metric discount_t = round_discount if complete else discount

        ## An acceptance set was taken that was still to come.
        metric frontier = often.reward
        """,
        imported(file("often.hoa", NEVER_OVER)));
  }

  @Test
  void automataThatAreNoMachines() throws IOException {
    JsonNode cut = failed(file("a.hoa", AUTOMATON.replace("[0 & !1] 1", "[0 & ] 1")));
    assertEquals(9, cut.get("primary").get("start").get("line").asInt());
    JsonNode both = failed(file("a.hoa", AUTOMATON.replace("[0 & !1] 1", "[0] 1\n[1] 0")));
    assertTrue(both.get("message").asText().contains("two edges of state 0"));
    JsonNode seldom = failed(file("a.hoa", NEVER_OVER.replace("Inf(0)", "Fin(0)")));
    assertTrue(seldom.get("hint").asText().contains("generalized Buchi"), seldom.toString());
    JsonNode two = failed(file("a.hoa", AUTOMATON.replace("Start: 0", "Start: 0\nStart: 1")));
    assertTrue(two.get("message").asText().contains("2 states to begin in"));
    String finite = AUTOMATON.replace("acc-name", "Finite-Words: accepting-states\nacc-name");
    JsonNode onEdges = failed(file("a.hoa", finite.replace("[t] 1", "[t] 1 {0}")));
    assertTrue(onEdges.get("hint").asText().contains("autfilt -S"));
    JsonNode rewards =
        failed(file("a.hoa", AUTOMATON.replace("--BODY", "rew-rewards: \"1\"\n--BODY")));
    assertTrue(rewards.get("message").asText().contains("1 rewards for 2 edges"));
    assertEquals(2, Cli.run("import", folder + "/none.txt").exit());
  }
}
