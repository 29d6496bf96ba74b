package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rewlang.Compilation;
import org.rewlang.RewardEngine;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;

/** The reference's list of what parses and has no meaning yet: each row is refused with RW0200. */
final class NotYetTest {

  private static final String HEAD = "inputs { x: real, c: bool, v: real[3] }\n";
  private static final Map<String, List<String>> PROGRAMS = new LinkedHashMap<>();

  static {
    row(
        "text, JSON",
        "inputs { t: text? } reward = 1",
        "inputs { t: json } reward = 1",
        HEAD + "reward = 1 if x matches r\"a\" else 0");
    row("gradient", HEAD + "reward = gradient(x, [x]).x");
    row(
        "samples, tokens and groups",
        "inputs per sample { x: real } reward = 1",
        "inputs per token { x: real } reward = 1",
        HEAD + "group by x [..64] reward = 1",
        HEAD + "reward = mean(x over group)");
    row("pairs", HEAD + "pair left, right: sample reward = 1");
    row("objectives", HEAD + "reward = x objective { maximize expected(return) }");
    row("the outside", HEAD + "extern judge(x: real): real reward = judge(x)");
    row(
        "outputs with a role, skipping",
        HEAD + "reward = x output loss dpo = x",
        HEAD + "reward = x skip unless c");
    row(
        "other scopes in tests, stubs",
        HEAD + "reward = x test \"t\" { sample { x = 1 } }",
        HEAD + "reward = x test \"t\" { stub judge = 0.5 }");
  }

  private static void row(String name, String... programs) {
    PROGRAMS.computeIfAbsent(name, n -> new java.util.ArrayList<>()).addAll(List.of(programs));
  }

  @Test
  void everyRowIsRefused() {
    RewardEngine engine = RewardEngine.create("interpreter");
    PROGRAMS.forEach(
        (name, programs) -> {
          for (String program : programs) {
            Compilation answer = engine.check("not_yet", program);
            List<Code> errors =
                answer.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::code)
                    .toList();
            assertFalse(errors.isEmpty(), name + " is supported now: " + program);
            assertEquals(Set.of(Code.NOT_SUPPORTED_YET), new LinkedHashSet<>(errors), program);
          }
        });
  }

  @Test
  void theListIsThePagesList() {
    String page = Generated.read(Page.root().resolve("docs/reference/language.md"));
    String table = page.substring(page.indexOf("| construct | example |"));
    Matcher row =
        Pattern.compile("(?m)^\\| (.*?) \\| .* \\|$")
            .matcher(table.substring(0, table.indexOf("\n\n")));
    Set<String> names = new LinkedHashSet<>();
    while (row.find()) {
      names.add(row.group(1));
    }
    names.removeAll(Set.of("construct", "---"));
    assertEquals(PROGRAMS.keySet(), names);
  }
}
