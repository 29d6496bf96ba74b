package org.rewlang.bytecode;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.code.Code;
import org.rewlang.code.Parts;
import org.rewlang.code.Statement;

/** The methods of a program: one for each body and for each of its parts. */
final class Methods {

  private final Parts parts;
  private final Map<String, List<Statement>> all = new LinkedHashMap<>();
  private final Map<Statement.Part, String> names = new IdentityHashMap<>();

  /**
   * @param limit in bytes, by estimate
   */
  Methods(int limit) {
    parts = new Parts(limit, limit);
  }

  /** By name, what each does. */
  Map<String, List<Statement>> all() {
    return all;
  }

  /** The method that a part became. */
  String name(Statement.Part part) {
    String name = names.get(part);
    if (name == null) {
      throw new IllegalStateException("a part of another program");
    }
    return name;
  }

  /** Adds a method for a whole body, and those for its parts. */
  void add(String name, Code body) {
    List<Statement> statements = parts.cut(body.all());
    all.put(name, statements);
    statements.forEach(this::find);
  }

  private void find(Statement statement) {
    switch (statement) {
      case Statement.From f -> find(f.statement());
      case Statement.Loop l -> l.body().forEach(this::find);
      case Statement.If i -> {
        i.then().forEach(this::find);
        i.otherwise().forEach(this::find);
      }
      case Statement.Part p -> {
        String name = "part" + names.size();
        names.put(p, name);
        all.put(name, p.statements());
        p.statements().forEach(this::find);
      }
      default -> {}
    }
  }
}
