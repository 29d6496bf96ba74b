package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of the command line names the commands, options and JSON keys that there are. */
final class CliPageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Set<String> ENVELOPE =
      Set.of("schema", "tool", "status", "counts", "truncated", "diagnostics");

  private final String page = Generated.read(Page.root().resolve("docs/cli.md"));

  @TempDir Path folder;

  private static Set<String> commands() {
    String help = Cli.run(Page.root(), List.of("--help")).out();
    Matcher line =
        Pattern.compile("(?m)^ {2}([a-z]+) {2,}\\S").matcher(help.split("Commands:", 2)[1]);
    return line.results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCommandIsThereAndNoOther() {
    Set<String> documented = new TreeSet<>();
    Matcher section = Pattern.compile("(?m)^## ([a-z]+)$").matcher(page);
    while (section.find()) {
      documented.add(section.group(1));
    }
    assertEquals(commands(), documented);
    for (String command : documented) {
      assertTrue(page.contains("| `" + command), command + " is not in the table");
    }
  }

  @Test
  void everyOptionIsThere() {
    Set<String> missing = new TreeSet<>();
    for (String command : commands()) {
      String help = Cli.run(Page.root(), List.of(command, "--help")).out();
      Matcher option = Pattern.compile("(?m)^ {2,6}(?:-\\w, )?(--?[a-z-]+)").matcher(help);
      while (option.find()) {
        if (!page.contains("`" + option.group(1))) {
          missing.add(command + " " + option.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyKeyIsThereAndNoOther() throws IOException {
    Files.writeString(
        folder.resolve("p.rew"), "inputs { x: real }\nreward { a = x }\nsuccess when x > 1\n");
    Files.writeString(
        folder.resolve("m.rew"),
        "inputs { a: bool }\nmachine m { initial s  s -> t when a  final t }\nsuccess when m == t");
    Files.writeString(folder.resolve("m.txt"), "0\n[1]\n");
    Files.writeString(folder.resolve("d.jsonl"), "{\"x\": 1}\n{\"x\": 2}\n");
    Map<String, List<String>> lines = new LinkedHashMap<>();
    lines.put("fmt", List.of("fmt", "p.rew", "--check"));
    lines.put("score", List.of("score", "p.rew", "d.jsonl"));
    lines.put("run", List.of("run", "p.rew", "--trace", "d.jsonl", "--why"));
    lines.put("test", List.of("test", "p.rew"));
    lines.put("info", List.of("info", "p.rew"));
    lines.put("explain", List.of("explain", "RW0201"));
    lines.put("automaton", List.of("automaton", "m.rew", "m"));
    lines.put("equivalent", List.of("equivalent", "m.rew:m", "a"));
    lines.put("import", List.of("import", "m.txt"));
    lines.put("devices", List.of("devices"));
    for (Map.Entry<String, List<String>> line : lines.entrySet()) {
      List<String> args = new java.util.ArrayList<>(line.getValue());
      args.addAll(List.of("--format", "json"));
      JsonNode answer = JSON.readTree(Cli.run(folder, args).out());
      Set<String> keys = new TreeSet<>();
      answer.fieldNames().forEachRemaining(keys::add);
      assertTrue(keys.containsAll(ENVELOPE), line.getKey() + " " + keys);
      keys.removeAll(ENVELOPE);
      assertEquals(keys, documented(line.getKey()), "keys of " + line.getKey());
      if (line.getKey().equals("run")) {
        assertEquals(names(answer.get("steps").get(0)), inner("run", "steps"));
      }
      if (line.getKey().equals("automaton")) {
        assertEquals(names(answer.get("states").get(0)), inner("automaton", "states"));
        assertEquals(names(answer.get("edges").get(0)), inner("automaton", "edges"));
      }
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private String row(String command) {
    Matcher row =
        Pattern.compile("(?m)^\\| `" + command + "` \\| (.*) \\|$")
            .matcher(page.substring(page.indexOf("its own keys")));
    assertTrue(row.find(), "no row for " + command);
    return row.group(1);
  }

  private Set<String> documented(String command) {
    String keys = row(command).replaceAll("\\([^)]*\\)", "").replaceAll("where .*", "");
    assertFalse(keys.isBlank());
    return ticked(keys);
  }

  private Set<String> inner(String command, String key) {
    Matcher inside = Pattern.compile("`" + key + "` \\(([^)]*)\\)").matcher(row(command));
    assertTrue(inside.find());
    return ticked(inside.group(1));
  }

  private static Set<String> ticked(String text) {
    return Pattern.compile("`([a-z_0-9]+)`")
        .matcher(text)
        .results()
        .map(m -> m.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
