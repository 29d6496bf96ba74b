package org.rewlang.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.diagnostic.Spelling;

/** Reads operations and the values they make, regions with their bodies among them. */
final class CoreOperations {

  /** Either a value that exists, or an operation yet to become a statement. */
  private record Parsed(int value, @Nullable Op op) {}

  /** What can be called, other than operations on scalars. */
  private static final List<String> CALLS =
      List.of(
          "select", "gt", "ge", "ne", "int", "at", "put", "sort", "ago", "filled", "present", "in",
          "param", "slot", "table");

  /** Deep enough for any program, shallow enough for any stack. */
  private static final int DEEPEST = 200;

  private final CoreTokens tokens;
  private final CoreDeclarations declared;
  private final CoreValues values;
  private int depth;

  CoreOperations(CoreTokens tokens, CoreDeclarations declared, CoreValues values) {
    this.tokens = tokens;
    this.declared = declared;
    this.values = values;
  }

  /** {@code a, b: f64 = operation @origin}. */
  void binding() throws Wrong {
    List<Token> names = new ArrayList<>();
    List<@Nullable Type> stated = new ArrayList<>();
    do {
      Token token = tokens.next();
      if (token.sort() != Sort.NAME && token.sort() != Sort.VALUE) {
        throw new Wrong("a name of a value is expected here", token.span());
      }
      names.add(token);
      stated.add(tokens.skip(":") ? declared.type() : null);
    } while (tokens.skip(","));
    tokens.mark("=");
    int start = values.here().size();
    Token first = tokens.peek();
    Parsed parsed = parsed(null);
    List<Integer> ids = new ArrayList<>();
    if (parsed.op == null) {
      if (names.size() != 1 || names.getFirst().sort() == Sort.VALUE) {
        throw new Wrong("this names a value again", first.span());
      }
      ids.add(parsed.value);
    } else {
      for (Token name : names) {
        ids.add(values.id(name));
      }
      values.emit(parsed.op, ids, first.span());
    }
    for (int i = 0; i < names.size(); i++) {
      Type type = stated.get(i);
      if (type != null && !type.equals(values.typeOf(ids.get(i)))) {
        throw new Wrong("this is " + values.typeOf(ids.get(i)), names.get(i).span());
      }
      values.define(names.get(i), ids.get(i));
    }
    origin(start);
  }

  /** Reads an origin, if there is one, and gives it to the statements from {@code start} on. */
  Origin origin(int start) throws Wrong {
    if (tokens.peek().sort() != Sort.ORIGIN) {
      return Origin.NONE;
    }
    Token token = tokens.next();
    String[] parts = token.text().substring(1).split("[:-]", -1);
    if (parts.length != 3) {
      throw new Wrong("an origin is written `@source:start-end`", token.span());
    }
    Origin origin =
        new Origin(
            CoreTokens.integer(parts[0], token),
            CoreTokens.integer(parts[1], token),
            CoreTokens.integer(parts[2], token));
    List<Stmt> here = values.here();
    for (int i = start; i < here.size(); i++) {
      Stmt stmt = here.get(i);
      if (!stmt.origin().isKnown()) {
        here.set(i, new Stmt(stmt.results(), stmt.op(), origin));
      }
    }
    return origin;
  }

  /**
   * @param kind what a bare number here would be, if known
   */
  int value(@Nullable Kind kind) throws Wrong {
    Token first = tokens.peek();
    Parsed parsed = parsed(kind);
    if (parsed.op == null) {
      return parsed.value;
    }
    return values.emit(parsed.op, first.span());
  }

  /**
   * @param kind what a bare number here would be, if known
   */
  private Parsed parsed(@Nullable Kind kind) throws Wrong {
    if (++depth > DEEPEST) {
      throw tokens.wrong("this is nested too deeply");
    }
    Token token = tokens.next();
    Parsed parsed =
        switch (token.sort()) {
          case NUMBER -> new Parsed(-1, literal(token, kind));
          case VALUE -> new Parsed(values.named(token), null);
          case QUOTED -> new Parsed(values.named(token), null);
          case NAME -> {
            if (tokens.isMark(0, "(")) {
              yield new Parsed(-1, call(token));
            }
            if (tokens.isMark(1, "<")) {
              yield new Parsed(-1, regionOp(token));
            }
            if (token.text().equals("true") || token.text().equals("false")) {
              yield new Parsed(-1, new Op.Flag(token.text().equals("true")));
            }
            yield new Parsed(values.named(token), null);
          }
          case ORIGIN, MARK, END -> throw new Wrong("a value is expected here", token.span());
        };
    if (parsed.op == null && tokens.skip("[")) {
      parsed = new Parsed(-1, new Op.At(parsed.value, indices()));
      tokens.mark("]");
    }
    depth--;
    return parsed;
  }

  private List<Integer> indices() throws Wrong {
    List<Integer> indices = new ArrayList<>();
    do {
      indices.add(value(Kind.I32));
    } while (tokens.skip(","));
    return indices;
  }

  private static Op literal(Token token, @Nullable Kind kind) throws Wrong {
    return kind == Kind.I32
        ? new Op.Int(CoreTokens.integer(token.text(), token))
        : new Op.Const(CoreTokens.number(token));
  }

