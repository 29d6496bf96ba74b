package org.rewlang.ide;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rewlang.check.BuiltinNames;
import org.rewlang.check.Library;
import org.rewlang.check.UnitTable;
import org.rewlang.ide.Candidate.Kind;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;

/** What every program can name without declaring it: built in, or of the library. */
final class BuiltIn {

  private static final Pattern VECTOR = Pattern.compile("(?:real|int|bool)\\[([2-4])\\].*");
  private static final List<String> AXES = List.of("x", "y", "z", "w");
  private static final List<Decl> LIBRARY = new ArrayList<>();
  private static final List<Candidate> ALL = new ArrayList<>();
  private static final List<Candidate> UNITS = new ArrayList<>();

  static {
    BuiltinNames.values().forEach((n, doc) -> ALL.add(new Candidate(n, Kind.VALUE, "", doc)));
    BuiltinNames.functions().forEach((n, doc) -> ALL.add(new Candidate(n, Kind.FUNCTION, "", doc)));
    for (Source source : Library.standard().sources()) {
      for (Decl d : Parser.parse(source).program().declarations()) {
        LIBRARY.add(d);
        if (d instanceof Decl.Function f) {
          ALL.add(new Candidate(f.name().text(), Kind.FUNCTION, signature(source, f), f.doc()));
        }
      }
    }
    for (UnitTable.Row row : UnitTable.UNITS) {
      UNITS.add(new Candidate(row.symbol(), Kind.UNIT, row.definition(), row.name()));
    }
    for (UnitTable.Row row : UnitTable.UNITS) {
      if (row.prefixes()) {
        for (UnitTable.Prefix prefix : UnitTable.PREFIXES) {
          String definition = prefix.factor() + " " + row.symbol();
          UNITS.add(
              new Candidate(
                  prefix.symbol() + row.symbol(),
                  Kind.UNIT,
                  definition,
                  prefix.name() + row.name()));
        }
      }
    }
  }

  private BuiltIn() {}

  /** Values and functions. */
  static List<Candidate> all() {
    return List.copyOf(ALL);
  }

  static List<Candidate> units() {
    return List.copyOf(UNITS);
  }

  static List<Candidate> types() {
    return List.of(
        new Candidate("real", Kind.TYPE, "", "A number; `real<m/s>` has a unit."),
        new Candidate("int", Kind.TYPE, "", "A whole number."),
        new Candidate("bool", Kind.TYPE, "", "`true` or `false`."));
  }

  /** The members of an enum of the library. */
  static List<Candidate> members(String enumeration) {
    return LIBRARY.stream()
        .filter(d -> d instanceof Decl.Enum e && e.name().text().equals(enumeration))
        .flatMap(d -> ((Decl.Enum) d).members().stream())
        .map(m -> new Candidate(m.text(), Kind.MEMBER, enumeration, null))
        .toList();
  }

  /** The elements of a short vector of this type, as it is written; empty for any other type. */
  static List<Candidate> parts(String type) {
    Matcher vector = VECTOR.matcher(type);
    List<String> names =
        type.startsWith("quat[")
            ? List.of("w", "x", "y", "z")
            : type.startsWith("pose[")
                ? List.of("position", "rotation")
                : vector.matches() ? AXES.subList(0, Integer.parseInt(vector.group(1))) : List.of();
    return names.stream().map(a -> new Candidate(a, Kind.MEMBER, "", null)).toList();
  }

  /** As it is declared, on one line, without its body. */
  private static String signature(Source source, Decl.Function f) {
    int end = f.name().span().end();
    for (Decl.Parameter p : f.parameters()) {
      end = p.span().end();
    }
    String closed = f.parameters().isEmpty() ? "()" : ")";
    if (f.result() != null) {
      end = f.result().span().end();
      closed = "";
    }
    return source.text().substring(f.name().span().start(), end).replaceAll("\\s+", " ") + closed;
  }
}
