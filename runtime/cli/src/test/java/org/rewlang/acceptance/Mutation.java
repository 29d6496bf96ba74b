package org.rewlang.acceptance;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.BinaryOp;
import org.rewlang.syntax.Expr.CompareOp;
import org.rewlang.syntax.Gate;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Name;
import org.rewlang.syntax.Program;
import org.rewlang.syntax.TypeExpr;

/**
 * All small errors in a program: constants 1 % off, operators and comparisons swapped, gates of
 * another kind.
 *
 * <p>Left alone is what says nothing about the numbers compared: types, declared ranges, tests, and
 * what only results feed that the source doesn't publish. So are the gates of {@code terminate} and
 * {@code truncate}: an episode ends there, and no second step tells {@code when} from {@code once}.
 */
final class Mutation {

  private static final Map<BinaryOp, BinaryOp> OPERATORS =
      Map.of(
          BinaryOp.ADD, BinaryOp.SUBTRACT,
          BinaryOp.SUBTRACT, BinaryOp.ADD,
          BinaryOp.MULTIPLY, BinaryOp.DIVIDE,
          BinaryOp.DIVIDE, BinaryOp.MULTIPLY,
          BinaryOp.AND, BinaryOp.OR,
          BinaryOp.OR, BinaryOp.AND);

  private static final Map<CompareOp, CompareOp> COMPARISONS =
      Map.of(
          CompareOp.LESS, CompareOp.GREATER,
          CompareOp.GREATER, CompareOp.LESS,
          CompareOp.LESS_EQUAL, CompareOp.GREATER_EQUAL,
          CompareOp.GREATER_EQUAL, CompareOp.LESS_EQUAL,
          CompareOp.EQUAL, CompareOp.NOT_EQUAL,
          CompareOp.NOT_EQUAL, CompareOp.EQUAL,
          CompareOp.IN, CompareOp.NOT_IN,
          CompareOp.NOT_IN, CompareOp.IN);

  private static final Map<String, String> FUNCTIONS =
      Map.of("min", "max", "max", "min", "any", "all", "all", "any");

  private static final Map<Gate.Kind, List<String>> GATES =
      Map.of(
          Gate.Kind.WHEN, List.of("on", "once"),
          Gate.Kind.ON, List.of("when", "once"),
          Gate.Kind.ONCE, List.of("when", "on"),
          Gate.Kind.AT_END, List.of("when"));

  private final String text;
  private final List<Mutant> found = new ArrayList<>();
  private final Map<String, Integer> seen = new HashMap<>();

  private Mutation(String text) {
    this.text = text;
  }

  /**
   * The mutants of a program.
   *
   * @param compared columns of results that are compared: {@code total}, {@code terminate.fell}, …
   */
  static List<Mutant> of(Source source, Set<String> compared) {
    Program program = Parser.parse(source).program();
    Mutation mutation = new Mutation(source.text());
    for (Decl decl : relevant(program, compared)) {
      mutation.declaration(decl);
    }
    return mutation.found;
  }

  /** The declarations that the compared results depend on. */
  static List<Decl> relevant(Program program, Set<String> compared) {
    Map<String, List<Decl>> named = new LinkedHashMap<>();
    Deque<Decl> next = new ArrayDeque<>();
    for (Decl decl : program.declarations()) {
      switch (decl) {
        case Decl.Let d -> add(named, d.name().text(), d);
        case Decl.Event d -> add(named, d.name().text(), d);
        case Decl.Param d -> add(named, d.name().text(), d);
        case Decl.Function d -> add(named, d.name().text(), d);
        case Decl.Logged d when !compared.contains(d.name().text()) ->
            add(named, d.name().text(), d);
        case Decl.Outcome d when !compared.contains(column(d)) -> add(named, column(d), d);
        case Decl.Inputs _, Decl.Test _, Decl.Property _, Decl.Require _, Decl.Module _ -> {}
        default -> next.add(decl);
      }
    }
    Set<Decl> reached = new HashSet<>(next);
    while (!next.isEmpty()) {
      names(
          next.remove(),
          name ->
              named.getOrDefault(name, List.of()).stream().filter(reached::add).forEach(next::add));
    }
    return program.declarations().stream().filter(reached::contains).toList();
  }

