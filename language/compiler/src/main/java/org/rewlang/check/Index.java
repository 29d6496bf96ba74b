package org.rewlang.check;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Source;

/** Every name in a program's files with what it stands for: what an editor shows. */
public record Index(List<Site> sites) {

  public Index {
    sites = List.copyOf(sites);
  }

  /** What a name stands for. */
  public enum Kind {
    INPUT,
    VIEW,
    PARAM,
    LET,
    EVENT,
    FORMULA,
    MACHINE,
    COUNTER,
    FUNCTION,
    PARAMETER,
    LOCAL,
    VARIABLE,
    ENUM,
    RECORD,
    FIELD,
    MEMBER,
    COMPONENT,
    BLOCK,
    OUTCOME,
    METRIC,
    COST,
    BUILTIN,
    FILE
  }

  /**
   * A name where it is declared or used.
   *
   * @param declares whether it is declared here
   * @param type as written, or empty where there is none
   * @param unit that its numbers are shown in, or empty
   * @param definition where it is declared; null for what is built in
   * @param term its value, if it has one
   */
  public record Site(
      Location at,
      boolean declares,
      Kind kind,
      String name,
      String type,
      String unit,
      @Nullable String doc,
      @Nullable Location definition,
      @Nullable Term term) {}

  /** The site that {@code offset} of {@code source} touches. */
  public Optional<Site> at(Source source, int offset) {
    return sites.stream()
        .filter(s -> s.at.source().name().equals(source.name()) && s.at.span().touches(offset))
        .findFirst();
  }

  /** All sites of what is declared at {@code definition}. */
  public List<Site> uses(Location definition) {
    return sites.stream().filter(s -> definition.equals(s.definition)).toList();
  }
}
