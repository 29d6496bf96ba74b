package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Span;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.Program;

/**
 * {@code use "walk.rew" with { sigma = 0.3, drop effort, reward.track = … }}: a program's tree with
 * components dropped or replaced, and values for its parameters. What stands in the braces is read
 * among the names of the used file.
 */
final class Variant {

  private final Session session;

  /** The text that the braces stand in, over the names of the used file. */
  private final FileScope scope;

  private final Map<String, Expr> params = new LinkedHashMap<>();
  private final Map<List<String>, Expr> replaced = new LinkedHashMap<>();
  private final Set<List<String>> dropped = new LinkedHashSet<>();

  private Variant(Session session, FileScope scope) {
    this.session = session;
    this.scope = scope;
  }

  /**
   * @param user the file that uses the other
   * @param used that whose names are read
   */
  static Variant of(
      Session session, FileScope user, FileScope used, Program program, Decl.Use use) {
    Variant variant = new Variant(session, new FileScope(user.source, false, used));
    variant.read(program, use);
    return variant;
  }

  /** The value that a parameter is set to, or null. */
  @Nullable Expr param(Name name) {
    return params.get(name.text());
  }

  /** Where an expression is read that came from the braces; null for any other. */
  @Nullable FileScope scope(Expr expr) {
    // Identity: an equal text in the file itself is not meant.
    return replaced.values().stream().anyMatch(e -> e == expr) ? scope : null;
  }

  FileScope scope() {
    return scope;
  }

  // Reading the changes.

  private void read(Program program, Decl.Use use) {
    Set<String> known = new LinkedHashSet<>();
    for (Decl d : program.declarations()) {
      if (d instanceof Decl.Param p) {
        known.add(p.name().text());
      }
    }
    Set<List<String>> paths = new LinkedHashSet<>();
    for (Decl d : program.declarations()) {
      if (d instanceof Decl.Block b) {
        paths(b.items(), List.of(word(b)), paths);
      }
      if (d instanceof Decl.Shape s) {
        paths.add(path(s));
      }
    }
    for (Decl.Change change : use.changes()) {
      List<String> path = change.path().stream().map(Name::text).toList();
      Expr value = change.value();
      boolean bare = path.size() == 1;
      if (value != null && bare && known.contains(path.getFirst())) {
        params.put(path.getFirst(), value);
      } else if (value != null && !bare && paths.contains(path)) {
        replaced.put(path, value);
      } else if (change.drop() && (paths.contains(path) || bare)) {
        drop(change, path, paths);
      } else {
        unknown(change, path, known, paths);
      }
    }
  }

  private static String word(Decl.Block block) {
    return block.name() == null ? "reward" : block.name().text();
  }

  private static List<String> path(Decl.Shape shape) {
    return List.of("reward", shape.name().text());
  }

  /** The items of a block; those of a stage without a combination are the block's own. */
  private static void paths(List<Item> items, List<String> prefix, Set<List<String>> into) {
    for (Item item : items) {
      List<String> path = append(prefix, item.name().text());
      if (item instanceof Item.Nested n && isGroup(n)) {
        paths(n.items(), prefix, into);
      } else {
        into.add(path);
        if (item instanceof Item.Nested n) {
          paths(n.items(), path, into);
        }
      }
    }
  }

  /** Whether it is a stage that only groups: in a block, a sum is an item of its own. */
  private static boolean isGroup(Item.Nested item) {
    return item.stage() && item.combinator() == null;
  }

  private static List<String> append(List<String> prefix, String name) {
    List<String> path = new ArrayList<>(prefix);
    path.add(name);
    return List.copyOf(path);
  }

  private void drop(Decl.Change change, List<String> path, Set<List<String>> paths) {
    if (paths.contains(path)) {
      dropped.add(path);
      return;
    }
    List<List<String>> found =
        paths.stream().filter(p -> p.getLast().equals(path.getFirst())).toList();
    if (found.size() == 1) {
      dropped.addAll(found);
    } else if (found.isEmpty()) {
      unknown(change, path, Set.of(), paths);
    } else {
      List<String> written = found.stream().map(p -> String.join(".", p)).toList();
      report(
          change,
          "several components are called `" + path.getFirst() + "`",
          "which one is meant",
          written,
          written.getFirst());
    }
  }

  private void unknown(
      Decl.Change change, List<String> path, Set<String> known, Set<List<String>> paths) {
    Set<String> names = new LinkedHashSet<>(known);
    paths.forEach(p -> names.add(String.join(".", p)));
    if (change.drop()) {
      paths.forEach(p -> names.add(p.getLast()));
    }
    String text = String.join(".", path);
    String what = change.drop() || path.size() > 1 ? "no component `" : "no parameter `";
    report(
        change,
        "the used file has " + what + text + "`",
        "nothing there has this name",
        List.copyOf(names),
        Suggestions.closest(text, names).orElse(null));
  }

  private void report(
      Decl.Change change,
      String message,
      String label,
      List<String> expected,
      @Nullable String better) {
    Span at = change.path().getFirst().span().to(change.path().getLast().span());
    Diagnostic.Builder d =
        Diagnostic.of(Code.UNKNOWN_MEMBER, message, scope.source, at)
            .label(label)
            .found(change.path().stream().map(Name::text).collect(Collectors.joining(".")))
            .expected(expected);
    if (better != null) {
      d.hint("did you mean `" + better + "`?")
          .fix(Fix.maybe("replace by `" + better + "`", scope.source, at, better));
    }
    session.reporter.report(d);
  }

  // The changed tree.

  Program changed(Program program) {
    List<Decl> declarations = new ArrayList<>();
    for (Decl d : program.declarations()) {
      switch (d) {
        case Decl.Block b ->
            declarations.add(
                new Decl.Block(
                    b.doc(),
                    b.paid(),
                    b.name(),
                    b.per(),
                    b.combinator(),
                    items(b.items(), List.of(word(b))),
                    b.span()));
        case Decl.Shape s when dropped.contains(path(s)) -> {}
        case Decl.Shape s when replaced.get(path(s)) instanceof Expr value ->
            declarations.add(new Decl.Shape(s.doc(), s.name(), value, s.span()));
        default -> declarations.add(d);
      }
    }
    return new Program(program.source(), declarations, program.span());
  }

  private List<Item> items(List<Item> items, List<String> prefix) {
    List<Item> changed = new ArrayList<>();
    for (Item item : items) {
      boolean group = item instanceof Item.Nested n && isGroup(n);
      List<String> path = group ? prefix : append(prefix, item.name().text());
      Expr value = group ? null : replaced.get(path);
      if (!group && dropped.contains(path)) {
        continue;
      }
      changed.add(
          value != null
              ? new Component(
                  item.doc(), item.override(), item.name(), value, item.gate(), item.span())
              : switch (item) {
                case Component c -> c;
                case Item.Nested n ->
                    new Item.Nested(
                        n.doc(),
                        n.override(),
                        n.stage(),
                        n.name(),
                        n.combinator(),
                        n.gate(),
                        items(n.items(), path),
                        n.span());
              });
    }
    return changed;
  }
}
