package org.rewlang.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** The pages say what they are about, and their examples behave as they say. */
class ExplanationsTest {

  private static final Path PAGES = Path.of("src/main/resources/org/rewlang/diagnostic");

  /** Not what a parser says: of the core's text, and of the formatter. */
  private static final Set<Code> ELSEWHERE = Set.of(Code.BAD_CORE, Code.NOT_FORMATTED);

  private static final Pattern EXAMPLE =
      Pattern.compile("## (Wrong|Right)\\n\\n```rew\\n(.*?)\\n```", Pattern.DOTALL);

  @Test
  void syntaxCodesAndPagesCorrespond() throws Exception {
    Set<String> codes =
        Arrays.stream(Code.values())
            .filter(c -> c.phase() == Phase.PARSE && !ELSEWHERE.contains(c))
            .map(Code::id)
            .collect(Collectors.toCollection(TreeSet::new));
    try (var files = Files.list(PAGES)) {
      Set<String> pages =
          files
              .map(f -> f.getFileName().toString().replace(".md", ""))
              .filter(id -> Code.find(id).map(codes(codes)).orElse(id.startsWith("RW01")))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(codes, pages);
    }
  }

  private static java.util.function.Function<Code, Boolean> codes(Set<String> wanted) {
    return code -> wanted.contains(code.id());
  }

  @Test
  void examplesBehaveAsThePagesSay() {
    List<String> wrong = new ArrayList<>();
    int examples = 0;
    for (Code code : Code.values()) {
      var page = Explanations.text(code);
      if (page.isEmpty() || code.phase() != Phase.PARSE || ELSEWHERE.contains(code)) {
        continue;
      }
      assertTrue(page.get().startsWith("# " + code.id() + ": "), code.id());
      Matcher example = EXAMPLE.matcher(page.get());
      while (example.find()) {
        examples++;
        var found =
            Parser.parse(Source.of(code.id(), example.group(2))).diagnostics().stream()
                .map(Diagnostic::code)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<Code> expected = example.group(1).equals("Wrong") ? Set.of(code) : Set.of();
        if (!found.equals(expected)) {
          wrong.add(code + " " + example.group(1) + ": " + found);
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(examples >= 56, "only " + examples + " examples");
  }

  @Test
  void theLimitOnSizeIsThatOfItsPage() {
    String page = Explanations.text(Code.TOO_LARGE).orElseThrow();
    assertTrue(page.contains(String.format("%,d", Parser.MAX_SIZE)));
    assertFalse(Explanations.text(Code.UNEXPECTED).isEmpty());
  }
}
