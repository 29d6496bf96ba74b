package org.rewlang.ide;

import java.util.Optional;
import org.rewlang.check.Index;
import org.rewlang.check.Index.Kind;

/** From the use of a name to its declaration. */
final class Declarations {

  private Declarations() {}

  /** The site that declares what {@code site} means, if it lies in the program's own files. */
  static Optional<Index.Site> of(Snapshot snapshot, Index.Site site) {
    return snapshot.compilation().index().sites().stream()
        .filter(d -> d.declares() && declares(d, site))
        .findFirst();
  }

  private static boolean declares(Index.Site declaration, Index.Site site) {
    if (site.definition() != null) {
      return declaration.at().equals(site.definition());
    }
    // Members are found by their enum, which is their type.
    return site.kind() == Kind.MEMBER
        && declaration.kind() == Kind.MEMBER
        && declaration.name().equals(site.name())
        && declaration.type().equals(site.type());
  }
}
