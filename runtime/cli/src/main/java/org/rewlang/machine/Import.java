package org.rewlang.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Buchi;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Diagrams;
import org.rewlang.automata.Hoa;
import org.rewlang.automata.Hoa.Malformed;
import org.rewlang.automata.Limits;
import org.rewlang.automata.MachineText;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.machine.Imported.Edge;
import org.rewlang.machine.Imported.Literal;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Programs made of the files of other tools: reward machines and automata in HOA. What a file means
 * there, the program means here; what is easily overlooked in it is told.
 */
public final class Import {

  /**
   * What became of a file.
   *
   * @param kind {@code hoa} or {@code reward_machine}
   * @param text the program; null if there is none
   * @param diagnostics what is wrong with the file, or strange in it
   */
  public record Result(String kind, @Nullable String text, List<Diagnostic> diagnostics) {}

  private final Source source;
  private final boolean keepAll;
  private final List<Diagnostic> found = new ArrayList<>();

  private Import(Source source, boolean keepAll) {
    this.source = source;
    this.keepAll = keepAll;
  }

  /**
   * @param keepAll whether several edges between the same two states of a reward machine all count
   */
  public static Result of(Source source, boolean keepAll) {
    return new Import(source, keepAll).result();
  }

  private Result result() {
    boolean hoa = source.text().stripLeading().startsWith("HOA:");
    Imported made = hoa ? hoa() : machine();
    String file = source.name().replaceFirst("^.*/", "");
    String text = made == null ? null : made.text("Brought in from " + file + ".");
    return new Result(hoa ? "hoa" : "reward_machine", text, List.copyOf(found));
  }

  private String stem(String otherwise) {
    String stem = otherwise.isBlank() ? source.name().replaceFirst("^.*/", "") : otherwise;
    return stem.replaceFirst("\\.\\w+$", "");
  }

  private @Nullable Imported malformed(Malformed why) {
    int line = Math.min(why.line(), source.lineCount());
    int start = Math.min(source.text().length(), source.lineStart(line) + why.column() - 1);
    int end = Math.max(start, source.lineStart(line) + source.line(line).length());
    Diagnostic.Builder d =
        Diagnostic.of(Code.BAD_IMPORT, why.message(), source, new Span(start, end));
    if (why.hint() != null) {
      d.hint(why.hint());
    }
    found.add(d.build());
    return null;
  }

  private @Nullable Imported refuse(String message, String hint) {
    found.add(Diagnostic.of(Code.BAD_IMPORT, message, source, Span.at(0)).hint(hint).build());
    return null;
  }

  private void strange(int line, String message) {
    int start = source.lineStart(line);
    Span span = new Span(start, start + source.line(line).length());
    found.add(Diagnostic.of(Code.STRANGE_IMPORT, message, source, span).build());
  }

  // Reward machines.

  private @Nullable Imported machine() {
    return switch (MachineText.read(source.text())) {
      case MachineText.Unreadable(Malformed why) -> malformed(why);
      case MachineText.Read(MachineText machine) -> new OfText(machine).machine();
    };
  }

  /** All terminal states are one; where no edge fits, the episode is over, too. */
  private final class OfText {
    private static final String DONE = "done";
    private static final String FELL_OFF = "fell_off";

    private final MachineText machine;
    private final List<String> states = new ArrayList<>();
    private final AtomNames atoms = new AtomNames();
    private final Diagrams diagrams = new Diagrams();
    private final List<Edge> edges = new ArrayList<>();

    OfText(MachineText machine) {
      this.machine = machine;
    }

    private String name(int state) {
      return machine.terminal().contains(state)
          ? DONE
          : "u" + (state < 0 ? "_" : "") + Math.abs(state);
    }

    private int number(String state) {
      if (!states.contains(state)) {
        states.add(state);
      }
      return states.indexOf(state);
    }

    Imported machine() {
      if (machine.terminal().size() > 1) {
        strange(2, "all terminal states are one");
      }
      int initial = number(name(machine.initial()));
      Map<Integer, List<MachineText.Edge>> leaving = new LinkedHashMap<>();
      leaving.put(machine.initial(), new ArrayList<>());
      for (MachineText.Edge edge : machine.edges()) {
        if (machine.terminal().contains(edge.from())) {
          strange(edge.line(), "an edge that leaves a terminal state is never taken");
        } else {
          enter(leaving.computeIfAbsent(edge.from(), _ -> new ArrayList<>()), edge);
          if (!machine.terminal().contains(edge.to())) {
            leaving.computeIfAbsent(edge.to(), _ -> new ArrayList<>());
          }
        }
      }
      leaving.forEach(
          (from, all) -> {
            if (!machine.terminal().contains(from)) {
              leave(from, all);
            }
          });
      BitSet over = new BitSet();
      for (String state : List.of(DONE, FELL_OFF)) {
        if (states.contains(state)) {
          over.set(number(state));
        }
      }
      return new Imported(stem(""), states, initial, over, edges, new Imported.OfEdges());
    }

