package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.Result;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Gate;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Program;

/**
 * A positive constant that is paid at every step in which a condition holds, and nothing that is
 * paid asks for more than that: standing still there beats going on. A bonus for an outcome is
 * none, nor is one for being alive, whose condition's opposite is an outcome; nor is one for a
 * stage on the way, on which something is built: what is paid where its condition holds and more is
 * asked for.
 */
final class Flooding {

  /** How many choices of a component's worth are looked at. */
  private static final int MOST = 256;

  private final Program program;
  private final Model model;
  private final Ranges ranges;
  private int choices;

  Flooding(Program program, Model model, Ranges ranges) {
    this.program = program;
    this.model = model;
    this.ranges = ranges;
  }

  List<Diagnostic> find() {
    List<Component> paid = new ArrayList<>();
    for (Decl declaration : program.declarations()) {
      if (declaration instanceof Decl.Block block && block.paid()) {
        components(block.items(), paid);
      }
    }
    Map<Component, List<Pay>> pays = new LinkedHashMap<>();
    paid.forEach(c -> pays.put(c, pays(c)));
    List<Diagnostic> found = new ArrayList<>();
    pays.forEach(
        (component, own) -> {
          Gate gate = component.gate();
          Pay stage = own.size() == 1 ? own.getFirst() : null;
          if (gate != null
              && gate.kind() == Gate.Kind.WHEN
              && stage != null
              && !stage.conditions.isEmpty()
              && Terms.constant(stage.worth) > 0
              && !isOutcome(stage)
              && pays.values().stream().allMatch(o -> o == own || !isBuiltOn(stage, o))) {
            found.add(flooding(component, gate));
          }
        });
    return found;
  }

  private static void components(List<Item> items, List<Component> into) {
    for (Item item : items) {
      switch (item) {
        case Component component -> into.add(component);
        case Item.Nested nested -> components(nested.items(), into);
      }
    }
  }

  private Diagnostic flooding(Component component, Gate gate) {
    Span span = gate.span();
    Span word = new Span(span.start(), span.start() + "when".length());
    return Diagnostic.of(
            Code.REWARD_FLOODING,
            "component `"
                + component.name().text()
                + "` pays at every step in which its condition holds",
            program.source(),
            word)
        .label("again and again, and nothing is paid for going on from here")
        .hint(
            "write `once` to pay it the first time only; if this is the goal, say `success when …`")
        .fix(Fix.maybe("pay it once", program.source(), word, "once"))
        .build();
  }

  /**
   * What a component is worth in some of the steps.
   *
   * @param conditions that all hold in them; none is a conjunction
   */
  private record Pay(List<Term> conditions, Term worth) {}

  /** What a component is worth wherever that isn't 0. */
  private List<Pay> pays(Component component) {
    List<Pay> pays = new ArrayList<>();
    choices = 0;
    for (Result result : model.results()) {
      Location at = result.definition().at();
      boolean paid = result.role() == Output.Role.COMPONENT || result.role() == Output.Role.LOG;
      if (paid && at.source() == program.source() && at.span().equals(component.name().span())) {
        pays(result.definition().value(), List.of(), pays);
      }
    }
    return pays;
  }

  private void pays(Term value, List<Term> given, List<Pay> into) {
    Term worth = Terms.bare(value);
    if (worth instanceof Term.Apply select && select.op() == Operation.SELECT && choices++ < MOST) {
      Term condition = select.operands().getFirst();
      pays(select.operands().get(1), with(given, conjuncts(condition)), into);
      pays(select.operands().get(2), with(given, opposites(condition)), into);
    } else if (Terms.constant(worth) != 0) {
      into.add(new Pay(given, worth));
    }
  }

  private static List<Term> with(List<Term> given, List<Term> more) {
    List<Term> all = new ArrayList<>(given);
    all.addAll(more);
    return all;
  }

  /** What holds where a condition doesn't, as far as it can be said by terms that there are. */
  private static List<Term> opposites(Term condition) {
    return Terms.bare(condition) instanceof Term.Apply not && not.op() == Operation.NOT
        ? conjuncts(not.operands().getFirst())
        : List.of();
  }

  /**
   * Whether something pays, or may pay, where more than these conditions hold: at a later stage, or
   * for how well this one is done.
   */
  private boolean isBuiltOn(Pay stage, List<Pay> other) {
    return other.stream()
        .anyMatch(
            more ->
                ranges.interval(more.worth).high() > 0
                    && !more.conditions.isEmpty()
                    && stage.conditions.stream().allMatch(c -> implied(more.conditions, c))
                    && (Double.isNaN(Terms.constant(more.worth))
                        || !more.conditions.stream().allMatch(c -> implied(stage.conditions, c))));
  }

  /** Whether the condition implies an outcome, or is the opposite of one. */
  private boolean isOutcome(Pay pay) {
    for (Result result : model.results()) {
      boolean outcome =
          switch (result.role()) {
            case SUCCESS, FAILURE, TERMINATE, TRUNCATE -> true;
            default -> false;
          };
      if (!outcome) {
        continue;
      }
      boolean opposite =
          pay.conditions.size() == 1 && opposite(pay.conditions.getFirst(), result.value());
      if (implied(pay.conditions, result.value()) || opposite) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code outcome} holds where all of {@code given} do. */
  private boolean implied(List<Term> given, Term outcome) {
    return Terms.bare(outcome) instanceof Term.Apply or && or.op() == Operation.OR
        ? or.operands().stream().anyMatch(o -> implied(given, o))
        : conjuncts(outcome).stream()
            .allMatch(needed -> given.stream().anyMatch(g -> implies(g, needed)));
  }

  private static List<Term> conjuncts(Term condition) {
    Term bare = Terms.bare(condition);
    if (bare instanceof Term.Apply and && and.op() == Operation.AND) {
      return and.operands().stream().flatMap(o -> conjuncts(o).stream()).toList();
    }
    // A stage's turn is what isn't that of those before it: `not (not held)`.
    List<Term> twice =
        bare instanceof Term.Apply not && not.op() == Operation.NOT
            ? opposites(not.operands().getFirst())
            : List.of();
    return twice.isEmpty() ? List.of(bare) : twice;
  }

  /** Whether the second is the same condition, or a comparison that asks for no more. */
  private boolean implies(Term given, Term needed) {
    return same(given, needed)
        || (given instanceof Term.Apply tight
            && needed instanceof Term.Apply loose
            && (tight.op() == Operation.LESS || tight.op() == Operation.LESS_EQUAL)
            && (loose.op() == tight.op() || loose.op() == Operation.LESS_EQUAL)
            && atMost(loose.operands().getFirst(), tight.operands().getFirst())
            && atMost(tight.operands().getLast(), loose.operands().getLast()));
  }

  private boolean atMost(Term a, Term b) {
    return same(a, b) || Terms.constant(a) <= Terms.constant(b);
  }

  private boolean same(Term a, Term b) {
    return ranges.graph().number(Terms.bare(a)) == ranges.graph().number(Terms.bare(b));
  }

  private boolean opposite(Term a, Term b) {
    return isNot(a, b) || isNot(b, a);
  }

  private boolean isNot(Term not, Term of) {
    return Terms.bare(not) instanceof Term.Apply apply
        && apply.op() == Operation.NOT
        && ranges.graph().number(apply.operands().getFirst()) == ranges.graph().number(of);
  }
}
