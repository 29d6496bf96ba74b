package org.rewlang.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.EnumType;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Decl.Rule;
import org.rewlang.syntax.Gate;
import org.rewlang.syntax.Name;

/**
 * A machine's rules by number: states in the order in which they are first named, edges in the
 * order in which they are tried. Nothing in it is elaborated yet.
 *
 * @param valid whether nothing in it contradicts itself; the reasons are told where it does
 * @param initial where an episode begins
 * @param over the final states
 * @param edges those with {@code otherwise} come last
 * @param pays the rule of each state that has one
 */
record Chart(
    boolean valid,
    EnumType states,
    List<Name> names,
    int initial,
    BitSet over,
    List<Edge> edges,
    Map<Integer, Rule.State> pays,
    List<Rule.Counter> counters,
    List<Rule.Exclusive> exclusive) {

  static final String ANY = "any";

  private static final int MOST_STATES = 10_000;

  /**
   * An edge.
   *
   * @param from the states that it leaves: several where {@code any} was written
   */
  record Edge(Rule.Edge rule, BitSet from, int to) {
    boolean isOtherwise() {
      return rule.gate() != null && rule.gate().kind() == Gate.Kind.OTHERWISE;
    }
  }

  Chart {
    names = List.copyOf(names);
    edges = List.copyOf(edges);
    pays = Map.copyOf(pays);
    counters = List.copyOf(counters);
    exclusive = List.copyOf(exclusive);
  }

  /** Reads a machine's rules. */
  static Chart of(Decl.Machine machine, Session session, FileScope file) {
    return new Reader(machine, session, file).read();
  }

  private static final class Reader {
    private final Decl.Machine machine;
    private final Session session;
    private final FileScope file;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Name> names = new ArrayList<>();
    private boolean wrong;

    Reader(Decl.Machine machine, Session session, FileScope file) {
      this.machine = machine;
      this.session = session;
      this.file = file;
    }

    Chart read() {
      machine.rules().forEach(this::name);
      if (names.size() > MOST_STATES) {
        session.reporter.report(
            at(
                    Code.AUTOMATON_LIMIT,
                    "a machine has at most " + MOST_STATES + " states",
                    machine.name())
                .label("has " + names.size())
                .found(names.size() + " states"));
        wrong = true;
      }
      Rule.Initial first = null;
      BitSet over = new BitSet();
      List<Edge> edges = new ArrayList<>();
      List<Edge> last = new ArrayList<>();
      Map<Integer, Rule.State> pays = new LinkedHashMap<>();
      Map<String, Rule.Counter> counters = new LinkedHashMap<>();
      List<Rule.Exclusive> exclusive = new ArrayList<>();
      for (Rule rule : machine.rules()) {
        switch (rule) {
          case Rule.Initial i -> {
            if (first != null) {
              twice(i.state(), "a machine begins in one state", first.state());
            }
            first = first == null ? i : first;
          }
          case Rule.Final f -> f.states().forEach(s -> over.set(number(s)));
          case Rule.Exclusive e -> exclusive.add(e);
          case Rule.Edge _ -> {}
          case Rule.State s -> {
            Rule.State before = pays.putIfAbsent(number(s.state()), s);
            if (before != null) {
              twice(s.state(), "a state has one reward", before.state());
            }
          }
          case Rule.Counter c -> {
            Rule.Counter before = counters.putIfAbsent(c.name().text(), c);
            if (before != null) {
              twice(c.name(), "two counters have one name", before.name());
            }
          }
        }
      }
      for (Rule rule : machine.rules()) {
        if (rule instanceof Rule.Edge e) {
          Edge edge = edge(e, over, counters);
          (edge.isOtherwise() ? last : edges).add(edge);
        }
      }
      edges.addAll(last);
      if (first == null) {
        wrong(
            machine.name(),
            "the machine `" + machine.name().text() + "` begins nowhere",
            "no state is `initial`",
            names.isEmpty() ? null : "say it: `initial " + names.getFirst().text() + "`");
      }
      EnumType states =
          new EnumType(machine.name().text(), names.stream().map(Name::text).toList());
      return new Chart(
          !wrong,
          states,
          names,
          first == null ? 0 : number(first.state()),
          over,
          edges,
          pays,
          List.copyOf(counters.values()),
          exclusive);
    }

    /** Takes in the states that a rule names. */
    private void name(Rule rule) {
      switch (rule) {
        case Rule.Initial i -> state(i.state());
        case Rule.Final f -> f.states().forEach(this::state);
        case Rule.State s -> state(s.state());
        case Rule.Edge e -> {
          if (!e.from().text().equals(ANY)) {
            state(e.from());
          }
          state(e.to());
        }
        case Rule.Counter _, Rule.Exclusive _ -> {}
      }
    }

    private void state(Name name) {
      if (name.text().equals(ANY)) {
        wrong(
            name,
            "`any` stands for all states, no state is called so",
            "one state belongs here",
            null);
      }
      // What is missing was told by the parser.
      wrong |= name.text().isEmpty();
      if (numbers.putIfAbsent(name.text(), names.size()) == null) {
        names.add(name);
      }
    }

    private int number(Name state) {
      return numbers.getOrDefault(state.text(), 0);
    }

    private Edge edge(Rule.Edge rule, BitSet over, Map<String, Rule.Counter> counters) {
      BitSet from = new BitSet();
      if (rule.from().text().equals(ANY)) {
        from.set(0, names.size());
        from.andNot(over);
      } else {
        from.set(number(rule.from()));
        if (over.get(number(rule.from()))) {
          wrong(
              rule.from(),
              "`" + rule.from().text() + "` is final, so no edge leaves it",
              "the machine is over there",
              "leave out the edge, or take `" + rule.from().text() + "` from the `final` states");
        }
      }
      Map<String, Name> set = new HashMap<>();
      for (Decl.Option update : rule.updates()) {
        Name counter = update.name();
        Name before = set.putIfAbsent(counter.text(), counter);
        if (before != null) {
          twice(counter, "an edge sets a counter once", before);
        } else if (!counters.containsKey(counter.text())) {
          wrong = true;
          List<String> known = List.copyOf(counters.keySet());
          Diagnostic.Builder d =
              at(Code.UNKNOWN_NAME, "no counter is called `" + counter.text() + "`", counter)
                  .label("`set` changes counters of this machine")
                  .found(counter.text())
                  .expected(known);
          session.reporter.report(
              known.isEmpty()
                  ? d.hint("declare it: `counter " + counter.text() + " in 0..10`")
                  : d);
        }
      }
      return new Edge(rule, from, number(rule.to()));
    }

    private void twice(Name name, String message, Name before) {
      wrong = true;
      session.reporter.report(
          at(Code.BAD_MACHINE, message, name)
              .label("said again")
              .related(file.source, before.span(), "said first here"));
    }

    private void wrong(Name name, String message, String label, @Nullable String hint) {
      wrong = true;
      Diagnostic.Builder d = at(Code.BAD_MACHINE, message, name).label(label);
      session.reporter.report(hint == null ? d : d.hint(hint));
    }

    private Diagnostic.Builder at(Code code, String message, Name name) {
      return Diagnostic.of(code, message, file.source, name.span());
    }
  }
}
