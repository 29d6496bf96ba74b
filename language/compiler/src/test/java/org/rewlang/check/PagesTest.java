package org.rewlang.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;

/** The page of each code of the checker: its wrong program has that code, its right one nothing. */
class PagesTest {

  private static final Pattern BLOCK =
      Pattern.compile("## (Wrong|Right)\n+```rew\n(.*?)```", Pattern.DOTALL);

  /** Those that need several files or very large ones: their tests are elsewhere. */
  private static final List<Code> WITHOUT_PROGRAM =
      List.of(Code.USE_NOT_FOUND, Code.USE_CYCLE, Code.TOO_MANY_OPERATIONS);

  /** Found in ranges, by the analysis and not by the checker. */
  private static boolean isOurs(Code code) {
    return code.id().startsWith("RW02") && code.id().compareTo("RW0260") <= 0
        || code == Code.TOO_MANY_OPERATIONS;
  }

  @TestFactory
  List<DynamicTest> pages() {
    return Arrays.stream(Code.values())
        .filter(PagesTest::isOurs)
        .map(c -> DynamicTest.dynamicTest(c.id(), () -> page(c)))
        .toList();
  }

  private static void page(Code code) throws IOException {
    String text;
    try (InputStream in = Code.class.getResourceAsStream(code.id() + ".md")) {
      assertNotNull(in, "no page for " + code.id());
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> wrong = new ArrayList<>();
    List<String> right = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      (matcher.group(1).equals("Wrong") ? wrong : right).add(matcher.group(2));
    }
    if (WITHOUT_PROGRAM.contains(code)) {
      return;
    }
    assertTrue(!wrong.isEmpty() && !right.isEmpty(), "a wrong and a right program");
    for (String program : wrong) {
      assertEquals(List.of(code.id()), Checks.codes(program), program);
      safeFixesRepair(program);
    }
    for (String program : right) {
      Checked checked = Checks.check(program);
      assertEquals("", Checks.errors(checked), program);
      assertNotNull(checked.model());
    }
  }

  /** What a safe fix says it repairs, it repairs, and nothing new is wrong. */
  private static void safeFixesRepair(String program) {
    for (var diagnostic : Checks.check(program).diagnostics()) {
      if (diagnostic.safeFix().isEmpty()) {
        continue;
      }
      String repaired = program;
      for (Fix.Edit edit : diagnostic.safeFix().get().edits()) {
        var span = edit.location().span();
        repaired =
            repaired.substring(0, span.start())
                + edit.replacement()
                + repaired.substring(span.end());
      }
      assertEquals(List.of(), Checks.codes(repaired), repaired);
    }
  }
}
