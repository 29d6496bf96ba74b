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

  private final CoreBuilder step;
  private final CoreBuilder reset;
  private final List<Output> outputs = new ArrayList<>();
  private final List<Sink.Out> outs = new ArrayList<>();
  private final List<Sink.Check> checks = new ArrayList<>();
  private final List<Sink.Next> nexts = new ArrayList<>();
  private final List<Sink.Push> pushes = new ArrayList<>();
  private final List<Sink.Next> atReset = new ArrayList<>();
  private final List<Sink.Check> checksAtReset = new ArrayList<>();

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

  /** A check, also of state that nothing reads: it advances, and fails, all the same. */
  void check(Sink.Failure failure, String what, int condition, int subject, Origin origin) {
    add(checks, step, new Sink.Check(failure, what, condition, subject, origin));
  }

  void checkAtReset(String what, int condition, int subject, Origin origin) {
    Sink.Failure failure = Sink.Failure.UNDEFINED;
    add(checksAtReset, reset, new Sink.Check(failure, what, condition, subject, origin));
  }

  /** One that surely holds, or stands there already, is left out. */
  private static void add(List<Sink.Check> to, CoreBuilder in, Sink.Check check) {
    boolean holds = in.op(check.condition()) instanceof Op.Flag f && f.value();
    boolean known = to.stream().anyMatch(c -> c.condition() == check.condition());
    if (!holds && !known) {
      to.add(check);
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

  /** What has been drafted, without the state that nothing reads. */
  Emitter finish(String name, List<org.rewlang.source.Source> sources) {
    Live live = new Live();
    live.grow();
    List<Sink> stepSinks = new ArrayList<>(checks);
    stepSinks.addAll(outs);
    nexts.stream().filter(n -> live.slots.contains(n.slot())).forEach(stepSinks::add);
    pushes.stream().filter(p -> live.histories.contains(p.history())).forEach(stepSinks::add);
    List<Sink> resetSinks = new ArrayList<>(checksAtReset);
    atReset.stream().filter(n -> live.slots.contains(n.slot())).forEach(resetSinks::add);
    return new Emitter(name, sources, outputs, step, stepSinks, reset, resetSinks);
  }

  /** State that something other than itself and its like needs. */
  private final class Live {
    private final Set<Integer> slots = new HashSet<>();
    private final Set<Integer> histories = new HashSet<>();

    void grow() {
      int before = -1;
      while (slots.size() + histories.size() > before) {
        before = slots.size() + histories.size();
        List<Integer> roots = new ArrayList<>();
        outs.forEach(o -> roots.add(o.value()));
        for (Sink.Check check : checks) {
          roots.add(check.condition());
          roots.add(check.subject());
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
        checksAtReset.forEach(c -> resetRoots.add(c.condition()));
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
