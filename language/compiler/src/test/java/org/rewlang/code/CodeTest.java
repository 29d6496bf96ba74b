package org.rewlang.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.source.Source;

/** The code that every engine which compiles a step gets. */
class CodeTest {

  /** Of each loop, how many reductions it has: each is one statement of its body. */
  private static List<Integer> widths(String text) {
    CoreProgram program =
        CoreParser.parse(Source.of("test.core", "core test clock step\n" + text)).orThrow();
    return ProgramCode.of(program).step().all().stream()
        .filter(Statement.Loop.class::isInstance)
        .map(loop -> ((Statement.Loop) loop).body().size())
        .toList();
  }

  @Test
  void sumsOverTheSameIndicesShareALoop() {
    assertEquals(
        List.of(2),
        widths(
            """
            in x f64[9] in y f64[9]
            a = sum i<9 { yield x[i] }
            b = max i<9 { where lt(y[i], 0) yield abs(y[i]) }
            out total t = add(a, b)
            """));
  }

  @Test
  void sumsThatWaitForEachOtherOrCountOtherwiseDoNot() {
    assertEquals(
        List.of(1, 1, 1),
        widths(
            """
            in x f64[9]
            a = sum i<9 { yield x[i] }
            b = sum i<9 { yield mul(x[i], a) }
            c = sum i<8 { yield x[i] }
            out total t = add(b, c)
            """));
  }

  @Test
  void elementaryFunctionsKeepTheirLoop() {
    assertEquals(
        List.of(1, 1),
        widths(
            """
            in x f64[9]
            a = sum i<9 { yield exp(x[i]) }
            b = sum i<9 { yield x[i] }
            out total t = add(a, b)
            """));
  }

  /** Putting into an array costs no copy: the accumulator is the array that it begins with. */
  @Test
  void putsWriteInPlace() {
    CoreProgram program =
        CoreParser.parse(
                Source.of(
                    "test.core",
                    """
                    core test clock step
                    in x i32[4]
                    a = build i<4 { yield itof(x[i]) }
                    b = fold i<4 (b = a) { yield put(b, x[i], add(b[x[i]], 1)) }
                    out log b = b
                    """))
            .orThrow();
    assertEquals(4, ProgramCode.of(program).scratch().size());
  }
}
