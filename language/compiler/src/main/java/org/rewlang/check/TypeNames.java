package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Order;
import org.rewlang.model.RecordType;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Type;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.TypeExpr;

/** From types as written to types. */
final class TypeNames {

  private static final List<String> LATER = List.of("text", "json");
  private static final Structure ERROR = new Structure.Tensor(Types.ERROR);
  private static final int LARGEST_LENGTH = 1_000_000;

  private final Session session;

  TypeNames(Session session) {
    this.session = session;
  }

  /** The type of an array, in SI; the error type with the reason told if it is wrong. */
  Type of(TypeExpr t, Env env) {
    Structure structure = structure(t, env);
    if (structure instanceof Structure.Tensor tensor) {
      return tensor.type();
    }
    session.reporter.report(
        session
            .diagnose(Code.TYPE_MISMATCH, "only a plain type has a place here", t.span(), env)
            .label("this is `" + session.types.show(structure) + "`")
            .expected(List.of("real", "int", "bool")));
    return Types.ERROR;
  }

  /** Whether a type is that of formulas: of parameters and results of functions only. */
  static boolean isFormula(TypeExpr t) {
    return t.base().text().equals("formula")
        && t.dims().isEmpty()
        && t.unit() == null
        && !t.optional();
  }

  /** As {@link #structure}, where a formula has a place. */
  Structure parameter(TypeExpr t, Env env) {
    return isFormula(t) ? new Structure.Logic() : structure(t, env);
  }

  /** The type, in SI; that of an error with the reason told if it is wrong. */
  Structure structure(TypeExpr t, Env env) {
    if (LATER.contains(t.base().text())) {
      return new Structure.Tensor(later("`" + t.base().text() + "`", t, env));
    }
    List<TypeExpr.Dim> dims = t.dims();
    boolean ordered = t.base().text().equals("quat") || t.base().text().equals("pose");
    Structure element = ordered ? ordered(t, env) : base(t, env);
    if (Value.isError(element)) {
      return ERROR;
    }
    List<Integer> shape = List.of();
    for (TypeExpr.Dim dim : dims.subList(0, Math.max(dims.size() - (ordered ? 1 : 0), 0))) {
      List<Integer> axes = axes(dim, env);
      if (axes == null) {
        return ERROR;
      }
      if (dim instanceof TypeExpr.AtMost && dim != dims.getFirst()) {
        session.reporter.report(
            session
                .diagnose(
                    Code.SHAPE_MISMATCH, "only the first length of a list varies", dim.span(), env)
                .label("this one is fixed for all elements"));
        return ERROR;
      }
      shape = Shape.concat(shape, axes);
    }
    boolean list = !dims.isEmpty() && dims.getFirst() instanceof TypeExpr.AtMost;
    Structure structure = array(element, list ? shape.subList(1, shape.size()) : shape);
    if (list) {
      structure = new Structure.Bounded(structure, shape.getFirst());
    }
    if (!Value.isError(structure) && isTooLarge(structure, t, env)) {
      return ERROR;
    }
    return t.optional() && !Value.isError(structure)
        ? new Structure.Optional(structure)
        : structure;
  }

