package org.rewlang.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Dimension;

/** The closed table of units, as data: the checker and the documentation read it. */
public final class UnitTable {

  /**
   * A unit of the table.
   *
   * @param symbol as it is written
   * @param name in words
   * @param definition in terms of the base units, as a reader would write it
   * @param prefixes whether {@code k}, {@code m} and their like may stand before it
   */
  public record Row(String symbol, String name, String definition, boolean prefixes) {}

  /** A prefix: {@code c}, {@code centi}, {@code 0.01}. */
  public record Prefix(String symbol, String name, String factor) {}

  /** Units that others are made of; {@code g} because prefixes go on it, though SI's is the kg. */
  private static final String BASES = "m s A K mol cd rad";

  /** All units; a definition uses symbols of rows above it. */
  public static final List<Row> UNITS =
      List.of(
          new Row("m", "metre", "m", true),
          new Row("s", "second", "s", true),
          new Row("g", "gram", "0.001 kg", true),
          new Row("A", "ampere", "A", true),
          new Row("K", "kelvin", "K", true),
          new Row("mol", "mole", "mol", true),
          new Row("cd", "candela", "cd", true),
          new Row("rad", "radian", "rad", true),
          new Row("%", "percent", "0.01", false),
          new Row("deg", "degree", "pi/180 rad", false),
          new Row("turn", "turn", "2*pi rad", false),
          new Row("rpm", "revolutions per minute", "2*pi/60 rad/s", false),
          new Row("min", "minute", "60 s", false),
          new Row("h", "hour", "3600 s", false),
          new Row("day", "day", "86400 s", false),
          new Row("Hz", "hertz", "1 1/s", true),
          new Row("N", "newton", "1 kg*m/s^2", true),
          new Row("Pa", "pascal", "1 kg/m/s^2", true),
          new Row("bar", "bar", "100000 kg/m/s^2", true),
          new Row("J", "joule", "1 kg*m^2/s^2", true),
          new Row("W", "watt", "1 kg*m^2/s^3", true),
          new Row("Wh", "watt-hour", "3600 kg*m^2/s^2", true),
          new Row("C", "coulomb", "1 A*s", true),
          new Row("V", "volt", "1 kg*m^2/s^3/A", true),
          new Row("F", "farad", "1 A^2*s^4/kg/m^2", true),
          new Row("Ohm", "ohm", "1 kg*m^2/s^3/A^2", true),
          new Row("T", "tesla", "1 kg/s^2/A", true),
          new Row("L", "litre", "0.001 m^3", true),
          new Row("tonne", "tonne", "1000 kg", false),
          new Row("lb", "pound", "0.45359237 kg", false),
          new Row("inch", "inch", "0.0254 m", false),
          new Row("ft", "foot", "0.3048 m", false),
          new Row("mile", "mile", "1609.344 m", false),
          new Row("kn", "knot", "1852/3600 m/s", false),
          new Row("gee", "standard gravity", "9.80665 m/s^2", false));

