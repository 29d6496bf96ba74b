package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** Programs with a few words exchanged: there is always an answer, the same one each time. */
class MutationTest {

  private static final int PROGRAMS = 500;
  private static final Pattern WORD = Pattern.compile("\\w+|\\*\\*|[=!<>]=|\\?\\?|\\.\\.|\\S");

  private static List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    try (var files = Files.walk(Path.of("src/test/snippets/check"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".rew")).sorted().toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  private static List<Matcher> words(String text) {
    List<Matcher> all = new ArrayList<>();
    Matcher m = WORD.matcher(text);
    while (m.find()) {
      Matcher copy = WORD.matcher(text);
      copy.find(m.start());
      all.add(copy);
    }
    return all;
  }

  private static String mutate(String text, Random random) {
    List<Matcher> words = words(text);
    Matcher from = words.get(random.nextInt(words.size()));
    Matcher to = words.get(random.nextInt(words.size()));
    return text.substring(0, to.start()) + from.group() + text.substring(to.end());
  }

  @Test
  void alwaysAnAnswer() throws IOException {
    Random random = new Random(20);
    List<String> texts = texts();
    int models = 0;
    for (int i = 0; i < PROGRAMS; i++) {
      String text = mutate(texts.get(random.nextInt(texts.size())), random);
      Parsed parsed = Parser.parse(Source.of("test.rew", text));
      Checked checked = Checker.check(parsed.program(), Loader.NONE);
      boolean wrong = checked.diagnostics().stream().anyMatch(Diagnostic::isError);
      boolean unread = parsed.diagnostics().stream().anyMatch(Diagnostic::isError);
      assertTrue(checked.model() == null || !wrong, text);
      assertTrue(checked.model() != null || wrong || unread, text);
      for (Diagnostic d : checked.diagnostics()) {
        assertTrue(d.primary() != null && !d.message().isBlank(), text);
      }
      Checked again = Checker.check(parsed.program(), Loader.NONE);
      assertEquals(Checks.errors(checked), Checks.errors(again), text);
      models += checked.model() == null ? 0 : 1;
    }
    assertTrue(models > 5 && models < PROGRAMS, models + " models");
  }
}
