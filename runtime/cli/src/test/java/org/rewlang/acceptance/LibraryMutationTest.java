package org.rewlang.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;

/**
 * Whether the terms that legged_gym, Isaac Lab and walk-these-ways answered would notice an error
 * in the library's {@code control.rew}: its functions are put into the ports, in place of the
 * library's, each with every small error ({@link Mutation}).
 */
class LibraryMutationTest {

  private static final Set<String> PORTS =
      Set.of("legged_gym/legged_robot", "isaac_lab/velocity", "walk_these_ways/smoothness");

  /** Of which none of the three has a term; their examples are worked out by hand. */
  private static final Set<String> ELSEWHERE = Set.of("mechanical_power", "positive_power");

  /** Their units let no error through. */
  private static final Set<String> SAFE = Set.of("action_rate", "acceleration");

  /** Errors that change no number, with the reason. */
  private static final Map<String, String> EQUIVALENT =
      Map.of(
          "function action_jerk: step > 1 -> step > 1.01",
          "a step is a whole number",
          "function stride: flight > 0 s -> flight > 0.01 s",
          "a flight is of whole steps, here of 20 ms",
          "function touch_down: before > 0 s -> before > 0.01 s",
          "a flight is of whole steps, here of 20 ms");

  @Test
  void theirTermsNoticeErrors() throws Exception {
    String text =
        Files.readString(Rew.root().resolve("stdlib/src/main/rew/control.rew"))
            .replaceFirst("(?m)^module .*$", "");
    Set<String> functions =
        Parser.parse(Source.of("control.rew", text)).program().declarations().stream()
            .map(decl -> "function " + ((Decl.Function) decl).name())
            .collect(Collectors.toSet());
    Map<String, Boolean> noticed = new TreeMap<>();
    for (JsonNode port : PortsTest.all()) {
      if (PORTS.contains(port.get("task").asText())) {
        MutationTest.Outcome outcome =
            MutationTest.outcome(port, text, mutant -> functions.contains(mutant.where()));
        outcome
            .run()
            .forEach(
                name ->
                    noticed.merge(name, !outcome.unnoticed().contains(name), Boolean::logicalOr));
      }
    }
    Set<String> reached =
        noticed.keySet().stream().map(name -> name.split(":")[0]).collect(Collectors.toSet());
    functions.removeAll(reached);
    Stream.of(ELSEWHERE, SAFE).flatMap(Set::stream).forEach(f -> functions.remove("function " + f));
    assertEquals(Set.of(), functions, "not among the terms");
    Set<String> missed = new TreeSet<>(noticed.keySet());
    missed.removeIf(noticed::get);
    assertEquals(EQUIVALENT.keySet(), missed);
    assertTrue(noticed.size() >= 40, noticed.size() + " errors");
  }
}
