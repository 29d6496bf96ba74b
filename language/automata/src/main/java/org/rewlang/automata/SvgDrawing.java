package org.rewlang.automata;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A drawing laid out as SVG. States stand in columns by how many steps they are from the first; in
 * a column they are ordered by where what leads to them stands. Edges to the next column are drawn
 * straight on; all others bow around: within a column to the right, forward above all states,
 * backward below them, each at a level of its own. Edges between the same two states are one arrow
 * with several labels.
 */
final class SvgDrawing {

  private static final int LETTER = 7;
  private static final int LINE = 16;
  private static final int GAP = 40;
  private static final int MARGIN = 20;

  /** How far apart arrows around all states are. */
  private static final int LEVEL = 32;

  /** How far an arrow within a column bows to the right. */
  private static final int BOW = 50;

  /** A box, by its centre. */
  record Box(int x, int y, int width, int height) {
    int left() {
      return x - width / 2;
    }

    int right() {
      return x + width / 2;
    }

    int top() {
      return y - height / 2;
    }

    int bottom() {
      return y + height / 2;
    }
  }

  private record Pair(int from, int to) {}

  private final Drawing drawing;
  private final Map<Pair, List<String>> arrows = new LinkedHashMap<>();
  private final int[] column;
  private final Box[] boxes;
  private final StringBuilder body = new StringBuilder();

  /** How many arrows bow above and below all states. */
  private int over;

  private int under;
  private int top;
  private int bottom;
  private int right;

  private SvgDrawing(Drawing drawing) {
    this.drawing = drawing;
    for (Drawing.Edge edge : drawing.edges()) {
      List<String> labels =
          arrows.computeIfAbsent(new Pair(edge.from(), edge.to()), _ -> new ArrayList<>());
      if (!edge.label().isEmpty()) {
        labels.add(edge.label());
      }
    }
    column = columns();
    boxes = boxes();
  }

  static String of(Drawing drawing) {
    return new SvgDrawing(drawing).text();
  }

  /** Where the states stand. */
  static List<Box> boxes(Drawing drawing) {
    return List.of(new SvgDrawing(drawing).boxes);
  }

  private int[] columns() {
    int[] steps = new int[drawing.states().size()];
    Arrays.fill(steps, -1);
    ArrayDeque<Integer> open = new ArrayDeque<>();
    // What can't be reached begins anew, in the first column.
    for (int s = -1; s < steps.length; s++) {
      int start = s < 0 ? drawing.initial() : s;
      if (steps[start] < 0) {
        steps[start] = 0;
        open.add(start);
      }
      while (!open.isEmpty()) {
        int from = open.remove();
        for (Pair arrow : arrows.keySet()) {
          if (arrow.from == from && steps[arrow.to] < 0) {
            steps[arrow.to] = steps[from] + 1;
            open.add(arrow.to);
          }
        }
      }
    }
    return steps;
  }

  private Box[] boxes() {
    Map<Integer, List<Integer>> members = new TreeMap<>();
    for (int s = 0; s < column.length; s++) {
      members.computeIfAbsent(column[s], _ -> new ArrayList<>()).add(s);
    }
    Box[] placed = new Box[column.length];
    int[] labels = new int[members.size()];
    int[] beside = new int[members.size()];
    arrows.forEach(
        (arrow, texts) -> {
          int at = column[arrow.from];
          if (column[arrow.to] == at + 1) {
            labels[at] = Math.max(labels[at], width(texts));
          } else if (column[arrow.to] == at && arrow.from != arrow.to) {
            beside[at] = Math.max(beside[at], width(texts) / 2 + BOW);
          }
        });
    int x = MARGIN + GAP;
    for (Map.Entry<Integer, List<Integer>> entry : members.entrySet()) {
      List<Integer> states = entry.getValue();
      states.sort(Comparator.comparingDouble(s -> middle(s, placed)));
      int wide = states.stream().mapToInt(s -> width(lines(s)) + 24).max().orElse(0);
      // Room above a state for what it loops on.
      int high = states.stream().mapToInt(this::height).sum() + (states.size() - 1) * GAP;
      int y = -high / 2;
      for (int s : states) {
        int own = 12 + LINE * lines(s).size();
        placed[s] = new Box(x + wide / 2, y + height(s) - own / 2, width(lines(s)) + 24, own);
        y += height(s) + GAP;
      }
      x += wide + 2 * GAP + labels[entry.getKey()] + beside[entry.getKey()];
    }
    return placed;
  }

  /** With what stands above it. */
  private int height(int state) {
    List<String> loop = arrows.get(new Pair(state, state));
    return 12 + LINE * lines(state).size() + (loop == null ? 0 : 30 + LINE * loop.size());
  }

  /** The middle of those placed already that lead to a state. */
  private double middle(int state, Box[] placed) {
    return arrows.keySet().stream()
        .filter(a -> a.to == state && placed[a.from] != null)
        .mapToInt(a -> placed[a.from].y)
        .average()
        .orElse(0);
  }

