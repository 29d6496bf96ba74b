package org.rewlang.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreLexer.Sort;
import org.rewlang.core.CoreLexer.Token;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Reads the text form of the core: what {@link CorePrinter} writes, and the shorter form that
 * people write (names for values, nested calls). It stops at the first mistake: core text is
 * written by tools and by those who test them.
 *
 * <p>What parses is well-typed and refers only to what stands before it; the other rules are {@link
 * CoreValidator}'s.
 */
public final class CoreParser {

  /**
   * @param program null if there is an error
   */
  public record Result(@Nullable CoreProgram program, List<Diagnostic> diagnostics) {

    public Result {
      diagnostics = List.copyOf(diagnostics);
    }

    /** The program of a text known to be right. */
    public CoreProgram orThrow() {
      if (program == null) {
        Diagnostic first = diagnostics.getFirst();
        throw new IllegalArgumentException(
            (first.primary() == null ? "" : first.primary().location() + ": ") + first.message());
      }
      return program;
    }
  }

  /** A mistake in the text. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Span span;

    Wrong(String message, Span span) {
      super(message);
      this.span = span;
    }
  }

  /** Either a value that exists, or an operation yet to become a statement. */
  private record Parsed(int value, @Nullable Op op) {}

  /** What can be called, other than operations on scalars. */
  private static final List<String> CALLS =
      List.of(
          "select", "gt", "ge", "ne", "int", "at", "put", "sort", "ago", "filled", "present", "in",
          "param", "slot", "table");

  /** Deep enough for any program, shallow enough for any stack. */
  private static final int DEEPEST = 200;

  private final Source text;
  private final List<Source> known;
  private final List<Token> tokens;
  private int at;

  private final List<Source> sources = new ArrayList<>();
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> params = new ArrayList<>();
  private final List<SlotInfo> slots = new ArrayList<>();
  private final List<HistoryInfo> histories = new ArrayList<>();
  private final List<TableInfo> tables = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<@Nullable Type> types = new ArrayList<>();
  private int fresh;

  /** Names of values, innermost block last. */
  private final List<Map<String, Integer>> scopes = new ArrayList<>();

  /** Statements of the open blocks, innermost last. */
  private final List<List<Stmt>> blocks = new ArrayList<>();

  /** Leaves written as bare names stand once, in the outermost block. */
  private Map<Op, Integer> leaves = new HashMap<>();

  private List<Sink> sinks = new ArrayList<>();
  private int depth;

  private CoreParser(Source text, List<Source> known, List<Token> tokens) {
    this.text = text;
    this.known = known;
    this.tokens = tokens;
  }

  public static Result parse(Source text) {
    return parse(text, List.of());
  }

  /**
   * @param known texts that origins may refer to, found by name
   */
  public static Result parse(Source text, List<Source> known) {
    try {
      return new Result(new CoreParser(text, known, CoreLexer.tokens(text)).program(), List.of());
    } catch (Wrong wrong) {
      String message = String.valueOf(wrong.getMessage());
      return new Result(
          null, List.of(Diagnostic.of(Code.BAD_CORE, message, text, wrong.span).build()));
    }
  }

  // Declarations.

  private CoreProgram program() throws Wrong {
    for (Token token : tokens) {
      if (token.sort() == Sort.VALUE) {
        fresh = Math.max(fresh, id(token) + 1);
      }
    }
    word("core");
    String name = name();
    word("clock");
    String clock = name();
    Body reset = Body.EMPTY;
    boolean hasReset = false;
    open();
    while (peek().sort() != Sort.END) {
      if (is("reset") && isMark(1, "{")) {
        if (hasReset) {
          throw wrong("there is a reset already");
        }
        hasReset = true;
        reset = reset();
      } else if (!declaration()) {
        statement(true);
      }
    }
    Body step = new Body(close(), sinks);
    return new CoreProgram(
        name,
        clock,
        sources,
        inputs,
        params,
        slots,
        histories,
        tables,
        outputs,
        types.stream().map(t -> t == null ? Type.F64 : t).toList(),
        step,
        reset);
  }

