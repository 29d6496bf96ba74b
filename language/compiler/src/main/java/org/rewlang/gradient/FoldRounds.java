package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;
import org.rewlang.lower.CoreBuilder;
import org.rewlang.lower.Placement;

/**
 * The rounds of a fold. It is run forward once more with all that its accumulators were, then
 * backward with all that they were worth; after that its rounds know nothing of each other.
 */
final class FoldRounds implements Rounds {

  private final Activity activity;
  private final Instance at;
  private final CoreBuilder core;
  private final Op.Fold fold;
  private final Origin origin;
  private final List<Integer> counts;

  /** Of all accumulators, what each round began with. */
  private final List<Integer> before = new ArrayList<>();

  /** Which rounds counted; {@link Op.Region#UNMASKED} if all did. */
  private int counted = Op.Region.UNMASKED;

  /** The accumulators that change smoothly, as places in the fold's list. */
  private final List<Integer> smooth = new ArrayList<>();

  /** Of these, what each was worth after each round, and before the first. */
  private final List<Integer> after = new ArrayList<>();

  private final List<Worthy> initial = new ArrayList<>();

  private FoldRounds(Activity activity, Sweep around, Stmt stmt, Op.Fold fold) {
    this.activity = activity;
    this.at = around.at();
    this.core = at.core;
    this.fold = fold;
    this.origin = stmt.origin();
    this.counts = fold.region().counts();
    for (int i = 0; i < fold.accumulators().size(); i++) {
      if (activity.isActive(fold.accumulators().get(i))) {
        smooth.add(i);
      }
    }
  }

  static @Nullable Rounds of(Activity activity, Sweep around, Stmt stmt, Op.Fold fold) {
    FoldRounds rounds = new FoldRounds(activity, around, stmt, fold);
    List<Integer> worth = new ArrayList<>();
    for (int i : rounds.smooth) {
      int result = stmt.results().get(i);
      boolean scalar = rounds.type(i).isScalar();
      worth.add(scalar ? around.scalar(result) : around.array(result));
    }
    if (worth.stream().allMatch(w -> w < 0)) {
      return null;
    }
    rounds.forward();
    rounds.backward(worth);
    return rounds;
  }

  @Override
  public List<Integer> counts() {
    return counts;
  }

  @Override
  public List<Worthy> initial() {
    return initial;
  }

  @Override
  public Sweep at(List<Integer> indices) {
    List<Integer> worth = new ArrayList<>();
    for (int i = 0; i < smooth.size(); i++) {
      worth.add(read(after.get(i), indices, type(smooth.get(i))));
    }
    return sweep(indices, worth);
  }

  private Sweep sweep(List<Integer> indices, List<Integer> worth) {
    List<Integer> began = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      began.add(read(before.get(i), indices, type(i)));
    }
    Instance round = at.round(fold, indices, began);
    if (counted != Op.Region.UNMASKED) {
      // What a round left out began with was not kept: its mask can't be told from that.
      round.where = core.at(counted, indices, origin);
    }
    Sweep sweep = new Sweep(activity, round);
    for (int i = 0; i < smooth.size(); i++) {
      sweep.add(fold.region().yields().get(smooth.get(i)), worth.get(i));
    }
    return sweep.run();
  }

  private void forward() {
    Placement.Scope scope = core.open(counts);
    List<Integer> accumulators = at.accumulators(scope, fold);
    Instance round = at.next(fold, scope.indices(), accumulators);
    List<Integer> initial = new ArrayList<>(at.values(fold.initial()));
    List<Integer> yields = new ArrayList<>(round.values(fold.region().yields()));
    int n = accumulators.size();
    for (int i = 0; i < n; i++) {
      keep(scope, scope.indices(), accumulators.get(i), initial, accumulators, yields);
    }
    if (round.where != Op.Region.UNMASKED) {
      keep(scope, scope.indices(), core.flag(true), initial, accumulators, yields);
    }
    int first = core.fold(initial, accumulators, scope, round.where, yields, origin);
    for (int i = 0; i < n; i++) {
      before.add(first + n + i);
    }
    if (round.where != Op.Region.UNMASKED) {
      counted = first + 2 * n;
    }
  }

  private void backward(List<Integer> worth) {
    Placement.Scope scope = core.open(counts);
    List<Integer> indices = Rounds.reversed(core, scope.indices(), counts);
    List<Integer> initials = new ArrayList<>();
    List<Integer> accumulators = new ArrayList<>();
    for (int i = 0; i < smooth.size(); i++) {
      Type type = type(smooth.get(i));
      initials.add(worth.get(i) < 0 ? none(type) : worth.get(i));
      accumulators.add(core.accumulator(scope, type));
    }
    Sweep sweep = sweep(indices, List.copyOf(accumulators));
    List<Integer> yields = new ArrayList<>();
    for (int i : smooth) {
      int id = fold.accumulators().get(i);
      int next = type(i).isScalar() ? sweep.scalar(id) : sweep.array(id);
      yields.add(next < 0 ? none(type(i)) : next);
    }
    int n = smooth.size();
    for (int i = 0; i < n; i++) {
      keep(scope, indices, accumulators.get(i), initials, accumulators, yields);
    }
    int first = core.fold(initials, accumulators, scope, sweep.at().where, yields, origin);
    for (int i = 0; i < n; i++) {
      initial.add(new Worthy(fold.initial().get(smooth.get(i)), first + i));
      after.add(first + n + i);
    }
  }

  /** One more accumulator, an array that takes {@code value} in every round. */
  private void keep(
      Placement.Scope scope,
      List<Integer> indices,
      int value,
      List<Integer> initial,
      List<Integer> accumulators,
      List<Integer> yields) {
    Type one = core.type(value);
    List<Integer> shape = new ArrayList<>(counts);
    shape.addAll(one.shape());
    Type all = new Type(one.kind(), shape);
    int kept = core.accumulator(scope, all);
    initial.add(at.nothing(all));
    accumulators.add(kept);
    if (one.isScalar()) {
      yields.add(core.put(kept, indices, value, origin));
      return;
    }
    Placement.Scope elements = core.open(one.shape());
    int copy = core.accumulator(elements, all);
    List<Integer> place = new ArrayList<>(indices);
    place.addAll(elements.indices());
    int element = core.at(value, elements.indices(), origin);
    int put = core.put(copy, place, element, origin);
    yields.add(core.fold(kept, copy, elements, Op.Region.UNMASKED, put, origin));
  }

  /** What was kept of a round. */
  private int read(int kept, List<Integer> indices, Type type) {
    if (type.isScalar()) {
      return core.at(kept, indices, origin);
    }
    Placement.Scope elements = core.open(type.shape());
    List<Integer> place = new ArrayList<>(indices);
    place.addAll(elements.indices());
    return core.build(elements, core.at(kept, place, origin), origin);
  }

  private int none(Type type) {
    return type.isScalar() ? at.none(Kind.F64) : at.nothing(type);
  }

  private Type type(int accumulator) {
    return at.program.type(fold.accumulators().get(accumulator));
  }
}
