package org.rewlang.ide;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.check.Index;
import org.rewlang.check.Index.Kind;
import org.rewlang.parse.Keywords;
import org.rewlang.parse.Parser;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Name;

/**
 * What may be written where the caret stands; editors keep what fits the letters typed so far.
 *
 * @param replaces the word that is being written
 */
public record Completion(Span replaces, List<Candidate> candidates) {

  public Completion {
    candidates = List.copyOf(candidates);
  }

  public static Completion at(Snapshot snapshot, int offset) {
    Caret caret = Caret.at(snapshot.source().text(), offset);
    Names names = new Names(snapshot);
    Collection<Candidate> all =
        switch (caret.place()) {
          case NOWHERE -> List.of();
          case DECLARATION -> keywords(Keywords.declarations());
          case MEMBER -> names.membersOf(caret.before());
          case UNIT -> names.units();
          case TYPE -> names.types();
          case COMPARED -> {
            List<Candidate> members = names.valuesLike(caret.before());
            yield members.isEmpty() ? anything(names, offset) : members;
          }
          case QUANTITY -> {
            List<Candidate> both = new ArrayList<>(names.units());
            both.addAll(keywords(Keywords.inside()));
            yield both;
          }
          case EXPRESSION -> anything(names, offset);
        };
    return new Completion(caret.word(), List.copyOf(all));
  }

  /** One of each name: what a program declares hides what is built in. */
  private static Collection<Candidate> anything(Names names, int offset) {
    Map<String, Candidate> all = new LinkedHashMap<>();
    names.declared(offset).forEach(c -> all.putIfAbsent(c.label(), c));
    BuiltIn.all().forEach(c -> all.putIfAbsent(c.label(), c));
    keywords(Keywords.inside()).forEach(c -> all.putIfAbsent(c.label(), c));
    return all.values();
  }

  private static List<Candidate> keywords(List<String> words) {
    return words.stream().map(w -> new Candidate(w, Candidate.Kind.KEYWORD, "", null)).toList();
  }

  /** The names of a document and of the files that it uses. */
  private record Names(Snapshot snapshot) {

    List<Candidate> declared(int offset) {
      Span around =
          snapshot.compilation().syntax().declarations().stream()
              .map(Decl::span)
              .filter(s -> s.touches(offset))
              .findFirst()
              .orElse(Span.at(offset));
      return declarations(snapshot.source().name())
          .filter(
              s ->
                  switch (s.kind()) {
                    case INPUT,
                        PARAM,
                        LET,
                        EVENT,
                        FORMULA,
                        MACHINE,
                        FUNCTION,
                        ENUM,
                        RECORD,
                        MEMBER,
                        FILE ->
                        true;
                    // Known only in the declaration that they belong to.
                    case PARAMETER, LOCAL, VARIABLE, COUNTER -> contains(around, s.at().span());
                    case VIEW, FIELD, COMPONENT, BLOCK, OUTCOME, METRIC, COST, BUILTIN -> false;
                  })
          .map(Names::candidate)
          .toList();
    }

    /** After {@code NAME.}. */
    List<Candidate> membersOf(String name) {
      for (Decl d : snapshot.compilation().syntax().declarations()) {
        if (d instanceof Decl.Use use && name.equals(alias(use))) {
          return snapshot.used(use.path().value()).stream()
              .flatMap(file -> Parser.parse(file).program().declarations().stream())
              .flatMap(Names::used)
              .toList();
        }
        if (d instanceof Decl.Machine machine && machine.name().text().equals(name)) {
          List<Candidate> parts = new ArrayList<>(members(name));
          parts.add(new Candidate("reward", Candidate.Kind.VALUE, "real", "What it pays."));
          declarations(snapshot.source().name())
              .filter(s -> s.kind() == Kind.COUNTER && contains(machine.span(), s.at().span()))
              .map(Names::candidate)
              .forEach(parts::add);
          return parts;
        }
        if (d instanceof Decl.Inputs inputs) {
          for (Decl.Field field : inputs.fields()) {
            if (field.name().text().equals(name) && !field.views().isEmpty()) {
              return declarations(snapshot.source().name())
                  .filter(s -> s.kind() == Kind.VIEW && contains(field.span(), s.at().span()))
                  .map(Names::candidate)
                  .toList();
            }
          }
        }
      }
      List<Candidate> members = members(name);
      members = members.isEmpty() ? logged(name) : members;
      return members.isEmpty() ? parts(typeOf(name)) : members;
    }

