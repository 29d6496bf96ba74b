package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/**
 * Which values of a file each agent has, found from their text before they are typed: those that
 * read, outside an aggregation over agents, a per-agent input, {@code me}, or another such value.
 * The least such set, through a value's own past too.
 */
final class Scopes {

  /** Of every file without agents. */
  static final Scopes NONE = new Scopes(new FileScopeNames(Map.of()));

  /** What the file's aliases stand for. */
  private record FileScopeNames(Map<String, Scopes> files) {}

  private final FileScopeNames names;
  private final Set<String> values = new HashSet<>();
  private final Set<String> functions = new HashSet<>();

  /** Columns under a word: {@code reward.near}, {@code metric.spread}. */
  private final Set<String> members = new HashSet<>();

  /** What stands around an expression: names of its own, and how many aggregations over agents. */
  private record Around(Set<String> bound, Set<String> scoped, Set<String> scopes, int depth) {
    static final Around FILE = new Around(Set.of(), Set.of(), Set.of(), 0);

    Around deeper() {
      return new Around(bound, scoped, scopes, depth + 1);
    }

    Around with(List<Name> more) {
      Set<String> all = new HashSet<>(bound);
      more.forEach(n -> all.add(n.text()));
      return new Around(all, scoped, scopes, depth);
    }
  }

  private Scopes(FileScopeNames names) {
    this.names = names;
  }