  public static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("T", "tera", "1e12"),
          new Prefix("G", "giga", "1e9"),
          new Prefix("M", "mega", "1e6"),
          new Prefix("k", "kilo", "1e3"),
          new Prefix("h", "hecto", "1e2"),
          new Prefix("d", "deci", "1e-1"),
          new Prefix("c", "centi", "1e-2"),
          new Prefix("m", "milli", "1e-3"),
          new Prefix("u", "micro", "1e-6"),
          new Prefix("µ", "micro", "1e-6"),
          new Prefix("n", "nano", "1e-9"),
          new Prefix("p", "pico", "1e-12"));

  /** What people say that is neither a symbol nor a name of the table. */
  private static final Map<String, String> EVERYDAY =
      Map.ofEntries(
          Map.entry("sec", "s"),
          Map.entry("secs", "s"),
          Map.entry("msec", "ms"),
          Map.entry("hr", "h"),
          Map.entry("hrs", "h"),
          Map.entry("mins", "min"),
          Map.entry("feet", "ft"),
          Map.entry("inches", "inch"),
          Map.entry("lbs", "lb"),
          Map.entry("kph", "km/h"),
          Map.entry("kmh", "km/h"),
          Map.entry("mph", "mile/h"),
          Map.entry("rads", "rad"),
          Map.entry("degs", "deg"));

  private static final Map<String, Unit> KNOWN = all();

  private UnitTable() {}

  /** Every spelling there is, prefixed ones included, in the table's order. */
  public static List<String> symbols() {
    return List.copyOf(KNOWN.keySet());
  }

  /** The symbols that somebody may have meant by {@code word}: a name written out, or a slip. */
  static List<String> meant(String word) {
    String name = word.toLowerCase(Locale.ROOT).replace("meter", "metre").replace("liter", "litre");
    String everyday = EVERYDAY.get(name);
    if (everyday != null) {
      return List.of(everyday);
    }
    for (Prefix prefix : PREFIXES) {
      // Written out: `centimetres`, `milliseconds`.
      for (Row row : name.startsWith(prefix.name) ? UNITS : List.<Row>of()) {
        String rest = name.substring(prefix.name.length());
        if (row.prefixes && (rest.equals(row.name) || rest.equals(row.name + "s"))) {
          return List.of(prefix.symbol + row.symbol);
        }
      }
    }
    List<String> named =
        UNITS.stream()
            .filter(
                r ->
                    name.equals(r.name)
                        || name.equals(r.name + "s")
                        || name.length() > 2 && r.name.startsWith(name))
            .map(Row::symbol)
            .toList();
    if (!named.isEmpty() || word.length() < 2) {
      return named;
    }
    return Suggestions.similar(word, symbols()).stream().limit(5).toList();
  }

  /** The unit written {@code symbol}, or null. */
  static @Nullable Unit find(String symbol) {
    return KNOWN.get(symbol);
  }

  private static Map<String, Unit> all() {
    Map<String, Unit> plain = new LinkedHashMap<>();
    plain.put("kg", Unit.si(Dimension.of("kg")));
    for (String base : BASES.split(" ", -1)) {
      plain.put(base, Unit.si(Dimension.of(base)));
    }
    for (Row row : UNITS) {
      plain.computeIfAbsent(row.symbol, s -> define(row.definition, plain));
    }
    // A unit's own symbol wins over a prefixed one: `min` is no milli-inch, `cd` no centi-day.
    Map<String, Unit> all = new LinkedHashMap<>(plain);
    for (Row row : UNITS) {
      Unit unit = plain.get(row.symbol);
      if (row.prefixes && unit != null) {
        for (Prefix prefix : PREFIXES) {
          all.putIfAbsent(
              prefix.symbol + row.symbol,
              new Unit(unit.dimension(), unit.factor().times(Factor.of(prefix.factor))));
        }
      }
    }
    return all;
  }

  /** A factor such as {@code 2*pi/60}, a blank, and units made of {@code known} ones. */
  private static Unit define(String definition, Map<String, Unit> known) {
    List<String> parts = List.of(definition.split(" ", 2));
    Unit unit = parts.size() == 1 ? Unit.PLAIN : UnitParser.parse(parts.get(1), known::get);
    if (unit == null) {
      throw new IllegalStateException("bad unit definition " + definition);
    }
    return new Unit(unit.dimension(), unit.factor().times(factor(parts.getFirst())));
  }

  private static Factor factor(String text) {
    Factor result = Factor.ONE;
    boolean divide = false;
    for (String token : text.split("(?<=[*/])|(?=[*/])", -1)) {
      switch (token) {
        case "*" -> divide = false;
        case "/" -> divide = true;
        case "pi" -> result = result.timesPi();
        default -> {
          Factor n = Factor.of(token);
          result = divide ? result.per(n) : result.times(n);
        }
      }
    }
    return result;
  }
}
