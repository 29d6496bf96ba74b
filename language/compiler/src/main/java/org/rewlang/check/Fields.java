package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.EnumType;
import org.rewlang.model.RecordType;
import org.rewlang.model.Shape;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** {@code a.b}: parts of vectors and observations, members of enums, components, other files. */
final class Fields {

  private static final Set<String> WORDS =
      Set.of("reward", "success", "failure", "terminate", "truncate", "metric", "cost");

  private final Session session;

  Fields(Session session) {
    this.session = session;
  }

  Value of(Expr.Field f, Env env) {
    Value ofAgent = session.agents.field(f, env);
    if (ofAgent != null) {
      return ofAgent;
    }
    Entity.Machine machine = machine(f.target(), env);
    if (machine != null) {
      return Value.of(part(machine, f, env));
    }
    if (f.target() instanceof Expr.NameRef n) {
      Value special = named(f, n, env);
      if (special != null) {
        return special;
      }
    }
    if (f.target() instanceof Expr.Field inner) {
      Entity.Members members = members(inner, env);
      if (members != null) {
        return Value.of(member(members, f.name(), env));
      }
      Entity.Enumeration enumeration = enumeration(inner, env);
      if (enumeration != null) {
        return Value.of(enumMember(enumeration, f.name(), inner.name().span(), env));
      }
    }
    Value target = session.value(f.target(), env);
    if (target.isError()) {
      session.mentions.add(env.file, f.span());
      return Value.error(env.at(f.span()));
    }
    return switch (target) {
      case Value.Bundle b -> field(f, b, env);
      case Value.Tensor t -> Value.of(component(f, t.term(), env));
      case Value.Logic l -> Value.of(session.structures.tensor(l, f.target(), env));
    };
  }

  /** The machine that an expression names, perhaps in another file; null if it names none. */
  Entity.@Nullable Machine machine(Expr target, Env env) {
    Entity entity =
        switch (target) {
          case Expr.NameRef n -> session.names.entity(n.name(), env);
          case Expr.Field f
              when f.target() instanceof Expr.NameRef n
                  && file(n, env) instanceof Entity.Namespace file ->
              file.file().values.get(f.name().text());
          default -> null;
        };
    return entity instanceof Entity.Machine machine ? machine : null;
  }

  /** What a machine pays, a counter, or one of its states. */
  private Term part(Entity.Machine machine, Expr.Field f, Env env) {
    Name name = f.name();
    Cell state = machine.now().state();
    Cell part = machine.read(env).parts().get(name.text());
    session.sites.useTyped(
        env.file.at(word(f.target())),
        Index.Kind.MACHINE,
        state.name,
        machine.type().name(),
        state.doc,
        machine.at());
    if (part == null) {
      int member = machine.type().members().indexOf(name.text());
      List<String> known = new ArrayList<>(machine.now().parts().keySet());
      known.addAll(machine.type().members());
      return member >= 0
          ? session.names.member(Type.of(machine.type()), member, name.text(), name.span(), env)
          : missing(state.name, name, known, env);
    }
    state.used = true;
    Term value = session.cells.read(part, env.at(f.span()));
    session.sites.use(
        env.file.at(name.span()), part.indexKind, name.text(), part.doc, part.at, value);
    return value;
  }

  /** The last word of a path. */
  private static Span word(Expr path) {
    return path instanceof Expr.Field f ? f.name().span() : path.span();
  }

  /** The parts of a block in a block, or in another file; null if it has none. */
  private Entity.@Nullable Members members(Expr.Field f, Env env) {
    String name = f.name().text();
    if (f.target() instanceof Expr.NameRef n && file(n, env) instanceof Entity.Namespace file) {
      return file.file().members.get(name);
    }
    Entity.Members outer =
        switch (f.target()) {
          case Expr.NameRef n -> env.file.members.get(n.name());
          case Expr.Field inner -> members(inner, env);
          default -> null;
        };
    return outer == null ? null : outer.blocks().get(name);
  }

