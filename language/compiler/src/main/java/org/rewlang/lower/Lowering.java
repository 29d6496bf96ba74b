package org.rewlang.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.analysis.Ranges;
import org.rewlang.analysis.Terms;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Origin;
import org.rewlang.core.Output;
import org.rewlang.core.Sink;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.Model;
import org.rewlang.model.Requirement;
import org.rewlang.model.Result;
import org.rewlang.model.Strict;
import org.rewlang.model.Term;

/**
 * From a checked program to the core.
 *
 * <p>An undefined metric or cost leaves as NaN or an infinity; a bool one that may be unknown is a
 * number output (NaN, 0 or 1) for this reason. An enum output that is undefined is -1.
 */
public final class Lowering {

  /** Terms nest no deeper than this; a program's text does not come near it. */
  static final int DEEPEST = 100_000;

  /** Beyond this depth a thread with a stack of its own is used. */
  private static final int SHALLOW = 400;

  private final Unit unit;
  private final Draft draft;
  private final StateLowering state;
  private final TermLowering terms;
  private final CoreBuilder core;

  private Lowering(Model model, Ranges ranges, List<Term> roots) {
    unit = new Unit(model, ranges, roots);
    draft = new Draft(unit.tables());
    state = new StateLowering(unit, draft, Owners.of(model));
    terms = state.terms();
    core = draft.step();
  }

  public static CoreProgram lower(Model model, Ranges ranges) {
    return lower(model, ranges, List.of());
  }