    /** An edge that replaces one before it does so in its place. */
    private void enter(List<MachineText.Edge> all, MachineText.Edge edge) {
      for (int i = 0; i < all.size(); i++) {
        MachineText.Edge before = all.get(i);
        boolean replaces =
            keepAll
                ? before.guard().equals(edge.guard())
                : name(before.to()).equals(name(edge.to()));
        if (replaces) {
          String same = keepAll ? "has the same guard" : "leads between the same states";
          strange(
              before.line(),
              "the edge in line " + edge.line() + " " + same + " and replaces this one");
          all.set(i, edge);
          return;
        }
      }
      all.add(edge);
    }

    private void leave(int from, List<MachineText.Edge> all) {
      int taken = Diagrams.FALSE;
      int state = number(name(from));
      for (int i = 0; i < all.size(); i++) {
        MachineText.Edge edge = all.get(i);
        int guard = guard(edge);
        if (guard == Diagrams.FALSE) {
          continue;
        }
        overlap(all.subList(0, i), edge, guard);
        taken = diagrams.or(taken, guard);
        edges.add(
            new Edge(
                state,
                number(name(edge.to())),
                guard == Diagrams.TRUE ? List.of() : literals(edge),
                false,
                edge.reward().equals("ConstantRewardFunction")
                    ? edge.amount()
                    : edge.reward() + (edge.amount().isEmpty() ? "" : "(" + edge.amount() + ")"),
                ""));
      }
      if (taken != Diagrams.TRUE) {
        Cube letter = Cube.simplest(diagrams, taken, n -> n == 0);
        strange(
            all.isEmpty() ? 1 : all.getLast().line(),
            "no edge leaves state "
                + from
                + " at `"
                + letter(letter)
                + "`: the episode is over there");
        edges.add(
            new Edge(state, number(FELL_OFF), List.of(), true, "0", "as reward_machines does"));
      }
    }

    private void overlap(List<MachineText.Edge> before, MachineText.Edge edge, int guard) {
      for (MachineText.Edge first : before) {
        int both = diagrams.and(guard(first), guard);
        boolean same =
            name(first.to()).equals(name(edge.to()))
                && first.reward().equals(edge.reward())
                && first.amount().equals(edge.amount());
        if (both != Diagrams.FALSE && !same) {
          Cube letter = Cube.simplest(diagrams, both, n -> n == 1);
          strange(
              edge.line(),
              "at `"
                  + letter(letter)
                  + "` the edge in line "
                  + first.line()
                  + " is taken before this one");
          return;
        }
      }
    }

    private String letter(@Nullable Cube cube) {
      return cube == null
          ? "{}"
          : cube.yes().stream().mapToObj(atoms::name).collect(Collectors.joining(", ", "{", "}"));
    }

    private int guard(MachineText.Edge edge) {
      int any = Diagrams.FALSE;
      for (List<MachineText.Literal> alternative : edge.alternatives()) {
        int all = Diagrams.TRUE;
        for (MachineText.Literal l : alternative) {
          int atom =
              switch (l.atom()) {
                case "True" -> Diagrams.TRUE;
                case "False" -> Diagrams.FALSE;
                default -> diagrams.variableIs(atoms.number(l.atom()));
              };
          all = diagrams.and(all, l.holds() ? atom : diagrams.not(atom));
        }
        any = diagrams.or(any, all);
      }
      return any;
    }

    /** As it was written, but for what is always or never true. */
    private static List<List<Literal>> literals(MachineText.Edge edge) {
      List<List<Literal>> any = new ArrayList<>();
      for (List<MachineText.Literal> alternative : edge.alternatives()) {
        boolean never =
            alternative.stream().anyMatch(l -> l.atom().equals(l.holds() ? "False" : "True"));
        if (!never) {
          any.add(
              alternative.stream()
                  .filter(l -> !l.atom().equals("True") && !l.atom().equals("False"))
                  .map(l -> new Literal(l.atom(), l.holds()))
                  .toList());
        }
      }
      return any;
    }
  }

  // Automata.

  private @Nullable Imported hoa() {
    return switch (Hoa.read(source.text())) {
      case Malformed why -> malformed(why);
      case Hoa.Read(Hoa automaton) -> automaton(automaton);
    };
  }

