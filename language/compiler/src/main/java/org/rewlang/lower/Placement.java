package org.rewlang.lower;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Block;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Regions;
import org.rewlang.core.Stmt;
import org.rewlang.core.Type;

/**
 * Where each operation of a function stands: in the outermost region in which its operands are
 * known, and once, however often it is asked for. So what does not depend on a loop stands before
 * it; what nothing uses is left out when a block is closed.
 */
public final class Placement {

  /** A region being filled, or the whole function. */
  public static final class Scope {
    private final int depth;
    private final List<Integer> counts;
    private final List<Integer> indices = new ArrayList<>();
    private final Map<Op, Integer> values = new HashMap<>();

    /** What has been lowered here; forgotten with the scope. */
    final Map<Object, Value> memo = new HashMap<>();

    private Scope(int depth, List<Integer> counts) {
      this.depth = depth;
      this.counts = counts;
    }

    public List<Integer> indices() {
      return List.copyOf(indices);
    }

    public List<Integer> counts() {
      return counts;
    }
  }

  private record Node(@Nullable Stmt definition, Type type, int depth, List<Integer> operands) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Scope> open = new ArrayList<>();

  Placement() {
    open.add(new Scope(0, List.of()));
  }

  Type type(int id) {
    return nodes.get(id).type;
  }

  Origin origin(int id) {
    Stmt definition = nodes.get(id).definition;
    return definition == null ? Origin.NONE : definition.origin();
  }

  /** What defines a value; null for an index. */
  @Nullable Op op(int id) {
    Stmt definition = nodes.get(id).definition;
    return definition == null ? null : definition.op();
  }

  /** The scope that outlives no operand: the deepest of those that {@code ids} lie in. */
  Scope scopeOf(Collection<Integer> ids) {
    int depth = 0;
    for (int id : ids) {
      depth = Math.max(depth, nodes.get(id).depth);
    }
    return open.get(depth);
  }

  /** How many values the index of an open region takes; 0 for what is none. */
  int rounds(int id) {
    List<Integer> indices = open.get(nodes.get(id).depth).indices;
    int d = indices.indexOf(id);
    return d < 0 ? 0 : open.get(nodes.get(id).depth).counts.get(d);
  }

  /** Opens a region; what is added next may use its indices. */
  Scope open(List<Integer> counts) {
    Scope scope = new Scope(open.size(), counts);
    open.add(scope);
    for (int d = 0; d < counts.size(); d++) {
      scope.indices.add(define(null, Type.I32, scope.depth, List.of()));
    }
    return scope;
  }

  /** A value of the open region's own that stands for what a fold has so far. */
  int accumulator(Scope scope, Type type) {
    return define(null, type, scope.depth, List.of());
  }

  /** Closes a region whose statements nobody wants. */
  void close(Scope scope) {
    if (open.removeLast() != scope) {
      throw new IllegalStateException("regions close in the order in which they were opened");
    }
  }

  /**
   * Closes a region with the statements that it needs.
   *
   * @param where a mask, or {@link Op.Region#UNMASKED}
   * @param yields what it gives
   * @param order the same in the order in which they are to be computed
   */
  Op.Region close(Scope scope, int where, List<Integer> yields, List<Integer> order) {
    List<Integer> roots = new ArrayList<>(order);
    if (where != Op.Region.UNMASKED) {
      roots.addFirst(where);
    }
    List<Stmt> body = schedule(roots, scope.depth);
    close(scope);
    return new Op.Region(scope.indices, scope.counts, new Block(body), where, yields);
  }

  /** The function's own statements, as far as {@code roots} need them. */
  Block block(Collection<Integer> roots) {
    return new Block(schedule(roots, 0));
  }

  /** What {@code roots} need of one depth, each after what it uses, in the order first needed. */
  private List<Stmt> schedule(Collection<Integer> roots, int depth) {
    List<Stmt> statements = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    Deque<int[]> stack = new ArrayDeque<>();
    for (int root : roots) {
      stack.push(new int[] {root, 0});
      while (!stack.isEmpty()) {
        int[] top = stack.peek();
        Node node = nodes.get(top[0]);
        if (node.definition == null
            || node.depth != depth
            || done.contains(node.definition.results().getFirst())) {
          stack.pop();
        } else if (top[1] < node.operands.size()) {
          stack.push(new int[] {node.operands.get(top[1]++), 0});
        } else {
          stack.pop();
          done.add(node.definition.results().getFirst());
          statements.add(node.definition);
        }
      }
    }
    return statements;
  }

  /** {@code roots} and whatever they need; regions' insides, too. */
  Set<Integer> needs(Collection<Integer> roots) {
    Set<Integer> seen = new LinkedHashSet<>(roots);
    Deque<Integer> work = new ArrayDeque<>(roots);
    while (!work.isEmpty()) {
      Op op = op(work.pop());
      if (op != null) {
        Ops.values(
            op,
            id -> {
              if (seen.add(id)) {
                work.push(id);
              }
            });
      }
    }
    return seen;
  }

  /** A region's value: the same as that of any equal region, whatever its ids. */
  int addRegion(Op op, Type type, Origin origin) {
    return addRegion(op, List.of(type), origin);
  }

  /** The first of a region's values; the others follow. */
  int addRegion(Op op, List<Type> types, Origin origin) {
    Set<Integer> own = new HashSet<>();
    Set<Integer> used = new LinkedHashSet<>();
    collect(op, own, used);
    used.removeAll(own);
    Map<Integer, Integer> names = new HashMap<>();
    // The same loop elsewhere has other ids for what it defines, in the same order.
    Op key =
        Ops.rename(
            op,
            Ops.Renaming.of(
                id -> own.contains(id) ? names.computeIfAbsent(id, _ -> -2 - names.size()) : id));
    return add(op, key, types, List.copyOf(used), origin);
  }

  /** What a region defines, and all it mentions. */
  private static void collect(Op op, Set<Integer> own, Set<Integer> used) {
    Op.Region region = Regions.of(op);
    if (region != null) {
      own.addAll(region.indices());
      if (op instanceof Op.Fold fold) {
        own.addAll(fold.accumulators());
        used.addAll(fold.initial());
      }
      for (Stmt statement : region.body().statements()) {
        own.addAll(statement.results());
        collect(statement.op(), own, used);
      }
      if (region.isMasked()) {
        used.add(region.where());
      }
      used.addAll(region.yields());
    } else {
      Ops.values(op, used::add);
    }
  }

  /** A value: the same as any equal one where its operands are known. */
  int add(Op op, Type type, List<Integer> operands, Origin origin) {
    return add(op, op, List.of(type), operands, origin);
  }

  private int add(Op op, Op key, List<Type> types, List<Integer> operands, Origin origin) {
    Scope scope = scopeOf(operands);
    Integer known = scope.values.get(key);
    if (known != null) {
      return known;
    }
    int first = nodes.size();
    List<Integer> results = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      results.add(first + i);
    }
    Stmt definition = new Stmt(results, op, origin);
    for (Type type : types) {
      define(definition, type, scope.depth, operands);
    }
    scope.values.put(key, first);
    return first;
  }

  private int define(@Nullable Stmt definition, Type type, int depth, List<Integer> operands) {
    nodes.add(new Node(definition, type, depth, List.copyOf(operands)));
    return nodes.size() - 1;
  }
}
