package org.rewlang.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Order;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Span;

/** Where an expression stands: its file, the local names around it, and what surrounds it. */
final class Env {

  final FileScope file;
  private final @Nullable Env parent;
  private final Map<String, Entity> names = new HashMap<>();

  /** Of a generic function: what its unit and length variables are in this call. */
  private final Map<String, Dimension> units = new HashMap<>();

  private final Map<String, Integer> lengths = new HashMap<>();

  /** What its shape variables are: any number of axes. */
  private final Map<String, List<Integer>> shapes = new HashMap<>();

  private final Map<String, Agents.Scope> scopes = new HashMap<>();

  private final Map<String, Order> orders = new HashMap<>();

  /** What its element types are. */
  private final Map<String, Structure> types = new HashMap<>();

  /** The enums that name the positions along dimensions of such a length. */
  private final Map<String, EnumType> axes = new HashMap<>();

  /** Where the library's functions were called, for their terms to point at. */
  final @Nullable Location call;

  /** Inside {@code expect} and {@code property}, where a bare {@code ==} on reals is meant. */
  final boolean claim;

  /** Inside the body of a function that is being inlined. */
  final boolean inlined;

  /** Inside a machine's guard, where machines are as they were before the step. */
  final boolean guard;

  private Env(
      FileScope file,
      @Nullable Env parent,
      @Nullable Location call,
      boolean claim,
      boolean inlined,
      boolean guard) {
    this.file = file;
    this.parent = parent;
    this.call = call;
    this.claim = claim;
    this.inlined = inlined;
    this.guard = guard;
  }

  static Env of(FileScope file) {
    return new Env(file, null, null, false, false, false);
  }

  /** An inner one, for more names. */
  Env inner() {
    return new Env(file, this, call, claim, inlined, guard);
  }

  Env asClaim() {
    return new Env(file, this, call, true, inlined, guard);
  }

  Env asGuard() {
    return new Env(file, this, call, claim, inlined, true);
  }

  /** That of a function's body: nothing of the caller's is visible. */
  static Env body(FileScope file, @Nullable Location call, boolean inlined) {
    return new Env(file, null, call, false, inlined, false);
  }

  void bind(String name, Entity entity) {
    names.put(name, entity);
  }

  void bindUnit(String name, Dimension dimension) {
    units.put(name, dimension);
  }

  void bindLength(String name, int length) {
    bindLength(name, length, null);
  }

  /**
   * @param axis the enum that names the positions, or null
   */
  void bindLength(String name, int length, @Nullable EnumType axis) {
    lengths.put(name, length);
    if (axis != null) {
      axes.put(name, axis);
    }
  }

  void bindShape(String name, List<Integer> shape) {
    shapes.put(name, shape);
  }

  /** The axes that a generic function's variable stands for. */
  @Nullable List<Integer> shape(String name) {
    for (Env e = this; e != null; e = e.parent) {
      List<Integer> found = e.shapes.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Whether a number may be an array without axes here: in functions with shape variables. */
  boolean anyRank() {
    return !shapes.isEmpty() || parent != null && parent.anyRank();
  }

  void bindOrder(String name, Order order) {
    orders.put(name, order);
  }

  /** The order that a generic function's variable stands for. */
  @Nullable Order order(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Order found = e.orders.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  void bindType(String name, Structure type) {
    types.put(name, type);
  }

  /** The type that a generic function's variable stands for. */
  @Nullable Structure type(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Structure found = e.types.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable Entity local(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Entity found = e.names.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable Integer length(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Integer found = e.lengths.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Nullable EnumType axis(String name) {
    for (Env e = this; e != null; e = e.parent) {
      if (e.lengths.containsKey(name)) {
        return e.axes.get(name);
      }
    }
    return null;
  }

  /** What a function's scope parameter stands for. */
  void bindScope(String name, Agents.Scope scope) {
    scopes.put(name, scope);
  }

  Agents.@Nullable Scope scope(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Agents.Scope found = e.scopes.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Where only the file's names are seen. */
  Env fileOnly() {
    return new Env(file, null, call, claim, inlined, guard);
  }

  boolean hasUnit(String variable) {
    return units.containsKey(variable);
  }

  @Nullable Unit unit(String name) {
    for (Env e = this; e != null; e = e.parent) {
      Dimension found = e.units.get(name);
      if (found != null) {
        return Unit.si(found);
      }
    }
    return file.unit(name);
  }

  /** The local names, sorted. */
  Set<String> localNames() {
    Set<String> all = new TreeSet<>();
    for (Env e = this; e != null; e = e.parent) {
      all.addAll(e.names.keySet());
      all.addAll(e.lengths.keySet());
    }
    return all;
  }

  /** The place a term at {@code span} comes from. */
  Location at(Span span) {
    return call != null ? call : file.at(span);
  }

  Term error(Span span) {
    return Terms.error(at(span));
  }
}