  /** Of a file's declarations; those of the files it uses, by alias. */
  static Scopes of(List<Decl> declarations, Map<String, Scopes> files) {
    Scopes scopes = new Scopes(new FileScopeNames(new HashMap<>(files)));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Decl d : declarations) {
        changed |= scopes.enter(d);
      }
    }
    return scopes;
  }

  /** Whether each agent has the value of an expression that stands by itself in the file. */
  boolean isPerAgent(Expr e) {
    return lives(e, Around.FILE);
  }

  /** Which of a function's own lets each agent has. */
  Set<String> locals(Decl.Function f) {
    return new HashSet<>(around(f).scoped());
  }

  private boolean enter(Decl d) {
    return switch (d) {
      case Decl.Inputs i when isAgent(i.per()) -> {
        boolean changed = false;
        for (Decl.Field field : i.fields()) {
          changed |= values.add(field.name().text());
        }
        yield changed;
      }
      case Decl.Let l -> isPerAgent(l.value()) && values.add(l.name().text());
      case Decl.Formula f -> isPerAgent(f.value()) && values.add(f.name().text());
      case Decl.Event e -> isPerAgent(e.condition()) && values.add(e.name().text());
      case Decl.Function f -> lives(f.body(), around(f)) && functions.add(f.name().text());
      case Decl.Machine m -> isPerAgent(m) && values.add(m.name().text());
      case Decl.Logged l -> isPerAgent(l) && members.add(l.role().text() + "." + l.name().text());
      case Decl.Block b when isAgent(b.per()) -> paid(b.name());
      case Decl.RewardValue r when isAgent(r.per()) -> paid(r.name());
      default -> false;
    };
  }

  boolean isPerAgent(Decl.Logged l) {
    return isPerAgent(l.value())
        || l.gate() != null
            && l.gate().condition() != null
            && isPerAgent(java.util.Objects.requireNonNull(l.gate().condition()));
  }

  /** Whether anything that decides where a machine goes or what it pays is each agent's. */
  boolean isPerAgent(Decl.Machine m) {
    Around around = Around.FILE;
    List<Name> own = new ArrayList<>();
    if (m.each() != null) {
      if (lives(m.each().source(), around)) {
        return true;
      }
      own.addAll(m.each().names());
    }
    m.rules().stream()
        .filter(Decl.Rule.Counter.class::isInstance)
        .forEach(r -> own.add(((Decl.Rule.Counter) r).name()));
    Around inner = around.with(own);
    Expr from = m.from();
    return from != null && lives(from, inner)
        || m.rules().stream().flatMap(Scopes::expressions).anyMatch(e -> lives(e, inner));
  }

  private static Stream<Expr> expressions(Decl.Rule rule) {
    return switch (rule) {
      case Decl.Rule.Edge e ->
          Stream.concat(
              Stream.of(e.gate() == null ? null : e.gate().condition(), e.reward())
                  .filter(Objects::nonNull),
              e.updates().stream().map(Decl.Option::value));
      case Decl.Rule.State s -> Stream.of(s.reward());
      case Decl.Rule.Exclusive e -> e.events().stream();
      case Decl.Rule.Initial _, Decl.Rule.Final _, Decl.Rule.Counter _ -> Stream.empty();
    };
  }

  private boolean paid(@org.jspecify.annotations.Nullable Name name) {
    String word = name == null ? "total" : name.text();
    return members.add((name == null ? "reward" : word) + ".") | values.add(word);
  }

  static boolean isAgent(@org.jspecify.annotations.Nullable Name per) {
    return per != null && per.text().equals(Agents.SCOPE);
  }

  /** Around a function's body: its parameters, and those of its lets that each agent has. */
  private Around around(Decl.Function f) {
    Set<String> bound = new HashSet<>();
    Set<String> scoped = new HashSet<>();
    Set<String> scopes = new HashSet<>();
    for (Decl.Parameter p : f.parameters()) {
      Name over = p.over();
      (over == null ? bound : scoped).add(p.name().text());
      if (over != null) {
        scopes.add(over.text());
      }
    }
    Set<String> lets = new HashSet<>();
    f.lets().forEach(l -> lets.add(l.name().text()));
    boolean changed = true;
    while (changed) {
      changed = false;
      for (Decl.Let let : f.lets()) {
        String name = let.name().text();
        changed |=
            !scoped.contains(name)
                && lives(let.value(), new Around(without(bound, lets), scoped, scopes, 0))
                && scoped.add(name);
      }
    }
    lets.removeAll(scoped);
    lets.add("result");
    bound.addAll(lets);
    return new Around(bound, scoped, scopes, 0);
  }

  private static Set<String> without(Set<String> bound, Set<String> lets) {
    Set<String> all = new HashSet<>(bound);
    all.addAll(lets);
    all.add("result");
    return all;
  }

  private boolean lives(Expr e, Around around) {
    return switch (e) {
      case Expr.NameRef n -> name(n.name(), around);
      case Expr.Field f -> field(f, around);
      case Expr.Over o -> over(o, around);
      case Expr.Call c
          when c.callee() instanceof Expr.NameRef n
              && (n.name().equals(Pasted.NAME) || n.name().equals(Regexes.NAME)) ->
          any(Pasted.atoms(c), around);
      case Expr.Call c -> call(c, around);
      case Expr.Generator g -> generator(g, around);
      case Expr.ListComp l -> generator(l.generator(), around);
      case Expr.Index i ->
          lives(i.target(), around) || i.subscripts().stream().anyMatch(s -> subscript(s, around));
      case Expr.ListLit l -> any(l.elements(), around);
      case Expr.Unary u -> lives(u.operand(), around);
      case Expr.Binary b -> lives(b.left(), around) || lives(b.right(), around);
      case Expr.Comparison c ->
          lives(c.first(), around)
              || c.rest().stream()
                  .anyMatch(
                      link ->
                          lives(link.right(), around)
                              || link.within() != null && lives(link.within(), around));
      case Expr.Conditional c -> any(List.of(c.then(), c.condition(), c.otherwise()), around);
      case Expr.Convert c -> lives(c.value(), around);
      case Expr.Range r ->
          r.from() != null && lives(r.from(), around) || r.to() != null && lives(r.to(), around);
      case Expr.NumberLit _, Expr.BoolLit _, Expr.TextLit _, Expr.Broken _ -> false;
    };
  }

  private boolean any(List<Expr> all, Around around) {
    return all.stream().anyMatch(e -> lives(e, around));
  }

  private boolean subscript(Expr.Subscript s, Around around) {
    return switch (s) {
      case Expr.Subscript.At at -> lives(at.index(), around);
      case Expr.Subscript.Ellipsis _ -> false;
      case Expr.Subscript.Slice slice ->
          slice.from() != null && lives(slice.from(), around)
              || slice.to() != null && lives(slice.to(), around);
    };
  }

  /** Inside an aggregation, a bare name is the ranged agent's, and {@code me} the one outside. */
  private boolean name(String name, Around around) {
    if (around.scoped.contains(name)) {
      return around.depth == 0;
    }
    if (around.bound.contains(name)) {
      return false;
    }
    return name.equals(Agents.ME) && !values.contains(name)
        ? around.depth <= 1
        : around.depth == 0 && values.contains(name);
  }

  private boolean field(Expr.Field f, Around around) {
    if (f.target() instanceof Expr.NameRef n && !around.bound.contains(n.name())) {
      Scopes file = names.files.get(n.name());
      String member = f.name().text();
      if (file != null && !values.contains(n.name())) {
        return around.depth == 0 && file.values.contains(member);
      }
      if (members.contains(n.name() + ".") || members.contains(n.name() + "." + member)) {
        return around.depth == 0;
      }
    }
    return lives(f.target(), around);
  }

  private boolean over(Expr.Over o, Around around) {
    boolean scope =
        o.scope().names().stream()
            .anyMatch(n -> n.text().equals(Agents.LIST) || around.scopes.contains(n.text()));
    Around inner = scope ? around.deeper() : around;
    return lives(o.value(), inner)
        || o.where() != null && lives(o.where(), inner)
        || o.since() != null && lives(o.since(), inner);
  }

  private boolean call(Expr.Call c, Around around) {
    boolean own =
        switch (c.callee()) {
          case Expr.NameRef n -> functions.contains(n.name());
          case Expr.Field f when f.target() instanceof Expr.NameRef n -> {
            Scopes file = names.files.get(n.name());
            yield file != null && file.functions.contains(f.name().text());
          }
          default -> false;
        };
    return own && around.depth == 0
        || c.arguments().stream().anyMatch(a -> lives(a.value(), around))
        || any(c.window(), around);
  }

  private boolean generator(Expr.Generator g, Around around) {
    Around inner = around;
    for (Expr.For clause : g.clauses()) {
      if (lives(clause.source(), inner)) {
        return true;
      }
      inner = inner.with(clause.names());
    }
    return lives(g.element(), inner) || g.condition() != null && lives(g.condition(), inner);
  }
}
