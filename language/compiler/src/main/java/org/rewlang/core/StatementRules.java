package org.rewlang.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewlang.core.CoreValidator.Rule;

/** Whether each statement reads what it may, and makes what it says. */
final class StatementRules {

  private final CoreProgram program;
  private final Typing typing;
  private final Problems problems;
  private final Ownership ownership;
  private final Set<Integer> defined = new HashSet<>();

  /** By id of a value that can be seen here: the depth of the block that defines it. */
  private final Map<Integer, Integer> visible = new HashMap<>();

  private final Map<Integer, Integer> constants = new HashMap<>();

  /** By id of a region's index: its count. */
  private final Map<Integer, Integer> counts = new HashMap<>();

  private int depth;

  StatementRules(CoreProgram program, Problems problems) {
    this.program = program;
    this.problems = problems;
    typing = Typing.of(program);
    ownership = new Ownership(problems);
  }

  /** Checks a body's statements and leaves their results visible, for its sinks. */
  void begin(Block block) {
    visible.clear();
    ownership.begin();
    block(block);
  }

  /** Leaves what the block defines visible; the caller closes it. */
  private List<Integer> block(Block block) {
    List<Integer> opened = new ArrayList<>();
    for (Stmt stmt : block.statements()) {
      statement(stmt);
      for (int result : stmt.results()) {
        define(result, stmt.origin());
        opened.add(result);
      }
    }
    return opened;
  }

  private void statement(Stmt stmt) {
    origin(stmt.origin());
    Op op = stmt.op();
    boolean known = true;
    for (int operand : Regions.operands(op)) {
      known &= use(operand, stmt.origin());
    }
    Op.Region region = Regions.of(op);
    List<Integer> opened = List.of();
    if (region != null) {
      List<Integer> accumulators = op instanceof Op.Fold f ? f.accumulators() : List.of();
      int before = problems.count();
      opened = region(region, accumulators, stmt.origin());
      known &= problems.count() == before;
    }
    if (known) {
      types(stmt);
    }
    opened.forEach(visible::remove);
  }

  private void types(Stmt stmt) {
    try {
      List<Type> results = typing.results(stmt.op());
      List<Type> stated =
          stmt.results().stream()
              .filter(r -> r >= 0 && r < program.types().size())
              .map(program::type)
              .toList();
      if (!results.equals(stated)) {
        problems.report(
            Rule.TYPES, "results are " + results + ", stated as " + stated, stmt.origin());
        return;
      }
    } catch (Typing.Mistyped mistyped) {
      problems.report(Rule.TYPES, String.valueOf(mistyped.getMessage()), stmt.origin());
      return;
    }
    switch (stmt.op()) {
      case Op.Int i -> constants.put(stmt.result(), i.value());
      case Op.At a -> indices(program.type(a.array()).shape(), a.indices(), stmt);
      case Op.Put p -> indices(program.type(p.array()).shape(), p.indices(), stmt);
      case Op.Ago a -> {
        HistoryInfo history = program.histories().get(a.history());
        List<Integer> shape = new ArrayList<>(history.type().shape());
        shape.addFirst(history.length());
        indices(shape, a.indices(), stmt);
      }
      default -> {}
    }
    boolean isHere = stmt.op() instanceof Op.Put p && visible.getOrDefault(p.array(), -1) == depth;
    ownership.results(stmt, isHere);
  }

  private List<Integer> region(Op.Region region, List<Integer> carried, Origin origin) {
    for (int count : region.counts()) {
      if (count < 1) {
        problems.report(Rule.COUNTS, "a region of " + count + " rounds", origin);
        return List.of();
      }
    }
    Ownership.Outside outside = ownership.enter(carried);
    depth++;
    List<Integer> opened = new ArrayList<>();
    for (int i = 0; i < region.indices().size(); i++) {
      define(region.indices().get(i), origin);
      opened.add(region.indices().get(i));
      if (i < region.counts().size()) {
        counts.put(region.indices().get(i), region.counts().get(i));
      }
    }
    for (int accumulator : carried) {
      define(accumulator, origin);
      opened.add(accumulator);
    }
    opened.addAll(block(region.body()));
    if (region.isMasked() && use(region.where(), origin)) {
      ownership.mask(region.where(), origin);
    }
    region.yields().forEach(y -> use(y, origin));
    depth--;
    ownership.leave(outside);
    return opened;
  }

  private void define(int id, Origin origin) {
    if (id < 0 || id >= program.types().size()) {
      problems.report(Rule.DEFINED_ONCE, "%" + id + " has no type", origin);
    } else if (!defined.add(id)) {
      problems.report(Rule.DEFINED_ONCE, "%" + id + " is defined twice", origin);
    } else {
      visible.put(id, depth);
    }
  }

  boolean use(int id, Origin origin) {
    if (!visible.containsKey(id)) {
      problems.report(Rule.DOMINANCE, "%" + id + " is used where it is not defined", origin);
      return false;
    }
    ownership.use(id, origin);
    return true;
  }

  private void indices(List<Integer> shape, List<Integer> indices, Stmt stmt) {
    for (int i = 0; i < indices.size(); i++) {
      int index = indices.get(i);
      int length = shape.get(i);
      Integer constant = constants.get(index);
      if (constant != null && (constant < 0 || constant >= length)) {
        problems.report(Rule.INDICES, "index " + constant + " of " + length, stmt.origin());
      }
      if (counts.getOrDefault(index, 0) > length) {
        problems.report(
            Rule.INDICES, "index below " + counts.get(index) + " of " + length, stmt.origin());
      }
    }
  }

  void origin(Origin origin) {
    if (!origin.isKnown()) {
      return;
    }
    boolean fits =
        origin.source() < program.sources().size()
            && origin.start() >= 0
            && origin.start() <= origin.end()
            // A program read from core text knows its sources only by name.
            && (program.sources().get(origin.source()).text().isEmpty()
                || origin.end() <= program.sources().get(origin.source()).text().length());
    if (!fits) {
      problems.report(Rule.ORIGINS, "an origin lies outside the sources", origin);
    }
  }
}
