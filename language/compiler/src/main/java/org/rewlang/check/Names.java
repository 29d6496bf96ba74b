package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rewlang.automata.Formula;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.model.Base;
import org.rewlang.model.EnumType;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/** What names in expressions stand for. */
final class Names {

  /** What other languages call a value that isn't there. */
  private static final Set<String> NOTHING = Set.of("none", "null", "nil", "undefined", "nan");

  private final Session session;

  Names(Session session) {
    this.session = session;
  }

  /** What is declared as {@code name} here, locally or in the file; null if nothing is. */
  @Nullable Entity entity(String name, Env env) {
    Entity local = env.local(name);
    if (local != null) {
      return local;
    }
    for (FileScope f = env.file; f != null; f = f.outer) {
      Entity found = f.values.get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  boolean isValue(String name, Env env) {
    return entity(name, env) != null
        || env.length(name) != null
        || Builtins.DOCS.containsKey(name) && !session.builtins.isMissing(name, env);
  }

  /** The value of a name that stands for an array. */
  Term value(Expr.NameRef ref, Env env, @Nullable Type expected) {
    return session.structures.tensor(read(ref, env, expected), ref, env);
  }

  Value read(Expr.NameRef ref, Env env, @Nullable Type expected) {
    String name = ref.name();
    if (expected != null && expected.base() == Base.ENUM && expected.enumeration() != null) {
      int member = expected.enumeration().members().indexOf(name);
      if (member >= 0 && env.local(name) == null) {
        return Value.of(member(expected.element(), member, name, ref.span(), env));
      }
    }
    Integer length = env.local(name) == null ? env.length(name) : null;
    if (length != null) {
      return Value.of(Terms.integer(length, env.at(ref.span())));
    }
    Term misused = session.agents.misused(ref, env);
    if (misused != null) {
      return Value.of(misused);
    }
    Entity entity = entity(name, env);
    if (entity != null) {
      return value(entity, name, ref.span(), env);
    }
    if (name.equals("last")) {
      Location at = env.at(ref.span());
      return new Value.Logic(Formula.LAST, at);
    }
    Term builtin = session.builtins.value(name, ref.span(), env);
    if (builtin != null) {
      session.sites.use(
          env.file.at(ref.span()),
          Index.Kind.BUILTIN,
          name,
          Builtins.DOCS.get(name),
          null,
          builtin);
      return Value.of(builtin);
    }
    return Value.of(memberOrUnknown(ref, env, expected));
  }

  /** The value of what {@code name}, at {@code span}, stands for. */
  Value value(Entity entity, String name, Span span, Env env) {
    Location at = env.at(span);
    Location here = env.file.at(span);
    return switch (entity) {
      case Entity.Input i -> {
        Value value = input(i, at);
        session.sites.use(here, Index.Kind.INPUT, name, i.field().doc(), i.at(), value);
        yield value;
      }
      case Entity.Param p -> {
        Value value = param(p, at);
        session.used.add(p.decl());
        session.sites.use(here, Index.Kind.PARAM, name, p.decl().doc(), p.at(), value);
        yield value;
      }
      case Entity.Value v -> {
        v.cell().used = true;
        Value value = session.cells.value(v.cell(), at);
        session.sites.use(here, v.cell().indexKind, name, v.cell().doc, v.cell().at, value);
        yield value;
      }
      case Entity.Formula f -> {
        Value value = f.formula().read(at);
        String doc = f.formula().decl.doc();
        session.sites.use(here, Index.Kind.FORMULA, name, doc, f.formula().at, value);
        yield value;
      }
      case Entity.Machine m -> {
        Cell cell = m.read(env).state();
        m.now().state().used = true;
        Value value = session.cells.value(cell, at);
        session.sites.use(here, Index.Kind.MACHINE, name, m.now().state().doc, m.at(), value);
        yield value;
      }
      case Entity.Bound b -> {
        session.sites.use(here, b.kind(), name, null, b.at(), b.value());
        yield b.value();
      }
      case Entity.Scoped s -> {
        Value value = session.agents.value(name, at, i -> Bundles.element(s.all(), i, at));
        session.sites.use(here, Index.Kind.PARAMETER, name, null, s.at(), value);
        yield value;
      }
      case Entity.Agent a -> throw new IllegalStateException("agents are no values");
      case Entity.Wrong w -> Value.error(at);
      case Entity.Function f -> throw new IllegalStateException("functions are no values");
      case Entity.RecordDeclaration r -> throw new IllegalStateException("records are no values");
      case Entity.Enumeration e -> throw new IllegalStateException("enums are no values");
      case Entity.Namespace n -> throw new IllegalStateException("files are no values");
    };
  }

  /** An input in SI. */
  Value input(Entity.Input input, Location at) {
    return input(input, at, UnaryOperator.identity());
  }

  /** What is made of an input, for each agent where each has one. */
  Value input(Entity.Input input, Location at, UnaryOperator<Value> of) {
    Inputs.Joined joined = input.joined();
    if (joined == null) {
      return Value.error(at);
    }
    Form<InputVar> form = joined.input().form();
    return joined.input().perAgent()
        ? session.agents.value(
            joined.input().name(),
            at,
            i -> of.apply(session.forms.value(form, joined.structure(), List.of(i), at)))
        : of.apply(session.forms.value(form, joined.structure(), List.of(), at));
  }

  /** A parameter in SI. */
  Value param(Entity.Param param, Location at) {
    Params.Known known = param.known();
    return known == null
        ? Value.error(at)
        : session.forms.value(known.param().form(), known.structure(), List.of(), at);
  }

  Term member(Type type, int index, String name, Span span, Env env) {
    if (type.enumeration() != null) {
      session.sites.useTyped(
          env.file.at(span), Index.Kind.MEMBER, name, type.enumeration().name(), null, null);
    }
    return new Term.Const(index, type, env.at(span));
  }

  private Term memberOrUnknown(Expr.NameRef ref, Env env, @Nullable Type expected) {
    List<Entity.Enumeration> owners = new ArrayList<>();
    Map<String, Entity.Enumeration> visible = enums(env);
    for (Entity.Enumeration e : visible.values()) {
      if (e.type().members().contains(ref.name())) {
        owners.add(e);
      }
    }
    // The program's own enums come before the library's.
    if (owners.size() > 1) {
      List<Entity.Enumeration> own =
          owners.stream().filter(e -> env.file.enums.containsValue(e)).toList();
      owners = own.isEmpty() ? owners : own;
    }
    if (owners.size() == 1) {
      Entity.Enumeration owner = owners.getFirst();
      session.usedEnums.add(owner.type());
      return member(
          Type.of(owner.type()),
          owner.type().members().indexOf(ref.name()),
          ref.name(),
          ref.span(),
          env);
    }
    if (owners.size() > 1) {
      List<String> qualified =
          owners.stream().map(e -> e.type().name() + "." + ref.name()).toList();
      session.reporter.report(
          session
              .diagnose(
                  Code.UNKNOWN_NAME,
                  "`" + ref.name() + "` is a member of several enums",
                  ref.span(),
                  env)
              .label("which one is meant")
              .found(ref.name())
              .expected(qualified)
              .hint("write `" + qualified.getFirst() + "`"));
      return env.error(ref.span());
    }
    EnumType meant = expected == null ? null : expected.enumeration();
    if (meant != null && Suggestions.similar(ref.name(), valueNames(env)).isEmpty()) {
      Name name = new Name(ref.name(), ref.span());
      return session.fields.missing(meant.name(), name, meant.members(), env);
    }
    return unknown(ref.name(), ref.span(), env);
  }

  Map<String, Entity.Enumeration> enums(Env env) {
    Map<String, Entity.Enumeration> all = new LinkedHashMap<>();
    for (FileScope f = env.file; f != null; f = f.outer) {
      f.enums.forEach(all::putIfAbsent);
    }
    return all;
  }

  /** The enum declared as {@code path}: visible here, or of a used file as {@code walk.Gait}. */
  Entity.@Nullable Enumeration enumeration(String path, Env env) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return enums(env).get(path);
    }
    return env.file.files.get(path.substring(0, dot)) instanceof Entity.Namespace n
        ? n.file().enums.get(path.substring(dot + 1))
        : null;
  }

