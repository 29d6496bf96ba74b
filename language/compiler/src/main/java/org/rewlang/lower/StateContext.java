package org.rewlang.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.rewlang.analysis.Terms;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Reduction;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;
import org.rewlang.model.Base;
import org.rewlang.model.Binder;
import org.rewlang.model.Term;

/** What all kinds of state have in common: names, places, checks, and what is still to be done. */
final class StateContext {

  /** How a piece of state goes on, put off until all terms are lowered. */
  interface Advance {
    void run();
  }

  static final List<Integer> NEVER_AT_RESET = List.of(-1);

  final Unit unit;
  final Draft draft;
  final CoreBuilder core;
  final TermLowering terms;
  final TermLowering atReset;
  final Deque<Advance> pending = new ArrayDeque<>();
  private final Map<Object, String> owners;

  /** By the inputs that a reset observation must have: whether a value is there to be read. */
  private final Map<List<Integer>, Integer> flags = new LinkedHashMap<>();

  StateContext(Unit unit, Draft draft, Map<Object, String> owners, StateLowering state) {
    this.unit = unit;
    this.draft = draft;
    this.owners = owners;
    core = draft.step();
    terms = new TermLowering(unit, core, state);
    atReset = new TermLowering(unit, draft.reset(), null);
  }

  String owner(Object state) {
    return owners.getOrDefault(state, "state");
  }

  String what(Object state) {
    return "the state of `" + owner(state) + "`";
  }

  /** The loops around a piece of state, each of whose rounds has its own. */
  List<Binder> loops(Term term) {
    return List.copyOf(unit.ranges().graph().free(term));
  }

  Type memory(Term term, Kind kind) {
    return new Type(kind, TermLowering.counts(loops(term), term.type().shape()));
  }

  List<Integer> place(Term term, List<Integer> index) {
    List<Integer> place = new ArrayList<>();
    loops(term).forEach(b -> place.add(terms.loop(b)));
    place.addAll(index);
    return place;
  }

  Value readSlot(int slot, Term term, List<Integer> index, Origin origin) {
    return Value.of(core.at(core.slot(slot, origin), place(term, index), origin));
  }

  /** A term's value for every round of the loops around it, as memory holds it. */
  Value all(Term of, Term owner, Origin origin) {
    List<Binder> loops = loops(owner);
    return loops.isEmpty()
        ? terms.whole(of)
        : terms.elements(loops, of.type().shape(), origin, index -> terms.at(of, index));
  }

  /** A flag that is set from the first step on, or from a reset that has these inputs. */
  int flag(List<Integer> inputs) {
    Integer known = flags.get(inputs);
    if (known != null) {
      return known;
    }
    boolean never = inputs.equals(NEVER_AT_RESET);
    int slot = unit.slot(never ? "stepped" : "primed", Type.BOOL, List.of(0.0));
    flags.put(inputs, slot);
    draft.next(slot, core.flag(true), Origin.NONE);
    if (!never) {
      draft.atReset(slot, present(inputs), Origin.NONE);
    }
    return slot;
  }

  int present(List<Integer> inputs) {
    CoreBuilder reset = draft.reset();
    int all = reset.flag(true);
    for (int input : inputs) {
      all = reset.and(all, reset.present(input), Origin.NONE);
    }
    return all;
  }

  /** The ports that a stateless term reads. */
  List<Integer> inputs(Term term) {
    TreeSet<Integer> ports = new TreeSet<>();
    Deque<Term> work = new ArrayDeque<>(List.of(term));
    Map<Term, Boolean> seen = new IdentityHashMap<>();
    while (!work.isEmpty()) {
      Term next = work.pop();
      if (seen.put(next, true) == null) {
        if (next instanceof Term.Input input) {
          ports.add(unit.port(input.input()));
        }
        Terms.children(next).forEach(work::push);
      }
    }
    return List.copyOf(ports);
  }

  List<Integer> readable(Term of, boolean primable) {
    return primable ? inputs(of) : NEVER_AT_RESET;
  }

  static List<Integer> place(TermLowering terms, List<Binder> loops, List<Integer> index) {
    List<Integer> place = new ArrayList<>();
    loops.forEach(b -> place.add(terms.loop(b)));
    place.addAll(index);
    return place;
  }

  /** Whether every element is defined. */
  static int defined(
      TermLowering terms, Term of, List<Binder> loops, TermLowering.Body body, Origin origin) {
    List<Integer> counts = TermLowering.counts(loops, of.type().shape());
    Base base = of.type().base();
    if (counts.isEmpty()) {
      return terms.scalars().defined(body.at(List.of()), base, origin);
    }
    CoreBuilder core = terms.core();
    Placement.Scope scope = core.open(counts);
    Value value = terms.inside(loops, scope.indices(), body);
    int defined = terms.scalars().defined(value, base, origin);
    return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, defined, origin);
  }

  /** State that may be undefined fails the step. */
  void check(Term of, Value now, Term owner, Origin origin) {
    if (unit.ranges().mayBeUndefined(of)) {
      checkDefined(of, now, owner, loops(owner), origin);
    }
  }

  void checkDefined(Term of, Value now, Object owner, List<Binder> loops, Origin origin) {
    int condition = defined(terms, of, loops, storedBody(terms, now, loops), origin);
    draft.check(Sink.Failure.UNDEFINED, what(owner), condition, now.yes(), origin);
  }

  /** Reads back what has just been computed. */
  static TermLowering.Body storedBody(TermLowering terms, Value now, List<Binder> loops) {
    return index -> {
      List<Integer> place = place(terms, loops, index);
      CoreBuilder core = terms.core();
      return new Value(
          core.at(now.yes(), place, core.origin(now.yes())),
          now.isPair() ? core.at(now.no(), place, core.origin(now.no())) : Value.NONE);
    };
  }
}
