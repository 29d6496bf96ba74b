package org.rewlang.automata;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.IntFunction;

/**
 * An automaton to look at: what stands in its states and on its edges, already as text.
 *
 * @param initial a state's number
 */
public record Drawing(List<State> states, List<Edge> edges, int initial) {

  /**
   * @param name unique
   * @param note below the name; may be empty
   * @param accepting drawn with a double line
   */
  public record State(String name, String note, boolean accepting) {}

  /**
   * @param label what makes it be taken; may be empty
   */
  public record Edge(int from, int to, String label) {}

  /** Of an automaton on finite words: what can be said in a state stands in it. */
  public static Drawing of(Dfa dfa, AtomNames atoms) {
    Verdict[] verdicts = dfa.verdicts();
    List<State> states = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int s = 0; s < dfa.size(); s++) {
      states.add(new State(Integer.toString(s), words(verdicts[s]), dfa.accepts(s)));
      edges(edges, dfa.diagrams(), s, dfa.next(s), atoms::name);
    }
    return new Drawing(states, edges, dfa.initial());
  }

  /** Of a monitor on infinite words. */
  public static Drawing of(Omega omega, AtomNames atoms) {
    List<State> states = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (int s = 0; s < omega.size(); s++) {
      Verdict verdict = omega.verdict3(s);
      states.add(new State(Integer.toString(s), words(verdict), verdict == Verdict.SATISFIED));
      edges(edges, omega.diagrams(), s, omega.next(s), atoms::name);
    }
    return new Drawing(states, edges, omega.initial());
  }

  /**
   * Of a monitor.
   *
   * @param states by number
   * @param more what stands behind an edge's condition, by its states
   */
  public static Drawing of(
      Monitor monitor,
      AtomNames atoms,
      List<State> states,
      BiFunction<Integer, Integer, String> more) {
    List<Edge> edges = new ArrayList<>();
    for (int s = 0; s < monitor.size(); s++) {
      edges(edges, monitor.diagrams(), s, monitor.next(s), atoms::name);
    }
    return new Drawing(
        states,
        edges.stream()
            .map(e -> new Edge(e.from, e.to, e.label + more.apply(e.from, e.to)))
            .toList(),
        monitor.initial());
  }

  private static String words(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void edges(
      List<Edge> edges, Diagrams diagrams, int from, int next, IntFunction<String> names) {
    diagrams.leaves(next).stream()
        .forEach(
            to -> {
              int guard = diagrams.where(next, n -> n == to);
              edges.add(new Edge(from, to, Cover.text(diagrams, guard, names, "true", "false")));
            });
  }

  /** For Graphviz. */
  public String dot() {
    StringBuilder out = new StringBuilder("digraph automaton {\n  rankdir=LR;\n");
    out.append("  start [shape=point];\n");
    for (int s = 0; s < states.size(); s++) {
      State state = states.get(s);
      String text = state.note.isEmpty() ? state.name : state.name + "\n" + state.note;
      out.append("  s").append(s).append(" [label=").append(quoted(text));
      out.append(state.accepting ? ", peripheries=2" : "").append("];\n");
    }
    out.append("  start -> s").append(initial).append(";\n");
    for (Edge edge : edges) {
      out.append("  s").append(edge.from).append(" -> s").append(edge.to);
      out.append(edge.label.isEmpty() ? "" : " [label=" + quoted(edge.label) + "]").append(";\n");
    }
    return out.append("}\n").toString();
  }

  /** For Mermaid, as a state diagram. */
  public String mermaid() {
    StringBuilder out = new StringBuilder("stateDiagram-v2\n  direction LR\n");
    for (int s = 0; s < states.size(); s++) {
      State state = states.get(s);
      String text = state.note.isEmpty() ? state.name : state.name + "<br>" + state.note;
      out.append("  state \"").append(mermaid(text)).append("\" as s").append(s).append('\n');
      out.append(state.accepting ? "  class s" + s + " accepting\n" : "");
    }
    out.append("  [*] --> s").append(initial).append('\n');
    for (Edge edge : edges) {
      out.append("  s").append(edge.from).append(" --> s").append(edge.to);
      out.append(edge.label.isEmpty() ? "" : " : " + mermaid(edge.label)).append('\n');
    }
    return out.append("  classDef accepting stroke-width:3px\n").toString();
  }

  /** Mermaid has no escapes but those of HTML, and ends a statement at a semicolon or a colon. */
  private static String mermaid(String text) {
    StringBuilder out = new StringBuilder();
    for (String part : text.split("(?=<br>)|(?<=<br>)")) {
      if (part.equals("<br>")) {
        out.append(part);
        continue;
      }
      part.codePoints()
          .forEach(
              c -> {
                if ("\"#;:<>&{}[]".indexOf(c) >= 0 && c != '&' || c < ' ') {
                  out.append('#').append(c).append(';');
                } else {
                  out.appendCodePoint(c);
                }
              });
    }
    return out.toString();
  }

  /** As a picture. */
  public String svg() {
    return SvgDrawing.of(this);
  }

  /** As data: {@code states}, {@code edges}, {@code initial}. */
  public String json() {
    List<String> nodes = new ArrayList<>();
    for (State s : states) {
      nodes.add(
          "{\"name\": %s, \"note\": %s, \"accepting\": %s}"
              .formatted(quoted(s.name), quoted(s.note), s.accepting));
    }
    List<String> arrows = new ArrayList<>();
    for (Edge e : edges) {
      arrows.add(
          "{\"from\": %d, \"to\": %d, \"label\": %s}".formatted(e.from, e.to, quoted(e.label)));
    }
    return "{\"initial\": %d, \"states\": [%s], \"edges\": [%s]}\n"
        .formatted(initial, String.join(", ", nodes), String.join(", ", arrows));
  }

  /** As JSON and DOT both quote, but for control characters, which DOT has no way to write. */
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"', '\\' -> out.append('\\').appendCodePoint(c);
                case '\n' -> out.append("\\n");
                default -> {
                  if (c < ' ') {
                    out.append("\\u%04x".formatted(c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.append('"').toString();
  }
}
