package org.rewlang.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/** {@code use "../x.rew" as x}: loads a file once and enters it under its alias. */
final class Uses {

  private final Session session;
  private final Loader loader;
  private final Map<String, FileScope> loaded = new HashMap<>();
  private final Map<String, Program> programs = new HashMap<>();
  private final List<Source> sources = new ArrayList<>();

  /** What stands before the names of a file's parameters, by the file. */
  private final Map<String, String> prefixes = new HashMap<>();

  private final List<Globals> used = new ArrayList<>();
  private final Deque<String> under = new ArrayDeque<>();

  Uses(Session session, Loader loader) {
    this.session = session;
    this.loader = loader;
  }

  /** The files that were loaded. */
  List<Source> sources() {
    return sources;
  }

  /** What the program declares, and then what each file does that it uses. */
  List<Globals> all(Globals own) {
    List<Globals> all = new ArrayList<>(List.of(own));
    all.addAll(used);
    return all;
  }

  /** Enters {@code program} and what it uses. */
  void enter(Program program, FileScope file, Globals globals, String prefix) {
    enter(program, file, globals, prefix, null);
  }

  private void enter(
      Program program, FileScope file, Globals globals, String prefix, @Nullable Variant variant) {
    under.push(file.source.name());
    // A file that several use has the name that the outermost gives it; each variant has its own.
    for (Decl d : program.declarations()) {
      if (d instanceof Decl.Use use && use.changes().isEmpty()) {
        Source source = loader.load(file.source, use.path().value());
        if (source != null) {
          prefixes.putIfAbsent(source.name(), prefix + alias(use) + ".");
        }
      }
    }
    new Declarations(session, globals, file, prefix, variant)
        .enter(program, use -> use(use, file, globals, prefix));
    under.pop();
  }

  private void use(Decl.Use use, FileScope file, Globals globals, String prefix) {
    String alias = alias(use);
    Location at = file.at(use.alias() != null ? use.alias().span() : use.path().span());
    Entity before = file.files.get(alias);
    if (before instanceof Entity.Namespace n) {
      session.reporter.report(
          at(Code.DUPLICATE_NAME, "two files are called `" + alias + "`", at)
              .label("used again")
              .related(n.at().source(), n.at().span(), "used first here")
              .hint("give one another name with `as`"));
      return;
    }
    file.files.put(alias, new Entity.Wrong(at));
    FileScope used = load(use, file, globals, prefix);
    if (used != null) {
      file.files.put(alias, new Entity.Namespace(used, at));
    }
  }

  private static String alias(Decl.Use use) {
    return use.alias() != null ? use.alias().text() : stem(use.path().value());
  }

  private static String stem(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.endsWith(".rew") ? name.substring(0, name.length() - 4) : name;
  }

  private @Nullable FileScope load(Decl.Use use, FileScope file, Globals globals, String prefix) {
    Location at = file.at(use.path().span());
    String path = use.path().value();
    Source source = loader.load(file.source, path);
    if (source == null) {
      session.reporter.report(
          at(Code.USE_NOT_FOUND, "there is no file `" + path + "`", at)
              .label("looked for beside `" + file.source.name() + "`")
              .found(path)
              .hint(
                  path.startsWith("std.") || path.startsWith("std/")
                      ? "the library needs no `use`: its functions are there"
                      : "paths start from the file that uses them"));
      return null;
    }
    if (under.contains(source.name())) {
      session.reporter.report(
          at(Code.USE_CYCLE, "`" + use.path().value() + "` uses this file", at)
              .label(
                  source.name().equals(file.source.name())
                      ? "a file can't use itself"
                      : "files can't use each other in a circle")
              .hint("move what both need to a third file"));
      return null;
    }
    boolean changed = !use.changes().isEmpty();
    FileScope known = changed ? null : loaded.get(source.name());
    if (known != null) {
      return known;
    }
    Program program = program(source);
    FileScope scope = new FileScope(program.source(), false, file.outer);
    Globals own = globals.used();
    used.add(own);
    if (changed) {
      Variant variant = Variant.of(session, file, scope, program, use);
      enter(variant.changed(program), scope, own, prefix + alias(use) + ".", variant);
    } else {
      loaded.put(source.name(), scope);
      enter(program, scope, own, prefixes.getOrDefault(source.name(), ""));
    }
    new StepLength(session).join(scope);
    return scope;
  }

  /** Each file is read once, however many variants of it there are. */
  private Program program(Source source) {
    return programs.computeIfAbsent(
        source.name(),
        name -> {
          Parsed parsed = Parser.parse(source);
          session.reporter.add(parsed.diagnostics());
          sources.add(source);
          return parsed.program();
        });
  }

  /**
   * Checks what the program doesn't read of the files that it uses, each thing once and by itself.
   */
  void check() {
    for (Globals globals : used) {
      globals.functions.forEach(session.functions::check);
      globals.formulas.forEach(NamedFormula::check);
      globals.cells.forEach(c -> session.cells.demand(c, c.at));
    }
  }

  private static Diagnostic.Builder at(Code code, String message, Location at) {
    return Diagnostic.of(code, message, at.source(), at.span());
  }
}
