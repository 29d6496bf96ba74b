package org.rewlang.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every block of the front page and of {@code docs} runs, or is of a kind that says why not; every
 * link leads somewhere; what is generated is up to date. {@code -Drew.overwrite=true} rewrites
 * outputs, Java regions and generated parts.
 */
final class DocsTest {

  /** Fewer blocks of a kind mean that the test no longer finds what it should run. */
  private static final Map<String, Integer> AT_LEAST =
      Map.of(
          "rew", 45,
          "rew error", 12,
          "rew warn", 5,
          "rew fails", 1,
          "rew parse", 1,
          "sh", 25,
          "text output", 10,
          "java", 10,
          "core", 1);

  private static final Map<String, Integer> RUN = new TreeMap<>();
  private static boolean started;

  @TempDir static Path temp;

  @TestFactory
  Stream<DynamicContainer> blocks() {
    started = true;
    return Page.all().stream().filter(p -> !p.blocks().isEmpty()).map(DocsTest::container);
  }

  private static DynamicContainer container(Page page) {
    Runner runner = new Runner(page, temp.resolve(page.name().replaceAll("\\W", "_")), Page.root());
    List<DynamicTest> tests = new ArrayList<>();
    for (Block block : page.blocks()) {
      tests.add(
          DynamicTest.dynamicTest(
              block.line() + " " + block.kind(),
              () -> {
                runner.run(block);
                RUN.merge(block.kind(), 1, Integer::sum);
              }));
    }
    tests.add(DynamicTest.dynamicTest("written", page::write));
    return DynamicContainer.dynamicContainer(page.name(), tests);
  }

  @AfterAll
  static void allWereRun() {
    if (started) {
      System.out.println("documentation blocks run: " + RUN);
      AT_LEAST.forEach(
          (kind, n) ->
              assertTrue(
                  RUN.getOrDefault(kind, 0) >= n, "only " + RUN + ", want " + n + " " + kind));
    }
  }

  @Test
  void languagesAndFlagsAreKnown() {
    List<String> wrong = new ArrayList<>();
    for (Page page : Page.all()) {
      for (Block block : page.blocks()) {
        List<String> known = Block.KNOWN.get(block.language());
        if (known == null || !known.containsAll(block.keys())) {
          wrong.add(
              page.name() + ":" + block.line() + " " + block.language() + " " + block.flags());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void linksLeadSomewhere() {
    Map<Path, Page> pages =
        Page.all().stream().collect(Collectors.toMap(Page::file, Function.identity()));
    List<String> broken = new ArrayList<>();
    int count = 0;
    for (Page page : pages.values()) {
      for (Map.Entry<Integer, List<String>> line : page.links().entrySet()) {
        for (String link : line.getValue()) {
          if (link.matches("https?:.*")) {
            continue;
          }
          count++;
          String[] parts = link.split("#", 2);
          Path target =
              parts[0].isEmpty() ? page.file() : page.file().resolveSibling(parts[0]).normalize();
          Page other = pages.get(target);
          if (!Files.exists(target)
              || parts.length == 2 && (other == null || !other.anchors().contains(parts[1]))) {
            broken.add(page.name() + ":" + line.getKey() + " " + link);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(count >= 40, "only " + count + " links were found");
  }

  /** Between {@code <!-- generated: x -->} and {@code <!-- end -->}. */
  @Test
  void generatedPartsAreUpToDate() {
    Map<String, String> sections = Generated.sections();
    List<String> found = new ArrayList<>();
    Pattern part = Pattern.compile("<!-- generated: (\\w+) -->\n(.*?)<!-- end -->", Pattern.DOTALL);
    for (Page page : Page.all()) {
      String text = Generated.read(page.file());
      String wanted =
          part.matcher(text)
              .replaceAll(
                  m -> {
                    String name = m.group(1);
                    found.add(name);
                    return Matcher.quoteReplacement(
                        "<!-- generated: %s -->\n\n%s\n<!-- end -->"
                            .formatted(name, sections.get(name)));
                  });
      compare(page.file(), text, wanted);
    }
    assertEquals(sections.keySet().stream().sorted().toList(), found.stream().sorted().toList());
  }

  @Test
  void libraryPagesAreUpToDate() throws IOException {
    Path folder = Page.root().resolve("docs/reference/stdlib");
    List<Path> wanted = new ArrayList<>();
    for (Library module : Library.all()) {
      Path file = folder.resolve(module.name() + ".md");
      wanted.add(file);
      compare(file, Files.exists(file) ? Generated.read(file) : "", module.page());
    }
    assertEquals(wanted, Generated.files(folder, ".md"), "pages of modules that are gone");
    assertFalse(wanted.isEmpty());
  }

  private static void compare(Path file, String text, String wanted) {
    if (text.equals(wanted)) {
      return;
    }
    if (Page.OVERWRITE) {
      Page.save(file, wanted);
    } else {
      fail(file + " is out of date: run the test with -Drew.overwrite=true");
    }
  }
}
