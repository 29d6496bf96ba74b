package org.rewlang.automata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.automata.Hoa.Malformed;

/**
 * A reward machine as Toro Icarte's {@code reward_machines} writes it: a line with the first state,
 * one with a list of those that end it, and one for each edge, {@code (0,1,'a&!b|c',R(1))}. There
 * each line is a Python expression; here it is only what such files hold.
 *
 * @param atoms in the order in which they are met
 */
public record MachineText(
    int initial, List<Integer> terminal, List<Edge> edges, List<String> atoms) {

  /**
   * An edge as it was written.
   *
   * @param line from 1
   * @param alternatives the guard: one of them holds if all in it do; null where it is always taken
   * @param reward the name of the reward's class
   * @param amount what stands in its parentheses
   */
  public record Edge(
      int line,
      int from,
      int to,
      String guard,
      List<List<Literal>> alternatives,
      String reward,
      String amount) {}

  /**
   * A proposition, or that it doesn't hold; {@code True} and {@code False} are propositions, too.
   */
  public record Literal(String atom, boolean holds) {}

  /** What became of a text: this or {@link Malformed}. */
  public sealed interface Result {}

  public record Read(MachineText machine) implements Result {}

  public record Unreadable(Malformed why) implements Result {}

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

  private static final Pattern LIST =
      Pattern.compile("\\[\\s*(?:-?\\d{1,9}\\s*(?:,\\s*-?\\d{1,9}\\s*)*,?\\s*)?\\]");

  private static final Pattern EDGE =
      Pattern.compile(
          "\\(\\s*(-?\\d{1,9})\\s*,\\s*(-?\\d{1,9})\\s*,\\s*(?:'([^']*)'|\"([^\"]*)\")"
              + "\\s*,\\s*([A-Za-z_]\\w*)\\(([^()]*)\\)\\s*\\)");

  private static final Pattern ATOM = Pattern.compile("[A-Za-z_]\\w*");

  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Malformed why;

    Wrong(int line, int column, String message, String hint) {
      super(null, null, false, false);
      why = new Malformed(line, column, message, hint);
    }
  }

  public static Result read(String text) {
    try {
      return new Read(machine(text.split("\\R", -1)));
    } catch (Wrong e) {
      return new Unreadable(e.why);
    }
  }

  private static MachineText machine(String[] lines) {
    List<Integer> told = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].replaceFirst("#.*$", "").stripTrailing();
      if (!lines[i].isBlank()) {
        told.add(i);
      }
    }
    if (told.isEmpty() || !NUMBER.matcher(lines[told.getFirst()].strip()).matches()) {
      int line = told.isEmpty() ? 0 : told.getFirst();
      throw new Wrong(
          line + 1,
          1,
          "the file doesn't begin with the number of a state",
          "a reward machine's first line is its first state, such as `0`; an automaton's `HOA:"
              + " v1`");
    }
    if (told.size() < 2 || !LIST.matcher(lines[told.get(1)].strip()).matches()) {
      int line = told.size() < 2 ? told.getFirst() : told.get(1);
      throw new Wrong(
          line + 1,
          1,
          "no list of terminal states follows the first state",
          "write `[2]`, or `[]`");
    }
    List<Integer> terminal = new ArrayList<>();
    NUMBER.matcher(lines[told.get(1)]).results().forEach(m -> terminal.add(whole(m.group())));
    List<Edge> edges = new ArrayList<>();
    List<String> atoms = new ArrayList<>();
    for (int line : told.subList(2, told.size())) {
      edges.add(edge(lines[line], line + 1, atoms));
    }
    int initial = whole(lines[told.getFirst()].strip());
    return new MachineText(initial, List.copyOf(terminal), List.copyOf(edges), List.copyOf(atoms));
  }

  private static int whole(String text) {
    return Integer.parseInt(text);
  }

  private static Edge edge(String text, int line, List<String> atoms) {
    Matcher m = EDGE.matcher(text.strip());
    if (!m.matches()) {
      throw new Wrong(
          line,
          1 + text.length() - text.stripLeading().length(),
          "this is no edge",
          "edges are `(FROM,TO,'a&!b|c',ConstantRewardFunction(1))`");
    }
    int group = m.group(3) != null ? 3 : 4;
    int column = 1 + text.length() - text.stripLeading().length() + m.start(group);
    return new Edge(
        line,
        whole(m.group(1)),
        whole(m.group(2)),
        m.group(group),
        alternatives(m.group(group), line, column, atoms),
        m.group(5),
        m.group(6).strip());
  }

  private static List<List<Literal>> alternatives(
      String guard, int line, int column, List<String> atoms) {
    List<List<Literal>> any = new ArrayList<>();
    int at = 0;
    for (String alternative : guard.split("\\|", -1)) {
      List<Literal> all = new ArrayList<>();
      for (String part : alternative.split("&", -1)) {
        String name = part.replaceFirst("^!+", "");
        if (!ATOM.matcher(name).matches()) {
          throw new Wrong(
              line,
              column + at,
              "`" + part + "` is no proposition",
              "guards are made of names with `!`, `&` and `|`, without blanks and parentheses");
        }
        boolean holds = (part.length() - name.length()) % 2 == 0;
        all.add(new Literal(name, holds));
        if (!name.equals("True") && !name.equals("False") && !atoms.contains(name)) {
          atoms.add(name);
        }
        at += part.length() + 1;
      }
      any.add(List.copyOf(all));
    }
    return List.copyOf(any);
  }
}
