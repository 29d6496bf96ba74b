package org.rewlang.syntax;

import java.util.List;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** A whole file. Declarations that could not be read are {@link Decl.Broken}. */
public record Program(Source source, List<Decl> declarations, Span span) implements Node {

  public Program {
    declarations = List.copyOf(declarations);
  }
}