  private static void add(Map<String, List<Decl>> named, String name, Decl decl) {
    named.computeIfAbsent(name, n -> new ArrayList<>()).add(decl);
  }

  private static String column(Decl.Outcome outcome) {
    String kind = outcome.kind().name().toLowerCase(java.util.Locale.ROOT);
    return outcome.name() == null ? kind : kind + "." + outcome.name();
  }

  /** Every name that is read in a part of the tree. */
  private static void names(Object node, Consumer<String> to) {
    switch (node) {
      case Expr.NameRef name -> to.accept(name.name());
      case Expr.Field(Expr.NameRef target, Name name, Span _) -> {
        to.accept(target.name());
        to.accept(name.text());
        to.accept(target.name() + "." + name);
      }
      default -> children(node, child -> names(child, to));
    }
  }

  private static void children(Object node, Consumer<Object> to) {
    if (node instanceof List<?> list) {
      list.forEach(to::accept);
    } else if (node instanceof Record record
        && record.getClass().getPackage().equals(Decl.class.getPackage())) {
      for (RecordComponent part : record.getClass().getRecordComponents()) {
        try {
          Object value = part.getAccessor().invoke(record);
          if (value instanceof List<?> || value instanceof Record) {
            to.accept(value);
          }
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private void declaration(Decl decl) {
    switch (decl) {
      case Decl.Param d -> walk(d.value(), "param " + d.name(), null);
      case Decl.Let d -> walk(d.value(), "let " + d.name(), null);
      case Decl.Event d -> walk(d.condition(), "event " + d.name(), null);
      case Decl.StepLasts d -> walk(d.duration(), "step lasts", null);
      case Decl.Function d -> walk(d, "function " + d.name(), null);
      case Decl.Logged d -> walk(d, d.role() + " " + d.name(), null);
      case Decl.Outcome d -> {
        boolean ends =
            d.kind() == Decl.Outcome.Kind.TERMINATE || d.kind() == Decl.Outcome.Kind.TRUNCATE;
        Object part = ends ? Optional.ofNullable(d.gate().condition()) : d.gate();
        walk(part instanceof Optional<?> o ? o.orElse(null) : part, column(d), null);
      }
      case Decl.Block d -> walk(d, d.name() == null ? "reward" : d.name().text(), null);
      default -> walk(decl, decl.getClass().getSimpleName(), null);
    }
  }

  private void walk(@Nullable Object node, String where, @Nullable Span around) {
    String inside = where;
    Span context = around;
    switch (node) {
      case null -> {
        return;
      }
      case TypeExpr _ -> {
        return;
      }
      case Component component -> inside = where + "." + component.name();
      case Item.Nested nested -> inside = where + "." + nested.name();
      case Gate gate -> gate(gate, where);
      case Expr.NumberLit number -> {
        constant(number, where, around == null ? number.span() : around);
        return;
      }
      case Expr.Binary binary -> {
        binary(binary, where);
        context = binary.span();
      }
      case Expr.Comparison comparison -> {
        comparison(comparison, where);
        context = comparison.span();
      }
      case Expr.Call call -> {
        if (call.callee() instanceof Expr.NameRef name && FUNCTIONS.containsKey(name.name())) {
          add(where, call.span(), name.span(), FUNCTIONS.get(name.name()));
        }
        context = call.span();
      }
      case Expr expression -> context = expression.span();
      default -> {}
    }
    String here = inside;
    Span surroundings = context;
    children(node, child -> walk(child, here, surroundings));
  }

  private void constant(Expr.NumberLit number, String where, Span around) {
    int at = text.indexOf(number.text(), number.span().start());
    Span digits = new Span(at, at + number.text().length());
    BigDecimal value = new BigDecimal(number.text().replace("_", ""));
    boolean whole = value.stripTrailingZeros().scale() <= 0;
    for (int sign : new int[] {-1, 1}) {
      BigDecimal hundredth = new BigDecimal(sign).movePointLeft(2);
      BigDecimal changed = value.signum() == 0 ? hundredth : value.add(value.multiply(hundredth));
      List<String> numbers = new ArrayList<>();
      numbers.add(written(changed));
      if (whole) {
        numbers.add(written(value.add(new BigDecimal(sign))));
      }
      add(where, around, digits, numbers.toArray(String[]::new));
    }
  }

  private static String written(BigDecimal value) {
    String digits = value.abs().stripTrailingZeros().toPlainString();
    return value.signum() < 0 ? "(-" + digits + ")" : digits;
  }

  private void binary(Expr.Binary binary, String where) {
    BinaryOp other = OPERATORS.get(binary.op());
    if (other != null) {
      Span span = binary.span();
      String left = text.substring(span.start(), binary.opSpan().start());
      String right = text.substring(binary.opSpan().end(), span.end());
      String swapped = left + other.text() + right;
      boolean logic = other == BinaryOp.AND || other == BinaryOp.OR;
      add(where, span, span, logic ? "(" + swapped + ")" : swapped);
    }
  }

  private void comparison(Expr.Comparison comparison, String where) {
    List<Expr.Link> links = comparison.rest();
    for (int flipped = 0; flipped < links.size(); flipped++) {
      if (!COMPARISONS.containsKey(links.get(flipped).op())) {
        continue;
      }
      // A chain with one link flipped is no chain: each link stands for itself.
      List<String> parts = new ArrayList<>();
      Expr left = comparison.first();
      for (int i = 0; i < links.size(); i++) {
        Expr.Link link = links.get(i);
        CompareOp op = i == flipped ? COMPARISONS.get(link.op()) : link.op();
        Span right =
            link.within() == null
                ? link.right().span()
                : link.right().span().to(link.within().span());
        parts.add(of(left.span()) + " " + op.text() + " " + of(right));
        left = link.right();
      }
      String all = String.join(" and ", parts);
      add(where, comparison.span(), comparison.span(), links.size() > 1 ? "(" + all + ")" : all);
    }
  }

  private void gate(Gate gate, String where) {
    String word = gate.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    if (GATES.containsKey(gate.kind()) && text.startsWith(word, gate.span().start())) {
      if (gate.kind() == Gate.Kind.AT_END) {
        boolean bare = gate.condition() == null;
        Span words =
            bare ? gate.span() : new Span(gate.span().start(), gate.condition().span().start());
        add(where, gate.span(), words, bare ? "" : "when ");
        return;
      }
      Span words = new Span(gate.span().start(), gate.span().start() + word.length());
      GATES.get(gate.kind()).forEach(other -> add(where, gate.span(), words, other));
    }
  }

  private String of(Span span) {
    return text.substring(span.start(), span.end());
  }

  /** A mutant: {@code replacements} for a place, of which the first that compiles counts. */
  private void add(String where, Span around, Span place, String... replacements) {
    List<String> programs = new ArrayList<>();
    for (String replacement : replacements) {
      programs.add(text.substring(0, place.start()) + replacement + text.substring(place.end()));
    }
    String before = line(of(around));
    String after =
        line(
            text.substring(around.start(), Math.max(around.start(), place.start()))
                + replacements[0]
                + text.substring(place.end(), Math.max(place.end(), around.end())));
    String change = before + " -> " + after;
    int times = seen.merge(where + change, 1, Integer::sum);
    found.add(new Mutant(where, times == 1 ? change : change + " (" + times + ")", programs));
  }

  private static String line(String text) {
    return text.replaceAll("#.*", "").replaceAll("\\s+", " ").strip();
  }
}
