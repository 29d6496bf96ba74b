package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Dimension;
import org.rewlang.model.EnumType;
import org.rewlang.model.Shape;
import org.rewlang.model.Type;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.TypeExpr;

/** From types as written to types. */
final class TypeNames {

  private static final List<String> LATER = List.of("text", "json", "quat", "pose");
  private static final int LARGEST_LENGTH = 1_000_000;

  private final Session session;

  TypeNames(Session session) {
    this.session = session;
  }

  /** The type, in SI; the error type with the reason told if it is wrong. */
  Type of(TypeExpr t, Env env) {
    if (LATER.contains(t.base().text())) {
      return later("`" + t.base().text() + "`", t, env);
    }
    Type element = base(t, env);
    if (Types.isError(element)) {
      return element;
    }
    if (t.optional()) {
      return later("an optional type", t, env);
    }
    List<Integer> shape = new ArrayList<>();
    List<@Nullable EnumType> axes = new ArrayList<>();
    for (TypeExpr.Dim dim : t.dims()) {
      if (dim.bounded()) {
        return later("a list of bounded length", t, env);
      }
      EnumType axis = axis(dim, env);
      Integer length =
          axis != null && env.length(name(dim)) == null
              ? Integer.valueOf(axis.members().size())
              : length(dim, env);
      if (length == null) {
        return Types.ERROR;
      }
      shape.add(length);
      axes.add(axis);
    }
    long size = 1;
    for (int n : shape) {
      size = isOpaque(n) ? size : Math.min(size * n, LARGEST_LENGTH + 1L);
    }
    if (size > LARGEST_LENGTH) {
      session.reporter.report(
          session
              .diagnose(
                  Code.SHAPE_MISMATCH,
                  "an array has at most " + LARGEST_LENGTH + " elements",
                  t.span(),
                  env)
              .label("this has more"));
      return Types.ERROR;
    }
    return element.withShape(Shape.of(shape, axes));
  }

  private static String name(TypeExpr.Dim dim) {
    return dim.size() instanceof Expr.NameRef n ? n.name() : "";
  }

  /** The enum that names a dimension's positions, or that of a length variable; or null. */
  private @Nullable EnumType axis(TypeExpr.Dim dim, Env env) {
    if (dim.size() instanceof Expr.NameRef n && env.length(n.name()) != null) {
      return env.axis(n.name());
    }
    return enumeration(dim.size(), env);
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
    session.sites.useTyped(
        env.file.at(span), Index.Kind.ENUM, name, name, found.decl().doc(), found.at());
    return found.type();
  }

  private Type later(String what, TypeExpr t, Env env) {
    session.unsupported(what, t.span(), t.span(), env);
    return Types.ERROR;
  }

  private Type base(TypeExpr t, Env env) {
    Type type =
        switch (t.base().text()) {
          case "real" -> Type.REAL;
          case "int" -> Type.INT;
          case "bool" -> Type.BOOL;
          default -> named(t, env);
        };
    if (t.unit() == null || Types.isError(type)) {
      return type;
    }
    if (!type.equals(Type.REAL)) {
      session.reporter.report(
          session
              .diagnose(Code.TYPE_MISMATCH, "only a `real` has a unit", t.unit().span(), env)
              .label("`" + t.base().text() + "` is counted, not measured")
              .hint("write `real<" + t.unit().text() + ">`"));
      return Types.ERROR;
    }
    Unit unit = session.quantities.unit(t.unit(), env);
    return unit == null ? Types.ERROR : Type.real(unit.dimension());
  }

  private Type named(TypeExpr t, Env env) {
    String name = t.base().text();
    if (name.isEmpty()) {
      // The parser has told of it.
      session.sawBroken = true;
      return Types.ERROR;
    }
    Entity.Enumeration found = session.names.enumeration(name, env);
    if (found != null) {
      return Type.of(use(found, t.base().span(), env));
    }
    int dot = name.indexOf('.');
    boolean wrongFile =
        dot >= 0 && env.file.files.get(name.substring(0, dot)) instanceof Entity.Wrong;
    if (wrongFile || session.isWrongType(name)) {
      return Types.ERROR;
    }
    List<String> known = new ArrayList<>(List.of("real", "int", "bool"));
    known.addAll(session.names.enums(env).keySet());
    env.file.files.forEach(
        (alias, file) -> {
          if (file instanceof Entity.Namespace n) {
            n.file().enums.keySet().forEach(e -> known.add(alias + "." + e));
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
          .fix(
              org.rewlang.diagnostic.Fix.replace(
                  "write `" + better + "`", env.file.source, t.base().span(), better));
    }
    session.reporter.report(d);
    return Types.ERROR;
  }

  private @Nullable Integer length(TypeExpr.Dim dim, Env env) {
    if (dim.size() instanceof Expr.NameRef n) {
      Integer known = env.length(n.name());
      if (known != null) {
        return known;
      }
    }
    Integer n = session.constants.whole(dim.size(), env, "a length");
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
