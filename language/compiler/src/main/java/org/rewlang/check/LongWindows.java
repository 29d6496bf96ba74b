package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Guards;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.Formula.Atom;
import org.rewlang.automata.Formula.Binary;
import org.rewlang.automata.Formula.Connective;
import org.rewlang.automata.Formula.Constant;
import org.rewlang.automata.Formula.Operator;
import org.rewlang.automata.Formula.Unary;
import org.rewlang.automata.Formula.Window;
import org.rewlang.automata.FormulaWriter;
import org.rewlang.automata.Limits;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * Windows too long for an automaton with a state for each of their steps. Where it is one condition
 * for all times, or one window from the first step on, a number counts the steps, and the formula
 * is about what the number says: its automaton has a few states however long the window is.
 *
 * <p>What counts is taken to be a free condition, which it isn't, so this is done where no verdict
 * comes later for it: whatever has happened, the formula can still fail, and still need not.
 */
final class LongWindows {

  /** More conditions that look back are not tried in all combinations. */
  private static final int MOST = 6;

  private final Conditions conditions;
  private final Limits limits;
  private final Location at;

  /** Thrown out of a formula that has another shape, or whose verdicts could come late. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit() {
      super(null, null, false, false);
    }
  }

  private LongWindows(Conditions conditions, Limits limits, Location at) {
    this.conditions = conditions;
    this.limits = limits;
    this.at = at;
  }

  /** A formula with the same verdicts and short windows; itself where there is none. */
  static Formula shortened(Formula formula, Conditions conditions, Limits limits, Location at) {
    boolean known = conditions.atoms().stream().noneMatch(Guards.Atom::mayBeUnknown);
    if (formula.windowLength() <= limits.states() || !known) {
      return formula;
    }
    try {
      return new LongWindows(conditions, limits, at).shortened(formula);
    } catch (Unfit e) {
      return formula;
    }
  }

  private Formula shortened(Formula f) throws Unfit {
    return switch (f) {
      case Unary u when u.operator() == Operator.NOT -> Formula.not(shortened(u.operand()));
      case Unary u when u.operator() == Operator.EVENTUALLY ->
          u.window().isAll()
              ? Formula.not(always(Formula.not(u.operand())))
              : until(Formula.TRUE, u.operand(), u.window());
      case Unary u when u.operator() == Operator.ALWAYS ->
          u.window().isAll()
              ? always(u.operand())
              : Formula.not(until(Formula.TRUE, Formula.not(u.operand()), u.window()));
      case Binary b when b.connective() == Connective.UNTIL ->
          until(b.left(), b.right(), b.window());
      case Binary b when b.connective() == Connective.RELEASE ->
          Formula.not(until(Formula.not(b.left()), Formula.not(b.right()), b.window()));
      default -> throw new Unfit();
    };
  }

  /** From the first step on: while the window lasts, another step may bring it. */
  private Formula until(Formula left, Formula right, Window window) throws Unfit {
    demand(window.from() == 0 && isPlain(left) && isPlain(right));
    demand(canBe(right) && canBe(Formula.not(right)));
    Term steps = count("steps", window.to(), before -> null);
    return Formula.until(Formula.and(left, atMost(steps, window.to())), right);
  }

  private Formula always(Formula condition) throws Unfit {
    Formula normal = condition.negationNormalForm();
    List<Formula> back = new ArrayList<>();
    List<Formula> ahead = new ArrayList<>();
    disjuncts(normal).forEach(d -> (d.looksBackOnly() ? back : ahead).add(d));
    Formula otherwise = Formula.or(back.toArray(Formula[]::new));
    if (ahead.isEmpty()) {
      return alwaysBack(otherwise);
    }
    demand(ahead.size() == 1);
    return switch (ahead.getFirst()) {
      case Unary u when u.operator() == Operator.EVENTUALLY ->
          answered(otherwise, Formula.TRUE, u.operand(), u.window());
      case Binary b when b.connective() == Connective.UNTIL ->
          answered(otherwise, b.left(), b.right(), b.window());
      case Unary u when u.operator() == Operator.ALWAYS && u.window().from() == 0 ->
          alwaysBack(
              Formula.or(
                  u.operand(),
                  Formula.not(new Unary(Operator.ONCE, u.window(), Formula.not(otherwise)))));
      default -> throw new Unfit();
    };
  }

  private static List<Formula> disjuncts(Formula f) {
    if (f instanceof Binary b && b.connective() == Connective.OR) {
      List<Formula> all = new ArrayList<>(disjuncts(b.left()));
      all.addAll(disjuncts(b.right()));
      return all;
    }
    return List.of(f);
  }

  /** What looks back is a condition of the step. */
  private Formula alwaysBack(Formula condition) throws Unfit {
    demand(condition.looksBackOnly() && canBe(Formula.not(settled(condition, true))));
    List<Formula> parts = new ArrayList<>();
    Formula whole = closed(condition, parts);
    demand(parts.size() <= MOST);
    List<Formula> all = new ArrayList<>();
    for (int values = 0; values < 1 << parts.size(); values++) {
      int bits = values;
      all.add(
          whole.replace(
              number -> {
                int part = parts.indexOf(Formula.atom(number));
                return part < 0 ? Formula.atom(number) : Formula.of((bits >> part & 1) == 1);
              }));
    }
    demand(canBe(Formula.and(all.toArray(Formula[]::new))));
    return Formula.always(whole);
  }