  /** A scope of its own: it sees declarations and nothing of the step. */
  private Body reset() throws Wrong {
    next();
    next();
    List<Map<String, Integer>> outerScopes = List.copyOf(scopes);
    List<List<Stmt>> outerBlocks = List.copyOf(blocks);
    Map<Op, Integer> outerLeaves = leaves;
    List<Sink> outerSinks = sinks;
    scopes.clear();
    blocks.clear();
    leaves = new HashMap<>();
    sinks = new ArrayList<>();
    open();
    while (!isMark(0, "}")) {
      statement(false);
    }
    next();
    Body body = new Body(close(), sinks);
    scopes.addAll(outerScopes);
    blocks.addAll(outerBlocks);
    leaves = outerLeaves;
    sinks = outerSinks;
    return body;
  }

  private boolean declaration() throws Wrong {
    if (isBinding() || peek().sort() != Sort.NAME) {
      return false;
    }
    switch (peek().text()) {
      case "source" -> {
        next();
        String name = name();
        sources.add(
            known.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseGet(() -> Source.of(name, "")));
      }
      case "in" -> {
        next();
        inputs.add(Port.input(name(inputs, Port::name), type()));
      }
      case "param" -> {
        next();
        String name = name(params, Port::name);
        Type type = type();
        params.add(new Port(name, type, all(initial(type), type)));
      }
      case "state" -> {
        next();
        String name = name(slots, SlotInfo::name);
        Type type = type();
        slots.add(new SlotInfo(name, type, initial(type)));
      }
      case "hist" -> {
        next();
        String name = name(histories, HistoryInfo::name);
        Type type = type();
        word("last");
        histories.add(new HistoryInfo(name, type, positive()));
      }
      case "table" -> {
        next();
        String name = name(tables, TableInfo::name);
        Type type = type();
        tables.add(new TableInfo(name, type, all(initial(type), type)));
      }
      case "output" -> {
        next();
        Output.Role role = role();
        outputs.add(new Output(role, name(), type()));
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
    mark("=");
    if (!isMark(0, "[")) {
      return List.of(literal());
    }
    Span start = next().span();
    List<Double> values = new ArrayList<>();
    do {
      values.add(literal());
    } while (skip(","));
    mark("]");
    if (values.size() != type.size()) {
      throw new Wrong(values.size() + " numbers for " + type, start.to(tokens.get(at - 1).span()));
    }
    return values;
  }

  private double literal() throws Wrong {
    if (is("true") || is("false")) {
      return next().text().equals("true") ? 1 : 0;
    }
    if (peek().sort() != Sort.NUMBER) {
      throw expected("a number, `true` or `false`");
    }
    return number(next());
  }

  private Type type() throws Wrong {
    Token word = next();
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(k -> k.text().equals(word.text()))
            .findFirst()
            .orElseThrow(() -> new Wrong("`" + word.text() + "` is no type", word.span()));
    List<Integer> shape = new ArrayList<>();
    if (skip("[")) {
      do {
        shape.add(positive());
      } while (skip(","));
      mark("]");
    }
    Type type = new Type(kind, shape);
    try {
      type.size();
    } catch (ArithmeticException _) {
      throw new Wrong("this array is too large", word.span());
    }
    return type;
  }

  private Output.Role role() throws Wrong {
    Token word = next();
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

  // Statements.

  private void open() {
    scopes.add(new HashMap<>());
    blocks.add(new ArrayList<>());
  }

  private Block close() {
    scopes.removeLast();
    return new Block(blocks.removeLast());
  }

  private boolean isBinding() {
    Sort sort = peek().sort();
    return sort == Sort.VALUE
        || sort == Sort.NAME && (isMark(1, "=") || isMark(1, ",") || isMark(1, ":"));
  }

  private void statement(boolean isStep) throws Wrong {
    if (isBinding()) {
      binding();
      return;
    }
    Token word = next();
    switch (word.text()) {
      case "out" -> {
        if (!isStep) {
          throw new Wrong("a reset has no outputs", word.span());
        }
        out();
      }
      case "next" -> {
        int slot = find(slots, SlotInfo::name, "slot");
        Type type = slots.get(slot).type();
        Given given = given(type.kind());
        same(type, given);
        sinks.add(new Sink.Next(slot, given.value, given.origin));
      }
      case "push" -> {
        int history = find(histories, HistoryInfo::name, "history");
        Type type = histories.get(history).type();
        Given given = given(type.kind());
        same(type, given);
        sinks.add(new Sink.Push(history, given.value, given.origin));
      }
      case "check" -> check();
      default -> throw new Wrong("no statement begins with `" + word.text() + "`", word.span());
    }
  }

  private void out() throws Wrong {
    Output.Role role = role();
    String name = name();
    Predicate<Output> same = o -> o.role() == role && o.name().equals(name);
    Given given = given(null);
    Optional<Output> declared = outputs.stream().filter(same).findFirst();
    if (declared.isPresent()) {
      same(declared.get().type(), given);
    } else {
      outputs.add(new Output(role, name, typeOf(given.value)));
    }
    int port = outputs.indexOf(outputs.stream().filter(same).findFirst().orElseThrow());
    sinks.add(new Sink.Out(port, given.value, given.origin));
  }

  /** {@code check undefined "reward.walk" finite(x) of x}. */
  private void check() throws Wrong {
    Token word = next();
    Sink.Failure failure =
        Arrays.stream(Sink.Failure.values())
            .filter(f -> f.text().equals(word.text()))
            .findFirst()
            .orElseThrow(() -> new Wrong("`" + word.text() + "` is no failure", word.span()));
    String what = name();
    int start = here().size();
    Token first = peek();
    int condition = value(Kind.BOOL);
    if (!typeOf(condition).equals(Type.BOOL)) {
      throw new Wrong("check needs bool, not " + typeOf(condition), first.span());
    }
    word("of");
    int subject = value(null);
    sinks.add(new Sink.Check(failure, what, condition, subject, origin(start)));
  }

  private record Given(int value, Origin origin, Span span) {}

  /** {@code = value @origin} of a sink. */
  private Given given(@Nullable Kind kind) throws Wrong {
    mark("=");
    int start = here().size();
    Span span = peek().span();
    int value = value(kind);
    return new Given(value, origin(start), span);
  }

  private void same(Type type, Given given) throws Wrong {
    if (!type.equals(typeOf(given.value))) {
      throw new Wrong("this needs " + type + ", not " + typeOf(given.value), given.span);
    }
  }

  private void binding() throws Wrong {
    List<Token> names = new ArrayList<>();
    List<@Nullable Type> stated = new ArrayList<>();
    do {
      Token token = next();
      if (token.sort() != Sort.NAME && token.sort() != Sort.VALUE) {
        throw new Wrong("a name of a value is expected here", token.span());
      }
      names.add(token);
      stated.add(skip(":") ? type() : null);
    } while (skip(","));
    mark("=");
    int start = here().size();
    Token first = peek();
    Parsed parsed = parsed(null);
    List<Integer> ids = new ArrayList<>();
    if (parsed.op == null) {
      if (names.size() != 1 || names.getFirst().sort() == Sort.VALUE) {
        throw new Wrong("this names a value again", first.span());
      }
      ids.add(parsed.value);
    } else {
      for (Token name : names) {
        ids.add(name.sort() == Sort.VALUE ? id(name) : fresh++);
      }
      emit(here(), parsed.op, ids, first.span());
    }
    for (int i = 0; i < names.size(); i++) {
      Type type = stated.get(i);
      if (type != null && !type.equals(typeOf(ids.get(i)))) {
        throw new Wrong("this is " + typeOf(ids.get(i)), names.get(i).span());
      }
      define(names.get(i), ids.get(i));
    }
    origin(start);
  }

  private void define(Token name, int id) throws Wrong {
    if (scopes.getLast().put(name.text(), id) != null) {
      throw new Wrong("`" + name.text() + "` is defined already", name.span());
    }
  }

  /** Reads an origin, if there is one, and gives it to the statements from {@code start} on. */
  private Origin origin(int start) throws Wrong {
    if (peek().sort() != Sort.ORIGIN) {
      return Origin.NONE;
    }
    Token token = next();
    String[] parts = token.text().substring(1).split("[:-]", -1);
    if (parts.length != 3) {
      throw new Wrong("an origin is written `@source:start-end`", token.span());
    }
    Origin origin =
        new Origin(integer(parts[0], token), integer(parts[1], token), integer(parts[2], token));
    List<Stmt> here = here();
    for (int i = start; i < here.size(); i++) {
      Stmt stmt = here.get(i);
      if (!stmt.origin().isKnown()) {
        here.set(i, new Stmt(stmt.results(), stmt.op(), origin));
      }
    }
    return origin;
  }

  // Values.

  private int value(@Nullable Kind kind) throws Wrong {
    Token first = peek();
    Parsed parsed = parsed(kind);
    if (parsed.op == null) {
      return parsed.value;
    }
    int id = fresh++;
    emit(here(), parsed.op, List.of(id), first.span());
    return id;
  }

  private void emit(List<Stmt> block, Op op, List<Integer> ids, Span span) throws Wrong {
    try {
      List<Type> results =
          new Typing(inputs, params, slots, histories, tables, this::typeOf).results(op);
      if (results.size() != ids.size()) {
        throw new Wrong(results.size() + " results for " + ids.size() + " names", span);
      }
      for (int i = 0; i < ids.size(); i++) {
        setType(ids.get(i), results.get(i), span);
      }
    } catch (Typing.Mistyped mistyped) {
      throw new Wrong(String.valueOf(mistyped.getMessage()), span);
    }
    block.add(new Stmt(ids, op, Origin.NONE));
  }

  private void setType(int id, Type type, Span span) throws Wrong {
    while (types.size() <= id) {
      types.add(null);
    }
    if (types.set(id, type) != null) {
      throw new Wrong("`%" + id + "` is defined already", span);
    }
  }

  private Type typeOf(int id) {
    Type type = types.get(id);
    if (type == null) {
      throw new IllegalStateException("no type for %" + id);
    }
    return type;
  }

  /**
   * @param kind what a bare number here would be, if known
   */
  private Parsed parsed(@Nullable Kind kind) throws Wrong {
    if (++depth > DEEPEST) {
      throw wrong("this is nested too deeply");
    }
    Token token = next();
    Parsed parsed =
        switch (token.sort()) {
          case NUMBER -> new Parsed(-1, number(token, kind));
          case VALUE -> named(token);
          case QUOTED -> named(token);
          case NAME -> {
            if (isMark(0, "(")) {
              yield new Parsed(-1, call(token));
            }
            if (isMark(1, "<")) {
              yield new Parsed(-1, regionOp(token));
            }
            if (token.text().equals("true") || token.text().equals("false")) {
              yield new Parsed(-1, new Op.Flag(token.text().equals("true")));
            }
            yield named(token);
          }
          case ORIGIN, MARK, END -> throw new Wrong("a value is expected here", token.span());
        };
    if (parsed.op == null && skip("[")) {
      parsed = new Parsed(-1, new Op.At(parsed.value, indices()));
      mark("]");
    }
    depth--;
    return parsed;
  }

  private List<Integer> indices() throws Wrong {
    List<Integer> indices = new ArrayList<>();
    do {
      indices.add(value(Kind.I32));
    } while (skip(","));
    return indices;
  }

  private Op number(Token token, @Nullable Kind kind) throws Wrong {
    return kind == Kind.I32
        ? new Op.Int(integer(token.text(), token))
        : new Op.Const(number(token));
  }

  /** A value by name: one defined here or around, an input, a parameter, a slot or a table. */
  private Parsed named(Token token) throws Wrong {
    for (Map<String, Integer> scope : scopes.reversed()) {
      Integer id = scope.get(token.text());
      if (id != null) {
        return new Parsed(id, null);
      }
    }
    Op leaf = token.sort() == Sort.VALUE ? null : leaf(token.text());
    if (leaf == null) {
      throw new Wrong("`" + token.text() + "` is not defined before this", token.span());
    }
    Integer id = leaves.get(leaf);
    if (id == null) {
      id = fresh++;
      emit(blocks.getFirst(), leaf, List.of(id), token.span());
      leaves.put(leaf, id);
    }
    return new Parsed(id, null);
  }

  private @Nullable Op leaf(String name) {
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

  private Op call(Token function) throws Wrong {
    mark("(");
    Op op =
        switch (function.text()) {
          case "in" -> new Op.Input(find(inputs, Port::name, "input"));
          case "present" -> new Op.Present(find(inputs, Port::name, "input"));
          case "param" -> new Op.Param(find(params, Port::name, "parameter"));
          case "slot" -> new Op.Slot(find(slots, SlotInfo::name, "slot"));
          case "table" -> new Op.Table(find(tables, TableInfo::name, "table"));
          case "filled" -> new Op.Filled(find(histories, HistoryInfo::name, "history"));
          case "ago" -> {
            int history = find(histories, HistoryInfo::name, "history");
            List<Integer> indices = new ArrayList<>();
            while (skip(",")) {
              indices.add(value(Kind.I32));
            }
            yield new Op.Ago(history, indices);
          }
          case "int" -> {
            Token number = next();
            yield new Op.Int(integer(number.text(), number));
          }
          case "sort" -> new Op.Sort(value(null));
          case "select" -> {
            int condition = value(Kind.BOOL);
            mark(",");
            int then = value(null);
            mark(",");
            yield new Op.Select(condition, then, value(typeOf(then).kind()));
          }
          case "at" -> {
            int array = value(null);
            mark(",");
            yield new Op.At(array, indices());
          }
          case "put" -> {
            int array = value(null);
            int rank = typeOf(array).shape().size();
            List<Integer> indices = new ArrayList<>();
            for (int i = 0; i < rank; i++) {
              mark(",");
              indices.add(value(Kind.I32));
            }
            mark(",");
            yield new Op.Put(array, indices, value(typeOf(array).kind()));
          }
          case "gt" -> swapped(BinaryOp.LT);
          case "ge" -> swapped(BinaryOp.LE);
          case "ne" -> {
            Op eq = binary(BinaryOp.EQ);
            int id = fresh++;
            emit(here(), eq, List.of(id), function.span());
            yield new Op.Unary(UnaryOp.NOT, id);
          }
          default -> scalarCall(function);
        };
    mark(")");
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
    mark(",");
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
      indexNames.add(next());
      mark("<");
      counts.add(positive());
    } while (skip(","));
    List<Token> accumulatorNames = new ArrayList<>();
    List<Integer> initial = new ArrayList<>();
    if (isFold) {
      mark("(");
      do {
        accumulatorNames.add(next());
        mark("=");
        initial.add(value(null));
      } while (skip(","));
      mark(")");
    }
    mark("{");
    open();
    List<Integer> indices = new ArrayList<>();
    for (Token name : indexNames) {
      indices.add(inside(name, Type.I32));
    }
    List<Integer> accumulators = new ArrayList<>();
    for (int i = 0; i < initial.size(); i++) {
      accumulators.add(inside(accumulatorNames.get(i), typeOf(initial.get(i))));
    }
    int where = Op.Region.UNMASKED;
    while (!is("yield") || isBinding()) {
      if (is("where") && !isBinding()) {
        next();
        where = value(Kind.BOOL);
      } else if (isBinding()) {
        binding();
      } else {
        throw expected("`where`, `yield` or the name of a value");
      }
    }
    next();
    List<Integer> yields = new ArrayList<>();
    do {
      int k = yields.size();
      Kind kind =
          reduction != null
              ? reduction.operand()
              : k < initial.size() ? typeOf(initial.get(k)).kind() : null;
      yields.add(value(kind));
    } while (skip(","));
    mark("}");
    Op.Region region = new Op.Region(indices, counts, close(), where, yields);
    return reduction != null
        ? new Op.Reduce(reduction, region)
        : isFold ? new Op.Fold(initial, accumulators, region) : new Op.Build(region);
  }

  /** Defines what a region gives its body. */
  private int inside(Token name, Type type) throws Wrong {
    int id = name.sort() == Sort.VALUE ? id(name) : fresh++;
    setType(id, type, name.span());
    define(name, id);
    return id;
  }

  // Words.

  private List<Stmt> here() {
    return blocks.getLast();
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    if (token.sort() != Sort.END) {
      at++;
    }
    return token;
  }

  private boolean is(String word) {
    return peek().sort() == Sort.NAME && peek().text().equals(word);
  }

  private boolean isMark(int ahead, String mark) {
    Token token = tokens.get(Math.min(at + ahead, tokens.size() - 1));
    return token.sort() == Sort.MARK && token.text().equals(mark);
  }

  private boolean skip(String mark) {
    boolean found = isMark(0, mark);
    if (found) {
      at++;
    }
    return found;
  }

  private void mark(String mark) throws Wrong {
    if (!skip(mark)) {
      throw expected("`" + mark + "`");
    }
  }

  private void word(String word) throws Wrong {
    if (!is(word)) {
      throw expected("`" + word + "`");
    }
    next();
  }

  private String name() throws Wrong {
    if (peek().sort() != Sort.NAME && peek().sort() != Sort.QUOTED) {
      throw expected("a name");
    }
    return next().text();
  }

  /** A name that none of {@code declared} has. */
  private <T> String name(List<T> declared, Function<T, String> nameOf) throws Wrong {
    Span span = peek().span();
    String name = name();
    if (index(declared, nameOf, name) >= 0) {
      throw new Wrong("`" + name + "` is declared already", span);
    }
    return name;
  }

  private <T> int find(List<T> declared, Function<T, String> nameOf, String what) throws Wrong {
    Span span = peek().span();
    String name = name();
    int found = index(declared, nameOf, name);
    if (found < 0) {
      throw new Wrong("no " + what + " has the name `" + name + "`", span);
    }
    return found;
  }

  private static <T> int index(List<T> declared, Function<T, String> nameOf, String name) {
    return declared.stream().map(nameOf).toList().indexOf(name);
  }

  private int positive() throws Wrong {
    Token token = next();
    int value = integer(token.text(), token);
    if (value < 1) {
      throw new Wrong("this must be at least 1", token.span());
    }
    return value;
  }

  private static int id(Token token) throws Wrong {
    int id = integer(token.text().substring(1), token);
    if (id > 10_000_000) {
      throw new Wrong("this id is too large", token.span());
    }
    return id;
  }

  private static int integer(String text, Token token) throws Wrong {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new Wrong("a whole number is expected here", token.span());
    }
  }

  private static double number(Token token) throws Wrong {
    try {
      return switch (token.text()) {
        case "nan" -> Double.NaN;
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(token.text());
      };
    } catch (NumberFormatException _) {
      throw new Wrong("`" + token.text() + "` is no number", token.span());
    }
  }

  private Wrong expected(String what) {
    Token found = peek();
    String there = found.sort() == Sort.END ? "the end" : "`" + text.text(found.span()) + "`";
    return wrong(what + " is expected here, not " + there);
  }

  private Wrong wrong(String message) {
    return new Wrong(message, peek().span());
  }
}
