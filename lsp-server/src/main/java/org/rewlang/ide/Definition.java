package org.rewlang.ide;

import java.util.Optional;
import org.rewlang.check.Index;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;

/**
 * Where something is declared: in this document, in a file that it uses, or in the library, whose
 * sources come with their text.
 *
 * @param span the name, or the path, that was asked about
 */
public record Definition(Span span, Location target) {

  /** What the name at {@code offset} means, or the file that a {@code use} there names. */
  public static Optional<Definition> at(Snapshot snapshot, int offset) {
    Optional<Index.Site> site = snapshot.compilation().index().at(snapshot.source(), offset);
    if (site.isPresent()) {
      return target(snapshot, site.get()).map(to -> new Definition(site.get().at().span(), to));
    }
    return file(snapshot, offset);
  }

  private static Optional<Location> target(Snapshot snapshot, Index.Site site) {
    return Optional.ofNullable(site.definition())
        .or(() -> Declarations.of(snapshot, site).map(Index.Site::at));
  }

  private static Optional<Definition> file(Snapshot snapshot, int offset) {
    for (Decl d : snapshot.compilation().syntax().declarations()) {
      if (d instanceof Decl.Use use && use.path().span().touches(offset)) {
        Optional<Source> file = snapshot.used(use.path().value());
        return file.map(f -> new Definition(use.path().span(), new Location(f, Span.at(0))));
      }
    }
    return Optional.empty();
  }
}
