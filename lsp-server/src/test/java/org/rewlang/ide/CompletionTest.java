package org.rewlang.ide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The caret is {@code |}. */
class CompletionTest {

  private static final String PROGRAM =
      """
      enum Phase { reach, grasp }
      unit tile
      inputs {
        phase: Phase ## what it is about
        pos: real[3]<m>
        obs: real[6] { up: 0  speed: 1:3 }
      }
      param gain = 2 in 0..5
      function twice(amount: real): real = 2 * amount
      """;

  private static Completion at(String marked) {
    Editor.Caret caret = Editor.Caret.in(marked);
    return Completion.at(Editor.snapshot(caret.text()), caret.offset());
  }

  private static Set<String> labels(String marked) {
    return at(marked).candidates().stream().map(Candidate::label).collect(Collectors.toSet());
  }

  private static Candidate candidate(String marked, String label) {
    List<Candidate> found =
        at(marked).candidates().stream().filter(c -> c.label().equals(label)).toList();
    assertEquals(1, found.size(), label);
    return found.getFirst();
  }

  @Test
  void aLineBeginsADeclaration() {
    Set<String> labels = labels(PROGRAM + "rew|");
    assertTrue(labels.containsAll(Set.of("reward", "inputs", "let", "test")), labels.toString());
    assertFalse(labels.contains("when"));
    assertFalse(labels.contains("phase"));
  }

  @Test
  void anExpressionNamesWhatIsDeclaredAndBuiltIn() {
    String text = PROGRAM + "reward { a = ga| }";
    Set<String> labels = labels(text);
    assertTrue(
        labels.containsAll(
            Set.of("gain", "phase", "reach", "twice", "prev", "sqrt", "tolerance", "when", "pi")),
        labels.toString());
    assertFalse(labels.contains("amount"), "a parameter of a function elsewhere");
    assertFalse(labels.contains("up"), "a part of an input has no name of its own");
    assertEquals("what it is about", candidate(text, "phase").doc());
    assertEquals("Phase", candidate(text, "phase").detail());
    assertEquals(Candidate.Kind.FUNCTION, candidate(text, "twice").kind());
  }

  @Test
  void theLibraryComesWithSignatureAndDoc() {
    Candidate clamp = candidate("reward = cl|", "clamp");
    assertEquals("clamp<u>(x: real<u>, low: real<u>, high: real<u>): real<u>", clamp.detail());
    assertTrue(clamp.doc().startsWith("`x` held between"), clamp.doc());
  }

  @Test
  void aFunctionKnowsItsParameters() {
    assertTrue(labels("function f(amount: real): real = am|").contains("amount"));
  }

  @Test
  void behindAPointStandMembers() {
    assertEquals(
        Set.of("reach", "grasp"), labels(PROGRAM + "reward { a = 1 when phase == Phase.| }"));
    assertEquals(Set.of("up", "speed"), labels(PROGRAM + "reward { a = obs.| }"));
    assertEquals(Set.of("x", "y", "z"), labels(PROGRAM + "reward { a = pos.| }"));
    assertTrue(labels("reward = tolerance(1, sigmoid = Sigmoid.|)").contains("long_tail"));
    assertEquals(Set.of(), labels(PROGRAM + "reward { a = 1.| }"));
  }

  @Test
  void recordsAndRotationsHaveFields() {
    String program =
        """
        record Box { at: real[2]<m>  score: real }
        inputs { box: Box  goal: Box?  boxes: Box[..3]  q: quat[xyzw]  hand: pose[wxyz]<m> }
        let nearest = boxes[0]
        """;
    for (String name : List.of("box", "goal", "nearest")) {
      assertEquals(Set.of("at", "score"), labels(program + "reward = " + name + ".|"), name);
    }
    assertEquals(Set.of("w", "x", "y", "z"), labels(program + "reward = q.|"));
    assertEquals(Set.of("position", "rotation"), labels(program + "reward = hand.|"));
    assertEquals(Set.of(), labels(program + "reward = boxes.|"));
  }

  @Test
  void whatIsLoggedStandsBehindItsWord() {
    String program =
        """
        inputs { x: real }
        reward { grip = x  walk = product { pace = x } }
        terms watched { calm = x }
        metric best = x
        cost hits = x
        terminate gone when x > 3
        shape near = potential(x, discount = 0.9)
        """;
    assertEquals(Set.of("grip", "walk", "near"), labels(program + "metric m = reward.|"));
    assertEquals(Set.of("calm"), labels(program + "metric m = watched.|"));
    assertEquals(Set.of("best", "m"), labels(program + "metric m = metric.|"));
    assertEquals(Set.of("hits"), labels(program + "metric m = cost.|"));
    assertEquals(Set.of("gone"), labels(program + "metric m = terminate.|"));
  }

  @Test
  void aFileThatIsUsedGivesItsNames() {
    Editor.Caret caret = Editor.Caret.in("use \"base.rew\" as base\nreward = base.|");
    Snapshot snapshot =
        new Editor()
            .with("base.rew", "## a weight\nparam weight = 1 in 0..2\nlet far = weight > 1\n")
            .open("main.rew", caret.text());
    assertEquals(
        List.of("weight", "far"),
        Completion.at(snapshot, caret.offset()).candidates().stream()
            .map(Candidate::label)
            .toList());
  }

  @Test
  void whatIsComparedWithAnEnumIsAMember() {
    assertEquals(Set.of("reach", "grasp"), labels(PROGRAM + "reward { a = 1 when phase == g| }"));
    assertTrue(labels(PROGRAM + "reward { a = 1 when gain == g| }").contains("gain"));
  }

  @Test
  void unitsStandWhereUnitsStand() {
    for (String text :
        List.of("inputs { x: real<| }", "inputs { x: real[3]<m/| }", "reward = x as |")) {
      Set<String> labels = labels(PROGRAM + text);
      assertTrue(labels.containsAll(Set.of("m", "cm", "deg", "rad", "tile")), text);
      assertFalse(labels.contains("gain"), text);
    }
    Set<String> quantity = labels("reward { a = 1 | }");
    assertTrue(quantity.containsAll(Set.of("cm", "if", "when")));
    assertFalse(labels("reward = 1 < x|").contains("cm"), "a comparison");
  }

  @Test
  void typesStandBehindAColon() {
    assertEquals(Set.of("real", "int", "bool", "Phase"), labels(PROGRAM + "inputs { y: | }"));
    assertTrue(labels("function f(x: r|)").contains("real"));
    assertTrue(labels(PROGRAM + "reward { a = pos[gain:|] }").contains("gain"));
  }

  @Test
  void nothingInCommentsTextsAndNumbers() {
    for (String text :
        List.of("# rew|", "let x = 1 ## as |", "test \"rew|", "reward = 12|", "reward = 1e|")) {
      assertEquals(Set.of(), labels(text), text);
    }
  }

  @Test
  void theWordBegunIsReplaced() {
    Completion completion = at("reward = cla|mp");
    assertEquals("cla", "reward = clamp".substring(9, 9 + completion.replaces().length()));
  }

  @Test
  void whereverTheCaretStandsThereIsAnAnswer() {
    String text = PROGRAM + "reward { a = 1 when phase == reach  b = clamp(gain, 0, 1) }\n";
    Snapshot snapshot = Editor.snapshot(text);
    for (int i = 0; i <= text.length(); i++) {
      Completion completion = Completion.at(snapshot, i);
      assertTrue(completion.replaces().end() == i);
    }
    assertEquals(List.of(), new Editor().failures);
  }
}