  private @Nullable Imported automaton(Hoa hoa) {
    hoa.warnings().forEach(w -> strange(1, w));
    if (hoa.starts().size() != 1) {
      return refuse(
          "the automaton has " + hoa.starts().size() + " states to begin in, a machine has one",
          "make it deterministic first, with `autfilt -D` for instance");
    }
    for (Hoa.State state : hoa.states()) {
      int taken = Diagrams.FALSE;
      for (Hoa.Edge edge : state.edges()) {
        if (hoa.guards().and(taken, edge.guard()) != Diagrams.FALSE) {
          return refuse(
              "two edges of state " + hoa.states().indexOf(state) + " fit one letter",
              "make it deterministic first, with `autfilt -D` for instance");
        }
        taken = hoa.guards().or(taken, edge.guard());
        if (hoa.finite() && !edge.sets().isEmpty()) {
          return refuse(
              "acceptance is on edges, and of a finite word it is its last state's",
              "write the automaton with `autfilt -S`");
        }
      }
    }
    BitSet accepting = new BitSet();
    boolean onEdges = false;
    for (int s = 0; s < hoa.states().size(); s++) {
      accepting.set(s, hoa.states().get(s).sets().get(0));
      onEdges |= hoa.states().get(s).edges().stream().anyMatch(e -> !e.sets().isEmpty());
    }
    BitSet over = new BitSet();
    accepting.stream().filter(s -> staysWithin(hoa, s, accepting)).forEach(over::set);
    boolean trapped = over.equals(accepting);
    boolean paid = !hoa.rewards().isEmpty();
    String acceptance = hoa.acceptance().replace(" ", "");
    if (!hoa.finite() && !(trapped && !onEdges && acceptance.equals("Inf(0)"))) {
      return endless(hoa);
    }
    boolean atEnd = !paid && !trapped && !accepting.isEmpty();
    return edges(
        hoa,
        paid || trapped ? over : new BitSet(),
        atEnd ? new Imported.AtEnd(accepting) : new Imported.OfEdges());
  }

  /** Of words that never end: acceptance sets that are taken again and again. */
  private @Nullable Imported endless(Hoa hoa) {
    Buchi automaton = hoa.toBuchi();
    if (automaton == null) {
      return refuse(
          "what the automaton accepts is neither decided in a finite time nor that sets are taken"
              + " again and again",
          "make it deterministic with generalized Buchi acceptance first");
    }
    return switch (Objective.of(automaton, hoa.atoms(), stem(name()))) {
      case Limits.Made<Imported>(Imported made) -> made;
      case Limits.Refused<Imported> refused ->
          refuse(
              "the automaton with its sets still to come needs more than " + refused.bounds(),
              "join acceptance sets that are taken together");
    };
  }

  private static boolean staysWithin(Hoa hoa, int state, BitSet within) {
    int covered = Diagrams.FALSE;
    for (Hoa.Edge edge : hoa.states().get(state).edges()) {
      if (!within.get(edge.target())) {
        return false;
      }
      covered = hoa.guards().or(covered, edge.guard());
    }
    return covered == Diagrams.TRUE || !hoa.rewards().isEmpty();
  }

  private Imported edges(Hoa hoa, BitSet over, Imported.Reward paid) {
    List<String> states = new ArrayList<>();
    for (int s = 0; s < hoa.states().size(); s++) {
      String name = hoa.states().get(s).name();
      states.add(name.isEmpty() ? "q" + s : name);
    }
    List<Edge> edges = new ArrayList<>();
    int number = 0;
    boolean rejects = false;
    for (int s = 0; s < hoa.states().size(); s++) {
      int taken = Diagrams.FALSE;
      for (Hoa.Edge edge : hoa.states().get(s).edges()) {
        String reward =
            !hoa.rewards().isEmpty()
                ? hoa.rewards().get(number)
                : over.get(edge.target()) && !over.get(s) ? "1" : "0";
        number++;
        taken = hoa.guards().or(taken, edge.guard());
        boolean idle = edge.target() == s && reward.equals("0");
        if (!over.get(s) && !idle && edge.guard() != Diagrams.FALSE) {
          edges.add(new Edge(s, edge.target(), literals(hoa, edge.guard()), false, reward, ""));
        }
      }
      if (hoa.rewards().isEmpty() && !over.get(s) && taken != Diagrams.TRUE) {
        // What has no edge is rejected for good, which is no staying.
        edges.add(new Edge(s, states.size(), not(hoa, taken), false, "0", ""));
        rejects = true;
      }
    }
    if (rejects) {
      states.add("rejected");
    }
    int initial = hoa.starts().getFirst();
    return new Imported(stem(name()), states, initial, over, edges, paid);
  }

  private String name() {
    TreeSet<String> lines =
        source
            .text()
            .lines()
            .filter(l -> l.startsWith("name:"))
            .collect(Collectors.toCollection(TreeSet::new));
    String quoted =
        lines.isEmpty() ? "" : lines.first().replaceFirst("^name:\\s*\"(.*)\"\\s*$", "$1");
    // A formula as a name says too much.
    return quoted.matches("[A-Za-z]\\w*") ? quoted : "";
  }

  private static List<List<Literal>> not(Hoa hoa, int condition) {
    return literals(hoa, hoa.guards().not(condition));
  }

  private static List<List<Literal>> literals(Hoa hoa, int guard) {
    return Imported.literals(hoa.guards(), guard, hoa.atoms()::name);
  }
}
