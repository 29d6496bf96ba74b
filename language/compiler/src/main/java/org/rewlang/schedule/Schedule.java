package org.rewlang.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.Regions;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;

/**
 * Where each value of a body is computed: as late as all its uses allow. What only one arm of a
 * {@code select} needs is computed in that arm, what only an admitted round needs after the mask;
 * since no operation traps, nobody can tell. A value used once needs no local: it stands where it
 * is used.
 *
 * <p>A {@code put} writes its array in place, which the rules of the core allow as long as the
 * operations that read the array before it are not moved past it: they, and every put, keep their
 * order at the top of their block.
 *
 * @param <C> as {@link Place} has it
 */
public final class Schedule<C> {

  /** Arms nest at most this deep; what lies deeper is computed further out. */
  private static final int MAX_DEPTH = 16;

  private static final int NOBODY = -1;

  private final Map<Integer, Scope<C>> scopes = new HashMap<>();
  private final @Nullable Stmt[] definitions;
  private final int[] uses;
  private final Map<Integer, Place<C>> places = new HashMap<>();
  private final boolean[] stored;
  private final Map<Integer, Place<C>> overwritten = new HashMap<>();
  private final Map<Integer, Scope<C>> regions = new HashMap<>();
  private final Map<Integer, Place<C>> thens = new HashMap<>();
  private final Map<Integer, Place<C>> otherwises = new HashMap<>();
  private final Map<Integer, List<Integer>> reads = new HashMap<>();
  private final CoreProgram program;
  private final Scope<C> top = new Scope<>(null, NOBODY, false);

  public Schedule(CoreProgram program, Body body) {
    this.program = program;
    int n = program.types().size();
    definitions = new Stmt[n];
    uses = new int[n];
    stored = new boolean[n];
    find(top, body.block());
    for (Sink sink : body.sinks()) {
      use(taken(sink), top, top.start);
    }
    place(top, body.block());
  }

  /** Whether a value lies in memory, or is known: it is read anew wherever it is used. */
  public static boolean isLeaf(Op op) {
    return switch (op) {
      case Op.Const _,
          Op.Flag _,
          Op.Int _,
          Op.Input _,
          Op.Present _,
          Op.Param _,
          Op.Slot _,
          Op.Table _,
          Op.Filled _ ->
          true;
      default -> false;
    };
  }

  /** The value that a sink takes. */
  private static int taken(Sink sink) {
    return switch (sink) {
      case Sink.Out out -> out.value();
      case Sink.Next next -> next.value();
      case Sink.Push push -> push.value();
      case Sink.Check check -> check.condition();
    };
  }

  public Scope<C> top() {
    return top;
  }

  /** Where a value is computed, or null where nothing needs it. */
  public @Nullable Place<C> place(int value) {
    return places.get(value);
  }

  /** What computes a value; null for region indices and accumulators. */
  public @Nullable Stmt definition(int value) {
    return definitions[value];
  }

  /** The block in the region of the statement whose first result is {@code result}. */
  public Scope<C> region(int result) {
    return known(regions.get(result));
  }

  public Place<C> then(int result) {
    return known(thens.get(result));
  }

  public Place<C> otherwise(int result) {
    return known(otherwises.get(result));
  }

  /** Whether a value needs a local. */
  public boolean isStored(int value) {
    return stored[value] || uses[value] > 1;
  }

  /** Whether exactly one statement uses a value, in the same block and wherever it is computed. */
  public boolean isUsedOnce(int value) {
    return uses[value] == 1 && !stored[value];
  }

  // First, forwards: definitions, and which statement of its own block reads an array.

  private void find(Scope<C> scope, Block block) {
    for (Stmt stmt : block.statements()) {
      int first = stmt.results().getFirst();
      for (int operand : Regions.operands(stmt.op())) {
        found(operand, scope, first);
      }
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        Scope<C> inner = new Scope<>(scope, first, region.isMasked());
        regions.put(first, inner);
        region.indices().forEach(index -> scopes.put(index, inner));
        if (stmt.op() instanceof Op.Fold fold) {
          fold.accumulators().forEach(accumulator -> scopes.put(accumulator, inner));
        }
        find(inner, region.body());
        // An array that an outer block yields is read by the statement that the block belongs to.
        region.yields().forEach(yielded -> found(yielded, inner, NOBODY));
      }
      for (int result : stmt.results()) {
        scopes.put(result, scope);
        definitions[result] = stmt;
      }
    }
  }

  private void found(int value, Scope<C> scope, int user) {
    while (scope != scopes.get(value)) {
      user = scope.owner;
      scope = known(scope.outer);
    }
    if (user != NOBODY && !program.type(value).isScalar()) {
      reads.computeIfAbsent(user, u -> new ArrayList<>()).add(value);
    }
  }

  // Then, backwards: the place common to all uses.

  private void place(Scope<C> scope, Block block) {
    for (Stmt stmt : block.statements().reversed()) {
      Place<C> wanted = wanted(stmt);
      if (wanted == null) {
        continue;
      }
      int first = stmt.results().getFirst();
      Place<C> place = wanted.atMost(MAX_DEPTH);
      for (int array : reads.getOrDefault(first, List.of())) {
        Place<C> put = overwritten.get(array);
        if (put != null) {
          place = place.atMost(put.depth);
          stored[first] = true;
        }
      }
      if (stmt.op() instanceof Op.Put put) {
        place = place.atMost(scope.admitted.depth);
        overwritten.put(put.array(), place);
      }
      if (place != wanted) {
        stored[first] = true;
      }
      for (int result : stmt.results()) {
        places.put(result, place);
      }
      useOperands(stmt, scope, place);
    }
  }

  private @Nullable Place<C> wanted(Stmt stmt) {
    Place<C> wanted = null;
    for (int result : stmt.results()) {
      Place<C> place = places.get(result);
      if (place != null) {
        wanted = wanted == null ? place : Place.common(wanted, place);
      }
    }
    return wanted;
  }

  private void useOperands(Stmt stmt, Scope<C> scope, Place<C> place) {
    int first = stmt.results().getFirst();
    if (stmt.op() instanceof Op.Select select) {
      Place<C> then = new Place<>(place);
      Place<C> otherwise = new Place<>(place);
      thens.put(first, then);
      otherwises.put(first, otherwise);
      use(select.condition(), scope, place);
      use(select.then(), scope, then);
      use(select.otherwise(), scope, otherwise);
      return;
    }
    for (int operand : Regions.operands(stmt.op())) {
      use(operand, scope, place);
    }
    Op.Region region = Regions.of(stmt.op());
    if (region != null) {
      Scope<C> inner = region(first);
      inner.place = place;
      region.yields().forEach(yielded -> use(yielded, inner, inner.admitted));
      if (region.isMasked()) {
        use(region.where(), inner, inner.start);
      }
      place(inner, region.body());
    }
  }

  private void use(int value, Scope<C> scope, Place<C> place) {
    uses[value]++;
    while (scope != scopes.get(value)) {
      // Computed once, outside the region, however often that runs.
      stored[value] = true;
      place = known(scope.place);
      scope = known(scope.outer);
    }
    Place<C> other = places.get(value);
    places.put(value, other == null ? place : Place.common(other, place));
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("an operand that is not in scope");
    }
    return value;
  }
}
