package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** Runs the blocks of one page, in order, in a folder of their own. */
final class Runner {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final Pattern TESTS = Pattern.compile("(?m)^(test|property) ");

  private final Page page;
  private final Path folder;
  private final Path root;
  private @Nullable String output;

  Runner(Page page, Path folder, Path root) {
    this.page = page;
    this.folder = folder;
    this.root = root;
  }

  void run(Block block) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    switch (block.language()) {
      case "rew" -> program(block);
      case "jsonl", "csv" -> data(block);
      case "python" -> write(block, "block_" + block.index() + ".py");
      case "json" -> JSON.readTree(block.text());
      case "core" -> Core.check(block.text());
      case "sh" -> shell(block);
      case "java" -> region(block);
      case "text" -> {
        if (block.value("file").isPresent()) {
          write(block, "");
        }
        if (block.has("output")) {
          same(block, output == null ? fail("no command before this output succeeded") : output);
        }
      }
      default -> fail("no check for blocks of " + block.language());
    }
  }

  private Path write(Block block, String otherwise) throws IOException {
    Path file = folder.resolve(block.value("file").orElse(otherwise));
    return Files.writeString(file, block.text());
  }

  private void data(Block block) throws IOException {
    List<String> lines = block.text().lines().toList();
    assertTrue(!lines.isEmpty(), "no rows");
    for (String line : lines) {
      if (block.language().equals("jsonl")) {
        assertTrue(JSON.readTree(line).isObject(), line);
      } else {
        assertEquals(lines.getFirst().split(",", -1).length, line.split(",", -1).length, line);
      }
    }
    write(block, "block_" + block.index() + "." + block.language());
  }

  private void program(Block block) throws IOException {
    if (block.has("parse")) {
      List<Diagnostic> found = Parser.parse(Source.of(page.name(), block.text())).diagnostics();
      assertEquals(List.of(), found.stream().map(Diagnostic::toString).toList());
      return;
    }
    Path file = write(block, "block_" + block.index() + ".rew");
    String name = file.getFileName().toString();
    List<String> wanted = new ArrayList<>();
    block.value("error").ifPresent(codes -> wanted.addAll(List.of(codes.split(",", -1))));
    block.value("warn").ifPresent(codes -> wanted.addAll(List.of(codes.split(",", -1))));
    Cli.Answer check = Cli.run(folder, List.of("check", name, "--format", "json"));
    JsonNode answer = json(check);
    List<String> codes = new ArrayList<>();
    StringBuilder rendered = new StringBuilder();
    for (JsonNode diagnostic : answer.get("diagnostics")) {
      codes.add(diagnostic.get("code").asText());
      rendered.append('\n').append(diagnostic.get("rendered").asText());
    }
    assertEquals(wanted, codes, rendered.toString());
    assertEquals(block.value("error").isPresent() ? 1 : 0, check.exit(), rendered.toString());
    if (block.value("error").isEmpty() && TESTS.matcher(block.text()).find()) {
      Cli.Answer test = Cli.run(folder, List.of("test", name));
      assertEquals(block.has("fails") ? 1 : 0, test.exit(), test.out() + test.err());
    }
  }

  private static JsonNode json(Cli.Answer answer) {
    try {
      return JSON.readTree(answer.out());
    } catch (JsonProcessingException e) {
      return fail("no JSON: " + answer.out() + answer.err(), e);
    }
  }

  private void shell(Block block) throws IOException, InterruptedException {
    output = null;
    int wanted = block.value("exit").map(Integer::parseInt).orElse(0);
    StringBuilder out = new StringBuilder();
    for (String line : block.text().lines().toList()) {
      List<String> words = words(line);
      String command = words.getFirst();
      List<String> rest = words.subList(1, words.size());
      Cli.Answer answer =
          switch (command) {
            case "rew" -> Cli.run(folder, rest);
            case "./rew" -> Cli.run(root, rest);
            case "python3" -> python(rest);
            case "cat" -> new Cli.Answer(0, Files.readString(folder.resolve(rest.getFirst())), "");
            case "./test" ->
                new Cli.Answer(Files.isExecutable(root.resolve("test")) ? 0 : 1, "", "");
            default -> fail("the test runs no `" + command + "`");
          };
      assertEquals(wanted, answer.exit(), line + "\n" + answer.out() + answer.err());
      out.append(answer.out());
    }
    output = out.toString();
  }

  private Cli.Answer python(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(System.getProperty("rew.python", "python3")));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "python3 is still running");
    return new Cli.Answer(process.exitValue(), out, "");
  }

  /** Words of a line, quotes kept together and taken off. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(line);
    while (word.find()) {
      for (int g = 1; g <= 3; g++) {
        if (word.group(g) != null) {
          words.add(word.group(g));
        }
      }
    }
    return words;
  }

  private void region(Block block) {
    String name = block.value("region").orElseGet(() -> fail("a Java block needs region=NAME"));
    same(block, Region.text(name));
  }

  /** What varies from run to run is written as it stands on the page. */
  private static String steady(String text) {
    return text.replaceAll("\\d+([.,]\\d+)? (s|ms|µs|seconds)\\b", "0.1 $2").stripTrailing();
  }

  private void same(Block block, String wanted) {
    if (steady(block.text()).equals(steady(wanted))) {
      return;
    }
    if (Page.OVERWRITE) {
      page.replace(block, steady(wanted) + "\n");
    } else {
      assertEquals(steady(wanted), steady(block.text()), page.name() + ":" + block.line());
    }
  }
}