  /**
   * With further outputs, of role {@link Output.Role#PROBE} and called {@code 0}, {@code 1}, …;
   * inputs that only they read come after the program's own.
   */
  public static CoreProgram lower(Model model, Ranges ranges, List<Term> probes) {
    List<Term> roots = roots(model);
    roots.addAll(probes);
    roots.forEach(ranges::fact);
    int depth = roots.stream().mapToInt(ranges.graph()::depth).max().orElse(0);
    for (Term term : ranges.graph().order()) {
      depth = Math.max(depth, ranges.graph().depth(term));
    }
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("terms nest deeper than " + DEEPEST);
    }
    return depth <= SHALLOW
        ? new Lowering(model, ranges, roots).program(model, probes)
        : DeepStack.call(
            "rew-lowering", () -> new Lowering(model, ranges, roots).program(model, probes));
  }

  /** The values of terms that read no input, parameter or state, row-major; NaN if undefined. */
  public static List<double[]> constants(List<Term> terms) {
    Model empty =
        new Model(
            "constants",
            null,
            List.of(),
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    CoreProgram program = lower(empty, Ranges.of(terms), terms);
    Evaluator evaluator = new Interpreter().prepare(program);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    if (evaluator.step(frame) != Evaluator.OK) {
      throw new IllegalArgumentException("constant terms hold no state");
    }
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      int from = evaluator.layout().output(i);
      int size = program.outputs().get(i).type().size();
      values.add(java.util.Arrays.copyOfRange(frame.outputs, from, from + size));
    }
    return values;
  }

  private static List<Term> roots(Model model) {
    List<Term> roots = new ArrayList<>();
    model.requirements().forEach(r -> roots.add(r.condition()));
    model.strict().forEach(s -> roots.add(s.term()));
    model.results().forEach(r -> roots.add(r.value()));
    return roots;
  }

  private CoreProgram program(Model model, List<Term> probes) {
    for (Requirement requirement : model.requirements()) {
      require(requirement);
    }
    for (Strict strict : model.strict()) {
      check(strict.what(), strict.term());
    }
    results(model, Output.Role.COMPONENT);
    results(model, Output.Role.REWARD);
    results(model, Output.Role.TOTAL);
    for (Result result : model.results()) {
      boolean done =
          switch (result.role()) {
            case COMPONENT, REWARD, TOTAL -> true;
            default -> false;
          };
      if (result.strict() && !done) {
        check(what(result), result.value());
      }
    }
    for (Result result : model.results()) {
      out(result.role(), result.name(), result.value(), result.strict());
    }
    for (int i = 0; i < probes.size(); i++) {
      out(Output.Role.PROBE, String.valueOf(i), probes.get(i), false);
    }
    state.finish();
    return SlotMerging.merge(draft.finish(model.name(), model.sources()).emit());
  }

  private void results(Model model, Output.Role role) {
    for (Result result : model.results()) {
      if (result.strict() && result.role() == role) {
        check(what(result), result.value());
      }
    }
  }

  private static String what(Result result) {
    return Output.what(result.role(), result.name());
  }

  /** The data is bad where it surely does not hold; where that is open, the requirement fails. */
  private void require(Requirement requirement) {
    Term condition = requirement.condition();
    Origin origin = unit.origin(requirement.at());
    Value value = terms.whole(condition);
    check("the requirement", condition);
    draft.check(Sink.Failure.REQUIRED, "the requirement", value.yes(), value.yes(), origin);
  }

  private void check(String what, Term term) {
    if (!unit.ranges().mayBeUndefined(term)) {
      return;
    }
    Origin origin = unit.origin(term);
    Value whole = terms.whole(term);
    int defined = state.defined(term, origin);
    draft.check(Sink.Failure.UNDEFINED, what, defined, whole.yes(), origin);
  }

  private void out(Output.Role role, String name, Term term, boolean strict) {
    Origin origin = unit.origin(term);
    boolean open = !strict && term.type().base() == Base.BOOL && unit.ranges().mayBeUndefined(term);
    Value value =
        open
            ? terms.elements(
                List.of(), term.type().shape(), origin, i -> number(terms.at(term, i), origin))
            : terms.whole(term);
    draft.out(role, name, value.yes(), origin);
  }

  /** A bool as 0, 1 or NaN. */
  private Value number(Value bool, Origin origin) {
    int ifNot =
        core.select(
            terms.scalars().no(bool, origin), core.number(0), core.number(Double.NaN), origin);
    return Value.of(core.select(bool.yes(), core.number(1), ifNot, origin));
  }

  /** Which of the user's names a piece of state belongs to. */
  private static final class Owners {
    private final Map<Object, String> owners = new IdentityHashMap<>();
    private final Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What is visited by itself. */
    private final Set<Definition> named = Collections.newSetFromMap(new IdentityHashMap<>());

    static Map<Object, String> of(Model model) {
      Owners owners = new Owners();
      owners.named.addAll(model.definitions());
      model.results().forEach(r -> owners.named.add(r.definition()));
      for (Definition definition : model.definitions()) {
        owners.visit(definition.name(), definition.value());
      }
      for (Result result : model.results()) {
        String name = result.name().isEmpty() ? result.role().text() : result.name();
        owners.visit(name, result.definition().value());
        owners.visit(name, result.value());
      }
      for (Strict strict : model.strict()) {
        owners.visit("gate", strict.term());
      }
      model.requirements().forEach(r -> owners.visit("require", r.condition()));
      return owners.owners;
    }

    private void visit(String name, Term root) {
      List<Term> work = new ArrayList<>(List.of(root));
      while (!work.isEmpty()) {
        Term term = work.removeLast();
        if (!seen.add(term)) {
          continue;
        }
        if (term instanceof Term.WindowAt at) {
          owners.putIfAbsent(at.window(), named(at.window().of(), name));
        }
        if (term instanceof Term.Prev prev) {
          owners.putIfAbsent(prev, named(prev.of(), name));
        } else if (Terms.isState(term)) {
          owners.putIfAbsent(term, name);
        }
        boolean other =
            term instanceof Term.Ref ref
                && named.contains(ref.definition())
                && !ref.definition().name().equals(name);
        if (!other) {
          work.addAll(Terms.children(term).reversed());
        } else {
          seen.remove(term);
        }
      }
    }

    /**
     * What is kept of a named value is that value's state; else that of the name it is used for.
     */
    private static String named(Term of, String name) {
      Term inner = of;
      while (inner instanceof Term.Retype retype) {
        inner = retype.of();
      }
      return inner instanceof Term.Ref ref && ref.definition().kind() != Definition.Kind.LOCAL
          ? ref.definition().name()
          : inner instanceof Term.Input input ? input.input().name() : name;
    }
  }
}
