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
import org.rewlang.model.InputVar;
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

  /**
   * What a flag waits for.
   *
   * @param inputs that a reset observation must have
   * @param rounds of the loops over what comes and goes
   */
  private record Readable(List<Integer> inputs, List<Integer> rounds) {}

  /** Whether a value is there to be read. */
  private final Map<Readable, Integer> flags = new LinkedHashMap<>();

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

  /** Of the loops around a piece of state those over what comes and goes. */
  List<Binder> comings(Term term) {
    return loops(term).stream().filter(b -> b.presence() != null).toList();
  }

  /** Whether what the present rounds of loops stand for is there. */
  int there(TermLowering in, List<Binder> loops, Origin origin) {
    CoreBuilder builder = in.core();
    int all = builder.flag(true);
    for (Binder loop : loops) {
      InputVar presence = loop.presence();
      if (presence != null) {
        int input = builder.input(unit.port(presence), origin);
        all = builder.and(all, builder.at(input, List.of(in.loop(loop)), origin), origin);
      }
    }
    return all;
  }

  /** The next value of a slot: where its owner is away, the one that it starts from. */
  TermLowering.Body unlessAway(
      Term owner, TermLowering.Body next, TermLowering.Body start, Origin origin) {
    List<Binder> comings = comings(owner);
    return comings.isEmpty()
        ? next
        : index ->
            terms
                .scalars()
                .choose(there(terms, comings, origin), next.at(index), start.at(index), origin);
  }

  /** A flag that is set from the first step on, or from a reset that has these inputs. */
  int flag(List<Integer> inputs, Term owner, Origin origin) {
    List<Binder> comings = comings(owner);
    List<Integer> rounds = TermLowering.counts(comings, List.of());
    Readable key = new Readable(inputs, rounds);
    Integer slot = flags.get(key);
    if (slot == null) {
      boolean never = inputs.equals(NEVER_AT_RESET);
      int made = unit.slot(never ? "stepped" : "primed", new Type(Kind.BOOL, rounds), List.of(0.0));
      flags.put(key, made);
      slot = made;
      Advance advance = () -> advanceFlag(made, inputs, comings, never);
      if (comings.isEmpty()) {
        advance.run();
      } else {
        pending.add(advance);
      }
    }
    List<Integer> place = comings.stream().map(terms::loop).toList();
    return core.at(core.slot(slot, origin), place, origin);
  }

  private void advanceFlag(int slot, List<Integer> inputs, List<Binder> comings, boolean never) {
    Value next =
        terms.elements(
            comings, List.of(), Origin.NONE, _ -> Value.of(there(terms, comings, Origin.NONE)));
    draft.next(slot, next.yes(), Origin.NONE);
    if (!never) {
      Value primed =
          atReset.elements(comings, List.of(), Origin.NONE, _ -> Value.of(primed(inputs, comings)));
      draft.atReset(slot, primed.yes(), Origin.NONE);
    }
  }

  /** Whether a reset observation has these inputs, and those whose rounds these are. */
  int primed(List<Integer> inputs, List<Binder> comings) {
    int all = present(inputs);
    CoreBuilder reset = draft.reset();
    for (Binder loop : comings) {
      InputVar presence = loop.presence();
      if (presence != null) {
        all = reset.and(all, reset.present(unit.port(presence)), Origin.NONE);
      }
    }
    return reset.and(all, there(atReset, comings, Origin.NONE), Origin.NONE);
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

  /** Whether every element is defined, of what is there. */
  int defined(
      TermLowering terms, Term of, List<Binder> loops, TermLowering.Body body, Origin origin) {
    List<Integer> counts = TermLowering.counts(loops, of.type().shape());
    Base base = of.type().base();
    if (counts.isEmpty()) {
      return terms.scalars().defined(body.at(List.of()), base, origin);
    }
    CoreBuilder core = terms.core();
    Placement.Scope scope = core.open(counts);
    TermLowering.Body defined =
        index -> {
          int there = there(terms, loops, origin);
          int known = terms.scalars().defined(body.at(index), base, origin);
          return Value.of(core.or(core.not(there, origin), known, origin));
        };
    int all = terms.inside(loops, scope.indices(), defined).yes();
    return core.reduce(Reduction.ALL, scope, Op.Region.UNMASKED, all, origin);
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
