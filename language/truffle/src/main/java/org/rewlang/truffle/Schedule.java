package org.rewlang.truffle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Block;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.Sink;
import org.rewlang.core.Stmt;

/**
 * Where each value of a body is computed: as late as all its uses allow. What only one arm of a
 * {@code select} needs is computed in that arm, what only an admitted round needs after the mask;
 * since no operation traps, nobody can tell. A value used once needs no local: it stands where it is
 * used.
 *
 * <p>A {@code put} writes its array in place if that is scratch memory of the same block and nothing
 * reads it afterwards. Operations that read it before must not be moved past the put: they, and
 * every put, keep their order at the top of their block.
 */
final class Schedule {

  /** Arms nest at most this deep; what lies deeper is computed further out. */
  private static final int MAX_DEPTH = 16;

  private static final int AT_END = Integer.MAX_VALUE;

  private static final int NOBODY = -1;

  private final @Nullable Scope[] scopes;
  private final @Nullable Op[] definitions;
  private final int[] lastUse;
  private final int[] uses;
  private final @Nullable Place[] places;
  private final boolean[] stored;
  private final boolean[] inPlace;
  private final boolean[] overwritten;
  private final @Nullable Scope[] regions;
  private final @Nullable Place[] thens;
  private final @Nullable Place[] otherwises;
  private final Map<Integer, List<Integer>> reads = new HashMap<>();
  private final CoreProgram program;
  private final Scope top = new Scope(null, NOBODY, 0, false);

  Schedule(CoreProgram program, Body body) {
    this.program = program;
    int n = program.types().size();
    scopes = new Scope[n];
    definitions = new Op[n];
    lastUse = new int[n];
    uses = new int[n];
    places = new Place[n];
    stored = new boolean[n];
    inPlace = new boolean[n];
    overwritten = new boolean[n];
    regions = new Scope[n];
    thens = new Place[n];
    otherwises = new Place[n];
    find(top, body.block());
    for (Sink sink : body.sinks()) {
      found(taken(sink), top, AT_END, NOBODY);
    }
    for (Sink sink : body.sinks()) {
      use(taken(sink), top, top.start);
    }
    place(top, body.block());
  }

  /** The value that a sink takes. */
  static int taken(Sink sink) {
    return switch (sink) {
      case Sink.Out out -> out.value();
      case Sink.Next next -> next.value();
      case Sink.Push push -> push.value();
      case Sink.Check check -> check.condition();
    };
  }

  Scope top() {
    return top;
  }

  /** Where a value is computed, or null where nothing needs it. */
  @Nullable Place place(int value) {
    return places[value];
  }

  /** What computes a value; null for region indices and accumulators. */
  @Nullable Op definition(int value) {
    return definitions[value];
  }

  /** The block in the region of the statement whose first result is {@code result}. */
  Scope region(int result) {
    return known(regions[result]);
  }

  Place then(int result) {
    return known(thens[result]);
  }

  Place otherwise(int result) {
    return known(otherwises[result]);
  }

  /** Whether a value needs a local. */
  boolean isStored(int value) {
    return stored[value] || uses[value] > 1;
  }

  /** Whether exactly one statement, in the same block, uses a value. */
  boolean isUsedOnce(int value) {
    return uses[value] == 1;
  }

  /** Whether a put may write the array that it is given. */
  boolean isInPlace(int result) {
    return inPlace[result];
  }

  // First, forwards: definitions, and how far down its own block each value is used.

  private void find(Scope scope, Block block) {
    for (int i = 0; i < block.statements().size(); i++) {
      Stmt stmt = block.statements().get(i);
      int first = stmt.results().getFirst();
      for (int operand : Operands.of(stmt.op())) {
        found(operand, scope, i, first);
      }
      Op.Region region = Operands.region(stmt.op());
      if (region != null) {
        Scope inner = new Scope(scope, first, i, region.isMasked());
        regions[first] = inner;
        region.indices().forEach(index -> scopes[index] = inner);
        if (stmt.op() instanceof Op.Fold fold) {
          fold.accumulators().forEach(accumulator -> scopes[accumulator] = inner);
        }
        find(inner, region.body());
        if (region.isMasked()) {
          found(region.where(), inner, AT_END, NOBODY);
        }
        region.yields().forEach(yielded -> found(yielded, inner, AT_END, NOBODY));
      }
      for (int result : stmt.results()) {
        scopes[result] = scope;
        definitions[result] = stmt.op();
      }
    }
  }

