package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The caret is {@code |}. */
class HoverTest {

  private static void check(String marked, String expected) {
    Editor.Caret caret = Editor.Caret.in(marked);
    Optional<Hover> hover = Hover.at(Editor.snapshot(caret.text()), caret.offset());
    assertEquals(expected.strip(), hover.map(Hover::markdown).orElse("nothing"));
  }

  @Test
  void anInputHasItsDeclaredUnitAndRange() {
    check(
        """
        inputs { theta: real<deg> in -180..180 }
        reward = cos(the|ta)
        """,
        """
        ```rew
        input theta: real<deg>
        ```

        in `-180..180` deg
        """);
  }

  @Test
  void aFormulaHasWhatItsAutomatonTells() {
    for (String text :
        new String[] {
          """
          inputs { a: bool b: bool }
          ## The way.
          formula err|and = eventually(a then b)
          reward { r = 1 once satisfied(errand) }
          """,
          """
          inputs { a: bool b: bool }
          ## The way.
          formula errand = eventually(a then b)
          reward { r = 1 once satisfied(err|and) }
          """
        }) {
      check(
          text,
          """
          ```rew
          formula errand: formula
          ```

          co-safety, 3 states, decided on the way

          The way.
          """);
    }
  }

  /** Of a broken program nothing is known, and of what is too large little. */
  @Test
  void aFormulaOfWhichLittleIsKnown() {
    check(
        """
        inputs { a: bool }
        formula fa|r = always(eventually[0, 100000](a))
        reward = missing
        """,
        """
        ```rew
        formula far: formula
        ```
        """);
    check(
        """
        inputs { a: bool }
        formula _fa|r = always(eventually[0, 100000](a))
        reward = 0
        """,
        """
        ```rew
        formula _far: formula
        ```

        safety, states unknown
        """);
  }

  @Test
  void anInputHasItsDocumentation() {
    check(
        """
        inputs { x|: real ## how far it went }
        }
        reward = x
        """,
        """
        ```rew
        input x: real
        ```

        how far it went }
        """);
  }

  @Test
  void anArrayHasTheRangeOfEachElement() {
    check(
        """
        inputs { obs: real[6] in -1..1 }
        reward = sum(o|bs)
        """,
        """
        ```rew
        input obs: real[6]
        ```

        each element in `-1..1`
        """);
  }

  @Test
  void aView() {
    check(
        """
        inputs { obs: real[6] { up: 0 } in -1..1 }
        reward = obs.u|p
        """,
        """
        ```rew
        view up: real
        ```

        in `-1..1`
        """);
  }

  @Test
  void aParameter() {
    check(
        """
        ## How far counts.
        param scale = 2 m in 0..10
        reward = sc|ale as m
        """,
        """
        ```rew
        param scale: real<m>
        ```

        in `0..10` m

        How far counts.
        """);
  }

  @Test
  void aLetHasTheRangeThatFollows() {
    check(
        """
        inputs { x: real<m> in -3..2 }
        ## The square.
        let sq|uare = x * x
        reward = square as <m^2>
        """,
        """
        ```rew
        let square: real<m^2>
        ```

        in `0..9` m^2

        The square.
        """);
  }

  @Test
  void whatMayBeUndefinedSaysSo() {
    check(
        """
        inputs { x: real in 0..1 }
        let inverse = 1 / x
        reward = inve|rse ?? 0
        """,
        """
        ```rew
        let inverse: real
        ```

        in `1..`, may be undefined
        """);
  }

  @Test
  void aGrowingStateHasNoEnd() {
    check(
        """
        step lasts 50 ms
        inputs { held: bool }
        let air = 0 s if held else prev(air, initially = 0 s) + dt
        reward = a|ir as s
        """,
        """
        ```rew
        let air: real<s>
        ```

        in `0..` s
        """);
  }

  @Test
  void anEventThatNeverHappens() {
    check(
        """
        inputs { x: real in 0..1 }
        event gone = x > 2
        reward { bonus = 1 when go|ne }
        """,
        """
        ```rew
        event gone: bool
        ```

        always false
        """);
  }

  @Test
  void aComponent() {
    check(
        """
        inputs { x: real in 0..1 }
        reward {
          far = -2 * x
        }
        test "none" { step { x = 0 } expect reward.fa|r == 0 }
        """,
        """
        ```rew
        component far: real
        ```

        in `-2..0`
        """);
  }