  private Op call(Token function) throws Wrong {
    tokens.mark("(");
    Op op =
        switch (function.text()) {
          case "in" -> new Op.Input(declared.find(declared.inputs, Port::name, "input"));
          case "present" -> new Op.Present(declared.find(declared.inputs, Port::name, "input"));
          case "param" -> new Op.Param(declared.find(declared.params, Port::name, "parameter"));
          case "slot" -> new Op.Slot(declared.find(declared.slots, SlotInfo::name, "slot"));
          case "table" -> new Op.Table(declared.find(declared.tables, TableInfo::name, "table"));
          case "filled" ->
              new Op.Filled(declared.find(declared.histories, HistoryInfo::name, "history"));
          case "ago" -> {
            int history = declared.find(declared.histories, HistoryInfo::name, "history");
            List<Integer> indices = new ArrayList<>();
            while (tokens.skip(",")) {
              indices.add(value(Kind.I32));
            }
            yield new Op.Ago(history, indices);
          }
          case "int" -> {
            Token number = tokens.next();
            yield new Op.Int(CoreTokens.integer(number.text(), number));
          }
          case "sort" -> new Op.Sort(value(null));
          case "select" -> {
            int condition = value(Kind.BOOL);
            tokens.mark(",");
            int then = value(null);
            tokens.mark(",");
            yield new Op.Select(condition, then, value(values.typeOf(then).kind()));
          }
          case "at" -> {
            int array = value(null);
            tokens.mark(",");
            yield new Op.At(array, indices());
          }
          case "put" -> {
            int array = value(null);
            int rank = values.typeOf(array).shape().size();
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
              tokens.mark(",");
              indices.add(value(Kind.I32));
            }
            tokens.mark(",");
            yield new Op.Put(array, indices, value(values.typeOf(array).kind()));
          }
          case "gt" -> swapped(BinaryOp.LT);
          case "ge" -> swapped(BinaryOp.LE);
          case "ne" -> {
            Op eq = binary(BinaryOp.EQ);
            yield new Op.Unary(UnaryOp.NOT, values.emit(eq, function.span()));
          }
          default -> scalarCall(function);
        };
    tokens.mark(")");
    return op;
  }

  private Op scalarCall(Token function) throws Wrong {
    for (BinaryOp op : BinaryOp.values()) {
      if (op.text().equals(function.text())) {
        return binary(op);
      }
    }
    for (UnaryOp op : UnaryOp.values()) {
      if (op.text().equals(function.text())) {
        return new Op.Unary(op, value(op.operand()));
      }
    }
    List<String> all =
        Stream.of(
                CALLS.stream(),
                Arrays.stream(BinaryOp.values()).map(BinaryOp::text),
                Arrays.stream(UnaryOp.values()).map(UnaryOp::text))
            .flatMap(Function.identity())
            .toList();
    String close = Spelling.closest(function.text(), all).map(s -> "; `" + s + "` does").orElse("");
    throw new Wrong("no operation has the name `" + function.text() + "`" + close, function.span());
  }

  private Op.Binary binary(BinaryOp op) throws Wrong {
    int left = value(op.operand());
    tokens.mark(",");
    return new Op.Binary(op, left, value(op.operand()));
  }

  private Op swapped(BinaryOp op) throws Wrong {
    Op.Binary written = binary(op);
    return new Op.Binary(op, written.right(), written.left());
  }

  // Regions.

  private Op regionOp(Token word) throws Wrong {
    Reduction reduction =
        Arrays.stream(Reduction.values())
            .filter(r -> r.text().equals(word.text()))
            .findFirst()
            .orElse(null);
    boolean isFold = word.text().equals("fold");
    if (reduction == null && !isFold && !word.text().equals("build")) {
      throw new Wrong("no region has the name `" + word.text() + "`", word.span());
    }
    List<Token> indexNames = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    do {
      indexNames.add(tokens.next());
      tokens.mark("<");
      counts.add(tokens.positive());
    } while (tokens.skip(","));
    List<Token> accumulatorNames = new ArrayList<>();
    List<Integer> initial = new ArrayList<>();
    if (isFold) {
      tokens.mark("(");
      do {
        accumulatorNames.add(tokens.next());
        tokens.mark("=");
        initial.add(value(null));
      } while (tokens.skip(","));
      tokens.mark(")");
    }
    tokens.mark("{");
    values.open();
    List<Integer> indices = new ArrayList<>();
    for (Token name : indexNames) {
      indices.add(values.inside(name, Type.I32));
    }
    List<Integer> accumulators = new ArrayList<>();
    for (int i = 0; i < initial.size(); i++) {
      accumulators.add(values.inside(accumulatorNames.get(i), values.typeOf(initial.get(i))));
    }
    int where = Op.Region.UNMASKED;
    while (!tokens.is("yield") || tokens.isBinding()) {
      if (tokens.is("where") && !tokens.isBinding()) {
        tokens.next();
        where = value(Kind.BOOL);
      } else if (tokens.isBinding()) {
        binding();
      } else {
        throw tokens.expected("`where`, `yield` or the name of a value");
      }
    }
    tokens.next();
    List<Integer> yields = new ArrayList<>();
    do {
      int k = yields.size();
      Kind kind =
          reduction != null
              ? reduction.operand()
              : k < initial.size() ? values.typeOf(initial.get(k)).kind() : null;
      yields.add(value(kind));
    } while (tokens.skip(","));
    tokens.mark("}");
    Op.Region region = new Op.Region(indices, counts, values.close(), where, yields);
    return reduction != null
        ? new Op.Reduce(reduction, region)
        : isFold ? new Op.Fold(initial, accumulators, region) : new Op.Build(region);
  }
}