  /** An enum of another file. */
  private Entity.@Nullable Enumeration enumeration(Expr.Field f, Env env) {
    return f.target() instanceof Expr.NameRef n && file(n, env) instanceof Entity.Namespace file
        ? file.file().enums.get(f.name().text())
        : null;
  }

  private @Nullable Entity file(Expr.NameRef n, Env env) {
    return session.names.entity(n.name(), env) == null ? env.file.files.get(n.name()) : null;
  }

  /** The field of a record, of all records of a list, a part of a quaternion or pose. */
  private Value field(Expr.Field f, Value.Bundle target, Env env) {
    Location at = env.at(f.span());
    String name = f.name().text();
    Structure inner = target.structure();
    while (true) {
      switch (inner) {
        case Structure.Array a -> inner = a.element();
        case Structure.Bounded b -> inner = b.element();
        case Structure.Optional o -> inner = o.of();
        case Structure.Record r -> {
          int index = r.type().indexOf(name);
          List<String> known = r.type().fields().stream().map(RecordType.Field::name).toList();
          return index < 0
              ? Value.of(missing(r.type().name(), f.name(), known, env))
              : Bundles.field(target, index, at);
        }
        default -> {
          Value part = session.rotations.part(target, name, at);
          return part != null
              ? part
              : Value.of(
                  missing(
                      session.types.show(target.structure()),
                      f.name(),
                      Rotations.parts(target.structure()),
                      env));
        }
      }
    }
  }

  private @Nullable Value named(Expr.Field f, Expr.NameRef n, Env env) {
    String name = n.name();
    Entity entity = session.names.entity(name, env);
    if (entity instanceof Entity.Input input) {
      return view(f, input, n, env);
    }
    if (entity != null && !(env.file.members.containsKey(name))) {
      return null;
    }
    Entity.Members members = env.file.members.get(name);
    if (members != null && (entity == null || members.cells().containsKey(f.name().text()))) {
      return Value.of(member(members, f.name(), env));
    }
    if (entity != null) {
      return null;
    }
    Entity.Enumeration enumeration = session.names.enums(env).get(name);
    if (enumeration != null) {
      return Value.of(enumMember(enumeration, f.name(), n.span(), env));
    }
    Entity file = env.file.files.get(name);
    if (file instanceof Entity.Namespace namespace) {
      return inFile(namespace, f, n, env);
    }
    if (file != null) {
      return Value.error(env.at(f.span()));
    }
    if (WORDS.contains(name)) {
      return Value.of(missing(name, f.name(), List.of(), env));
    }
    return null;
  }

  private @Nullable Value view(Expr.Field f, Entity.Input input, Expr.NameRef n, Env env) {
    var view = input.views().get(f.name().text());
    if (view == null) {
      return null;
    }
    Location at = env.at(f.span());
    // For the editor: the name is read by its part.
    Value whole = session.names.value(input, n.name(), n.span(), env);
    Value part =
        whole.isError()
            ? whole
            : session.names.input(
                input,
                at,
                one ->
                    Value.of(session.indexing.view(one.terms().getFirst(), view.part(), env, at)));
    session.sites.use(
        env.file.at(f.name().span()),
        Index.Kind.VIEW,
        f.name().text(),
        input.field().doc(),
        new Location(input.at().source(), view.name().span()),
        part);
    return part;
  }

  private Term member(Entity.Members members, Name name, Env env) {
    Cell cell = members.cells().get(name.text());
    if (cell == null) {
      return missing(members.word(), name, List.copyOf(members.cells().keySet()), env);
    }
    cell.used = true;
    Term value = session.cells.read(cell, env.at(name.span()));
    session.sites.use(
        env.file.at(name.span()), cell.indexKind, name.text(), cell.doc, cell.at, value);
    return value;
  }

