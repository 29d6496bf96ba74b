package org.rewlang.check;

import java.util.List;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/** Enters the library's declarations: each file sees all others. */
final class LibraryNames {

  private final Session session;

  LibraryNames(Session session) {
    this.session = session;
  }

  FileScope enter(List<Program> programs) {
    FileScope all = new FileScope(Source.of("std", ""), true, null);
    Globals globals = new Globals();
    for (Program p : programs) {
      FileScope file = new FileScope(p.source(), true, all);
      Program names =
          new Program(
              p.source(),
              p.declarations().stream().filter(LibraryNames::isName).toList(),
              p.span());
      new Declarations(session, globals, file, "", null).enter(names, u -> {});
      file.values.forEach(all.values::putIfAbsent);
      file.functions.forEach(all.functions::putIfAbsent);
      file.enums.forEach(all.enums::putIfAbsent);
      file.records.forEach(all.records::putIfAbsent);
      file.units.forEach(all.units::putIfAbsent);
    }
    globals.later.forEach(Runnable::run);
    return all;
  }

  /** What a program can use of a library file: its tests and comments are its own. */
  private static boolean isName(Decl d) {
    return d instanceof Decl.Function
        || d instanceof Decl.Enum
        || d instanceof Decl.Record
        || d instanceof Decl.Let
        || d instanceof Decl.Unit;
  }
}
