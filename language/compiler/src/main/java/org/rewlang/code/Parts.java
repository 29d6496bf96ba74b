package org.rewlang.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts what would be too long for a compiler: HotSpot never compiles a method of more than 8,000
 * bytes, and Graal takes more than twice as long for twice the operations. What is cut is a
 * sequence of statements, the innermost first, so that a loop whose body is long runs its parts.
 *
 * @param whole how long a sequence may be, as {@link Size} has it; it may become a little longer
 * @param part how long its parts are to be where it is cut
 */
public record Parts(int whole, int part) {

  /** The same statements, those of sequences that are too long in parts. */
  public List<Statement> cut(List<Statement> statements) {
    List<Statement> fitting = statements.stream().map(this::cut).toList();
    while (Size.of(fitting) > whole) {
      fitting = parts(fitting);
    }
    return fitting;
  }

  private Statement cut(Statement statement) {
    return switch (statement) {
      case Statement.From f -> new Statement.From(f.origin(), cut(f.statement()));
      case Statement.Loop l -> new Statement.Loop(l.indices(), l.counts(), cut(l.body()));
      case Statement.If i -> {
        Statement.If fitting = new Statement.If(i.condition(), cut(i.then()), cut(i.otherwise()));
        yield Size.of(fitting) <= whole
            ? fitting
            : new Statement.If(
                i.condition(),
                List.of(new Statement.Part(fitting.then())),
                List.of(new Statement.Part(fitting.otherwise())));
      }
      default -> statement;
    };
  }

  private List<Statement> parts(List<Statement> statements) {
    List<Statement> parts = new ArrayList<>();
    List<Statement> next = new ArrayList<>();
    int size = 0;
    for (Statement statement : statements) {
      int more = Size.of(statement);
      if (!next.isEmpty() && size + more > part) {
        parts.add(new Statement.Part(next));
        next.clear();
        size = 0;
      }
      next.add(statement);
      size += more;
    }
    parts.add(new Statement.Part(next));
    return parts;
  }
}
