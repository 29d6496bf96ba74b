package org.rewlang.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Window;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/**
 * The atoms of formulas: the largest parts of a condition without a temporal operator and without
 * {@code and}, {@code or}, {@code not}, {@code if} at their top. A name stands for what it is,
 * except that a named value with a past is an atom.
 */
final class Atoms {

  private final List<Term> terms = new ArrayList<>();
  private final Map<Term, Integer> numbers = new IdentityHashMap<>();

  /** What is asked for twice is one formula. */
  private final Map<Term, Formula> formulas = new IdentityHashMap<>();

  /** What conditions are called. */
  private final Map<Term, String> names = new IdentityHashMap<>();

  /** The condition that a formula's atom is. */
  Term term(int number) {
    return terms.get(number);
  }

  /** The name of that condition, or its text. */
  String name(int number) {
    Term term = terms.get(number);
    String name =
        term instanceof Term.Ref r && r.definition().kind() != Definition.Kind.LOCAL
            ? r.definition().name()
            : names.get(term);
    return name == null ? term.at().text().replaceAll("\\s+", " ").strip() : name;
  }

  private Formula atom(Term term) {
    int number =
        numbers.computeIfAbsent(
            term,
            t -> {
              terms.add(t);
              return terms.size() - 1;
            });
    return Formula.atom(number);
  }

  /** A condition of the step as a formula. */
  Formula of(Term condition) {
    Formula known = formulas.get(condition);
    if (known == null) {
      known = make(condition);
      // What is an atom now may be known better once its definition is.
      if (!(known instanceof Formula.Atom)) {
        formulas.put(condition, known);
      }
    }
    return known;
  }

  private Formula make(Term condition) {
    return switch (condition) {
      case Term.Const c when !Double.isNaN(c.value()) -> Formula.of(c.value() != 0);
      case Term.Ref r when isTransparent(r.definition()) -> {
        Term value = r.definition().value();
        if (r.definition().kind() != Definition.Kind.LOCAL) {
          names.putIfAbsent(value, r.definition().name());
        }
        yield of(value);
      }
      case Term.Apply a -> logic(a);
      case Term.Past p when p.since() == null && p.where() == null ->
          new Formula.Unary(back(p.op()), of(p.of()));
      case Term.Sliding s ->
          new Formula.Unary(back(s.op()), new Window(s.from(), s.to()), of(s.of()));
      case Term.Since s -> new Formula.Binary(Connective.SINCE, of(s.held()), of(s.event()));
      case Term.Prev p when !p.primable() && p.initially() instanceof Term.Const c ->
          new Formula.Unary(
              c.value() != 0 ? Operator.WEAK_YESTERDAY : Operator.YESTERDAY, of(p.of()));
      default -> atom(condition);
    };
  }

  private static boolean isTransparent(Definition definition) {
    return definition.isDefined()
        && (definition.kind() == Definition.Kind.LOCAL || !Walk.isStateful(definition.value()));
  }

  private static Operator back(ReduceOp op) {
    return op == ReduceOp.ANY ? Operator.ONCE : Operator.HISTORICALLY;
  }

  private Formula logic(Term.Apply apply) {
    List<Term> of = apply.operands();
    boolean bools = of.stream().allMatch(o -> o.type().base() == Base.BOOL);
    if (!bools || !apply.type().isScalar()) {
      return atom(apply);
    }
    return switch (apply.op()) {
      case NOT -> Formula.not(of(of.getFirst()));
      case AND -> Formula.and(of(of.getFirst()), of(of.getLast()));
      case OR -> Formula.or(of(of.getFirst()), of(of.getLast()));
      case EQUAL -> Formula.iff(of(of.getFirst()), of(of.getLast()));
      case SELECT -> choice(of(of.getFirst()), of(of.get(1)), of(of.getLast()));
      default -> atom(apply);
    };
  }

  /** One formula where a condition holds, the other where it doesn't. */
  static Formula choice(Formula condition, Formula then, Formula otherwise) {
    return Formula.or(Formula.and(condition, then), Formula.and(Formula.not(condition), otherwise));
  }
}
