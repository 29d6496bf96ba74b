package org.rewlang.temporal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;

/** What is made to explode is compiled, or refused with a limit that is named, soon. */
class BlowUpTest {

  /** Of a busy machine; a quiet one takes a tenth. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private static final int MANY = 100;

  private static String nested(String first, IntFunction<String> join) {
    String f = first;
    for (int i = 1; i < 50; i++) {
      f = join.apply(i).replace("@", f);
    }
    return "metric m = robustness(" + f + ")";
  }

  /** A chain of declarations of which each uses the one before twice. */
  private static String doubling(String first, IntFunction<String> next) {
    return first
        + IntStream.range(1, 40).mapToObj(next).collect(Collectors.joining("\n", "\n", "\n"));
  }

  private static String all(String between, IntFunction<String> one) {
    return IntStream.range(0, 40).mapToObj(one).collect(Collectors.joining(between));
  }

  private static DynamicTest test(String name, String program, Code... codes) {
    String text = "inputs { a: real  b: real  p: real[40] }\nreward = a\n" + program + "\n";
    return DynamicTest.dynamicTest(
        name,
        () -> {
          List<Code> found =
              assertTimeoutPreemptively(
                  SOON,
                  () ->
                      Compiler.compile(Source.of("test.rew", text), Loader.NONE)
                          .diagnostics()
                          .stream()
                          .filter(Diagnostic::isError)
                          .map(Diagnostic::code)
                          .toList());
          assertEquals(List.of(codes), found);
        });
  }

  @TestFactory
  List<DynamicTest> programs() {
    return List.of(
        test("until to the right", nested("a > 0", i -> "(b > " + i + " until (@))")),
        test(
            "until to the left",
            nested("a > 0", i -> "((@) until b > " + i + ")"),
            Code.ROBUSTNESS),
        test("until in windows", nested("a > 0", i -> "((@) until[0, " + i + "] (b > " + i + "))")),
        test(
            "always and eventually",
            nested("a > 0", i -> (i % 2 == 0 ? "always" : "eventually") + "(@)")),
        test(
            "always and eventually in windows",
            nested("a > 0", i -> (i % 2 == 0 ? "always" : "eventually") + "[0, 20](@)")),
        test(
            "40 atoms, each some time",
            "metric m = robustness(" + all(" and ", i -> "eventually(p[" + i + "] > 0)") + ")"),
        test(
            "40 atoms, one of them again and again",
            "metric m = robustness(always("
                + all(" or ", i -> "eventually(p[" + i + "] > 0)")
                + "))"),
        test("a long window", "metric m = robustness(always(eventually[0, 1000000](a > 0)))"),
        test("a long window back", "metric m = historically[0, 1000000](a > 0)"),
        test(
            "long windows that verdicts wait for",
            "metric m = violated(always(a > 0 implies eventually[0, 1000000](b > 0)))\n"
                + "metric n = satisfied(not (a > 0 until[0, 1000000] (b > 0)))\n"
                + "metric o = violated(always(ever[0, 1000000](a > 0) implies b > 0))"),
        // Two of them in one formula, one that may fail no more, one that begins later.
        test(
            "long windows that are not counted",
            "metric m = violated(always(a > 0 implies eventually[0, 20000](b > 0)) and always(b <"
                + " 9))\n"
                + "metric n = violated(always(a > 0 implies ever[0, 20000](a > 0) or eventually[0,"
                + " 20000](b > 0)))\n"
                + "metric o = violated(always(a > 0 implies eventually[1, 20000](b > 0)))",
            Code.AUTOMATON_LIMIT,
            Code.AUTOMATON_LIMIT,
            Code.AUTOMATON_LIMIT),
        test("too long a window", "metric m = historically[0, 1000001](a > 0)", Code.INDEX_RANGE),
        test(
            "conditions in conditions",
            doubling(
                    "let p0 = a > 0",
                    i ->
                        "let p" + i + " = p" + (i - 1) + " == ever[0, " + i + "](p" + (i - 1) + ")")
                + "metric m = robustness(p39)"),
        test(
            "choices in choices",
            doubling(
                    "let p0 = a > 0",
                    i ->
                        "let p@ = (p# if a > @ else not p#)"
                            .replace("@", "" + i)
                            .replace("#", "" + (i - 1)))
                + "metric m = robustness(p39)"),
        // Each by itself is refused in a fraction of a second; they share the time of one.
        test(
            "many hard formulas",
            IntStream.range(0, MANY)
                .mapToObj(
                    n ->
                        "metric m%d = satisfied(%s)"
                            .formatted(
                                n, all(" and ", i -> "eventually(p[%d] > %d)".formatted(i, n))))
                .collect(Collectors.joining("\n")),
            Collections.nCopies(MANY, Code.AUTOMATON_LIMIT).toArray(Code[]::new)));
  }
}
