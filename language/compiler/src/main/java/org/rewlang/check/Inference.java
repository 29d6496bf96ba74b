package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Dimension;
import org.rewlang.model.Order;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Type;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.TypeExpr;

/**
 * What the variables of a generic function are in one call, found from the types of its arguments.
 * They are bound in the environment of the body.
 */
final class Inference {

  private final Session session;
  private final Decl.Function decl;
  private final Env body;
  private final List<String> unitVariables;
  private final List<String> typeVariables;
  private final List<String> lengthVariables;

  /** The parameter whose argument told what a variable is. */
  private final Map<String, Decl.Parameter> tellers = new HashMap<>();

  Inference(Session session, Decl.Function decl, Env body) {
    this.session = session;
    this.decl = decl;
    this.body = body;
    List<String> variables = decl.units().stream().map(Name::text).toList();
    this.typeVariables = variables.stream().filter(v -> Functions.isType(decl, v)).toList();
    this.unitVariables = variables.stream().filter(v -> !typeVariables.contains(v)).toList();
    this.lengthVariables =
        decl.sizes().stream().filter(s -> !s.axes()).map(s -> s.name().text()).toList();
  }

  /** Binds what the arguments tell; a unit that none of them tells is none. */
  void infer(List<Value> values) {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int i = 0; i < values.size(); i++) {
        Decl.Parameter p = decl.parameters().get(i);
        if (p.type() != null) {
          progress |= axes(p, p.type(), values.get(i)) | units(p, p.type(), values.get(i));
        }
      }
    }
    elements(values);
    for (String u : unitVariables) {
      if (!body.hasUnit(u)) {
        body.bindUnit(u, Dimension.NONE);
      }
    }
  }

  /** Whether a type says something else in another call. */
  boolean isGeneric(TypeExpr type) {
    return typeVariables.contains(type.base().text())
        || !lengths(type).isEmpty()
        || !unitsOf(type).isEmpty();
  }

  /** Whether some variable of a type is still unknown, as the arguments have other shapes. */
  boolean isOpen(TypeExpr type) {
    String base = type.base().text();
    return typeVariables.contains(base) && body.type(base) == null
        || lengths(type).stream().anyMatch(n -> !isKnown(n));
  }

  private boolean isKnown(String length) {
    return length.startsWith("*")
        ? body.shape(length.substring(1)) != null
        : body.length(length) != null || body.order(length) != null;
  }

  /** The length and shape variables of a type, these with their star. */
  private List<String> lengths(TypeExpr type) {
    List<String> names = new ArrayList<>();
    for (TypeExpr.Dim dim : type.dims()) {
      String name = dim instanceof TypeExpr.Axes a ? "*" + a.name().text() : length(dim);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /** The length variable that a dimension names; null if it names none. */
  private @Nullable String length(TypeExpr.Dim dim) {
    return TypeNames.size(dim) instanceof Expr.NameRef n && lengthVariables.contains(n.name())
        ? n.name()
        : null;
  }

  private Set<String> unitsOf(TypeExpr type) {
    Set<String> names = new TreeSet<>();
    if (type.unit() != null) {
      UnitParser.parse(
          type.unit().text(),
          n -> {
            if (unitVariables.contains(n)) {
              names.add(n);
            }
            return body.unit(n) == null ? Unit.si(Dimension.of(n)) : body.unit(n);
          });
    }
    return names;
  }

  /** What a type needs, where an argument has not enough axes to tell it. */
  static String needed(TypeExpr type) {
    String base = type.base().text();
    if (base.equals("quat") || base.equals("pose")) {
      return "a `" + base + "`";
    }
    if (type.dims().getFirst() instanceof TypeExpr.AtMost) {
      return "a list";
    }
    boolean any = type.dims().stream().anyMatch(TypeExpr.Axes.class::isInstance);
    int axes = type.dims().size() - (any ? 1 : 0);
    return axes == 1
        ? "a vector"
        : "an array of " + (any ? "at least " : "") + axes + " dimensions";
  }

  /**
   * What other arguments have said of a parameter's type, for each of them.
   *
   * @param units whether units and types are of interest
   * @param shapes whether lengths are
   */
  Map<Decl.Parameter, String> told(Decl.Parameter p, boolean units, boolean shapes) {
    TypeExpr type = Objects.requireNonNull(p.type());
    Map<Decl.Parameter, String> told = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>(shapes ? lengths(type) : List.of());
    if (units) {
      names.addAll(unitsOf(type));
      names.add(type.base().text());
    }
    for (String name : names) {
      Decl.Parameter teller = tellers.get(name);
      if (teller != null && !teller.equals(p)) {
        told.merge(teller, "`" + name + "` is " + show(name), (a, b) -> a + " and " + b);
      }
    }
    return told;
  }

  private String show(String name) {
    if (name.startsWith("*")) {
      return "`" + session.types.show(Objects.requireNonNull(body.shape(name.substring(1)))) + "`";
    }
    Integer length = body.length(name);
    Order order = body.order(name);
    Structure type = body.type(name);
    if (length != null) {
      return "`" + session.types.length(length) + "`";
    }
    if (order != null) {
      return "`" + order + "`";
    }
    if (type != null) {
      return "`" + session.types.show(type) + "`";
    }
    Dimension unit = Objects.requireNonNull(body.unit(name)).dimension();
    return unit.isNone() ? "no unit" : "`" + unit + "`";
  }

  // Axes.

  private boolean axes(Decl.Parameter p, TypeExpr type, Value value) {
    Structure structure =
        value.structure() instanceof Structure.Optional o ? o.of() : value.structure();
    List<Integer> shape = structure.axes();
    Order order =
        switch (structure) {
          case Structure.Rotation r -> r.order();
          case Structure.Pose o -> o.order();
          default -> null;
        };
    List<TypeExpr.Dim> dims = type.dims();
    long stars = dims.stream().filter(TypeExpr.Axes.class::isInstance).count();
    int axes = shape.size() + (order == null ? 0 : 1);
    int more = axes - dims.size() + (int) stars;
    boolean element = typeVariables.contains(type.base().text());
    if (more > 0
        && !element
        && stars == 0
        && value instanceof Value.Tensor
        && dims.stream().anyMatch(TypeExpr.AtMost.class::isInstance)) {
      // The function of a list goes through the rows of an array.
      shape = shape.subList(more, shape.size());
      more = 0;
    }
    if (stars == 0 ? more != 0 && !(element && more > 0) : more < 0 || stars > 1) {
      return false;
    }
    boolean progress = false;
    int axis = 0;
    for (TypeExpr.Dim dim : dims) {
      String length = length(dim);
      if (dim instanceof TypeExpr.Axes a) {
        progress |= bindShape(p, a.name().text(), shape.subList(axis, axis + more));
        axis += more;
        continue;
      }
      if (length != null && axis < shape.size() && body.length(length) == null) {
        body.bindLength(length, shape.get(axis), Shape.axis(shape, axis));
        tellers.put(length, p);
        progress = true;
      } else if (length != null
          && axis == shape.size()
          && order != null
          && body.order(length) == null) {
        body.bindOrder(length, order);
        tellers.put(length, p);
        progress = true;
      }
      axis++;
    }
    return progress;
  }

  /** Several arguments tell it together, as their shapes broadcast. */
  private boolean bindShape(Decl.Parameter p, String name, List<Integer> shape) {
    List<Integer> known = body.shape(name);
    List<Integer> both = known == null ? shape : Types.broadcast(known, shape);
    if (both == null
        || known != null && known.equals(both) && Shape.axes(known).equals(Shape.axes(both))) {
      return false;
    }
    body.bindShape(name, both);
    tellers.put("*" + name, p);
    return true;
  }

  // Units.

  /** What a value's unit is; null where it has none to tell. */
  private static @Nullable Dimension dimension(Value value) {
    return switch (value.structure()) {
      case Structure.Pose p -> p.dimension();
      case Structure.Bounded b when b.element() instanceof Structure.Tensor t ->
          dimension(t.type(), value);
      case Structure.Tensor t -> dimension(t.type(), value);
      default -> null;
    };
  }

  private static @Nullable Dimension dimension(Type type, Value value) {
    return type.isNumber() && !Terms.isZero(value.terms().getLast()) ? type.dimension() : null;
  }

  private boolean units(Decl.Parameter p, TypeExpr type, Value value) {
    Dimension own = dimension(value);
    if (own == null) {
      return false;
    }
    Dimension pattern = session.typeNames.pattern(type, unitVariables, body);
    if (pattern == null) {
      return false;
    }
    List<Map.Entry<String, Integer>> unknown =
        pattern.powers().entrySet().stream().filter(e -> e.getKey().startsWith("'")).toList();
    if (unknown.size() != 1) {
      return false;
    }
    String marked = unknown.getFirst().getKey();
    int power = unknown.getFirst().getValue();
    Dimension rest = pattern.per(Dimension.of(marked).power(power));
    Dimension root = Arithmetic.root(own.per(rest), 1.0 / power);
    if (root == null) {
      return false;
    }
    body.bindUnit(marked.substring(1), root);
    tellers.put(marked.substring(1), p);
    return true;
  }

  // Types.

  /**
   * What a type variable stands for: what all arguments have in common that it is the type of. What
   * stands for elements of arrays comes first, for a function of one element goes through arrays.
   */
  private void elements(List<Value> values) {
    for (String variable : typeVariables) {
      for (boolean plain : List.of(false, true)) {
        for (int i = 0; i < values.size(); i++) {
          Decl.Parameter p = decl.parameters().get(i);
          TypeExpr type = p.type();
          if (type != null
              && type.base().text().equals(variable)
              && type.dims().isEmpty() == plain) {
            Structure known = body.type(variable);
            Structure own = element(values.get(i), type, known);
            if (own != null) {
              body.bindType(variable, own);
              tellers.putIfAbsent(variable, p);
            }
          }
        }
      }
    }
  }

  /** The type of a parameter's elements, wide enough for those that are {@code known} already. */
  private static @Nullable Structure element(
      Value value, TypeExpr type, @Nullable Structure known) {
    Structure own = value.structure();
    if (own instanceof Structure.Optional o && type.optional()) {
      own = o.of();
    }
    boolean all = type.dims().stream().anyMatch(TypeExpr.Axes.class::isInstance);
    int axes = all ? own.axes().size() : type.dims().size();
    for (int k = 0; k < axes; k++) {
      Structure inner =
          switch (own) {
            case Structure.Array a -> a.element();
            case Structure.Bounded b -> b.element();
            case Structure.Tensor t when !t.type().isScalar() ->
                new Structure.Tensor(
                    t.type().withShape(t.type().shape().subList(1, t.type().shape().size())));
            default -> null;
          };
      if (inner == null) {
        return null;
      }
      own = inner;
    }
    if (!(own instanceof Structure.Tensor t)) {
      return known == null ? own : known;
    }
    if (known == null) {
      return axes == 0 ? new Structure.Tensor(t.type().element()) : own;
    }
    if (!(known instanceof Structure.Tensor k) || !k.type().isNumber() || !t.type().isNumber()) {
      return known;
    }
    boolean real = k.type().base() == Base.REAL || t.type().base() == Base.REAL;
    Dimension dimension =
        k.type().dimension().isNone() ? t.type().dimension() : k.type().dimension();
    return real ? new Structure.Tensor(Type.real(dimension).withShape(k.type().shape())) : known;
  }
}
