package org.rewlang.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Verdict;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.EnumType;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Decl.Rule;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/**
 * The rules of a machine that follows a formula. Its states are what is known of the episode so
 * far; rules only say what is paid.
 */
final class FollowerRules {

  /** By the number of a state of the chart. */
  static final List<String> STATES = List.of("open", "holding", "satisfied", "violated");

  private final Decl.Machine machine;
  private final Session session;
  private final FileScope file;
  private final BitSet over = new BitSet();
  private boolean wrong;

  FollowerRules(Decl.Machine machine, Session session, FileScope file) {
    this.machine = machine;
    this.session = session;
    this.file = file;
    over.set(state(Verdict.SATISFIED));
    over.set(state(Verdict.VIOLATED));
  }

  /** Which state a verdict is. */
  static int state(Verdict verdict) {
    return switch (verdict) {
      case PRESUMABLY_SATISFIED -> 1;
      case SATISFIED -> 2;
      case VIOLATED -> 3;
      default -> 0;
    };
  }

  Chart chart() {
    List<Chart.Edge> edges = new ArrayList<>();
    Map<Integer, Rule.State> pays = new LinkedHashMap<>();
    for (Rule rule : machine.rules()) {
      switch (rule) {
        case Rule.Edge e -> edges.add(edge(e));
        case Rule.State s -> {
          Rule.State before = pays.putIfAbsent(number(s.state()), s);
          if (before != null) {
            session.reporter.report(
                at(Code.BAD_MACHINE, "a state has one reward", s.state().span())
                    .label("said again")
                    .related(file.source, before.state().span(), "said first here"));
            wrong = true;
          }
        }
        case Rule.Initial _, Rule.Final _, Rule.Counter _, Rule.Exclusive _ -> idle(rule.span());
      }
    }
    return new Chart(
        !wrong,
        new EnumType(machine.name().text(), STATES),
        List.of(),
        0,
        over,
        edges,
        pays,
        List.of(),
        List.of());
  }

  private Chart.Edge edge(Rule.Edge e) {
    Expr after = e.after();
    if (e.gate() != null) {
      idle(e.gate().span());
    } else if (after != null) {
      idle(after.span());
    } else if (!e.updates().isEmpty()) {
      idle(e.updates().getFirst().span());
    } else if (e.reward() == null) {
      wrong(e.span(), "this rule pays nothing", "no `reward`", "say what it pays: `… reward 1`");
    }
    BitSet from = new BitSet();
    if (e.from().text().equals(Chart.ANY)) {
      from.set(0, STATES.size());
      from.andNot(over);
    } else {
      int number = number(e.from());
      from.set(number);
      if (over.get(number)) {
        wrong(
            e.from().span(),
            "`" + e.from().text() + "` is final, so no edge leaves it",
            "the machine is over there",
            "write `any -> " + e.from().text() + "` for what coming there pays");
      }
    }
    return new Chart.Edge(e, from, number(e.to()));
  }

  private int number(Name state) {
    int number = STATES.indexOf(state.text());
    if (number < 0 && !state.text().isEmpty()) {
      session.reporter.report(
          at(Code.UNKNOWN_NAME, "no state is called `" + state.text() + "`", state.span())
              .label("what is known of the formula is the state of this machine")
              .found(state.text())
              .expected(STATES));
    }
    wrong |= number < 0;
    return Math.max(0, number);
  }

  private void idle(Span span) {
    wrong(
        span,
        "where this machine goes is what it is made from",
        "a rule of a machine without `from`",
        "keep rules of what is paid: `any -> satisfied reward 1`, `open: reward -0.1`");
  }

  private void wrong(Span span, String message, String label, String hint) {
    wrong = true;
    session.reporter.report(at(Code.BAD_MACHINE, message, span).label(label).hint(hint));
  }

  private Diagnostic.Builder at(Code code, String message, Span span) {
    return Diagnostic.of(code, message, file.source, span);
  }
}