    /** What is logged under a word, {@code reward}, {@code metric}, or the name of a block. */
    private List<Candidate> logged(String word) {
      Set<Span> names = new HashSet<>();
      for (Decl d : snapshot.compilation().syntax().declarations()) {
        switch (d) {
          case Decl.Block r -> {
            if (word.equals(r.name() == null ? "reward" : r.name().text())) {
              r.items().forEach(i -> names.add(i.name().span()));
            }
          }
          case Decl.Shape s when word.equals("reward") -> names.add(s.name().span());
          case Decl.Logged l when word.equals(l.role().text()) -> names.add(l.name().span());
          case Decl.Outcome o
              when o.name() != null && word.equals(o.kind().name().toLowerCase(Locale.ROOT)) ->
              names.add(o.name().span());
          default -> {}
        }
      }
      return declarations(snapshot.source().name())
          .filter(s -> names.contains(s.at().span()))
          .map(Names::candidate)
          .toList();
    }

    /** Fields of a record, of a rotation or pose, or the axes of a vector. */
    private List<Candidate> parts(String type) {
      String one = type.endsWith("?") ? type.substring(0, type.length() - 1) : type;
      for (Decl d : snapshot.compilation().syntax().declarations()) {
        if (d instanceof Decl.Record record && record.name().text().equals(one)) {
          return declarations(snapshot.source().name())
              .filter(s -> s.kind() == Kind.FIELD && contains(record.span(), s.at().span()))
              .map(Names::candidate)
              .toList();
        }
      }
      return BuiltIn.parts(one);
    }

    /** What can be compared with {@code name}: the members of its enum. */
    List<Candidate> valuesLike(String name) {
      return members(typeOf(name));
    }

    List<Candidate> types() {
      List<Candidate> all = new ArrayList<>(BuiltIn.types());
      declarations(snapshot.source().name())
          .filter(s -> s.kind() == Kind.ENUM)
          .map(Names::candidate)
          .forEach(all::add);
      return all;
    }

    List<Candidate> units() {
      List<Candidate> all = new ArrayList<>();
      for (Decl d : snapshot.compilation().syntax().declarations()) {
        if (d instanceof Decl.Unit unit) {
          unit.names()
              .forEach(n -> all.add(new Candidate(n.text(), Candidate.Kind.UNIT, "", unit.doc())));
        }
      }
      all.addAll(BuiltIn.units());
      return all;
    }

    private List<Candidate> members(String enumeration) {
      List<Candidate> own =
          snapshot.compilation().index().sites().stream()
              .filter(s -> s.declares() && s.kind() == Kind.MEMBER && s.type().equals(enumeration))
              .map(Names::candidate)
              .toList();
      return own.isEmpty() ? BuiltIn.members(enumeration) : own;
    }

    private String typeOf(String name) {
      return declarations(snapshot.source().name())
          .filter(s -> s.name().equals(name))
          .map(Index.Site::type)
          .findFirst()
          .orElse("");
    }

    private Stream<Index.Site> declarations(String file) {
      return snapshot.compilation().index().sites().stream()
          .filter(s -> s.declares() && s.at().source().name().equals(file));
    }

    /** What another file makes of a declaration; not all of them are checked where they stand. */
    private static Stream<Candidate> used(Decl d) {
      return switch (d) {
        case Decl.Param p -> value(p.name(), p.doc());
        case Decl.Let l -> value(l.name(), l.doc());
        case Decl.Event e -> value(e.name(), e.doc());
        case Decl.Machine m -> value(m.name(), m.doc());
        case Decl.Function f ->
            Stream.of(new Candidate(f.name().text(), Candidate.Kind.FUNCTION, "", f.doc()));
        default -> Stream.empty();
      };
    }

    private static Stream<Candidate> value(Name name, @Nullable String doc) {
      return Stream.of(new Candidate(name.text(), Candidate.Kind.VALUE, "", doc));
    }

    private static String alias(Decl.Use use) {
      if (use.alias() != null) {
        return use.alias().text();
      }
      String path = use.path().value();
      String file = path.substring(path.lastIndexOf('/') + 1);
      return file.endsWith(".rew") ? file.substring(0, file.length() - 4) : file;
    }

    private static boolean contains(Span outer, Span inner) {
      return outer.start() <= inner.start() && inner.end() <= outer.end();
    }

    private static Candidate candidate(Index.Site site) {
      Candidate.Kind kind =
          switch (site.kind()) {
            case FUNCTION -> Candidate.Kind.FUNCTION;
            case ENUM, RECORD -> Candidate.Kind.TYPE;
            case MEMBER -> Candidate.Kind.MEMBER;
            case FILE -> Candidate.Kind.FILE;
            case INPUT,
                VIEW,
                FIELD,
                PARAM,
                LET,
                EVENT,
                FORMULA,
                MACHINE,
                COUNTER,
                PARAMETER,
                LOCAL,
                VARIABLE,
                COMPONENT,
                BLOCK,
                OUTCOME,
                METRIC,
                COST,
                BUILTIN ->
                Candidate.Kind.VALUE;
          };
      return new Candidate(site.name(), kind, DeclaredUnit.type(site), site.doc());
    }
  }
}
