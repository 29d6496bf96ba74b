package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.rewlang.automata.Allowance;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaWriter;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Meter;
import org.rewlang.automata.Monitor;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Machine;
import org.rewlang.model.Model;
import org.rewlang.model.Watch;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** What is probably wrong with a formula: what it says of all episodes that can occur. */
final class FormulaLints {

  private final Watch watch;
  private final Monitor monitor;
  private final Occurring occurring;

  /** The states that an episode can end in. */
  private final BitSet ends;

  private FormulaLints(Watch watch, Model model, Ranges ranges, Meter meter) {
    this.watch = watch;
    monitor = watch.monitor();
    occurring = new Occurring(watch, model, ranges, meter);
    ends = occurring.reached(monitor);
  }

  static List<Diagnostic> find(Source source, Model model, Ranges ranges) {
    List<Diagnostic> all = new ArrayList<>();
    Allowance allowance = new Allowance(Limits.USUAL);
    List<Watch> watches = new ArrayList<>(model.watches());
    model.machines().stream().map(Machine::watch).filter(Objects::nonNull).forEach(watches::add);
    for (Watch watch : watches) {
      if (watch.at().source() == source && !watch.endless()) {
        List<Diagnostic> of =
            allowance
                .spend(l -> l.attempt(m -> new FormulaLints(watch, model, ranges, m).find()))
                .orNull();
        all.addAll(of == null ? List.of() : of);
      }
    }
    return all;
  }

  /** What makes the others follow is told alone. */
  private List<Diagnostic> find() {
    Vacuity vacuity = new Vacuity(occurring, watch.formula(), monitor);
    Formula trigger = vacuity.impossibleTrigger();
    if (trigger != null) {
      return List.of(untriggered(trigger));
    }
    long satisfying = ends.stream().filter(s -> Occurring.truth(monitor, s) == 1).count();
    if (satisfying == 0 || satisfying == ends.cardinality()) {
      return List.of(constant(satisfying == 0));
    }
    if (isOfLastLetter() && !speaksOfLast(watch.formula())) {
      return List.of(ofLastStep());
    }
    List<Diagnostic> found = new ArrayList<>();
    vacuity.idle().forEach(atom -> found.add(idle(watch.atoms().get(atom))));
    if (new LastStep(occurring).surprises(watch.formula())) {
      found.add(endsTooSoon());
    }
    boolean open = watch.judged() && ends.stream().noneMatch(s -> monitor.verdict(s).isFinal());
    if (open && !speaksOfLast(watch.formula())) {
      found.add(undecided());
    }
    return found;
  }

  private Diagnostic.Builder at(Code code, String message) {
    return Diagnostic.of(code, message, watch.at().source(), watch.at().span());
  }

  private Diagnostic constant(boolean never) {
    String who = never ? "no episode satisfies `" : "every episode satisfies `";
    return at(Code.CONSTANT_FORMULA, who + watch.name() + "`")
        .label(never ? "violated, whatever happens" : "satisfied, whatever happens")
        .build();
  }

  private Diagnostic untriggered(Formula trigger) {
    return at(Code.UNTRIGGERED_FORMULA, "what `" + watch.name() + "` waits for never happens")
        .label(text(trigger).map(t -> "no episode has `" + t + "`").orElse("not in any episode"))
        .hint("what follows from something that never happens is satisfied without being asked for")
        .build();
  }

  /** A part as {@code rew ltl} writes it. */
  private Optional<String> text(Formula part) {
    String[] names = watch.atoms().stream().map(Watch.Condition::name).toArray(String[]::new);
    return Dialect.REW.write(part, AtomNames.of(names))
            instanceof FormulaWriter.Written(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private Diagnostic idle(Watch.Condition atom) {
    Location there = atom.at();
    return at(
            Code.IDLE_CONDITION,
            "`" + atom.name() + "` makes no difference in `" + watch.name() + "`")
        .label("says the same whether it holds or not")
        .related(there.source(), there.span(), "in one of its places at least")
        .hint("another part says all that it adds: leave it out, or say what was meant")
        .build();
  }

  private Diagnostic ofLastStep() {
    return at(
            Code.LAST_STEP_FORMULA,
            "`" + watch.name() + "` says no more than what holds in the last step")
        .label("on episodes that end, whatever was before")
        .hint(
            "say how soon, as in `always(eventually[0, 20](…))`, or read endless words with"
                + " `infinite = true`")
        .build();
  }

  /** Whether the truth after a letter is the same whatever was before it. */
  private boolean isOfLastLetter() {
    int first = occurring.next(monitor, monitor.initial(), s -> Occurring.truth(monitor, s));
    return ends.stream()
        .allMatch(s -> occurring.next(monitor, s, t -> Occurring.truth(monitor, t)) == first);
  }

  private static boolean speaksOfLast(Formula formula) {
    return formula.equals(Formula.LAST)
        || formula.parts().stream().anyMatch(FormulaLints::speaksOfLast);
  }

  private Diagnostic endsTooSoon() {
    return at(
            Code.STRONG_NEXT,
            "`" + watch.name() + "` can fail for no other reason than that an episode ends")
        .label("the last step has no next one, and `next` asks for it")
        .hint("`weak_next` asks for nothing where there is no next step")
        .build();
  }

  private Diagnostic undecided() {
    return at(
            Code.UNDECIDED_FORMULA,
            "nothing that happens decides `" + watch.name() + "` before an episode terminates")
        .label("open until then, and left open where an episode is truncated")
        .hint("say how soon, as in `eventually[0, 20](…)`, and it is decided on the way")
        .build();
  }
}
