package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Diagrams;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.ReduceOp;
import org.rewlang.model.Term;

/**
 * Conditions as decision diagrams over their atoms: what is left where {@code and}, {@code or},
 * {@code not}, {@code if} and the names of conditions are taken apart. Equal atoms are one.
 */
public final class Guards {

  /** Where a condition is true, and where it is false; elsewhere it is unknown. */
  public record Truth(int yes, int no) {
    private static final Truth TRUE = new Truth(Diagrams.TRUE, Diagrams.FALSE);
    private static final Truth FALSE = new Truth(Diagrams.FALSE, Diagrams.TRUE);
    private static final Truth UNKNOWN = new Truth(Diagrams.FALSE, Diagrams.FALSE);

    private static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }
  }

  /**
   * An atom.
   *
   * @param name of the condition that it is, or its text
   * @param variable that is true where the atom is
   * @param mayBeUnknown then the next variable is true where the atom is false
   */
  public record Atom(Term term, String name, int variable, boolean mayBeUnknown) {

    /** How many values it has. */
    public int values() {
      return mayBeUnknown ? 3 : 2;
    }
  }

  private static final int MOST_PARTS = 64;

  private final Diagrams diagrams;
  private final TermGraph graph = new TermGraph();
  private final Predicate<Term> mayBeUnknown;
  private final Map<Term, String> names = new IdentityHashMap<>();
  private final List<Atom> atoms = new ArrayList<>();
  private final Map<Integer, Atom> numbered = new HashMap<>();
  private final Map<Term, Truth> fixed = new IdentityHashMap<>();
  private int variables;

  /**
   * @param mayBeUnknown what is known of atoms
   */
  public Guards(Diagrams diagrams, Predicate<Term> mayBeUnknown) {
    this.diagrams = diagrams;
    this.mayBeUnknown = mayBeUnknown;
  }

  /** The atoms so far, their variables ascending. */
  public List<Atom> atoms() {
    return List.copyOf(atoms);
  }

  public Truth of(Term condition) {
    return of(condition, _ -> null);
  }

  /**
   * @param known the truth of an atom that has one here; null of any other
   */
  public Truth of(Term condition, Function<Term, @Nullable Boolean> known) {
    return new Reading(known).of(condition);
  }

  /** One condition being read. */
  private final class Reading {
    private final Function<Term, @Nullable Boolean> known;

    /** How many atoms were known here, and need not be elsewhere. */
    private int local;

    Reading(Function<Term, @Nullable Boolean> known) {
      this.known = known;
    }

    Truth of(Term term) {
      Truth before = fixed.get(term);
      if (before != null) {
        return before;
      }
      int asked = local;
      Truth truth = read(term);
      if (asked == local) {
        fixed.put(term, truth);
      }
      return truth;
    }

    private Truth read(Term term) {
      return switch (term) {
        case Term.Const c when Double.isNaN(c.value()) -> Truth.UNKNOWN;
        case Term.Const c -> Truth.of(c.value() != 0);
        case Term.Ref r when r.definition().isDefined() -> {
          Term value = r.definition().value();
          if (r.definition().kind() != Definition.Kind.LOCAL) {
            names.putIfAbsent(value, r.definition().name());
          }
          yield of(value);
        }
        case Term.Apply a when isLogic(a) -> logic(a);
        case Term.Reduce r when parts(r) != null -> together(r, Objects.requireNonNull(parts(r)));
        default -> atom(term);
      };
    }

    private Truth logic(Term.Apply apply) {
      Truth a = of(apply.operands().getFirst());
      Truth b = of(apply.operands().getLast());
      Diagrams d = diagrams;
      return switch (apply.op()) {
        case NOT -> new Truth(a.no, a.yes);
        case AND -> new Truth(d.and(a.yes, b.yes), d.or(a.no, b.no));
        case OR -> new Truth(d.or(a.yes, b.yes), d.and(a.no, b.no));
        case EQUAL ->
            new Truth(
                d.or(d.and(a.yes, b.yes), d.and(a.no, b.no)),
                d.or(d.and(a.yes, b.no), d.and(a.no, b.yes)));
        case SELECT -> {
          Truth then = of(apply.operands().get(1));
          yield new Truth(
              d.or(d.and(a.yes, then.yes), d.and(a.no, b.yes)),
              d.or(d.and(a.yes, then.no), d.and(a.no, b.no)));
        }
        case COALESCE ->
            new Truth(
                d.or(a.yes, d.and(d.not(a.no), b.yes)), d.or(a.no, d.and(d.not(a.yes), b.no)));
        default -> throw new IllegalStateException("no logic: " + apply.op());
      };
    }

    private Truth together(Term.Reduce reduce, List<Term> parts) {
      boolean any = reduce.op() == ReduceOp.ANY;
      Truth all = Truth.of(!any);
      for (Term part : parts) {
        Truth one = of(part);
        all =
            any
                ? new Truth(diagrams.or(all.yes, one.yes), diagrams.and(all.no, one.no))
                : new Truth(diagrams.and(all.yes, one.yes), diagrams.or(all.no, one.no));
      }
      return all;
    }

    private Truth atom(Term term) {
      Boolean value = known.apply(term);
      if (value != null) {
        local++;
        return Truth.of(value);
      }
      Atom atom = Guards.this.atom(term);
      int yes = diagrams.variableIs(atom.variable);
      return new Truth(
          yes, atom.mayBeUnknown ? diagrams.variableIs(atom.variable + 1) : diagrams.not(yes));
    }
  }

  private static boolean isLogic(Term.Apply apply) {
    return switch (apply.op()) {
      case NOT, AND, OR -> true;
      case EQUAL, SELECT, COALESCE -> isBool(apply.operands().getLast());
      default -> false;
    };
  }

  /** The conditions that an {@code any} or {@code all} is of, as {@code x in [a, b]}; or null. */
  private static @Nullable List<Term> parts(Term.Reduce reduce) {
    boolean logic = reduce.op() == ReduceOp.ANY || reduce.op() == ReduceOp.ALL;
    if (!logic
        || !(reduce.of() instanceof Term.Apply each)
        || each.type().shape().size() != 1
        || each.type().size() > MOST_PARTS) {
      return null;
    }
    List<Term> parts = new ArrayList<>();
    for (int i = 0; i < each.type().size(); i++) {
      List<Term> operands = new ArrayList<>();
      for (Term operand : each.operands()) {
        if (operand.type().isScalar()) {
          operands.add(operand);
        } else if (operand instanceof Term.Stack stack) {
          operands.add(stack.parts().get(i));
        } else {
          return null;
        }
      }
      parts.add(new Term.Apply(each.op(), operands, each.type().element(), each.at()));
    }
    return parts;
  }

  private static boolean isBool(Term term) {
    return term.type().base() == Base.BOOL && term.type().isScalar();
  }

  private Atom atom(Term term) {
    graph.add(List.of(term));
    return numbered.computeIfAbsent(
        graph.number(term),
        _ -> {
          String name = names.getOrDefault(term, term.at().text().replaceAll("\\s+", " ").strip());
          Atom atom = new Atom(term, name, variables, mayBeUnknown.test(term));
          variables += atom.values() - 1;
          atoms.add(atom);
          return atom;
        });
  }
}
