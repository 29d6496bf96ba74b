package org.rewlang.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.rewlang.source.Source;

/** Random core programs, right by construction, and random numbers for them to read. */
public final class RandomCore {

  /** What origins in random programs point at. */
  public static final Source SOURCE = Source.of("random.rew", "x".repeat(100));

  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    2,
    3,
    0.5,
    -0.25,
    0.1,
    10,
    1e-3,
    1e10,
    -7.5,
    1e300,
    -1e300,
    1e-310,
    Double.MIN_VALUE,
    Math.PI
  };

  private static final double[] STRANGE = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -0.0,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    2.2250738585072014E-308,
    1e-315,
    9007199254740993.0,
    4294967296.5,
    -2147483649.0
  };

  private static final int DEEPEST = 3;

  private final Random random;
  private final List<Port> inputs = new ArrayList<>();
  private final List<Port> params = new ArrayList<>();
  private final List<SlotInfo> slots = new ArrayList<>();
  private final List<HistoryInfo> histories = new ArrayList<>();
  private final List<TableInfo> tables = new ArrayList<>();
  private final List<Output> outputs = new ArrayList<>();
  private final List<Type> types = new ArrayList<>();

  /** Values that may be used here, in order of definition. */
  private List<Integer> visible = new ArrayList<>();

  /** Arrays of this very block that a put may consume. */
  private List<Integer> puttable = new ArrayList<>();

  private final Map<Integer, Integer> constants = new HashMap<>();
  private final Map<Integer, Integer> counts = new HashMap<>();
  private List<Stmt> block = new ArrayList<>();
  private int depth;
  private int budget;

  /** How often what is made here runs in a step. */
  private int rounds = 1;

  private boolean mayPut = true;

  private RandomCore(long seed) {
    // Neighbouring seeds give alike first numbers.
    random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** The same program for the same seed. */
  public static CoreProgram program(long seed) {
    return new RandomCore(seed).program("random" + Math.abs(seed));
  }

  private CoreProgram program(String name) {
    for (int i = between(1, 5); i > 0; i--) {
      inputs.add(Port.input("in" + i, type(0.4)));
    }
    for (int i = between(0, 2); i > 0; i--) {
      Type type = type(0.3);
      params.add(new Port("p" + i, type, literals(type, type.size())));
    }
    for (int i = between(0, 4); i > 0; i--) {
      Type type = type(0.4);
      slots.add(new SlotInfo("s" + i, type, literals(type, chance(0.5) ? 1 : type.size())));
      if (chance(0.3)) {
        slots.add(new SlotInfo("s" + i + "'", type, literals(type, 1)));
      }
    }
    for (int i = between(0, 2); i > 0; i--) {
      histories.add(new HistoryInfo("h" + i, type(0.3), between(1, 4)));
    }
    for (int i = between(0, 2); i > 0; i--) {
      Type type = new Type(kind(), shape());
      tables.add(new TableInfo("t" + i, type, literals(type, type.size())));
    }
    Body step = step();
    Body reset = chance(0.5) ? reset() : Body.EMPTY;
    return new CoreProgram(
        name,
        "step",
        List.of(SOURCE),
        inputs,
        params,
        slots,
        histories,
        tables,
        outputs,
        types,
        step,
        reset);
  }

  // Bodies.

  private Body step() {
    budget = 70;
    statements(between(6, 30));
    List<Sink> sinks = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      sinks.add(new Sink.Next(i, kept(slots.get(i).type()), origin()));
    }
    for (int i = 0; i < histories.size(); i++) {
      sinks.add(new Sink.Push(i, any(histories.get(i).type()), origin()));
    }
    checks(sinks);
    int outs = between(1, 6);
    for (int i = 0; i < outs; i++) {
      int value = i == 0 ? any(Type.F64) : pick(visible);
      Output.Role[] roles = Output.Role.values();
      outputs.add(new Output(roles[random.nextInt(roles.length)], "o" + i, types.get(value)));
      sinks.add(new Sink.Out(i, value, origin()));
    }
    Collections.shuffle(sinks, random);
    return finish(sinks);
  }

  private Body reset() {
    budget = 30;
    statements(between(1, 8));
    List<Sink> sinks = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (chance(0.6)) {
        sinks.add(new Sink.Next(i, kept(slots.get(i).type()), origin()));
      }
    }
    for (int i = 0; i < histories.size(); i++) {
      if (chance(0.4)) {
        sinks.add(new Sink.Push(i, any(histories.get(i).type()), origin()));
      }
    }
    checks(sinks);
    return finish(sinks);
  }

  private Body finish(List<Sink> sinks) {
    Body body = new Body(new Block(block), sinks);
    visible = new ArrayList<>();
    puttable = new ArrayList<>();
    block = new ArrayList<>();
    return body;
  }

  private void checks(List<Sink> sinks) {
    Sink.Failure[] failures = Sink.Failure.values();
    for (int i = between(0, 2); i > 0; i--) {
      int subject = any(Type.F64);
      int low = emit(new Op.Binary(BinaryOp.LT, subject, emit(new Op.Const(-3))));
      // Mostly fails where the subject is far below zero; sometimes where it is undefined.
      int condition =
          chance(0.3)
              ? emit(new Op.Unary(UnaryOp.FINITE, subject))
              : emit(new Op.Unary(UnaryOp.NOT, low));
      Sink.Failure failure = failures[random.nextInt(failures.length)];
      sinks.add(new Sink.Check(failure, "what " + i, condition, subject, origin()));
    }
  }

  /** A value to keep: mostly a tame one, or state would soon be all NaN. */
  private int kept(Type type) {
    int value = any(type);
    if (!type.equals(Type.F64) || chance(0.3)) {
      return value;
    }
    int zero = emit(new Op.Const(0));
    int finite = emit(new Op.Unary(UnaryOp.FINITE, value));
    int defined = emit(new Op.Select(finite, value, zero));
    int low = emit(new Op.Binary(BinaryOp.MAX, defined, emit(new Op.Const(-9))));
    return emit(new Op.Binary(BinaryOp.MIN, low, emit(new Op.Const(9))));
  }

  // Statements.

  private void statements(int n) {
    for (int i = 0; i < n && budget > 0; i++) {
      statement();
    }
  }

  private void statement() {
    budget--;
    switch (random.nextInt(22)) {
      case 0, 1, 2 -> leaf();
      case 3, 4, 5 -> {
        UnaryOp[] ops = UnaryOp.values();
        UnaryOp op = ops[random.nextInt(ops.length)];
        emit(new Op.Unary(op, scalar(op.operand())));
      }
      case 6, 7, 8, 9 -> {
        BinaryOp[] ops = BinaryOp.values();
        BinaryOp op = ops[random.nextInt(ops.length)];
        emit(new Op.Binary(op, scalar(op.operand()), scalar(op.operand())));
      }
      case 10 -> {
        Kind kind = kind();
        emit(new Op.Select(scalar(Kind.BOOL), scalar(kind), scalar(kind)));
      }
      case 11, 12 -> at();
      case 13, 14 -> put();
      case 15 -> sort();
      case 16 -> history();
      default -> region();
    }
  }

  private void leaf() {
    switch (random.nextInt(9)) {
      case 0 -> constant(Kind.F64);
      case 1 -> emit(new Op.Flag(chance(0.5)));
      case 2 -> constant(Kind.I32);
      case 3 -> emit(new Op.Present(random.nextInt(inputs.size())));
      case 4 -> {
        if (!params.isEmpty()) {
          emit(new Op.Param(random.nextInt(params.size())));
        }
      }
      case 5 -> {
        if (!tables.isEmpty()) {
          emit(new Op.Table(random.nextInt(tables.size())));
        }
      }
      case 6, 7 -> {
        if (!slots.isEmpty()) {
          emit(new Op.Slot(random.nextInt(slots.size())));
        }
      }
      default -> emit(new Op.Input(random.nextInt(inputs.size())));
    }
  }

  private int constant(Kind kind) {
    return switch (kind) {
      case F64 -> {
        double[] from = chance(0.15) ? STRANGE : NUMBERS;
        yield emit(new Op.Const(from[random.nextInt(from.length)]));
      }
      case BOOL -> emit(new Op.Flag(chance(0.5)));
      case I32 -> emit(new Op.Int(chance(0.1) ? random.nextInt() : between(-1, 4)));
    };
  }

  private void at() {
    int array = array(t -> true);
    emit(new Op.At(array, indices(types.get(array).shape())));
  }

  private void put() {
    if (!mayPut || puttable.isEmpty()) {
      return;
    }
    int array = pick(puttable);
    List<Integer> indices = indices(types.get(array).shape());
    if (chance(0.5)) {
      // Read, and use what was read after the put.
      emit(new Op.At(array, indices(types.get(array).shape())));
    }
    int value = scalar(types.get(array).kind());
    puttable.remove((Integer) array);
    visible.remove((Integer) array);
    puttable.add(emit(new Op.Put(array, indices, value)));
  }

  private void sort() {
    int array = array(t -> t.kind() == Kind.F64 && t.shape().size() == 1);
    puttable.add(emit(new Op.Sort(array)));
  }

  private void history() {
    if (histories.isEmpty()) {
      return;
    }
    int h = random.nextInt(histories.size());
    if (chance(0.3)) {
      emit(new Op.Filled(h));
    } else {
      HistoryInfo history = histories.get(h);
      List<Integer> shape = new ArrayList<>(history.type().shape());
      shape.addFirst(history.length());
      emit(new Op.Ago(h, indices(shape)));
    }
  }

  private List<Integer> indices(List<Integer> shape) {
    return shape.stream().map(this::index).toList();
  }

  /** Mostly inside; one that is computed may lie outside and is clamped. */
  private int index(int length) {
    List<Integer> fitting =
        visible.stream()
            .filter(v -> types.get(v).equals(Type.I32))
            .filter(v -> !constants.containsKey(v) || inside(constants.get(v), length))
            .filter(v -> !counts.containsKey(v) || counts.get(v) <= length)
            .toList();
    List<Integer> loops = fitting.stream().filter(counts::containsKey).toList();
    if (!loops.isEmpty() && chance(0.6)) {
      return pick(loops);
    }
    return fitting.isEmpty() || chance(0.3)
        ? emit(new Op.Int(random.nextInt(length)))
        : pick(fitting);
  }

  private static boolean inside(int index, int length) {
    return index >= 0 && index < length;
  }

  // Regions.

  private void region() {
    if (depth == DEEPEST || budget < 4 || rounds > 60) {
      return;
    }
    switch (random.nextInt(3)) {
      case 0 -> reduce();
      case 1 -> build(chance(0.7) ? shape() : List.of(between(1, 4)), kind());
      default -> fold();
    }
  }

  private int reduce() {
    Reduction[] ops = Reduction.values();
    Reduction op = ops[random.nextInt(ops.length)];
    Inside inside = open(shape(), List.of());
    return close(inside, () -> List.of(scalar(op.operand())), r -> new Op.Reduce(op, r)).getFirst();
  }

  private int build(List<Integer> shape, Kind kind) {
    Inside inside = open(shape, List.of());
    int made = close(inside, () -> List.of(scalar(kind)), Op.Build::new).getFirst();
    puttable.add(made);
    return made;
  }

  private void fold() {
    List<Integer> initial = new ArrayList<>();
    for (int i = between(1, 3); i > 0; i--) {
      initial.add(chance(0.5) ? array(t -> true) : scalar(kind()));
    }
    Inside inside = open(shape(), initial);
    List<Integer> results =
        close(
            inside,
            () -> inside.accumulators.stream().map(a -> next(types.get(a), a)).toList(),
            r -> new Op.Fold(initial, inside.accumulators, r));
    results.stream().filter(v -> !types.get(v).isScalar()).forEach(puttable::add);
  }

  /** Often what a put made of the accumulator, sometimes another accumulator: a swap. */
  private int next(Type type, int accumulator) {
    List<Integer> same = visible.stream().filter(v -> types.get(v).equals(type)).toList();
    List<Integer> put = same.stream().filter(puttable::contains).toList();
    if (!put.isEmpty() && chance(0.6)) {
      return pick(put);
    }
    return same.isEmpty()
        ? any(type)
        : visible.contains(accumulator) && chance(0.2) ? accumulator : pick(same);
  }

  private record Inside(
      List<Integer> counts,
      List<Integer> indices,
      List<Integer> accumulators,
      int where,
      List<Integer> outerVisible,
      List<Integer> outerPuttable,
      List<Stmt> outerBlock,
      int outerRounds,
      boolean outerMayPut) {}

  private interface Yields {
    List<Integer> choose();
  }

  private interface Make {
    Op of(Op.Region region);
  }

  private Inside open(List<Integer> shape, List<Integer> initial) {
    List<Integer> outerVisible = visible;
    List<Integer> outerPuttable = puttable;
    List<Stmt> outerBlock = block;
    boolean outerMayPut = mayPut;
    int outerRounds = rounds;
    rounds *= new Type(Kind.F64, shape).size();
    visible = new ArrayList<>(visible);
    puttable = new ArrayList<>();
    block = new ArrayList<>();
    depth++;
    List<Integer> indices = new ArrayList<>();
    for (int count : shape) {
      int index = define(Type.I32);
      counts.put(index, count);
      indices.add(index);
      visible.add(index);
    }
    List<Integer> accumulators = new ArrayList<>();
    for (int value : initial) {
      int accumulator = define(types.get(value));
      accumulators.add(accumulator);
      visible.add(accumulator);
      if (!types.get(value).isScalar()) {
        puttable.add(accumulator);
      }
    }
    // A mask may not depend on what is put into an accumulator.
    mayPut = false;
    statements(between(0, 2));
    int where = chance(0.5) ? scalar(Kind.BOOL) : Op.Region.UNMASKED;
    mayPut = true;
    if (!puttable.isEmpty() && chance(0.7)) {
      put();
    }
    statements(between(1, 4));
    return new Inside(
        shape,
        indices,
        accumulators,
        where,
        outerVisible,
        outerPuttable,
        outerBlock,
        outerRounds,
        outerMayPut);
  }

  private List<Integer> close(Inside inside, Yields yields, Make make) {
    List<Integer> yielded = yields.choose();
    Op.Region region =
        new Op.Region(inside.indices, inside.counts, new Block(block), inside.where, yielded);
    visible = inside.outerVisible;
    puttable = inside.outerPuttable;
    block = inside.outerBlock;
    mayPut = inside.outerMayPut;
    rounds = inside.outerRounds;
    depth--;
    Op op = make.of(region);
    List<Type> results;
    try {
      results = new Typing(inputs, params, slots, histories, tables, types::get).results(op);
    } catch (Typing.Mistyped e) {
      throw new IllegalStateException(e);
    }
    List<Integer> ids = results.stream().map(this::define).toList();
    block.add(new Stmt(ids, op, origin()));
    visible.addAll(ids);
    return ids;
  }

  // Values.

  private int define(Type type) {
    types.add(type);
    return types.size() - 1;
  }

  private int emit(Op op) {
    try {
      Type type =
          new Typing(inputs, params, slots, histories, tables, types::get).results(op).getFirst();
      int id = define(type);
      if (op instanceof Op.Int i) {
        constants.put(id, i.value());
      }
      block.add(new Stmt(List.of(id), op, origin()));
      visible.add(id);
      return id;
    } catch (Typing.Mistyped e) {
      throw new IllegalStateException(e);
    }
  }

  private int any(Type type) {
    if (type.isScalar()) {
      return scalar(type.kind());
    }
    List<Integer> same = visible.stream().filter(v -> types.get(v).equals(type)).toList();
    return same.isEmpty() || chance(0.2) ? build(type.shape(), type.kind()) : recent(same);
  }

  private int scalar(Kind kind) {
    Type type = Type.scalar(kind);
    List<Integer> same = visible.stream().filter(v -> types.get(v).equals(type)).toList();
    if (!same.isEmpty() && chance(0.8)) {
      return recent(same);
    }
    List<Integer> arrays =
        visible.stream()
            .filter(v -> types.get(v).kind() == kind && !types.get(v).isScalar())
            .toList();
    if (!arrays.isEmpty() && chance(0.6)) {
      int array = pick(arrays);
      return emit(new Op.At(array, indices(types.get(array).shape())));
    }
    if (kind == Kind.BOOL && chance(0.7)) {
      BinaryOp op = chance(0.5) ? BinaryOp.LT : BinaryOp.LE;
      return emit(new Op.Binary(op, scalar(Kind.F64), scalar(Kind.F64)));
    }
    return constant(kind);
  }

  private int array(Predicate<Type> fits) {
    List<Integer> arrays =
        visible.stream().filter(v -> !types.get(v).isScalar() && fits.test(types.get(v))).toList();
    return arrays.isEmpty()
        ? build(
            List.of(between(1, 4)), fits.test(new Type(Kind.I32, List.of(1))) ? kind() : Kind.F64)
        : pick(arrays);
  }

  /** Later ones more often, so that programs are deep rather than wide. */
  private int recent(List<Integer> values) {
    int back = (int) (Math.abs(random.nextGaussian()) * 3);
    return chance(0.3) ? pick(values) : values.get(Math.max(0, values.size() - 1 - back));
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  private Kind kind() {
    return chance(0.6) ? Kind.F64 : chance(0.5) ? Kind.BOOL : Kind.I32;
  }

  private List<Integer> shape() {
    int[] lengths = {1, 2, 2, 3, 3, 4, 5};
    return IntStream.range(0, chance(0.7) ? 1 : 2)
        .mapToObj(_ -> lengths[random.nextInt(lengths.length)])
        .toList();
  }

  private Type type(double arrays) {
    return new Type(kind(), chance(arrays) ? shape() : List.of());
  }

  private List<Double> literals(Type type, int n) {
    return IntStream.range(0, n).mapToObj(_ -> literal(type.kind())).toList();
  }

  private double literal(Kind kind) {
    return switch (kind) {
      case F64 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case BOOL -> between(0, 1);
      case I32 -> between(-2, 5);
    };
  }

  private Origin origin() {
    int start = random.nextInt(100);
    return chance(0.5) ? Origin.NONE : new Origin(0, start, between(start, 100));
  }

  // Numbers.

  /** Fills {@code to} with numbers as a host might give for {@code ports}, and as none should. */
  public static void fill(Random random, List<Port> ports, double[] to) {
    int at = 0;
    double strange = random.nextInt(4) == 0 ? 0.3 : 0.01;
    for (Port port : ports) {
      for (int i = port.type().size(); i > 0; i--) {
        to[at++] =
            switch (port.type().kind()) {
              case F64 ->
                  random.nextDouble() < strange
                      ? STRANGE[random.nextInt(STRANGE.length)]
                      : random.nextInt(3) == 0 ? random.nextInt(7) - 3 : random.nextGaussian() * 2;
              case BOOL -> random.nextInt(2);
              case I32 -> random.nextInt(20) == 0 ? random.nextInt() : random.nextInt(8) - 2;
            };
      }
    }
  }

  // Coverage.

  /** Adds what {@code program} has to counts of everything that a program can have. */
  public static void count(CoreProgram program, Map<String, Integer> found) {
    Counter counter = new Counter(program, found);
    counter.block(program.step().block(), "", Set.of(), 0);
    counter.block(program.reset().block(), "reset ", Set.of(), 0);
    for (Sink sink : program.step().sinks()) {
      counter.sink("", sink);
    }
    for (Sink sink : program.reset().sinks()) {
      counter.sink("reset ", sink);
    }
  }

  private record Counter(CoreProgram program, Map<String, Integer> found) {

    void add(String what) {
      found.merge(what, 1, Integer::sum);
    }

    private String shape(int value) {
      return program.type(value).isScalar() ? "scalar" : "array";
    }

    void sink(String where, Sink sink) {
      switch (sink) {
        case Sink.Out o -> add(where + "out " + shape(o.value()));
        case Sink.Next n -> add(where + "next " + shape(n.value()));
        case Sink.Push p -> add(where + "push " + shape(p.value()));
        case Sink.Check c -> add(where + "check " + c.failure().text());
      }
    }

    void block(Block block, String where, Set<Integer> accumulators, int depth) {
      for (Stmt stmt : block.statements()) {
        Op.Region region = Regions.of(stmt.op());
        String mask = region == null ? "" : region.isMasked() ? " masked" : " whole";
        switch (stmt.op()) {
          case Op.Unary u -> add(u.op().text());
          case Op.Binary b -> add(b.op().text());
          case Op.Reduce r -> add(r.op().text() + mask);
          case Op.Build _ -> add("build" + mask);
          case Op.Fold f -> {
            for (int initial : f.initial()) {
              add("fold " + shape(initial) + mask);
            }
            for (int i = 0; i < f.accumulators().size(); i++) {
              int j = f.accumulators().indexOf(f.region().yields().get(i));
              if (j >= 0 && j != i) {
                add("fold swaps " + shape(f.accumulators().get(i)));
              }
            }
          }
          case Op.Put p -> add(accumulators.contains(p.array()) ? "put accumulator" : "put");
          case Op.Ago a -> add("ago " + a.indices().size());
          case Op.At a -> add("at " + a.indices().size());
          case Op.Const c -> add(Double.isNaN(c.value()) ? "const nan" : "const");
          case Op op -> add(where + op.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        }
        if (region != null) {
          add("depth " + (depth + 1));
          add("rank " + region.counts().size());
          Set<Integer> inside =
              stmt.op() instanceof Op.Fold f ? new HashSet<>(f.accumulators()) : Set.of();
          block(region.body(), where, inside, depth + 1);
        }
      }
    }
  }

  /** Everything that random programs are to have. */
  public static Set<String> everything() {
    Map<String, Integer> all = new TreeMap<>();
    for (UnaryOp op : UnaryOp.values()) {
      all.put(op.text(), 0);
    }
    for (BinaryOp op : BinaryOp.values()) {
      all.put(op.text(), 0);
    }
    for (String mask : List.of(" masked", " whole")) {
      for (Reduction op : Reduction.values()) {
        all.put(op.text() + mask, 0);
      }
      for (String region : List.of("build", "fold scalar", "fold array")) {
        all.put(region + mask, 0);
      }
    }
    for (String where : List.of("", "reset ")) {
      for (String what :
          List.of(
              "flag",
              "int",
              "input",
              "present",
              "param",
              "slot",
              "table",
              "select",
              "sort",
              "filled",
              "next scalar",
              "next array",
              "push scalar",
              "push array",
              "check undefined",
              "check required",
              "check full")) {
        all.put(where + what, 0);
      }
    }
    for (String what :
        List.of(
            "const",
            "const nan",
            "put",
            "put accumulator",
            "at 1",
            "at 2",
            "ago 1",
            "ago 2",
            "ago 3",
            "out scalar",
            "out array",
            "depth 1",
            "depth 2",
            "depth 3",
            "rank 1",
            "rank 2",
            "fold swaps scalar",
            "fold swaps array")) {
      all.put(what, 0);
    }
    return all.keySet();
  }
}
