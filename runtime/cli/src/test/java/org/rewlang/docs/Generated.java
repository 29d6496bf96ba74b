package org.rewlang.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rewlang.Facts;
import org.rewlang.RewardEngine;
import org.rewlang.check.BuiltinNames;
import org.rewlang.check.UnitTable;
import org.rewlang.diagnostic.Code;

/** The parts of pages that are made from the code. */
final class Generated {

  private Generated() {}

  /** A section's text by its name. */
  static Map<String, String> sections() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("units", units());
    all.put("builtins", builtins());
    all.put("library", library());
    all.put("grammar", grammar());
    all.put("codes", codes());
    all.put("costs", costs());
    return all;
  }

  private static String units() {
    StringBuilder text = new StringBuilder("| unit | name | is | prefixes |\n|---|---|---|---|\n");
    for (UnitTable.Row row : UnitTable.UNITS) {
      text.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(row.symbol(), row.name(), row.definition(), row.prefixes() ? "yes" : ""));
    }
    text.append("\nPrefixes: ")
        .append(
            UnitTable.PREFIXES.stream()
                .map(p -> "`" + p.symbol() + "` " + p.name() + " " + p.factor())
                .collect(Collectors.joining(", ")))
        .append(". The kilogram, `kg`, is the base unit of mass.\n");
    return text.toString();
  }

  private static final List<String> COSTED =
      List.of(
          "x + 1",
          "sum(v)",
          "sum(v + 1)",
          "norm(v)",
          "prev(x, initially = 0)",
          "change(x)",
          "initial(x)",
          "max(x over past)",
          "mean(x over past)",
          "mean(x over past since e)",
          "sum(x over last 10)",
          "sum(x over last 100)",
          "1 if ever(e) else 0",
          "steps_since(e) ?? 0",
          "occurrences(k, capacity = 10)",
          "ema(x, keep = 0.9)",
          "sum(ema(v, keep = 0.9))",
          "{ a = x when e }",
          "{ a = x on e }",
          "{ a = x once e }",
          "{ a = x, override b = 1 when e }");

  /** What small rewards cost, as the compiler says. */
  private static String costs() {
    StringBuilder text =
        new StringBuilder("| reward | operations | bytes of state |\n|---|---|---|\n");
    RewardEngine engine = RewardEngine.create("interpreter");
    for (String reward : COSTED) {
      String program =
          "inputs { x: real, v: real[4], e: bool, k: int in 0..9 }\nreward "
              + (reward.startsWith("{") ? reward : "= " + reward);
      Facts facts = engine.compile("costs", program).facts();
      text.append("| `%s` | %d | %d |%n".formatted(reward, facts.operations(), facts.stateBytes()));
    }
    return text.toString();
  }

  /** Names that need no declaration, as the checker documents them. */
  private static String builtins() {
    StringBuilder text = new StringBuilder("| value | is |\n|---|---|\n");
    BuiltinNames.values()
        .forEach((name, doc) -> text.append("| `%s` | %s |%n".formatted(name, doc)));
    text.append("\n| function | gives |\n|---|---|\n");
    BuiltinNames.functions()
        .forEach((name, doc) -> text.append("| `%s` | %s |%n".formatted(name, doc)));
    text.append("\nAfter `for … in` also `range`, `zip` and `enumerate`.\n");
    return text.toString();
  }

  private static String codes() {
    StringBuilder text = new StringBuilder("| code | name | | says |\n|---|---|---|---|\n");
    for (Code code : Code.values()) {
      text.append(
          "| [%s](errors/%s.md) | %s | %s | %s |%n"
              .formatted(
                  code.id(), code.id(), code.title(), code.severity().word(), code.summary()));
    }
    return text.toString();
  }

  private static String library() {
    StringBuilder text = new StringBuilder();
    for (Library module : Library.all()) {
      String page = "stdlib/" + module.name() + ".md";
      text.append(
          "### [%s](%s)%n%n%s%n%n"
              .formatted(module.name(), page, module.doc().split("\n\n", 2)[0]));
      text.append("| function | does |\n|---|---|\n");
      for (Library.Function f : module.functions()) {
        String anchor = f.name().toLowerCase(Locale.ROOT);
        text.append("| [`%s`](%s#%s) | %s |%n".formatted(f.name(), page, anchor, f.summary()));
      }
      text.append('\n');
    }
    return text.toString().stripTrailing() + "\n";
  }

  /** The parser's grammar, its tokens spelled out and what serves only recovery left out. */
  private static String grammar() {
    Path folder = Page.root().resolve("grammar/src/main/antlr4/org/rewlang/parse");
    Map<String, String> words = words(read(folder.resolve("RewLexer.g4")));
    String rules =
        read(folder.resolve("RewParser.g4"))
            .replaceAll("(?m)^(//|parser grammar|options).*\n", "")
            .replaceAll("(?m)^expressionOnly.*\n", "")
            .replaceAll("\\| BROKEN", "")
            .replaceAll("\\((.*) {2}\\)", "($1)")
            .replaceAll("\\(path dims\\? ANGLE\\? \\)", "path dims? ANGLE?")
            .replaceAll(" # \\w+", "")
            .replaceAll("\\boptions_", "options");
    Matcher token = Pattern.compile("\\b[A-Z][A-Z_]+\\b").matcher(rules);
    String spelled =
        token.replaceAll(m -> Matcher.quoteReplacement(words.getOrDefault(m.group(), m.group())));
    return "```text\n"
        + spelled
            .replaceAll("(?m)[ ]+$", "")
            .replaceAll("(?<=\\S) {2,}(?=\\S)", " ")
            .strip()
            .replaceAll("\n{2,}", "\n")
        + "\n```\n";
  }

  /** Tokens that are one word or sign. */
  private static Map<String, String> words(String lexer) {
    Map<String, String> words = new LinkedHashMap<>();
    Matcher rule =
        Pattern.compile("(?m)^([A-Z_]+) : '([^']+)'(?: \\| '\\\\u\\w+')? ;").matcher(lexer);
    while (rule.find()) {
      words.put(rule.group(1), "'" + rule.group(2) + "'");
    }
    return words;
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files of a folder whose names end so, sorted. */
  static List<Path> files(Path folder, String end) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
