package org.rewlang.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/** Enters the library's declarations: each file sees all others. Functions come when asked for. */
final class LibraryNames implements FileScope.Functions {

  private final Session session;
  private final Library library;
  private final FileScope all = new FileScope(Source.of("std", ""), true, null, this);
  private final Map<Source, FileScope> files = new HashMap<>();
  private final Map<String, Entity.Function> functions = new HashMap<>();

  LibraryNames(Session session, Library library) {
    this.session = session;
    this.library = library;
  }

  FileScope enter() {
    Globals globals = new Globals();
    for (Program names : library.names()) {
      FileScope file = file(names.source());
      new Declarations(session, globals, file, "", null).enter(names, u -> {});
      file.values.forEach(all.values::putIfAbsent);
      file.enums.forEach(all.enums::putIfAbsent);
      file.records.forEach(all.records::putIfAbsent);
      file.units.forEach(all.units::putIfAbsent);
    }
    globals.later.forEach(Runnable::run);
    return all;
  }

  private FileScope file(Source source) {
    return files.computeIfAbsent(source, s -> new FileScope(s, true, all));
  }

  @Override
  public Entity.@Nullable Function function(String name) {
    Entity.Function known = functions.get(name);
    if (known == null) {
      Program program = library.function(name);
      if (program != null && program.declarations().getFirst() instanceof Decl.Function f) {
        known = new Entity.Function(f, file(program.source()));
        functions.put(name, known);
      }
    }
    return known;
  }

  @Override
  public Collection<String> functions() {
    return library.functions();
  }
}