  private List<String> lines(int state) {
    Drawing.State s = drawing.states().get(state);
    return s.note().isEmpty() ? List.of(s.name()) : List.of(s.name(), s.note());
  }

  private static int width(List<String> lines) {
    return LETTER * lines.stream().mapToInt(l -> l.codePointCount(0, l.length())).max().orElse(0);
  }

  private String text() {
    for (Box box : boxes) {
      top = Math.min(top, box.top());
      bottom = Math.max(bottom, box.bottom());
      right = Math.max(right, box.right());
    }
    int lowest = bottom;
    int highest = top;
    arrows.forEach((arrow, labels) -> arrow(arrow, labels, highest, lowest));
    Box first = boxes[drawing.initial()];
    path("M%d,%d L%d,%d".formatted(first.left() - 28, first.y, first.left() - 2, first.y));
    for (int s = 0; s < boxes.length; s++) {
      state(s);
    }
    int height = bottom - top + 2 * MARGIN;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 %d %d %d" font-family="monospace" \
    font-size="12">
      <defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" \
    markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z"/></marker></defs>
      <rect x="0" y="%d" width="100%%" height="100%%" fill="white"/>
    """
            .formatted(top - MARGIN, right + MARGIN, height, top - MARGIN)
        + body
        + "</svg>\n";
  }

  private void state(int state) {
    Box box = boxes[state];
    rect(box, 0);
    if (drawing.states().get(state).accepting()) {
      rect(box, 3);
    }
    label(box.x, box.y, lines(state));
  }

  private void rect(Box box, int inset) {
    body.append(
        "  <rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"10\" fill=\"%s\" stroke=\"black\"/>\n"
            .formatted(
                box.left() + inset,
                box.top() + inset,
                box.width - 2 * inset,
                box.height - 2 * inset,
                inset == 0 ? "white" : "none"));
  }

  private void arrow(Pair arrow, List<String> labels, int highest, int lowest) {
    Box from = boxes[arrow.from];
    Box to = boxes[arrow.to];
    if (arrow.from == arrow.to) {
      int y = from.top();
      path(
          "M%d,%d C%d,%d %d,%d %d,%d"
              .formatted(
                  from.x - 12, y, from.x - 24, y - 30, from.x + 24, y - 30, from.x + 12, y - 1));
      label(from.x, y - 26 - LINE * labels.size() / 2, labels);
    } else if (column[arrow.to] == column[arrow.from] + 1) {
      int middle = (from.right() + to.left()) / 2;
      path(
          "M%d,%d C%d,%d %d,%d %d,%d"
              .formatted(from.right(), from.y, middle, from.y, middle, to.y, to.left() - 1, to.y));
      label(middle, (from.y + to.y) / 2 - 4 - LINE * labels.size() / 2, labels);
    } else if (column[arrow.to] == column[arrow.from]) {
      int side = Math.max(from.right(), to.right()) + BOW;
      path(
          "M%d,%d C%d,%d %d,%d %d,%d"
              .formatted(
                  from.right(), from.y + 4, side, from.y, side, to.y, to.right() + 1, to.y - 4));
      label(side - BOW / 4, (from.y + to.y) / 2, labels);
    } else {
      boolean above = column[arrow.to] > column[arrow.from];
      int away = above ? ++over * LEVEL : ++under * LEVEL;
      int level = above ? highest - away : lowest + away;
      int start = above ? from.top() : from.bottom();
      int end = above ? to.top() - 1 : to.bottom() + 1;
      path(
          "M%d,%d C%d,%d %d,%d %d,%d"
              .formatted(from.x + 6, start, from.x + 6, level, to.x - 6, level, to.x - 6, end));
      // A curve gets three quarters of the way to where it is drawn.
      int y = (start + end) / 8 + level * 3 / 4;
      label((from.x + to.x) / 2, y, labels);
      right = Math.max(right, Math.max(from.x, to.x) + width(labels) / 2);
    }
  }

  private void path(String d) {
    body.append("  <path d=\"").append(d);
    body.append("\" fill=\"none\" stroke=\"black\" marker-end=\"url(#arrow)\"/>\n");
  }

  /** Lines of text around a middle, with a rim of paper, so that lines don't cross them. */
  private void label(int x, int y, List<String> lines) {
    int first = y - (lines.size() - 1) * LINE / 2;
    for (int i = 0; i < lines.size(); i++) {
      int at = first + i * LINE;
      top = Math.min(top, at - LINE);
      bottom = Math.max(bottom, at + LINE);
      right = Math.max(right, x + width(List.of(lines.get(i))) / 2);
      body.append(
          String.format(
              Locale.ROOT,
              "  <text x=\"%d\" y=\"%d\" text-anchor=\"middle\" dominant-baseline=\"central\""
                  + " stroke=\"white\" stroke-width=\"4\" paint-order=\"stroke\">%s</text>\n",
              x,
              at,
              escaped(lines.get(i))));
    }
  }

  private static String escaped(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.appendCodePoint(c < ' ' ? ' ' : c);
              }
            });
    return out.toString();
  }
}