  private Term unknown(String name, Span span, Env env) {
    List<String> known = valueNames(env);
    List<String> similar = Suggestions.similar(name, known);
    List<String> elsewhere = elsewhere(name, env);
    boolean function = session.calls.isFunction(name, env);
    Diagnostic.Builder d =
        session
            .diagnose(
                function ? Code.WRONG_KIND : Code.UNKNOWN_NAME,
                function
                    ? "`" + name + "` is a function, a value is needed here"
                    : "nothing is called `" + name + "`",
                span,
                env)
            .label(
                function
                    ? "this is a function"
                    : env.shape(name) != null
                        ? "`*" + name + "` stands for axes, not for a value"
                        : "no value has this name")
            .found(name)
            .expected(known);
    if (function) {
      d.hint("call it: `" + name + "(…)`");
    } else if (!elsewhere.isEmpty()) {
      String full = elsewhere.getFirst();
      d.hint("it is read as `" + full + "`");
      d.fix(
          elsewhere.size() == 1
              ? Fix.replace("write `" + full + "`", env.file.source, span, full)
              : Fix.maybe("write `" + full + "`", env.file.source, span, full));
    } else if (!similar.isEmpty()) {
      d.hint("did you mean `" + similar.getFirst() + "`?");
      for (String s : similar.stream().limit(1).toList()) {
        Entity entity = entity(s, env);
        Location at = entity == null ? null : declared(entity);
        if (at != null) {
          d.related(at.source(), at.span(), "`" + s + "` is declared here");
        }
        d.fix(Fix.maybe("replace by `" + s + "`", env.file.source, span, s));
      }
    } else if (name.equals("total") && env.file.rewards.size() > 1) {
      d.hint("a vector reward has none, unless `reward = …` says what it is worth");
    } else if (NOTHING.contains(name)) {
      d.hint("what isn't given is absent: `present(x)` asks, `x ?? d` is `d` where it is");
    } else if (session.quantities.isUnit(name, env) && env.shape(name) == null) {
      d.hint("a unit stands behind a number or in `as " + name + "`");
    }
    session.reporter.report(d);
    return env.error(span);
  }

