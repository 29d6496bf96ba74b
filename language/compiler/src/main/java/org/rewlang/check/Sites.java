package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.syntax.Name;

/** Notes names as they are resolved. What is inlined is not noted again. */
final class Sites {

  private final Types types;
  private final List<Index.Site> sites = new ArrayList<>();
  private int muted;

  Sites(Types types) {
    this.types = types;
  }

  void mute(Runnable work) {
    muted++;
    try {
      work.run();
    } finally {
      muted--;
    }
  }

  /** Runs {@code work} as if nothing were muted. */
  void escape(Runnable work) {
    int before = muted;
    muted = 0;
    try {
      work.run();
    } finally {
      muted = before;
    }
  }

  int mark() {
    return sites.size();
  }

  void rollback(int mark) {
    sites.subList(mark, sites.size()).clear();
  }

  void declare(
      Location at, Index.Kind kind, String name, @Nullable String doc, @Nullable Term term) {
    note(at, true, kind, name, doc, at, term, null);
  }

  /** A value of any structure. */
  void declare(Location at, Index.Kind kind, String name, @Nullable String doc, Value value) {
    note(at, true, kind, name, doc, at, value);
  }

  void use(
      Location at,
      Index.Kind kind,
      String name,
      @Nullable String doc,
      @Nullable Location definition,
      Value value) {
    note(at, false, kind, name, doc, definition, value);
  }

  private void note(
      Location at,
      boolean declares,
      Index.Kind kind,
      String name,
      @Nullable String doc,
      @Nullable Location definition,
      Value value) {
    switch (value) {
      case Value.Tensor t -> note(at, declares, kind, name, doc, definition, t.term(), null);
      case Value.Logic _ -> note(at, declares, kind, name, doc, definition, null, "formula");
      case Value.Bundle b -> {
        String shown = types.show(b.structure());
        note(at, declares, kind, name, doc, definition, null, shown);
      }
    }
  }

  void declare(FileScope file, Name name, Index.Kind kind, String type, @Nullable String doc) {
    Location at = file.at(name.span());
    add(new Index.Site(at, true, kind, name.text(), type, "", doc, at, null));
  }

  void use(
      Location at,
      Index.Kind kind,
      String name,
      @Nullable String doc,
      @Nullable Location definition,
      @Nullable Term term) {
    note(at, false, kind, name, doc, definition, term, null);
  }

  void useTyped(
      Location at,
      Index.Kind kind,
      String name,
      String type,
      @Nullable String doc,
      @Nullable Location definition) {
    note(at, false, kind, name, doc, definition, null, type);
  }

  private void note(
      Location at,
      boolean declares,
      Index.Kind kind,
      String name,
      @Nullable String doc,
      @Nullable Location definition,
      @Nullable Term term,
      @Nullable String type) {
    Term known = term == null || Terms.isError(term) ? null : term;
    String inferred = known == null ? "" : types.show(known.type());
    String shown = type != null ? type : inferred;
    String unit = known == null ? "" : known.type().dimension().toString();

    add(new Index.Site(at, declares, kind, name, shown, unit, doc, definition, known));
  }

  private void add(Index.Site site) {
    if (muted == 0) {
      sites.add(site);
    }
  }

  Index index() {
    Set<Location> seen = new HashSet<>();
    return new Index(sites.stream().filter(s -> seen.add(s.at())).sorted(Sites::compare).toList());
  }

  private static int compare(Index.Site a, Index.Site b) {
    int order = a.at().source().name().compareTo(b.at().source().name());
    return order != 0 ? order : Integer.compare(a.at().span().start(), b.at().span().start());
  }
}
