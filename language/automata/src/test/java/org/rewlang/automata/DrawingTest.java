package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawingTest {

  private static Drawing until() {
    AtomNames atoms = AtomNames.of();
    Formula f =
        assertInstanceOf(FormulaReader.Read.class, Dialect.REW.read("a U \"b;c\"", atoms))
            .formula();
    Dfa dfa = Dfa.of(f, Limits.USUAL).orNull();
    assertNotNull(dfa);
    return Drawing.of(dfa, atoms);
  }

  @Test
  void dot() {
    assertEquals(
        """
        digraph automaton {
          rankdir=LR;
          start [shape=point];
          s0 [label="0\\npresumably violated"];
          s1 [label="1\\nviolated"];
          s2 [label="2\\nsatisfied", peripheries=2];
          start -> s0;
          s0 -> s0 [label="a & !b;c"];
          s0 -> s1 [label="!a & !b;c"];
          s0 -> s2 [label="b;c"];
          s1 -> s1 [label="true"];
          s2 -> s2 [label="true"];
        }
        """,
        until().dot());
  }

  @Test
  void mermaid() {
    assertEquals(
        """
        stateDiagram-v2
          direction LR
          state "0<br>presumably violated" as s0
          state "1<br>violated" as s1
          state "2<br>satisfied" as s2
          class s2 accepting
          [*] --> s0
          s0 --> s0 : a & !b#59;c
          s0 --> s1 : !a & !b#59;c
          s0 --> s2 : b#59;c
          s1 --> s1 : true
          s2 --> s2 : true
          classDef accepting stroke-width:3px
        """,
        until().mermaid());
  }

  @Test
  void json() {
    assertEquals(
        """
        {"initial": 0, "states": [{"name": "u \\"0\\"", "note": "x\\ny", "accepting": true}], \
        "edges": [{"from": 0, "to": 0, "label": "\\u0001"}]}
        """,
        new Drawing(
                List.of(new Drawing.State("u \"0\"", "x\ny", true)),
                List.of(new Drawing.Edge(0, 0, "\u0001")),
                0)
            .json());
  }

  /** Guards as text are the guards, and no shorter text of the same kind would do. */
  @Test
  void guardsAreCovered() {
    Random random = new Random(11);
    Diagrams d = new Diagrams();
    for (int i = 0; i < 500; i++) {
      int condition = Diagrams.FALSE;
      for (int j = random.nextInt(6); j > 0; j--) {
        int cube = Diagrams.TRUE;
        for (int v = 0; v < 5; v++) {
          int literal = random.nextBoolean() ? d.variableIs(v) : d.not(d.variableIs(v));
          cube = random.nextInt(3) == 0 ? d.and(cube, literal) : cube;
        }
        condition = d.or(condition, cube);
      }
      List<Integer> cubes = Cover.of(d, condition).stream().map(c -> condition(d, c)).toList();
      assertEquals(condition, cubes.stream().reduce(Diagrams.FALSE, d::or));
      for (int left = 0; left < cubes.size(); left++) {
        int without = left;
        int others =
            IntStream.range(0, cubes.size())
                .filter(k -> k != without)
                .map(cubes::get)
                .reduce(Diagrams.FALSE, d::or);
        assertTrue(others != condition);
      }
    }
  }

  private static int condition(Diagrams d, Cube cube) {
    int all = Diagrams.TRUE;
    for (int v = 0; v < 5; v++) {
      all = cube.yes().get(v) ? d.and(all, d.variableIs(v)) : all;
      all = cube.no().get(v) ? d.and(all, d.not(d.variableIs(v))) : all;
    }
    return all;
  }
}
