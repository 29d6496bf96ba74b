package org.rewlang.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.core.CoreValidator.Rule;

/**
 * Whether arrays are put into only where nothing can see the difference: once, by who made them.
 */
final class Ownership {

  private final Problems problems;

  /** Arrays that a put has consumed. */
  private final Set<Integer> consumed = new HashSet<>();

  /** Arrays that the program made, so that a put may write in place. */
  private final Set<Integer> owned = new HashSet<>();

  /** By id of what a put made: the array that the chain of puts began with. */
  private final Map<Integer, Integer> roots = new HashMap<>();

  /** The accumulators of the region around. */
  private Set<Integer> accumulators = Set.of();

  /** Values that come from a put into one of them: a mask may not depend on these. */
  private Set<Integer> afterPut = new HashSet<>();

  Ownership(Problems problems) {
    this.problems = problems;
  }

  /** What a region around has: the accumulators, and what came from a put into one of them. */
  record Outside(Set<Integer> accumulators, Set<Integer> afterPut) {}

  /** Begins a body: what another body consumed is whole again. */
  void begin() {
    consumed.clear();
  }

  Outside enter(List<Integer> carried) {
    Outside outside = new Outside(accumulators, afterPut);
    accumulators = Set.copyOf(carried);
    afterPut = new HashSet<>();
    owned.addAll(carried);
    return outside;
  }

  void leave(Outside outside) {
    accumulators = outside.accumulators;
    afterPut = outside.afterPut;
  }

  void use(int id, Origin origin) {
    if (consumed.contains(id)) {
      problems.report(Rule.LINEAR, "%" + id + " is used after a put", origin);
    }
  }

  void mask(int where, Origin origin) {
    if (afterPut.contains(where)) {
      problems.report(Rule.LINEAR, "a mask depends on a put", origin);
    }
  }

  /**
   * @param isHere whether a put's array was made in the block that the put stands in
   */
  void results(Stmt stmt, boolean isHere) {
    switch (stmt.op()) {
      case Op.Put p -> {
        consume(p.array(), isHere, stmt.origin());
        roots.put(stmt.result(), roots.getOrDefault(p.array(), p.array()));
        owned.add(stmt.result());
      }
      case Op.Sort _, Op.Build _ -> owned.add(stmt.result());
      case Op.Fold _ -> owned.addAll(stmt.results());
      default -> {}
    }
    taint(stmt);
  }

  private void taint(Stmt stmt) {
    boolean reached =
        stmt.op() instanceof Op.Put && accumulators.contains(roots.get(stmt.result()));
    for (int operand : Regions.operands(stmt.op())) {
      reached |= afterPut.contains(operand);
    }
    Op.Region region = Regions.of(stmt.op());
    if (region != null) {
      reached |= reads(region, afterPut);
    }
    if (reached) {
      afterPut.addAll(stmt.results());
    }
  }

  private static boolean reads(Op.Region region, Set<Integer> values) {
    for (Stmt stmt : region.body().statements()) {
      Op.Region inner = Regions.of(stmt.op());
      if (Regions.operands(stmt.op()).stream().anyMatch(values::contains)
          || inner != null && reads(inner, values)) {
        return true;
      }
    }
    return values.contains(region.where()) || region.yields().stream().anyMatch(values::contains);
  }

  private void consume(int array, boolean isHere, Origin origin) {
    if (!owned.contains(array)) {
      problems.report(Rule.LINEAR, "%" + array + " is not the program's to put into", origin);
    } else if (!isHere) {
      problems.report(Rule.LINEAR, "%" + array + " is put into in an inner block", origin);
    }
    consumed.add(array);
  }
}