  private boolean isTooLarge(Structure structure, TypeExpr t, Env env) {
    long largest = 0;
    for (Structure.Leaf leaf : structure.leaves()) {
      long size = 1;
      for (int n : leaf.type().shape()) {
        size = isOpaque(n) ? size : Math.min(size * n, LARGEST_LENGTH + 1L);
      }
      largest = Math.max(largest, size);
    }
    if (largest > LARGEST_LENGTH) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "an array has at most " + LARGEST_LENGTH + " elements",
                  t.span(),
                  env)
              .label("this has more"));
    }
    return largest > LARGEST_LENGTH;
  }

  /** {@code quat[wxyz]} and {@code pose[wxyz]<m>}: the order is the last axis. */
  private Structure ordered(TypeExpr t, Env env) {
    String base = t.base().text();
    Order order =
        !t.dims().isEmpty()
                && t.dims().getLast() instanceof TypeExpr.Length last
                && last.size() instanceof Expr.NameRef n
            ? order(n.name(), env)
            : null;
    if (order == null) {
      session.reporter.report(
          session
              .diagnose(
                  Code.TYPE_MISMATCH,
                  "a `" + base + "` says in which order its quaternion's numbers stand",
                  t.span(),
                  env)
              .label("no order is said")
              .expected(List.of(base + "[wxyz]", base + "[xyzw]"))
              .hint("MuJoCo, Isaac Lab and SAPIEN have `wxyz`, Isaac Gym, ROS and SciPy `xyzw`"));
      return ERROR;
    }
    if (t.unit() == null) {
      return base.equals("quat")
          ? new Structure.Rotation(order)
          : new Structure.Pose(order, Dimension.NONE);
    }
    Unit unit = session.quantities.unit(t.unit(), env);
    if (unit == null) {
      return ERROR;
    }
    if (base.equals("quat")) {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, "a quaternion has no unit", t.unit().span(), env)
              .label("its four numbers are plain"));
      return ERROR;
    }
    return new Structure.Pose(order, unit.dimension());
  }

  private static @Nullable Order order(String name, Env env) {
    return switch (name) {
      case "wxyz" -> Order.WXYZ;
      case "xyzw" -> Order.XYZW;
      default -> env.order(name);
    };
  }

  /** An array of values; a variable may stand for a vector, whose axes are the inner ones. */
  private static Structure array(Structure element, List<Integer> shape) {
    if (element instanceof Structure.Tensor t) {
      return new Structure.Tensor(t.type().withShape(Shape.concat(shape, t.type().shape())));
    }
    Structure structure = element;
    for (int length : shape.reversed()) {
      structure = Structure.array(structure, length);
    }
    return structure;
  }

  /** The number or name of an axis or list; null of any number of axes. */
  static @Nullable Expr size(TypeExpr.Dim dim) {
    return switch (dim) {
      case TypeExpr.Length l -> l.size();
      case TypeExpr.AtMost l -> l.size();
      case TypeExpr.Axes _ -> null;
    };
  }

  /** The axes that a dimension stands for; null, with the reason told, if it is wrong. */
  private @Nullable List<Integer> axes(TypeExpr.Dim dim, Env env) {
    if (dim instanceof TypeExpr.Axes a) {
      return shape(a, env);
    }
    Expr size = Objects.requireNonNull(size(dim));
    Integer variable = size instanceof Expr.NameRef n ? env.length(n.name()) : null;
    EnumType axis =
        variable != null ? env.axis(((Expr.NameRef) size).name()) : enumeration(size, env);
    Integer length =
        variable != null
            ? variable
            : axis != null ? Integer.valueOf(axis.members().size()) : length(dim, size, env);
    return length == null
        ? null
        : Shape.of(List.of(length), java.util.Collections.singletonList(axis));
  }

  private @Nullable List<Integer> shape(TypeExpr.Axes axes, Env env) {
    String name = axes.name().text();
    List<Integer> known = env.shape(name);
    if (known != null) {
      return known;
    }
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.UNKNOWN_NAME, "no shape variable is called `" + name + "`", axes.span(), env)
            .found("*" + name);
    if (env.length(name) != null) {
      d.label("declared as one length")
          .hint("write `" + name + "`, or declare `*" + name + "`")
          .fix(Fix.maybe("write `" + name + "`", env.file.source, axes.span(), name));
    } else {
      d.label("nothing declares it")
          .hint("only a function declares them: `function f[*" + name + "](…)`");
    }
    session.reporter.report(d);
    return null;
  }

  /** The enum that an expression names, of this file or another; or null. */
  @Nullable EnumType enumeration(Expr expr, Env env) {
    String name =
        switch (expr) {
          case Expr.NameRef n -> n.name();
          case Expr.Field f when f.target() instanceof Expr.NameRef n ->
              n.name() + "." + f.name().text();
          default -> null;
        };
    Entity.Enumeration found = name == null ? null : session.names.enumeration(name, env);
    return found == null ? null : use(found, expr.span(), env);
  }

  private EnumType use(Entity.Enumeration found, Span span, Env env) {
    String name = found.type().name();
    session.usedEnums.add(found.type());
    session.sites.useTyped(env.file.at(span), Index.Kind.ENUM, name, name, found.doc(), found.at());
    return found.type();
  }

  private Type later(String what, TypeExpr t, Env env) {
    session.unsupported(what, t.span(), t.span(), env);
    return Types.ERROR;
  }

  private Structure base(TypeExpr t, Env env) {
    Structure structure =
        switch (t.base().text()) {
          case "real" -> new Structure.Tensor(Type.REAL);
          case "int" -> new Structure.Tensor(Type.INT);
          case "bool" -> new Structure.Tensor(Type.BOOL);
          default -> named(t, env);
        };
    if (t.unit() == null || Value.isError(structure)) {
      return structure;
    }
    if (!structure.equals(new Structure.Tensor(Type.REAL))) {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, "only a `real` has a unit", t.unit().span(), env)
              .label(unitless(t))
              .hint("write `real<" + t.unit().text() + ">`"));
      return ERROR;
    }
    Unit unit = session.quantities.unit(t.unit(), env);
    return unit == null ? ERROR : new Structure.Tensor(Type.real(unit.dimension()));
  }

  private static String unitless(TypeExpr t) {
    String name = t.base().text();
    return "`"
        + name
        + "` is "
        + (List.of("int", "bool").contains(name) ? "counted, not measured" : "no number");
  }

  private Structure named(TypeExpr t, Env env) {
    String name = t.base().text();
    if (name.isEmpty()) {
      // The parser has told of it.
      session.sawBroken = true;
      return ERROR;
    }
    Structure variable = env.type(name);
    if (variable != null) {
      return variable;
    }
    Entity.Enumeration found = session.names.enumeration(name, env);
    if (found != null) {
      return new Structure.Tensor(Type.of(use(found, t.base().span(), env)));
    }
    Entity.RecordDeclaration record = session.records.find(name, env);
    if (record != null && !session.isWrongType(name)) {
      session.sites.useTyped(
          env.file.at(t.base().span()),
          Index.Kind.RECORD,
          name,
          name,
          record.decl().doc(),
          record.at());
      RecordType type = session.records.type(record);
      return type == null ? ERROR : new Structure.Record(type);
    }
    int dot = name.indexOf('.');
    boolean wrongFile =
        dot >= 0 && env.file.files.get(name.substring(0, dot)) instanceof Entity.Wrong;
    if (wrongFile || session.isWrongType(name)) {
      return ERROR;
    }
    List<String> known = new ArrayList<>(List.of("real", "int", "bool"));
    known.addAll(session.names.enums(env).keySet());
    known.addAll(session.records.all(env).keySet());
    env.file.files.forEach(
        (alias, file) -> {
          if (file instanceof Entity.Namespace n) {
            n.file().enums.keySet().forEach(e -> known.add(alias + "." + e));
            n.file().records.keySet().forEach(e -> known.add(alias + "." + e));
          }
        });
    String better =
        switch (name) {
          case "float", "double", "number", "Real" -> "real";
          case "integer", "long" -> "int";
          case "boolean" -> "bool";
          case "string", "str" -> "text";
          default -> Suggestions.closest(name, known).orElse(null);
        };
    Diagnostic.Builder d =
        session
            .diagnose(Code.UNKNOWN_NAME, "no type is called `" + name + "`", t.base().span(), env)
            .label("no type has this name")
            .found(name)
            .expected(known);
    if (better != null) {
      d.hint("did you mean `" + better + "`?")
          .fix(Fix.replace("write `" + better + "`", env.file.source, t.base().span(), better));
    }
    session.reporter.report(d);
    return ERROR;
  }

  private @Nullable Integer length(TypeExpr.Dim dim, Expr size, Env env) {
    if (size instanceof Expr.NameRef n && env.shape(n.name()) != null) {
      String axes = "*" + n.name();
      session.reporter.report(
          session
              .diagnose(
                  Code.UNKNOWN_NAME, "no length is called `" + n.name() + "`", dim.span(), env)
              .label("declared as any number of axes")
              .found(n.name())
              .hint("write `" + axes + "`")
              .fix(Fix.replace("write `" + axes + "`", env.file.source, size.span(), axes)));
      return null;
    }
    Integer n = session.constants.whole(size, env, "a length");
    if (n != null && (n < 1 || n > LARGEST_LENGTH) && !isOpaque(n)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "a length lies between 1 and " + LARGEST_LENGTH,
                  dim.span(),
                  env)
              .label("this is " + n));
      return null;
    }
    return n;
  }

  private boolean isOpaque(int n) {
    return n > LARGEST_LENGTH && !session.types.length(n).equals(Integer.toString(n));
  }

  /** A unit in which some names are still unknown: they come back as dimensions {@code 'name}. */
  @Nullable Dimension pattern(TypeExpr t, List<String> variables, Env env) {
    if (t.unit() == null) {
      return Dimension.NONE;
    }
    Unit unit =
        UnitParser.parse(
            t.unit().text(),
            n ->
                variables.contains(n) && !env.hasUnit(n)
                    ? Unit.si(Dimension.of("'" + n))
                    : env.unit(n));
    return unit == null ? null : unit.dimension();
  }
}
