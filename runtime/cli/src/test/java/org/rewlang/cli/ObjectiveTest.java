package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.Counterfactuals;
import org.rewlang.Episode;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.Snapshot;
import org.rewlang.cli.Cli.Ran;

/** {@code rew automaton --as objective}: the programs pay what brings about the formula. */
class ObjectiveTest {

  @TempDir Path folder;

  private Reward objective(String formula) throws IOException {
    String program =
        "inputs { a: bool, b: bool, c: bool }\nformula task = " + formula + "\nreward { x = 0 }\n";
    Path file = Files.writeString(folder.resolve("task.rew"), program);
    Ran ran = Cli.run("automaton", file.toString(), "task", "--as", "objective");
    assertEquals(0, ran.exit(), ran.err());
    Path made = Files.writeString(folder.resolve("made.rew"), ran.out());
    assertEquals(0, Cli.run("check", made.toString(), "--strict").exit(), ran.out());
    return RewardEngine.create().compile(made);
  }

  /** Where an action leads with some chance, and which events happen on the way. */
  private record Way(double chance, String events, int to) {}

  /** A step of the product: what it pays, and how much what comes after it counts. */
  private record Step(double chance, double pays, double discount, int to) {}

  /**
   * The best discounted sum from the first state of an environment, each step's discount as the
   * program says, by value iteration on the product of both.
   *
   * @param actions for each state
   */
  private static double best(Reward reward, List<List<List<Way>>> actions) {
    Counterfactuals machine = reward.counterfactuals();
    Episode episode = reward.newEpisode();
    episode.reset();
    record At(int place, int state) {}
    Map<At, Integer> numbers = new LinkedHashMap<>();
    List<Snapshot> snapshots = new ArrayList<>();
    List<At> order = new ArrayList<>(List.of(new At(0, machine.state(episode))));
    numbers.put(order.getFirst(), 0);
    snapshots.add(episode.snapshot());
    List<List<List<Step>>> product = new ArrayList<>();
    boolean jumps = reward.inputs().stream().anyMatch(i -> i.name().equals("jump"));
    for (int n = 0; n < order.size(); n++) {
      List<List<Step>> choices = new ArrayList<>();
      for (List<Way> action : actions.get(order.get(n).place)) {
        for (int jump = 0; jump <= (jumps ? 1 : 0); jump++) {
          List<Step> steps = new ArrayList<>();
          for (Way way : action) {
            episode.restore(snapshots.get(n));
            for (var input : reward.inputs()) {
              boolean holds =
                  input.name().equals("jump") ? jump == 1 : way.events.contains(input.name());
              episode.set(input.name(), holds);
            }
            double pays = episode.step();
            At to = new At(way.to, machine.state(episode));
            if (!numbers.containsKey(to)) {
              numbers.put(to, order.size());
              order.add(to);
              snapshots.add(episode.snapshot());
            }
            steps.add(new Step(way.chance, pays, episode.metric("discount_t"), numbers.get(to)));
          }
          choices.add(steps);
        }
      }
      product.add(choices);
    }
    double[] values = new double[order.size()];
    double change = 1;
    while (change > 1e-12) {
      change = 0;
      for (int n = 0; n < values.length; n++) {
        double most = 0;
        for (List<Step> choice : product.get(n)) {
          double sum = 0;
          for (Step step : choice) {
            sum += step.chance * (step.pays + step.discount * values[step.to]);
          }
          most = Math.max(most, sum);
        }
        change = Math.max(change, most - values[n]);
        values[n] = most;
      }
    }
    return values[0];
  }

  private static Way way(double chance, String events, int to) {
    return new Way(chance, events, to);
  }

  /**
   * The published value of a loop of three steps, one of them accepting: (1 - b) / (1 - b g²), here
   * at g = 0.99 and b = 0.9. One parameter moves both.
   */
  @Test
  void theLoopOfThreeSteps() throws IOException {
    Reward reward = objective("always(eventually(a))").with("discount", 0.99);
    List<List<List<Way>>> loop =
        List.of(
            List.of(List.of(way(1, "a", 1))),
            List.of(List.of(way(1, "", 2))),
            List.of(List.of(way(1, "", 0))));
    assertEquals(0.8481044865, best(reward, loop), 1e-9);
  }

  /**
   * By hand. End components that are accepting for "a and b again and again, never c": state 1
   * alone, in which either can be had. In state 2 there is no b, in state 3 each b brings c with a
   * chance of 0.1, so that it comes in the end. So the best probability is that of reaching 1: 0.6
   * by the first action; by the second, again and again, 0.5 / (1 - 0.2) = 0.625.
   */
  @Test
  void theBestProbabilityWhereTwoThingsAreDueAndOneIsForbidden() throws IOException {
    Reward reward = objective("always(eventually(a)) and always(eventually(b)) and always(not c)");
    List<List<List<Way>>> environment =
        List.of(
            List.of(
                List.of(way(0.6, "", 1), way(0.4, "", 2)),
                List.of(way(0.5, "", 1), way(0.3, "", 3), way(0.2, "", 0))),
            List.of(List.of(way(1, "a", 1)), List.of(way(1, "b", 1))),
            List.of(List.of(way(1, "a", 2))),
            List.of(List.of(way(1, "a", 3)), List.of(way(0.9, "b", 3), way(0.1, "bc", 2))));
    double before = 1;
    for (double discount : new double[] {0.9999, 0.999999, 0.99999999}) {
      double error = Math.abs(best(reward.with("discount", discount), environment) - 0.625);
      assertTrue(error < before / 5, error + " at " + discount);
      before = error;
    }
    assertTrue(before < 4e-4, "still " + before);
  }

  /**
   * By hand: from 0 the environment goes to 1 with a chance of 0.7, where a can be had for ever and
   * b as well, else to 2, where a is lost every other step. To jump too early is to be rejected.
   */
  @Test
  void theAgentChoosesWhenItSettles() throws IOException {
    Reward reward = objective("eventually(always(a)) and always(eventually(b))");
    List<List<List<Way>>> environment =
        List.of(
            List.of(List.of(way(0.7, "", 1), way(0.3, "", 2))),
            List.of(List.of(way(1, "a", 1)), List.of(way(1, "ab", 1))),
            List.of(List.of(way(1, "ab", 3))),
            List.of(List.of(way(1, "b", 2))));
    assertEquals(0.7, best(reward.with("discount", 0.999999), environment), 2e-3);
  }

  @Test
  void whatIsNoObjective() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("hard.rew"),
            """
            inputs { a: bool, b: bool }
            formula strong = always(eventually(a)) implies always(eventually(b))
            machine m {
              initial s
              s -> s when a reward 1
            }
            reward { task = m.reward }
            """);
    Ran strong = Cli.run("automaton", file.toString(), "strong", "--as", "objective");
    assertEquals(1, strong.exit());
    assertTrue(strong.err().contains("no objective is made of `strong` yet"), strong.err());
    Ran machine = Cli.run("automaton", file.toString(), "m", "--as", "objective");
    assertEquals(2, machine.exit());
    assertTrue(machine.err().contains("an objective is made of a formula"), machine.err());
  }
}
