package org.rewlang.automata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.SvgDrawing.Box;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures are XML that shows everything, states beside each other. */
class SvgDrawingTest {

  private static Drawing random(Random random) {
    int n = 1 + random.nextInt(9);
    List<Drawing.State> states = new ArrayList<>();
    for (int s = 0; s < n; s++) {
      states.add(
          new Drawing.State("s" + s, random.nextBoolean() ? "a <note> & more" : "", s % 3 == 0));
    }
    List<Drawing.Edge> edges = new ArrayList<>();
    for (int e = 0; e < 2 * n; e++) {
      edges.add(new Drawing.Edge(random.nextInt(n), random.nextInt(n), "x < " + e + " & \"y\""));
    }
    return new Drawing(states, edges, random.nextInt(n));
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @Test
  void everythingIsShownWithinTheFrame() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      Drawing drawing = random(random);
      Document svg = parse(drawing.svg());
      String[] frame = svg.getDocumentElement().getAttribute("viewBox").split(" ");
      int top = Integer.parseInt(frame[1]);
      int right = Integer.parseInt(frame[2]);
      int bottom = top + Integer.parseInt(frame[3]);
      NodeList texts = svg.getElementsByTagName("text");
      List<String> shown = new ArrayList<>();
      for (int t = 0; t < texts.getLength(); t++) {
        shown.add(texts.item(t).getTextContent());
        int y = Integer.parseInt(texts.item(t).getAttributes().getNamedItem("y").getNodeValue());
        assertTrue(top < y && y < bottom);
      }
      drawing.states().forEach(s -> assertTrue(shown.contains(s.name())));
      drawing.edges().forEach(e -> assertTrue(shown.contains(e.label())));
      List<Box> boxes = SvgDrawing.boxes(drawing);
      for (Box box : boxes) {
        assertTrue(box.left() > 0 && box.right() < right && box.top() > top);
        assertTrue(box.bottom() < bottom);
        for (Box other : boxes) {
          boolean apart =
              box.right() < other.left()
                  || other.right() < box.left()
                  || box.bottom() < other.top()
                  || other.bottom() < box.top();
          assertTrue(box == other || apart, drawing.toString());
        }
      }
    }
  }

  @Test
  void statesStandInColumnsByTheirDistance() {
    Drawing chain =
        new Drawing(
            List.of(
                new Drawing.State("a", "", false),
                new Drawing.State("b", "", false),
                new Drawing.State("c", "", true)),
            List.of(
                new Drawing.Edge(0, 1, "x"),
                new Drawing.Edge(1, 2, "y"),
                new Drawing.Edge(0, 1, "z"),
                new Drawing.Edge(2, 0, "")),
            0);
    List<Box> boxes = SvgDrawing.boxes(chain);
    assertTrue(boxes.get(0).right() < boxes.get(1).left());
    assertTrue(boxes.get(1).right() < boxes.get(2).left());
    // Two edges between the same states are one arrow; the first state has one from nowhere.
    assertEquals(4, chain.svg().split("marker-end", -1).length - 1);
    assertFalse(chain.svg().contains("></text>"), "empty labels");
  }
}
