package org.rewlang.bytecode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts bodies into methods: HotSpot never compiles one of more than 8,000 bytes. What is cut is a
 * sequence of statements, the innermost first, so that a loop whose body is long calls its parts.
 */
final class Methods {

  private final int limit;
  private final Map<String, List<Statement>> all = new LinkedHashMap<>();

  /**
   * @param limit in bytes, as {@link Size} has them; a method may become a little longer
   */
  Methods(int limit) {
    this.limit = limit;
  }

  /** By name, what each does. */
  Map<String, List<Statement>> all() {
    return all;
  }

  /** Adds a method for a whole body, and those for its parts. */
  void add(String name, List<Statement> body) {
    all.put(name, fit(body));
  }

  private List<Statement> fit(List<Statement> statements) {
    List<Statement> fitting = statements.stream().map(this::fit).toList();
    while (Size.of(fitting) > limit) {
      fitting = parts(fitting);
    }
    return fitting;
  }

  private Statement fit(Statement statement) {
    return switch (statement) {
      case Statement.Loop l -> new Statement.Loop(l.indices(), l.counts(), fit(l.body()));
      case Statement.If i -> {
        Statement.If fitting = new Statement.If(i.condition(), fit(i.then()), fit(i.otherwise()));
        yield Size.of(fitting) <= limit
            ? fitting
            : new Statement.If(
                i.condition(), List.of(part(fitting.then())), List.of(part(fitting.otherwise())));
      }
      default -> statement;
    };
  }

  private List<Statement> parts(List<Statement> statements) {
    List<Statement> calls = new ArrayList<>();
    List<Statement> part = new ArrayList<>();
    int size = 0;
    for (Statement statement : statements) {
      int more = Size.of(statement);
      if (!part.isEmpty() && size + more > limit) {
        calls.add(part(part));
        part = new ArrayList<>();
        size = 0;
      }
      part.add(statement);
      size += more;
    }
    calls.add(part(part));
    return calls;
  }

  private Statement part(List<Statement> statements) {
    String name = "part" + all.size();
    all.put(name, List.copyOf(statements));
    return new Statement.Call(name);
  }
}
