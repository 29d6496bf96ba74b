package org.rewlang.check;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.RecordType;
import org.rewlang.model.Structure;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** Declared records: what they are made of, and values of them. */
final class Records {

  private final Session session;
  private final Map<Decl.Record, RecordType> known = new IdentityHashMap<>();

  /**
   * By identity: two files may declare records that are equal but for the units of their fields.
   */
  private final Map<RecordType, Entity.RecordDeclaration> declarations = new IdentityHashMap<>();

  private final List<Decl.Record> active = new ArrayList<>();

  Records(Session session) {
    this.session = session;
  }

  /** The record that a name stands for; null if it is none. */
  Entity.@Nullable RecordDeclaration find(String name, Env env) {
    int dot = name.indexOf('.');
    if (dot >= 0) {
      return env.file.files.get(name.substring(0, dot)) instanceof Entity.Namespace n
          ? n.file().records.get(name.substring(dot + 1))
          : null;
    }
    for (FileScope f = env.file; f != null; f = f.outer) {
      Entity.RecordDeclaration found = f.records.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  Map<String, Entity.RecordDeclaration> all(Env env) {
    Map<String, Entity.RecordDeclaration> all = new LinkedHashMap<>();
    for (FileScope f = env.file; f != null; f = f.outer) {
      f.records.forEach(all::putIfAbsent);
    }
    return all;
  }

  /** What a record is made of; null, with the reason told, if it has no meaning. */
  @Nullable RecordType type(Entity.RecordDeclaration record) {
    Decl.Record decl = record.decl();
    RecordType before = known.get(decl);
    if (before != null) {
      return before;
    }
    if (active.contains(decl)) {
      session.reporter.report(
          session
              .diagnose(
                  Code.CYCLE,
                  "a record can't hold itself",
                  decl.name().span(),
                  Env.of(record.file()))
              .label("`" + decl.name().text() + "` is a field within itself")
              .hint("hold the position of the other in a list"));
      return null;
    }
    active.add(decl);
    RecordType[] made = {null};
    session.reporter.escape(() -> session.sites.escape(() -> made[0] = make(record)));
    active.remove(decl);
    RecordType type = made[0];
    if (type == null) {
      // What is wrong was told: a record without fields keeps it from being told again.
      type = new RecordType(decl.name().text(), List.of());
      session.wrongTypes.add(decl.name().text());
    }
    known.put(decl, type);
    declarations.put(type, record);
    return made[0];
  }

  /** Where a record is declared. */
  Entity.RecordDeclaration declaration(RecordType type) {
    return Objects.requireNonNull(declarations.get(type), type.name());
  }

  private @Nullable RecordType make(Entity.RecordDeclaration record) {
    Env env = Env.of(record.file());
    List<RecordType.Field> fields = new ArrayList<>();
    boolean wrong = false;
    List<String> names = new ArrayList<>();
    for (Decl.Field field : record.decl().fields()) {
      Structure structure = session.typeNames.structure(field.type(), env);
      if (!field.views().isEmpty()) {
        session.unsupported(
            "a view in a record",
            field.views().getFirst().name().span(),
            field.span(),
            record.file());
        wrong = true;
      }
      wrong |= Value.isError(structure) || names.contains(field.name().text());
      names.add(field.name().text());
      fields.add(new RecordType.Field(field.name().text(), structure));
    }
    return wrong ? null : new RecordType(record.decl().name().text(), fields);
  }

  /** {@code Box(at = …, label = …)}. */
  Value construct(Entity.RecordDeclaration record, Expr.Call call, Env env) {
    RecordType type = type(record);
    Name name = record.decl().name();
    if (call.callee() instanceof Expr.NameRef n) {
      session.sites.useTyped(
          env.file.at(n.span()),
          Index.Kind.RECORD,
          name.text(),
          name.text(),
          record.decl().doc(),
          record.at());
    }
    if (type == null || session.isWrongType(name.text())) {
      return Value.of(session.calls.arguments(call, env));
    }
    List<@Nullable Expr> given = arguments(record, type, call, env);
    if (given == null) {
      return Value.of(session.calls.arguments(call, env));
    }
    List<Term> leaves = new ArrayList<>();
    boolean wrong = false;
    for (int i = 0; i < type.fields().size(); i++) {
      Structure wanted = type.fields().get(i).structure();
      Expr expr = given.get(i);
      if (expr == null) {
        leaves.addAll(absent(wanted, env.at(call.span())));
        continue;
      }
      Value value =
          session.structures.coerce(
              session.expressions.value(expr, env, wanted),
              wanted,
              expr,
              env,
              "`" + type.fields().get(i).name() + "` of `" + type.name() + "`");
      wrong |= value.isError();
      leaves.addAll(value.terms());
    }
    return wrong
        ? Value.error(env.at(call.span()))
        : Value.of(new Structure.Record(type), leaves, env.at(call.span()));
  }

  /** The leaves of an optional value that is absent. */
  private static List<Term> absent(Structure structure, Location at) {
    boolean told = structure.hasPresence();
    List<Term> leaves = new ArrayList<>();
    for (Structure.Leaf leaf : structure.leaves()) {
      double nothing = told ? 0 : Double.NaN;
      leaves.add(
          Terms.broadcast(new Term.Const(nothing, leaf.type().element(), at), leaf.type().shape()));
    }
    return leaves;
  }

  /**
   * What is given for each field, null where an optional one is left out; null as a whole, with the
   * reason told, where the arguments don't match.
   */
  @Nullable List<@Nullable Expr> arguments(
      Entity.RecordDeclaration record, RecordType type, Expr.Call call, Env env) {
    List<String> fields = type.fields().stream().map(RecordType.Field::name).toList();
    for (Expr.Argument a : call.arguments()) {
      if (a.name() == null) {
        session.reporter.report(
            session
                .diagnose(
                    Code.ARGUMENTS,
                    "a `" + type.name() + "` is made with the names of its fields",
                    a.span(),
                    env)
                .label("which field is this")
                .expected(fields)
                .hint("write `" + type.name() + "(" + fields.getFirst() + " = …)`"));
        return null;
      }
      int field = fields.indexOf(a.name().text());
      if (field >= 0) {
        session.sites.useTyped(
            env.file.at(a.name().span()),
            Index.Kind.FIELD,
            fields.get(field),
            session.types.show(type.fields().get(field).structure()),
            record.decl().fields().get(field).doc(),
            record.file().at(record.decl().fields().get(field).name().span()));
      }
    }
    List<@Nullable Expr> given = session.calls.match(type.name(), fields, 0, call, env);
    if (given == null) {
      return null;
    }
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (given.get(i) == null
          && !(type.fields().get(i).structure() instanceof Structure.Optional)) {
        missing.add(fields.get(i));
      }
    }
    if (missing.isEmpty()) {
      return given;
    }
    session.reporter.report(
        session
            .diagnose(
                Code.ARGUMENTS,
                "a `" + type.name() + "` needs `" + String.join("` and `", missing) + "`",
                call.callee().span(),
                env)
            .label("left out")
            .expected(fields));
    return null;
  }
}
