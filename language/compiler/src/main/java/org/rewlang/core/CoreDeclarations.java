package org.rewlang.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** What a core text declares before its statements, and the reading of it. */
final class CoreDeclarations {

  private final CoreTokens tokens;
  private final List<Source> known;

  final List<Source> sources = new ArrayList<>();
  final List<Port> inputs = new ArrayList<>();
  final List<Port> params = new ArrayList<>();
  final List<SlotInfo> slots = new ArrayList<>();
  final List<HistoryInfo> histories = new ArrayList<>();
  final List<TableInfo> tables = new ArrayList<>();
  final List<Output> outputs = new ArrayList<>();

  /**
   * @param known texts that origins may refer to, found by name
   */
  CoreDeclarations(CoreTokens tokens, List<Source> known) {
    this.tokens = tokens;
    this.known = known;
  }

  /** Reads one, if one stands here. */
  boolean declaration() throws Wrong {
    if (tokens.isBinding() || tokens.peek().sort() != Sort.NAME) {
      return false;
    }
    switch (tokens.peek().text()) {
      case "source" -> {
        tokens.next();
        String name = tokens.name();
        sources.add(
            known.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseGet(() -> Source.of(name, "")));
      }
      case "in" -> {
        tokens.next();
        inputs.add(Port.input(name(inputs, Port::name), type()));
      }
      case "param" -> {
        tokens.next();
        String name = name(params, Port::name);
        Type type = type();
        params.add(new Port(name, type, all(initial(type), type)));
      }
      case "state" -> {
        tokens.next();
        String name = name(slots, SlotInfo::name);
        Type type = type();
        slots.add(new SlotInfo(name, type, initial(type)));
      }
      case "hist" -> {
        tokens.next();
        String name = name(histories, HistoryInfo::name);
        Type type = type();
        tokens.word("last");
        histories.add(new HistoryInfo(name, type, tokens.positive()));
      }
      case "table" -> {
        tokens.next();
        String name = name(tables, TableInfo::name);
        Type type = type();
        tables.add(new TableInfo(name, type, all(initial(type), type)));
      }
      case "output" -> {
        tokens.next();
        Output.Role role = role();
        outputs.add(new Output(role, tokens.name(), type()));
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static List<Double> all(List<Double> initial, Type type) {
    return initial.size() == 1
        ? Stream.generate(initial::getFirst).limit(type.size()).toList()
        : initial;
  }

  private List<Double> initial(Type type) throws Wrong {
    tokens.mark("=");
    if (!tokens.isMark(0, "[")) {
      return List.of(tokens.literal());
    }
    Span start = tokens.next().span();
    List<Double> values = new ArrayList<>();
    do {
      values.add(tokens.literal());
    } while (tokens.skip(","));
    tokens.mark("]");
    if (values.size() != type.size()) {
      throw new Wrong(values.size() + " numbers for " + type, start.to(tokens.last().span()));
    }
    return values;
  }

  Type type() throws Wrong {
    Token word = tokens.next();
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(k -> k.text().equals(word.text()))
            .findFirst()
            .orElseThrow(() -> new Wrong("`" + word.text() + "` is no type", word.span()));
    List<Integer> shape = new ArrayList<>();
    if (tokens.skip("[")) {
      do {
        shape.add(tokens.positive());
      } while (tokens.skip(","));
      tokens.mark("]");
    }
    Type type = new Type(kind, shape);
    try {
      type.size();
    } catch (ArithmeticException _) {
      throw new Wrong("this array is too large", word.span());
    }
    return type;
  }

  Output.Role role() throws Wrong {
    Token word = tokens.next();
    // Hosts say `terminated`, programs say `terminate`.
    String text =
        switch (word.text()) {
          case "terminated" -> "terminate";
          case "truncated" -> "truncate";
          default -> word.text();
        };
    return Arrays.stream(Output.Role.values())
        .filter(r -> r.text().equals(text))
        .findFirst()
        .orElseThrow(() -> new Wrong("`" + text + "` is no role of an output", word.span()));
  }

  /** What a bare name stands for if no value has it; null if nothing does. */
  @Nullable Op leaf(String name) {
    int input = index(inputs, Port::name, name);
    if (input >= 0) {
      return new Op.Input(input);
    }
    int param = index(params, Port::name, name);
    if (param >= 0) {
      return new Op.Param(param);
    }
    int slot = index(slots, SlotInfo::name, name);
    if (slot >= 0) {
      return new Op.Slot(slot);
    }
    int table = index(tables, TableInfo::name, name);
    return table >= 0 ? new Op.Table(table) : null;
  }

  /** A name that none of {@code declared} has. */
  private <T> String name(List<T> declared, Function<T, String> nameOf) throws Wrong {
    Span span = tokens.peek().span();
    String name = tokens.name();
    if (index(declared, nameOf, name) >= 0) {
      throw new Wrong("`" + name + "` is declared already", span);
    }
    return name;
  }

  /** The place, among {@code declared}, of the one whose name stands here. */
  <T> int find(List<T> declared, Function<T, String> nameOf, String what) throws Wrong {
    Span span = tokens.peek().span();
    String name = tokens.name();
    int found = index(declared, nameOf, name);
    if (found < 0) {
      throw new Wrong("no " + what + " has the name `" + name + "`", span);
    }
    return found;
  }

  private static <T> int index(List<T> declared, Function<T, String> nameOf, String name) {
    return declared.stream().map(nameOf).toList().indexOf(name);
  }
}
