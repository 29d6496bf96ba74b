package org.rewlang.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Output;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;

/** A program while it is lowered: two functions and what leaves them. */
final class Draft {

  /** No slot, or no history. */
  static final int NONE = -1;

  /** A check and the state that it guards, if it guards any: it goes with it. */
  private record Guarded(Sink.Check check, int slot, int history) {}

  private final CoreBuilder step;
  private final CoreBuilder reset;
  private final List<Output> outputs = new ArrayList<>();
  private final List<Sink.Out> outs = new ArrayList<>();
  private final List<Guarded> checks = new ArrayList<>();
  private final List<Sink.Next> nexts = new ArrayList<>();
  private final List<Sink.Push> pushes = new ArrayList<>();
  private final List<Sink.Next> atReset = new ArrayList<>();
  private final List<Guarded> checksAtReset = new ArrayList<>();

  Draft(CoreBuilder.Tables tables) {
    step = new CoreBuilder(tables);
    reset = new CoreBuilder(tables);
  }

  CoreBuilder step() {
    return step;
  }

  CoreBuilder reset() {
    return reset;
  }

  void out(Output.Role role, String name, int value, Origin origin) {
    String unique = name;
    for (int n = 2; has(role, unique); n++) {
      unique = name + "." + n;
    }
    Type type = step.type(value);
    outs.add(new Sink.Out(outputs.size(), value, origin));
    outputs.add(new Output(role, unique, type));
  }

  private boolean has(Output.Role role, String name) {
    return outputs.stream().anyMatch(o -> o.role() == role && o.name().equals(name));
  }

  /** A check of something other than state. */
  void check(Sink.Failure failure, String what, int condition, int subject, Origin origin) {
    check(failure, what, condition, subject, NONE, NONE, origin);
  }

  void check(
      Sink.Failure failure,
      String what,
      int condition,
      int subject,
      int slot,
      int history,
      Origin origin) {
    boolean holds = step.op(condition) instanceof Op.Flag f && f.value();
    boolean known = checks.stream().anyMatch(c -> c.check.condition() == condition);
    if (!holds && !known) {
      checks.add(
          new Guarded(new Sink.Check(failure, what, condition, subject, origin), slot, history));
    }
  }

  void next(int slot, int value, Origin origin) {
    nexts.add(new Sink.Next(slot, value, origin));
  }

  void push(int history, int value, Origin origin) {
    pushes.add(new Sink.Push(history, value, origin));
  }

  void atReset(int slot, int value, Origin origin) {
    atReset.add(new Sink.Next(slot, value, origin));
  }

  void checkAtReset(String what, int condition, int subject, int slot, Origin origin) {
    if (!(reset.op(condition) instanceof Op.Flag f && f.value())) {
      checksAtReset.add(
          new Guarded(
              new Sink.Check(Sink.Failure.UNDEFINED, what, condition, subject, origin),
              slot,
              NONE));
    }
  }

  /** What has been drafted, without the state that nothing reads. */
  Emitter finish(String name, List<org.rewlang.source.Source> sources) {
    Live live = new Live();
    live.grow();
    List<Sink> stepSinks = new ArrayList<>();
    checks.stream().filter(c -> live.has(c.slot, c.history)).forEach(c -> stepSinks.add(c.check));
    stepSinks.addAll(outs);
    nexts.stream().filter(n -> live.slots.contains(n.slot())).forEach(stepSinks::add);
    pushes.stream().filter(p -> live.histories.contains(p.history())).forEach(stepSinks::add);
    List<Sink> resetSinks = new ArrayList<>();
    checksAtReset.stream()
        .filter(c -> live.has(c.slot, c.history))
        .forEach(c -> resetSinks.add(c.check));
    atReset.stream().filter(n -> live.slots.contains(n.slot())).forEach(resetSinks::add);
    return new Emitter(name, sources, outputs, step, stepSinks, reset, resetSinks);
  }

  /** State that something other than itself needs. */
  private final class Live {
    private final Set<Integer> slots = new HashSet<>();
    private final Set<Integer> histories = new HashSet<>();

    boolean has(int slot, int history) {
      return (slot == NONE || slots.contains(slot))
          && (history == NONE || histories.contains(history));
    }

    void grow() {
      int before = -1;
      while (slots.size() + histories.size() > before) {
        before = slots.size() + histories.size();
        List<Integer> roots = new ArrayList<>();
        outs.forEach(o -> roots.add(o.value()));
        for (Guarded c : checks) {
          if (has(c.slot, c.history)) {
            roots.add(c.check.condition());
            roots.add(c.check.subject());
          }
        }
        nexts.stream().filter(n -> slots.contains(n.slot())).forEach(n -> roots.add(n.value()));
        pushes.stream()
            .filter(p -> histories.contains(p.history()))
            .forEach(p -> roots.add(p.value()));
        for (int id : step.needs(roots)) {
          switch (step.op(id)) {
            case Op.Slot s -> slots.add(s.slot());
            case Op.Ago a -> histories.add(a.history());
            case Op.Filled f -> histories.add(f.history());
            case null, default -> {}
          }
        }
        List<Integer> resetRoots = new ArrayList<>();
        atReset.stream()
            .filter(n -> slots.contains(n.slot()))
            .forEach(n -> resetRoots.add(n.value()));
        for (int id : reset.needs(resetRoots)) {
          if (reset.op(id) instanceof Op.Slot s) {
            slots.add(s.slot());
          }
        }
      }
    }
  }
}