  @Test
  void anOutcomeAndAMetric() {
    check(
        "inputs { x: bool }\nreward { bonus = 1 when x }\nsuccess do|ne when x\n",
        """
        ```rew
        outcome done: bool
        ```
        """);
    check(
        "inputs { x: real<m> }\nreward = 1\nmetric hei|ght = x\n",
        """
        ```rew
        metric height: real<m>
        ```
        """);
  }

  @Test
  void aFunctionHasItsSignature() {
    check(
        """
        inputs { x: real }
        ## Two of it.
        ##
        ## Example: `twice(1) == 2`
        function twice<u>(v: real<u>): real<u> = 2 * v
        reward = tw|ice(x)
        """,
        """
        ```rew
        function twice<u>(v: real<u>): real<u>
        ```

        Two of it.

        Example: `twice(1) == 2`
        """);
  }

  @Test
  void aFunctionOfTheLibrary() {
    check(
        "inputs { x: real }\nreward = cla|mp(x, 0, 1)\n",
        """
        ```rew
        function clamp<u>(x: real<u>, low: real<u>, high: real<u>): real<u>
        ```

        `x` held between `low` and `high`.

        NumPy's `clip`. Where `low` is above `high`, `high` wins.

        Example: `clamp(1.5, 0, 1) == 1`
        """);
  }

  @Test
  void anIntrinsicFunction() {
    String text = "inputs { x: real }\nreward = si|n(x)\n";
    Editor.Caret caret = Editor.Caret.in(text);
    String shown = Hover.at(Editor.snapshot(caret.text()), caret.offset()).orElseThrow().markdown();
    assertEquals("```rew\nfunction sin\n```", shown.substring(0, shown.indexOf("\n\n")));
  }

  @Test
  void insideAFunctionNamesStandForEveryCall() {
    check(
        """
        inputs { x: real in 0..1 }
        function twice(v: real): real { let w = 2 * v|  result = w }
        reward = twice(x)
        """,
        """
        ```rew
        parameter v: real
        ```
        """);
    check(
        """
        inputs { x: real in 0..1 }
        function twice(v: real): real { let w = 2 * v  result = |w }
        reward = twice(x)
        """,
        """
        ```rew
        local w: real
        ```
        """);
  }

  @Test
  void aLoopVariable() {
    check(
        "inputs { xs: real[3]<m> }\nreward = sum(v| for v in xs) as m\n",
        """
        ```rew
        variable v: real<m>
        ```
        """);
  }

  @Test
  void anEnumAndItsMember() {
    String text =
        "enum Phase { reach, lift }\ninputs { phase: %s }\nreward { bonus = 1 when phase == %s }\n";
    check(
        text.formatted("Pha|se", "lift"),
        """
        ```rew
        enum Phase
        ```
        """);
    check(
        text.formatted("Phase", "li|ft"),
        """
        ```rew
        member lift: Phase
        ```
        """);
  }

  @Test
  void aBuiltin() {
    check(
        "step lasts 20 ms\nreward = d|t as s\n",
        """
        ```rew
        builtin dt: real<s>
        ```

        always `0.02` s

        How long a step lasts; the program says so with `step lasts`.
        """);
  }

  @Test
  void theCaretBehindAWordIsOnIt() {
    check(
        "inputs { x: real }\nreward = x|\n",
        """
        ```rew
        input x: real
        ```
        """);
  }

  @Test
  void anEmojiBeforeTheCaretMovesNothing() {
    check(
        """
        inputs { xy: bool }
        reward { bonus = 1 when xy }
        test "🤖🤖" { step { x|y = true } expect total == 1 }
        """,
        """
        ```rew
        input xy: bool
        ```
        """);
  }

  @Test
  void inABrokenProgramTypesAreStillKnown() {
    check(
        """
        inputs { x: real<m> in 0..1 }
        let y = 2 * x
        reward = |y + unknown
        """,
        """
        ```rew
        let y: real<m>
        ```
        """);
  }

  @Test
  void whereNoNameIsThereIsNothing() {
    check("inputs { x: real }  |\nreward = x\n", "nothing");
    check("inp|uts { x: real }\nreward = x\n", "nothing");
    check("|", "nothing");
  }

  @Test
  void theSpanIsTheName() {
    String text = "inputs { length: real }\nreward = length + 1\n";
    Snapshot snapshot = Editor.snapshot(text);
    Hover hover = Hover.at(snapshot, text.lastIndexOf("length") + 3).orElseThrow();
    assertEquals("reward = «length» + 1", Editor.markedLine(snapshot.source(), hover.span()));
  }
}