  private void found(int value, Scope scope, int position, int user) {
    while (scope != scopes[value]) {
      position = scope.position;
      user = scope.owner;
      scope = known(scope.outer);
    }
    lastUse[value] = Math.max(lastUse[value], position);
    if (user != NOBODY && !program.type(value).isScalar()) {
      reads.computeIfAbsent(user, u -> new ArrayList<>()).add(value);
    }
  }

  // Then, backwards: the place common to all uses.

  private void place(Scope scope, Block block) {
    for (int i = block.statements().size() - 1; i >= 0; i--) {
      Stmt stmt = block.statements().get(i);
      Place wanted = wanted(stmt);
      if (wanted == null) {
        continue;
      }
      int first = stmt.results().getFirst();
      Place place = wanted.atMost(MAX_DEPTH);
      if (stmt.op() instanceof Op.Put || readsOverwritten(first)) {
        place = place.atMost(scope.admitted.depth);
        stored[first] = true;
      }
      if (place != wanted) {
        stored[first] = true;
      }
      for (int result : stmt.results()) {
        places[result] = place;
      }
      if (stmt.op() instanceof Op.Put put && place == scope.admitted && lastUse[put.array()] == i) {
        inPlace[first] = isOwn(put.array(), scope);
        overwritten[put.array()] |= inPlace[first];
      }
      useOperands(stmt, scope, place);
    }
  }

  private @Nullable Place wanted(Stmt stmt) {
    Place wanted = null;
    for (int result : stmt.results()) {
      Place place = places[result];
      if (place != null) {
        wanted = wanted == null ? place : Place.common(wanted, place);
      }
    }
    return wanted;
  }

  private boolean readsOverwritten(int user) {
    return reads.getOrDefault(user, List.of()).stream().anyMatch(array -> overwritten[array]);
  }

  /** Whether an array is scratch memory that only the rounds of this block see. */
  private boolean isOwn(int array, Scope scope) {
    Op definition = definitions[array];
    boolean scratch =
        definition == null // an accumulator
            || definition instanceof Op.Build
            || definition instanceof Op.Put
            || definition instanceof Op.Sort
            || definition instanceof Op.Fold;
    return scratch && scopes[array] == scope;
  }

  private void useOperands(Stmt stmt, Scope scope, Place place) {
    int first = stmt.results().getFirst();
    if (stmt.op() instanceof Op.Select select) {
      Place then = new Place(place);
      Place otherwise = new Place(place);
      thens[first] = then;
      otherwises[first] = otherwise;
      use(select.condition(), scope, place);
      use(select.then(), scope, then);
      use(select.otherwise(), scope, otherwise);
      return;
    }
    for (int operand : Operands.of(stmt.op())) {
      use(operand, scope, place);
    }
    Op.Region region = Operands.region(stmt.op());
    if (region != null) {
      Scope inner = region(first);
      inner.place = place;
      region.yields().forEach(yielded -> use(yielded, inner, inner.admitted));
      if (region.isMasked()) {
        use(region.where(), inner, inner.start);
      }
      place(inner, region.body());
    }
  }

  private void use(int value, Scope scope, Place place) {
    uses[value]++;
    while (scope != scopes[value]) {
      // Computed once, outside the region, however often that runs.
      stored[value] = true;
      place = known(scope.place);
      scope = known(scope.outer);
    }
    Place other = places[value];
    places[value] = other == null ? place : Place.common(other, place);
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("an operand that is not in scope");
    }
    return value;
  }
}
