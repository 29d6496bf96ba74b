package org.rewlang.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.rewlang.automata.Cover;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Diagrams;
import org.rewlang.check.BuiltinNames;
import org.rewlang.format.Formatter;
import org.rewlang.parse.Keywords;
import org.rewlang.source.Source;

/**
 * A machine of another tool on its way to a program: names are as they were there.
 *
 * @param name of the machine
 * @param states their names
 * @param over the final states
 * @param edges in the order in which they are tried
 */
record Imported(
    String name, List<String> states, int initial, BitSet over, List<Edge> edges, Reward reward) {

  /** What the program pays for. */
  sealed interface Reward {}

  /** What edges say. */
  record OfEdges() implements Reward {}

  /**
   * 1 for an episode that ends in one of some states.
   *
   * @param states not empty
   */
  record AtEnd(BitSet states) implements Reward {}

  /**
   * For rounds again and again: edges pay 1 for what is new in a round.
   *
   * @param states in which a round is complete if an edge just paid; empty if each that pays
   *     completes one
   */
  record Rounds(BitSet states) implements Reward {}

  /**
   * An edge.
   *
   * @param guard one of them holds if all in it do; empty if the edge is always taken
   * @param reward a number, or the name of what only the host knows
   * @param comment may be empty
   */
  record Edge(
      int from,
      int to,
      List<List<Literal>> guard,
      boolean otherwise,
      String reward,
      String comment) {}

  /** An atom, or that it doesn't hold. */
  record Literal(String atom, boolean holds) {}

  /** A condition over atoms as a guard; empty if it always holds. */
  static List<List<Literal>> literals(Diagrams diagrams, int guard, IntFunction<String> names) {
    if (guard == Diagrams.TRUE) {
      return List.of();
    }
    List<List<Literal>> any = new ArrayList<>();
    for (Cube cube : Cover.of(diagrams, guard)) {
      List<Literal> all = new ArrayList<>();
      BitSet asked = (BitSet) cube.yes().clone();
      asked.or(cube.no());
      asked.stream().forEach(v -> all.add(new Literal(names.apply(v), cube.isTrue(v))));
      any.add(all);
    }
    return any;
  }

  /**
   * The program, formatted.
   *
   * @param origin a sentence for people
   */
  String text(String origin) {
    return new Writer(this).text(origin);
  }

  private static final class Writer {
    private final Imported machine;
    private final Set<String> taken = new TreeSet<>();
    private final Map<String, String> atoms = new LinkedHashMap<>();
    private final Map<String, String> rewards = new LinkedHashMap<>();
    private final List<String> states = new ArrayList<>();
    private final String name;

    Writer(Imported machine) {
      this.machine = machine;
      taken.addAll(Keywords.declarations());
      taken.addAll(Keywords.inside());
      taken.addAll(BuiltinNames.values().keySet());
      taken.addAll(List.of("any", "final", "initial", "counter", "exclusive"));
      for (Edge edge : machine.edges) {
        edge.guard.forEach(
            all -> all.forEach(l -> atoms.computeIfAbsent(l.atom, a -> free(a, "atom"))));
        if (!isNumber(edge.reward)) {
          rewards.computeIfAbsent(edge.reward, r -> free(r, "reward"));
        }
      }
      name = free(machine.name, "task");
      machine.states.forEach(s -> states.add(free(s, "s")));
    }

    /** A name as near to one as it can be, that nothing else has. */
    private String free(String wanted, String otherwise) {
      String name = wanted.replaceAll("\\W+", "_").replaceAll("^_+|_+$", "");
      if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
        name = otherwise + (name.isEmpty() ? "" : "_" + name);
      }
      String free = name;
      for (int i = 2; !taken.add(free); i++) {
        free = name + "_" + i;
      }
      return free;
    }

    String text(String origin) {
      StringBuilder out = new StringBuilder("## " + origin + "\n");
      out.append("module ").append(name).append("\n\n");
      if (!atoms.isEmpty() || !rewards.isEmpty()) {
        out.append("inputs {\n");
        atoms.forEach((host, own) -> input(out, own, "bool", host));
        rewards.forEach((host, own) -> input(out, own, "real", host));
        out.append("}\n\n");
      }
      out.append("machine ").append(name).append(" {\n");
      out.append("initial ").append(states.get(machine.initial)).append('\n');
      machine.edges.forEach(e -> edge(out, e));
      if (!machine.over.isEmpty()) {
        out.append("final ").append(listed(machine.over, ", ", "")).append('\n');
      }
      out.append("}\n\n");
      switch (machine.reward) {
        case OfEdges _ -> out.append("reward { task = ").append(name).append(".reward }\n");
        case AtEnd(BitSet states) ->
            out.append("reward { task = 1 at end when ").append(isIn(states)).append(" }\n");
        case Rounds(BitSet states) -> rounds(out, states);
      }
      return Formatter.format(Source.of(name, out.toString())).text();
    }

    /** One parameter moves both discounts, and 1 - discount shrinks faster than the other. */
    private void rounds(StringBuilder out, BitSet states) {
      String discount = free("discount", "");
      String complete = free("complete", "");
      String inRound = free("round_discount", "");
      out.append("## The nearer to 1, the nearer is the best sum to the best probability.\n")
          .append("param ")
          .append(discount)
          .append(" = 0.9999 in 0..1\n\n")
          .append("## Each acceptance set was taken since the last time.\n")
          .append("let ")
          .append(complete)
          .append(" = ")
          .append(name)
          .append(".reward > 0")
          .append(states.isEmpty() ? "" : " and ")
          .append(states.cardinality() > 1 ? "(" + isIn(states) + ")" : isIn(states))
          .append('\n')
          .append("let ")
          .append(inRound)
          .append(" = 1 - sqrt(1 - ")
          .append(discount)
          .append(")\n\n")
          .append("reward { rounds = 1 - ")
          .append(inRound)
          .append(" if ")
          .append(complete)
          .append(" else 0 }\n\n")
          .append("## What comes after this step counts so much.\n")
          .append("metric discount_t = ")
          .append(inRound)
          .append(" if ")
          .append(complete)
          .append(" else ")
          .append(discount)
          .append("\n\n## An acceptance set was taken that was still to come.\n")
          .append("metric frontier = ")
          .append(name)
          .append(".reward\n");
    }

    private String isIn(BitSet of) {
      return listed(of, " or ", name + " == ");
    }

    private static void input(StringBuilder out, String own, String type, String host) {
      out.append(own).append(": ").append(type);
      if (!own.equals(host)) {
        out.append(" from \"").append(host.replace("\\", "\\\\").replace("\"", "\\\""));
        out.append('"');
      }
      out.append('\n');
    }

    private String listed(BitSet of, String between, String before) {
      return String.join(between, of.stream().mapToObj(s -> before + states.get(s)).toList());
    }

    private void edge(StringBuilder out, Edge edge) {
      out.append(states.get(edge.from)).append(" -> ").append(states.get(edge.to));
      if (edge.otherwise) {
        out.append(" otherwise");
      } else if (!edge.guard.isEmpty()) {
        out.append(" when ");
        out.append(String.join(" or ", edge.guard.stream().map(this::all).toList()));
      }
      if (!isNumber(edge.reward)) {
        out.append(" reward ").append(rewards.get(edge.reward));
      } else if (Double.parseDouble(edge.reward) != 0) {
        out.append(" reward ").append(edge.reward);
      }
      out.append(edge.comment.isEmpty() ? "" : "  # " + edge.comment).append('\n');
    }

    private String all(List<Literal> literals) {
      return literals.isEmpty()
          ? "true"
          : String.join(
              " and ",
              literals.stream().map(l -> (l.holds ? "" : "not ") + atoms.get(l.atom)).toList());
    }

    private static boolean isNumber(String reward) {
      return reward.matches("[-+]?(\\d+(\\.\\d+)?|\\.\\d+)([eE][-+]?\\d+)?");
    }
  }
}
