package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.source.Source;

/**
 * Whether the data would notice an error in a port: each program is run with every small error
 * ({@link Mutation}) over its data. Errors that change no number ever are listed in {@code
 * examples/equivalent_mutants.json}, each with its reason. The table is a part of {@code
 * docs/ports.md}; {@code -Drew.overwrite=true} rewrites it.
 */
class MutationTest {

  private static final double LEAST = 0.9;
  private static final RewardEngine ENGINE = RewardEngine.create("truffle");

  /**
   * What became of the mutants of a task.
   *
   * @param run how many there are; those that the compiler refuses don't count
   * @param unnoticed names of those that agree with the source in all rows
   */
  private record Outcome(int run, Set<String> unnoticed) {}

  private static final Map<String, Outcome> OUTCOMES = new TreeMap<>();
  private static final Map<String, Set<String>> EQUIVALENT = new TreeMap<>();

  @BeforeAll
  static void run() throws Exception {
    for (JsonNode port : PortsTest.all()) {
      OUTCOMES.put(port.get("task").asText(), outcome(port));
    }
    Path list = PortsTest.EXAMPLES.resolve("equivalent_mutants.json");
    for (JsonNode entry : Rew.JSON.readTree(list.toFile()).get("equivalent")) {
      assertTrue(!entry.get("reason").asText().isBlank(), entry.toString());
      for (JsonNode mutant : entry.get("mutants")) {
        for (String task : tasks(entry.get("tasks"), mutant.asText())) {
          Set<String> names = EQUIVALENT.computeIfAbsent(task, t -> new LinkedHashSet<>());
          assertTrue(names.add(mutant.asText()), mutant + " is listed twice");
        }
      }
    }
  }

  /** The tasks listed; with {@code "all"} those in which nobody notices the mutant. */
  private static List<String> tasks(JsonNode listed, String mutant) {
    return listed.isTextual()
        ? OUTCOMES.keySet().stream()
            .filter(t -> OUTCOMES.get(t).unnoticed().contains(mutant))
            .toList()
        : listed.valueStream().map(JsonNode::asText).toList();
  }

  private static Outcome outcome(JsonNode port) throws Exception {
    Path program = PortsTest.EXAMPLES.resolve(port.get("program").asText());
    Path data = PortsTest.EXAMPLES.resolve(port.get("data").asText());
    List<Recorded.Pair> pairs = new ArrayList<>();
    for (JsonNode pair : port.get("pairs")) {
      pairs.add(
          new Recorded.Pair(pair.get(0).asText(), Recorded.column(data, pair.get(1).asText())));
    }
    Reward original = ENGINE.compile(program);
    Recorded recorded = new Recorded(original, data, pairs, port.get("tolerance").asDouble());
    assertTrue(recorded.agrees(original), program + " differs from its source");
    Set<String> compared = pairs.stream().map(Recorded.Pair::ours).collect(Collectors.toSet());
    List<Mutant> mutants =
        Mutation.of(Source.of(program.toString(), Files.readString(program)), compared);
    Set<String> unnoticed = ConcurrentHashMap.newKeySet();
    AtomicInteger run = new AtomicInteger();
    mutants.parallelStream()
        .forEach(
            mutant ->
                compiled(program, mutant)
                    .ifPresent(
                        reward -> {
                          run.incrementAndGet();
                          assertTrue(recorded.fits(reward), "other inputs: " + mutant.name());
                          if (recorded.agrees(reward)) {
                            unnoticed.add(mutant.name());
                          }
                        }));
    return new Outcome(run.get(), unnoticed);
  }

  private static Optional<Reward> compiled(Path program, Mutant mutant) {
    return mutant.programs().stream()
        .flatMap(text -> ENGINE.check(program.toString(), text).reward().stream())
        .findFirst();
  }

  private static Set<String> missed(String task) {
    Set<String> missed = new TreeSet<>(OUTCOMES.get(task).unnoticed());
    missed.removeAll(EQUIVALENT.getOrDefault(task, Set.of()));
    return missed;
  }

  @Test
  void nineOfTenErrorsAreNoticed() {
    OUTCOMES.forEach(
        (task, outcome) -> {
          int real = outcome.run() - EQUIVALENT.getOrDefault(task, Set.of()).size();
          Set<String> missed = missed(task);
          assertTrue(
              real - missed.size() >= LEAST * real,
              () ->
                  task
                      + " misses "
                      + missed.size()
                      + " of "
                      + real
                      + ":\n"
                      + String.join("\n", missed));
        });
  }

  @Test
  void whatIsCalledEquivalentIsThereAndUnnoticed() {
    EQUIVALENT.forEach(
        (task, names) -> {
          Set<String> stale = new LinkedHashSet<>(names);
          stale.removeAll(OUTCOMES.get(task).unnoticed());
          assertEquals(Set.of(), stale, task);
        });
  }

  @Test
  void theTableIsThePagesTable() throws Exception {
    StringBuilder table =
        new StringBuilder(
            "| task | errors | noticed | change nothing | missed |\n|---|---|---|---|---|\n");
    StringBuilder missing = new StringBuilder();
    int[] sums = new int[4];
    OUTCOMES.forEach(
        (task, outcome) -> {
          int same = EQUIVALENT.getOrDefault(task, Set.of()).size();
          int missed = missed(task).size();
          int[] row = {outcome.run(), outcome.run() - same - missed, same, missed};
          for (int i = 0; i < row.length; i++) {
            sums[i] += row[i];
          }
          table.append(
              "| %s | %d | %d | %d | %d |%n".formatted(task, row[0], row[1], row[2], row[3]));
          missed(task).forEach(m -> missing.append("* %s, `%s`%n".formatted(task, m)));
        });
    table.append("| all | %d | %d | %d | %d |%n".formatted(sums[0], sums[1], sums[2], sums[3]));
    Section.expect(
        "mutants", table + "\nMissed:\n\n" + (missing.isEmpty() ? "nothing.\n" : missing));
  }
}
