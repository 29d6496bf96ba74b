package org.rewlang.automata;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.RewardMachine.Pay;

/**
 * An automaton as the Hanoi omega-automata format, version 1, says it. What it means that a finite
 * word is accepted stands in a header of our own, {@value #FINITE}: {@code accepting-states}; a
 * tool that doesn't know it warns.
 *
 * @param guards of what the edges' guards are made
 * @param starts the states in which a run can begin
 * @param states by number
 * @param sets how many acceptance sets there are
 * @param acceptance as written, such as {@code Inf(0)&Fin(1)}
 * @param rewards what each edge pays, in their order, as text; empty where nothing is said of it
 * @param finite words are finite, and a word is accepted if its run ends in a state of set 0
 * @param warnings what was read over, in words
 */
public record Hoa(
    Diagrams guards,
    List<Integer> starts,
    List<State> states,
    AtomNames atoms,
    int sets,
    String acceptance,
    List<String> rewards,
    boolean finite,
    List<String> warnings) {

  static final String FINITE = "Finite-Words";
  static final String REWARDS = "rew-rewards";

  /**
   * @param name may be empty
   * @param sets the acceptance sets it is in
   */
  public record State(String name, BitSet sets, List<Edge> edges) {}

  /**
   * @param guard over atoms
   * @param sets the acceptance sets it is in, besides those of the state it leaves
   */
  public record Edge(int guard, int target, BitSet sets) {}

  /** What became of a text. */
  public sealed interface Result {}

  public record Read(Hoa automaton) implements Result {}

  /**
   * Why a text is no such automaton.
   *
   * @param line from 1
   * @param column from 1
   * @param hint null if there is nothing helpful to say
   */
  public record Malformed(int line, int column, String message, @Nullable String hint)
      implements Result {}

  public static Result read(String text) {
    return HoaReader.read(text);
  }

  /** A deterministic automaton on finite words. */
  public static String write(Dfa dfa, AtomNames atoms, String name) {
    Diagrams diagrams = dfa.diagrams();
    StringBuilder out = new StringBuilder("HOA: v1\n");
    out.append("name: ").append(quoted(name)).append('\n');
    out.append("States: ").append(dfa.size()).append('\n');
    out.append("Start: ").append(dfa.initial()).append('\n');
    header(out, atoms);
    out.append("acc-name: Buchi\nAcceptance: 1 Inf(0)\n");
    out.append("properties: trans-labels explicit-labels state-acc deterministic complete\n");
    out.append(FINITE).append(": accepting-states\n--BODY--\n");
    for (int s = 0; s < dfa.size(); s++) {
      out.append("State: ").append(s).append(dfa.accepts(s) ? " {0}\n" : "\n");
      int next = dfa.next(s);
      diagrams.leaves(next).stream()
          .forEach(
              to -> {
                int guard = diagrams.where(next, n -> n == to);
                out.append('[')
                    .append(Cover.text(diagrams, guard, Integer::toString, "t", "f"))
                    .append("] ")
                    .append(to)
                    .append('\n');
              });
    }
    return out.append("--END--\n").toString();
  }

  /**
   * A machine; the words are accepted after which it is over. What each edge pays stands in a
   * header of our own that other tools may leave out, {@value #REWARDS}, in the order of the edges.
   * Letters that don't occur have no edges.
   *
   * @param states their names
   */
  public static String write(
      RewardMachine machine,
      AtomNames atoms,
      String name,
      IntFunction<String> states,
      Function<Pay, String> pays) {
    Diagrams diagrams = machine.diagrams();
    StringBuilder body = new StringBuilder();
    StringBuilder rewards = new StringBuilder();
    boolean complete = true;
    for (int s = 0; s < machine.size(); s++) {
      body.append("State: ").append(s).append(' ').append(quoted(states.apply(s)));
      body.append(machine.isOver(s) ? " {0}\n" : "\n");
      int next = machine.next(s);
      complete &= !diagrams.leaves(next).get(RewardMachine.NEVER);
      for (int outcome : machine.leaving(s).stream().toArray()) {
        int guard = diagrams.where(next, n -> n == outcome);
        RewardMachine.Outcome leads = machine.outcome(outcome);
        body.append('[').append(Cover.text(diagrams, guard, Integer::toString, "t", "f"));
        body.append("] ").append(leads.to()).append('\n');
        rewards.append(' ').append(quoted(pays.apply(machine.pay(leads))));
      }
    }
    StringBuilder out = new StringBuilder("HOA: v1\n");
    out.append("name: ").append(quoted(name)).append('\n');
    out.append("States: ").append(machine.size()).append('\n');
    out.append("Start: ").append(machine.initial()).append('\n');
    header(out, atoms);
    out.append("acc-name: Buchi\nAcceptance: 1 Inf(0)\n");
    out.append("properties: trans-labels explicit-labels state-acc deterministic");
    out.append(complete ? " complete\n" : "\n");
    out.append(FINITE).append(": accepting-states\n");
    out.append(REWARDS).append(':').append(rewards).append("\n--BODY--\n");
    return out.append(body).append("--END--\n").toString();
  }

  private static void header(StringBuilder out, AtomNames atoms) {
    List<String> names = atoms.all();
    out.append("AP: ").append(names.size());
    out.append(names.stream().map(n -> " " + quoted(n)).collect(Collectors.joining())).append('\n');
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  /** As an automaton on finite words; null if it is none or isn't deterministic. */
  public @Nullable Dfa toDfa() {
    if (!finite || starts.size() != 1) {
      return null;
    }
    int trap = states.size();
    int[] next = new int[trap + 1];
    int[] outputs = new int[trap + 1];
    next[trap] = Diagrams.leaf(trap);
    for (int s = 0; s < trap; s++) {
      int chosen = Diagrams.leaf(trap);
      int taken = Diagrams.FALSE;
      for (Edge edge : states.get(s).edges) {
        if (guards.and(taken, edge.guard) != Diagrams.FALSE) {
          return null;
        }
        taken = guards.or(taken, edge.guard);
        chosen = guards.ite(edge.guard, Diagrams.leaf(edge.target), chosen);
      }
      next[s] = chosen;
      outputs[s] = states.get(s).sets.get(0) ? 1 : 0;
    }
    Moore moore = new Moore(guards, starts.getFirst(), next, outputs);
    return new Dfa(moore.minimal(Meter.unlimited()));
  }

  private static final Pattern GENERALISED_BUCHI =
      Pattern.compile("Inf\\(\\d+\\)(&Inf\\(\\d+\\))*");

  /**
   * As an automaton on infinite words that is to take edges of each of its sets again and again;
   * null if it is none or isn't deterministic. What has no edge is rejected for good.
   */
  public @Nullable Buchi toBuchi() {
    String condition = acceptance.replaceAll("\\s", "");
    boolean all = condition.equals("t");
    if (finite || starts.size() != 1 || !all && !GENERALISED_BUCHI.matcher(condition).matches()) {
      return null;
    }
    List<Integer> wanted =
        Arrays.stream(condition.split("\\D+"))
            .filter(n -> !n.isEmpty())
            .map(Integer::valueOf)
            .distinct()
            .toList();
    int initial = starts.getFirst();
    int trap = states.size();
    int[] next = new int[trap + 1];
    Arrays.fill(next, Diagrams.leaf(0));
    List<Buchi.Edge> edges = new ArrayList<>(List.of(new Buchi.Edge(trap, new BitSet())));
    for (int s = 0; s < trap; s++) {
      int taken = Diagrams.FALSE;
      for (Edge edge : states.get(s).edges) {
        if (guards.and(taken, edge.guard) != Diagrams.FALSE) {
          return null;
        }
        taken = guards.or(taken, edge.guard);
        BitSet sets = new BitSet();
        sets.set(0, all);
        for (int i = 0; i < wanted.size(); i++) {
          int set = wanted.get(i);
          sets.set(i, states.get(s).sets.get(set) || edge.sets.get(set));
        }
        next[first(initial, s)] =
            guards.ite(edge.guard, Diagrams.leaf(edges.size()), next[first(initial, s)]);
        edges.add(new Buchi.Edge(first(initial, edge.target), sets));
      }
    }
    return Buchi.of(guards, next, edges, all ? 1 : wanted.size());
  }

  /** The states' numbers where the one to begin in is 0. */
  private static int first(int initial, int state) {
    return state == initial ? 0 : state == 0 ? initial : state;
  }
}