  /** Puts conditions in the places of the largest parts that look back. */
  private Formula closed(Formula f, List<Formula> parts) {
    return switch (f) {
      case Constant _, Atom _ -> f;
      case Unary u when u.operator() == Operator.NOT -> Formula.not(closed(u.operand(), parts));
      case Binary b when !b.connective().isPast() ->
          new Binary(b.connective(), closed(b.left(), parts), closed(b.right(), parts));
      default -> {
        parts.add(conditions.add(back(f), text(f)));
        yield parts.getLast();
      }
    };
  }

  /**
   * {@code always(otherwise or left until right)}. Who waits longest is counted: an answer to that
   * one answers all that wait.
   */
  private Formula answered(Formula otherwise, Formula left, Formula right, Window window)
      throws Unfit {
    demand(window.from() == 0 && isPlain(left) && isPlain(right) && canBe(right));
    Formula asked = Formula.and(Formula.not(otherwise), Formula.not(right));
    demand(canBe(settled(asked, false)));
    Term begins = Functions.shared("asked", back(asked), at);
    Term answers = Functions.shared("answered", back(right), at);
    Term waits =
        count(
            "waits",
            window.to(),
            before ->
                Terms.or(
                    answers,
                    Terms.not(Terms.or(begins, less(Terms.integer(0, at), before), at), at),
                    at));
    Term open = less(Terms.integer(0, at), waits);
    Term late = less(Terms.integer(window.to(), at), waits);
    Term lost = Terms.or(late, Terms.and(open, Terms.not(back(left), at), at), at);
    Formula waiting = conditions.add(open, "still to be answered");
    return Formula.and(
        Formula.always(Formula.not(conditions.add(lost, "answered too late"))),
        Formula.always(Formula.implies(waiting, Formula.eventually(Formula.not(waiting)))));
  }

  /**
   * Counts steps, this one included, up to one more than a window has.
   *
   * @param stops of the number before, where this step makes it 0; null if none does
   */
  private Term count(String name, int last, Function<Term, @Nullable Term> stops) {
    Definition definition = new Definition(name, Definition.Kind.LOCAL, Type.INT, null, at);
    Term zero = Terms.integer(0, at);
    Term ref = new Term.Ref(definition, Type.INT, at);
    Term before = Functions.shared("before", new Term.Prev(ref, zero, false, Type.INT, at), at);
    Term more = Terms.apply(Operation.ADD, Type.INT, at, before, Terms.integer(1, at));
    Term next = Terms.apply(Operation.MIN, Type.INT, at, more, Terms.integer(last + 1L, at));
    Term stop = stops.apply(before);
    definition.define(stop == null ? next : Terms.select(stop, zero, next, at));
    return ref;
  }

  private Formula atMost(Term count, int most) {
    return conditions.add(
        Terms.apply(Operation.LESS_EQUAL, Type.BOOL, at, count, Terms.integer(most, at)),
        "within " + most + " steps");
  }

  private Term less(Term a, Term b) {
    return Terms.apply(Operation.LESS, Type.BOOL, at, a, b);
  }

  private String text(Formula f) {
    String[] names = conditions.atoms().stream().map(Guards.Atom::name).toArray(String[]::new);
    return Dialect.REW.write(f, AtomNames.of(names)) instanceof FormulaWriter.Written(String text)
        ? text
        : at.text();
  }

  private Term back(Formula f) {
    return Temporal.back(f, i -> conditions.atom(i).term(), at);
  }

  private static void demand(boolean fits) throws Unfit {
    if (!fits) {
      throw new Unfit();
    }
  }

  /** No temporal operator. */
  private static boolean isPlain(Formula f) {
    return f.looksBackOnly() && f.looksAheadOnly();
  }

  /** Whether some letter makes a plain formula true. */
  private boolean canBe(Formula plain) throws Unfit {
    demand(isPlain(plain));
    Dfa dfa = Dfa.of(plain, limits).orNull();
    demand(dfa != null);
    return dfa != null && !dfa.isEmpty();
  }

  /**
   * What a formula that looks back comes to if one letter is repeated for long enough.
   *
   * @param most what it may come to, where that depends on what was before; or what it surely does
   */
  private static Formula settled(Formula f, boolean most) {
    return switch (f) {
      case Constant _, Atom _ -> f;
      case Unary u when u.operator() == Operator.NOT -> Formula.not(settled(u.operand(), !most));
      case Unary u when u.window().to() == Window.UNBOUNDED && u.operator().spans() ->
          most == (u.operator() == Operator.ONCE) ? Formula.of(most) : settled(u.operand(), most);
      case Unary u -> settled(u.operand(), most);
      case Binary b -> {
        Formula left = settled(b.left(), most);
        Formula right = settled(b.right(), most);
        boolean open = b.window().to() == Window.UNBOUNDED;
        boolean late = b.window().from() > 0;
        yield switch (b.connective()) {
          case SINCE ->
              open && most ? Formula.or(left, right) : late ? Formula.and(left, right) : right;
          case TRIGGERED ->
              open && !most ? Formula.and(left, right) : late ? Formula.or(left, right) : right;
          default -> new Binary(b.connective(), left, right);
        };
      }
    };
  }
}