  /** How components, metrics, costs and outcomes that are called so are read. */
  private static List<String> elsewhere(String name, Env env) {
    List<String> paths = new ArrayList<>();
    env.file.members.forEach((word, members) -> paths(word, members, name, paths));
    return paths;
  }

  private static void paths(
      String prefix, Entity.Members members, String name, List<String> paths) {
    if (members.cells().containsKey(name)) {
      paths.add(prefix + "." + name);
    }
    members.blocks().forEach((block, inner) -> paths(prefix + "." + block, inner, name, paths));
  }

  private static @Nullable Location declared(Entity entity) {
    return switch (entity) {
      case Entity.Input i -> i.at();
      case Entity.Param p -> p.at();
      case Entity.Value v -> v.cell().at;
      case Entity.Formula f -> f.formula().at;
      case Entity.Machine m -> m.at();
      case Entity.Bound b -> b.at();
      case Entity.Function f -> f.at();
      case Entity.RecordDeclaration r -> r.at();
      case Entity.Enumeration e -> e.at();
      case Entity.Namespace n -> n.at();
      case Entity.Agent a -> a.at();
      case Entity.Scoped s -> s.at();
      case Entity.Wrong w -> w.at();
    };
  }

  /** What may stand as a value here: local names, then the file's, then what every program has. */
  private List<String> valueNames(Env env) {
    Set<String> names = new LinkedHashSet<>(env.localNames());
    names.addAll(env.file.values.keySet());
    Builtins.DOCS.keySet().stream()
        .filter(n -> !session.builtins.isMissing(n, env))
        .forEach(names::add);
    return List.copyOf(names);
  }

  /** {@code a == b}; decided now where both are constant, as an enum argument often is. */
  static Term equal(Term a, Term b, Location at) {
    if (a instanceof Term.Const x && b instanceof Term.Const y && a.type().isScalar()) {
      return Terms.bool(x.value() == y.value(), at);
    }
    return Terms.apply(Operation.EQUAL, Type.BOOL, at, a, b);
  }
}
