package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
 * A positive constant that is paid at every step in which a condition holds, where the condition is
 * not what ends or decides the episode: standing still there beats going on. A bonus for an outcome
 * is none, nor is one for being alive, whose condition's opposite is an outcome.
 */
final class Flooding {

  private final Program program;
  private final Model model;
  private final Ranges ranges;

  Flooding(Program program, Model model, Ranges ranges) {
    this.program = program;
    this.model = model;
    this.ranges = ranges;
  }

  List<Diagnostic> find() {
    List<Diagnostic> found = new ArrayList<>();
    for (Decl declaration : program.declarations()) {
      if (declaration instanceof Decl.Block block && block.paid()) {
        items(block.items(), found);
      }
    }
    return found;
  }

  private void items(List<Item> items, List<Diagnostic> found) {
    for (Item item : items) {
      switch (item) {
        case Component component -> {
          Diagnostic diagnostic = component(component);
          if (diagnostic != null) {
            found.add(diagnostic);
          }
        }
        case Item.Nested nested -> items(nested.items(), found);
      }
    }
  }

  private @Nullable Diagnostic component(Component component) {
    Gate gate = component.gate();
    if (gate == null || gate.kind() != Gate.Kind.WHEN) {
      return null;
    }
    Term value = value(component);
    if (!(value instanceof Term.Apply select)
        || select.op() != Operation.SELECT
        || !(Terms.constant(select.operands().get(1)) > 0)
        || Terms.constant(select.operands().get(2)) != 0
        || isOutcome(select.operands().getFirst())) {
      return null;
    }
    Span span = gate.span();
    Span word = new Span(span.start(), span.start() + "when".length());
    return Diagnostic.of(
            Code.REWARD_FLOODING,
            "component `"
                + component.name().text()
                + "` pays at every step in which its condition holds",
            program.source(),
            word)
        .label("again and again, so staying here may pay more than going on")
        .hint("write `once` to pay it the first time only, or `on` for each time that it begins")
        .fix(Fix.maybe("pay it once", program.source(), word, "once"))
        .build();
  }

  private @Nullable Term value(Component component) {
    for (Result result : model.results()) {
      Location at = result.definition().at();
      boolean paid = result.role() == Output.Role.COMPONENT || result.role() == Output.Role.LOG;
      if (paid && at.source() == program.source() && at.span().equals(component.name().span())) {
        Term value = Terms.bare(result.definition().value());
        // An override of other components stands around it.
        while (value instanceof Term.Apply outer
            && outer.op() == Operation.SELECT
            && Terms.constant(outer.operands().get(1)) == 0
            && Double.isNaN(Terms.constant(outer.operands().get(2)))) {
          value = Terms.bare(outer.operands().get(2));
        }
        return value;
      }
    }
    return null;
  }

  /** Whether the condition implies an outcome, or is the opposite of one. */
  private boolean isOutcome(Term condition) {
    List<Term> given = conjuncts(condition);
    for (Result result : model.results()) {
      boolean outcome =
          switch (result.role()) {
            case SUCCESS, FAILURE, TERMINATE, TRUNCATE -> true;
            default -> false;
          };
      if (!outcome) {
        continue;
      }
      if (implied(given, result.value()) || opposite(condition, result.value())) {
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
    return Terms.is(bare, Operation.AND) && bare instanceof Term.Apply and
        ? and.operands().stream().flatMap(o -> conjuncts(o).stream()).toList()
        : List.of(bare);
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