  private Term enumMember(Entity.Enumeration e, Name name, Span word, Env env) {
    session.usedEnums.add(e.type());
    session.sites.useTyped(
        env.file.at(word), Index.Kind.ENUM, e.type().name(), e.type().name(), e.doc(), e.at());
    int index = e.type().members().indexOf(name.text());
    return index >= 0
        ? session.names.member(Type.of(e.type()), index, name.text(), name.span(), env)
        : missing(e.type().name(), name, e.type().members(), env);
  }

  private Value inFile(Entity.Namespace file, Expr.Field f, Expr.NameRef n, Env env) {
    session.sites.useTyped(env.file.at(n.span()), Index.Kind.FILE, n.name(), "", null, file.at());
    String name = f.name().text();
    Entity entity = file.file().values.get(name);
    if (entity == null && name.equals("total") && file.file().total != null) {
      return session.cells.value(file.file().total, env.at(f.span()));
    }
    if (entity == null) {
      return Value.of(missing(n.name(), f.name(), List.copyOf(file.file().values.keySet()), env));
    }
    return session.names.value(entity, name, f.name().span(), env);
  }

  private Term component(Expr.Field f, Term target, Env env) {
    List<Integer> shape = target.type().shape();
    int letter = Indexing.letter(f.name().text());
    EnumType axis = shape.isEmpty() ? null : Shape.axis(shape, 0);
    if (axis != null && axis.members().contains(f.name().text())) {
      session.usedEnums.add(axis);
      return Terms.element(target, axis.members().indexOf(f.name().text()), env.at(f.span()));
    }
    boolean lettered = !shape.isEmpty() && Shape.axis(shape, shape.size() - 1) == null;
    int length = lettered ? shape.getLast() : 0;
    boolean vector = length >= 2 && length <= 4;
    if (f.name().text().equals("T") && (!shape.isEmpty() || env.anyRank())) {
      return ArrayFunctions.transpose(target, env.at(f.span()));
    }
    if (vector && letter >= 0 && letter < length) {
      return Indexing.last(target, letter, env.at(f.span()));
    }
    List<String> parts = new ArrayList<>(axis == null ? List.of() : axis.members());
    if (vector) {
      for (int i = 0; i < length; i++) {
        parts.add("xyzw".substring(i, i + 1));
      }
    }
    if (f.target() instanceof Expr.NameRef n
        && session.names.entity(n.name(), env) instanceof Entity.Input input) {
      parts.addAll(input.views().keySet());
    }
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.UNKNOWN_MEMBER,
                "`" + session.types.show(target.type()) + "` has no `" + f.name().text() + "`",
                f.name().span(),
                env)
            .label("no part has this name")
            .found(f.name().text())
            .expected(parts);
    String name = f.name().text();
    String of = env.file.source.text(f.target().span());
    if (letter >= 0 && letter < length) {
      String dots = shape.size() == 1 ? "" : "..., ";
      d.hint("write `[" + dots + letter + "]`: letters are for lengths 2 to 4");
    } else if (!shape.isEmpty() && (name.equals("size") || name.equals("shape"))) {
      d.hint("write `length(" + of + ")`");
    } else if (session.calls.isFunction(name, env)) {
      d.hint("functions are called with their values: `" + name + "(" + of + ")`");
    }
    session.reporter.report(d);
    return env.error(f.span());
  }

  Term missing(String word, Name name, List<String> known, Env env) {
    List<String> similar = Suggestions.similar(name.text(), known);
    Diagnostic.Builder d =
        session
            .diagnose(
                Code.UNKNOWN_MEMBER,
                "`" + word + "` has no `" + name.text() + "`",
                name.span(),
                env)
            .label(known.isEmpty() ? "there is none" : "nothing in `" + word + "` has this name")
            .found(name.text())
            .expected(known);
    if (!similar.isEmpty()) {
      d.hint("did you mean `" + similar.getFirst() + "`?")
          .fix(
              org.rewlang.diagnostic.Fix.maybe(
                  "replace by `" + similar.getFirst() + "`",
                  env.file.source,
                  name.span(),
                  similar.getFirst()));
    }
    session.reporter.report(d);
    return env.error(name.span());
  }
}
