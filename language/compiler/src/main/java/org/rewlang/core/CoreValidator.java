package org.rewlang.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Whether a program keeps the rules that every engine relies on. Run after every pass in tests, and
 * once on each program before it is given to an engine.
 */
public final class CoreValidator {

  /** What can be broken. */
  public enum Rule {
    /** Names are unique among ports, slots, histories, tables and outputs of one kind. */
    NAMES,
    /** Initial values and tables have as many numbers as their type, and of its kind. */
    VALUES,
    /** Each id is defined once and has a type. */
    DEFINED_ONCE,
    /** A value is used only after its definition, in its block or one inside. */
    DOMINANCE,
    /** Kinds and shapes are exact. */
    TYPES,
    /** A region's count is at least 1. */
    COUNTS,
    /** Constant and region indices lie inside. */
    INDICES,
    /** An array is put into once, where it was made, and not used after. */
    LINEAR,
    /** A slot or history is written once at most, and by some body. */
    WRITTEN_ONCE,
    /** Every output is written exactly once, and by the step. */
    OUTPUTS,
    /** Origins lie in the sources. */
    ORIGINS,
    /** The program costs no more than the limits allow. */
    LIMITS
  }

  /** One broken rule. */
  public record Problem(Rule rule, String message, Origin origin) {}

  private final CoreProgram program;
  private final Typing typing;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Integer> defined = new HashSet<>();

  /** By id of a value that can be seen here: the depth of the block that defines it. */
  private final Map<Integer, Integer> visible = new HashMap<>();

  /** Arrays that a put has consumed. */
  private final Set<Integer> consumed = new HashSet<>();

  /** Arrays that the program made, so that a put may write in place. */
  private final Set<Integer> owned = new HashSet<>();

  /** By id of what a put made: the array that the chain of puts began with. */
  private final Map<Integer, Integer> roots = new HashMap<>();

  /** The accumulators of the region around. */
  private Set<Integer> accumulators = Set.of();

  /** Values that come from a put into one of them: a mask may not depend on these. */
  private Set<Integer> afterPut = new HashSet<>();

  private final Map<Integer, Integer> constants = new HashMap<>();

  /** By id of a region's index: its count. */
  private final Map<Integer, Integer> counts = new HashMap<>();

  private int depth;

  private CoreValidator(CoreProgram program) {
    this.program = program;
    this.typing = Typing.of(program);
  }

  public static List<Problem> validate(CoreProgram program) {
    return validate(program, Limits.DEFAULT);
  }

  /** Every problem found; empty if the program may run. */
  public static List<Problem> validate(CoreProgram program, Limits limits) {
    CoreValidator validator = new CoreValidator(program);
    validator.declarations();
    if (validator.problems.isEmpty()) {
      validator.body(program.step(), true);
      validator.body(program.reset(), false);
      validator.written();
    }
    if (validator.problems.isEmpty()) {
      validator.limits(limits);
    }
    return List.copyOf(validator.problems);
  }

  private void report(Rule rule, String message, Origin origin) {
    problems.add(new Problem(rule, message, origin));
  }

  private void report(Rule rule, String message) {
    report(rule, message, Origin.NONE);
  }

  // Declarations.

  private void declarations() {
    unique(program.inputs(), Port::name, "inputs");
    unique(program.params(), Port::name, "parameters");
    unique(program.slots(), SlotInfo::name, "slots");
    unique(program.histories(), HistoryInfo::name, "histories");
    unique(program.tables(), TableInfo::name, "tables");
    unique(program.outputs(), o -> o.role().text() + " " + o.name(), "outputs");
    for (Port input : program.inputs()) {
      shape(input.name(), input.type());
      if (!input.initial().isEmpty()) {
        report(Rule.VALUES, "input `" + input.name() + "` has a value");
      }
    }
    program.params().forEach(p -> values(p.name(), p.type(), p.initial(), false));
    program.slots().forEach(s -> values(s.name(), s.type(), s.initial(), true));
    program.tables().forEach(t -> values(t.name(), t.type(), t.values(), false));
    for (TableInfo table : program.tables()) {
      if (table.type().isScalar()) {
        report(Rule.TYPES, "table `" + table.name() + "` is a scalar");
      }
    }
    for (HistoryInfo history : program.histories()) {
      shape(history.name(), history.type());
      if (history.length() < 1) {
        report(Rule.COUNTS, "history `" + history.name() + "` of length " + history.length());
      }
    }
    program.outputs().forEach(o -> shape(o.name(), o.type()));
    for (int id = 0; id < program.types().size(); id++) {
      shape("%" + id, program.type(id));
    }
  }

  private <T> void unique(List<T> declared, Function<T, String> nameOf, String what) {
    Set<String> names = new HashSet<>();
    for (T one : declared) {
      if (!names.add(nameOf.apply(one))) {
        report(Rule.NAMES, "two " + what + " have the name `" + nameOf.apply(one) + "`");
      }
    }
  }

  private boolean shape(String name, Type type) {
    long size = 1;
    for (int n : type.shape()) {
      if (n < 1) {
        report(Rule.COUNTS, "`" + name + "` is " + type);
        return false;
      }
      size = Math.min(size * n, Integer.MAX_VALUE);
    }
    if (size > Limits.DEFAULT.elements()) {
      report(Rule.LIMITS, "`" + name + "` has " + size + " elements");
      return false;
    }
    return true;
  }

  private void values(String name, Type type, List<Double> values, boolean mayRepeat) {
    if (!shape(name, type)) {
      return;
    }
    if (values.size() != type.size() && !(mayRepeat && values.size() == 1)) {
      report(Rule.VALUES, "`" + name + "` is " + type + " and has " + values.size() + " values");
    }
    for (double value : values) {
      boolean fits =
          switch (type.kind()) {
            case F64 -> true;
            case BOOL -> value == 0 || value == 1;
            case I32 -> (int) value == value;
          };
      if (!fits) {
        report(Rule.VALUES, "`" + name + "` is " + type + ", not " + value);
      }
    }
  }

  // Statements.

  private void body(Body body, boolean isStep) {
    visible.clear();
    consumed.clear();
    List<Integer> opened = block(body.block());
    Set<Integer> slots = new HashSet<>();
    Set<Integer> histories = new HashSet<>();
    for (Sink sink : body.sinks()) {
      origin(sink.origin());
      switch (sink) {
        case Sink.Out o -> {
          if (!isStep) {
            report(Rule.OUTPUTS, "the reset writes an output", o.origin());
          } else if (o.port() < 0 || o.port() >= program.outputs().size()) {
            report(Rule.OUTPUTS, "there is no output " + o.port(), o.origin());
          } else {
            sinkType(o.value(), program.outputs().get(o.port()).type(), o.origin());
          }
        }
        case Sink.Next n -> {
          if (n.slot() < 0 || n.slot() >= program.slots().size()) {
            report(Rule.TYPES, "there is no slot " + n.slot(), n.origin());
          } else {
            sinkType(n.value(), program.slots().get(n.slot()).type(), n.origin());
            once(slots, n.slot(), "slot " + program.slots().get(n.slot()).name(), n.origin());
          }
        }
        case Sink.Push p -> {
          if (p.history() < 0 || p.history() >= program.histories().size()) {
            report(Rule.TYPES, "there is no history " + p.history(), p.origin());
          } else {
            sinkType(p.value(), program.histories().get(p.history()).type(), p.origin());
            String name = "history " + program.histories().get(p.history()).name();
            once(histories, p.history(), name, p.origin());
          }
        }
        case Sink.Check c -> {
          sinkType(c.condition(), Type.BOOL, c.origin());
          use(c.subject(), c.origin());
        }
      }
    }
    opened.forEach(visible::remove);
  }

  private void sinkType(int value, Type type, Origin origin) {
    if (use(value, origin) && !program.type(value).equals(type)) {
      report(Rule.TYPES, "a sink of " + type + " takes " + program.type(value), origin);
    }
  }

  private void once(Set<Integer> written, int index, String what, Origin origin) {
    if (!written.add(index)) {
      report(Rule.WRITTEN_ONCE, what + " is written twice", origin);
    }
  }

  /** Leaves what the block defines visible; the caller closes it. */
  private List<Integer> block(Block block) {
    List<Integer> opened = new ArrayList<>();
    for (Stmt stmt : block.statements()) {
      statement(stmt);
      for (int result : stmt.results()) {
        define(result, stmt.origin());
        opened.add(result);
      }
    }
    return opened;
  }

  private void statement(Stmt stmt) {
    origin(stmt.origin());
    Op op = stmt.op();
    boolean known = true;
    for (int operand : Regions.operands(op)) {
      known &= use(operand, stmt.origin());
    }
    Op.Region region = Regions.of(op);
    List<Integer> opened = List.of();
    if (region != null) {
      List<Integer> accumulators = op instanceof Op.Fold f ? f.accumulators() : List.of();
      int before = problems.size();
      opened = region(region, accumulators, stmt.origin());
      known &= problems.size() == before;
    }
    if (known) {
      types(stmt);
    }
    opened.forEach(visible::remove);
  }

  private void types(Stmt stmt) {
    try {
      List<Type> results = typing.results(stmt.op());
      List<Type> stated =
          stmt.results().stream()
              .filter(r -> r >= 0 && r < program.types().size())
              .map(program::type)
              .toList();
      if (!results.equals(stated)) {
        report(Rule.TYPES, "results are " + results + ", stated as " + stated, stmt.origin());
        return;
      }
    } catch (Typing.Mistyped mistyped) {
      report(Rule.TYPES, String.valueOf(mistyped.getMessage()), stmt.origin());
      return;
    }
    switch (stmt.op()) {
      case Op.Int i -> constants.put(stmt.result(), i.value());
      case Op.At a -> indices(program.type(a.array()).shape(), a.indices(), stmt);
      case Op.Put p -> {
        indices(program.type(p.array()).shape(), p.indices(), stmt);
        consume(p.array(), stmt.origin());
        roots.put(stmt.result(), roots.getOrDefault(p.array(), p.array()));
        owned.add(stmt.result());
      }
      case Op.Ago a -> {
        HistoryInfo history = program.histories().get(a.history());
        List<Integer> shape = new ArrayList<>(history.type().shape());
        shape.addFirst(history.length());
        indices(shape, a.indices(), stmt);
      }
      case Op.Sort _, Op.Build _ -> owned.add(stmt.result());
      case Op.Fold _ -> owned.addAll(stmt.results());
      default -> {}
    }
    taint(stmt);
  }

  private void taint(Stmt stmt) {
    boolean reached =
        stmt.op() instanceof Op.Put && accumulators.contains(roots.get(stmt.result()));
    for (int operand : Regions.operands(stmt.op())) {
      reached |= afterPut.contains(operand);
    }
    Op.Region region = Regions.of(stmt.op());
    if (region != null) {
      reached |= reads(region, afterPut);
    }
    if (reached) {
      afterPut.addAll(stmt.results());
    }
  }

  private static boolean reads(Op.Region region, Set<Integer> values) {
    for (Stmt stmt : region.body().statements()) {
      Op.Region inner = Regions.of(stmt.op());
      if (Regions.operands(stmt.op()).stream().anyMatch(values::contains)
          || inner != null && reads(inner, values)) {
        return true;
      }
    }
    return values.contains(region.where()) || region.yields().stream().anyMatch(values::contains);
  }

  private List<Integer> region(Op.Region region, List<Integer> carried, Origin origin) {
    for (int count : region.counts()) {
      if (count < 1) {
        report(Rule.COUNTS, "a region of " + count + " rounds", origin);
        return List.of();
      }
    }
    Set<Integer> outerAccumulators = accumulators;
    Set<Integer> outerAfterPut = afterPut;
    accumulators = Set.copyOf(carried);
    afterPut = new HashSet<>();
    depth++;
    List<Integer> opened = new ArrayList<>();
    for (int i = 0; i < region.indices().size(); i++) {
      define(region.indices().get(i), origin);
      opened.add(region.indices().get(i));
      if (i < region.counts().size()) {
        counts.put(region.indices().get(i), region.counts().get(i));
      }
    }
    for (int accumulator : carried) {
      define(accumulator, origin);
      opened.add(accumulator);
      owned.add(accumulator);
    }
    opened.addAll(block(region.body()));
    if (region.isMasked() && use(region.where(), origin) && afterPut.contains(region.where())) {
      report(Rule.LINEAR, "a mask depends on a put", origin);
    }
    region.yields().forEach(y -> use(y, origin));
    depth--;
    accumulators = outerAccumulators;
    afterPut = outerAfterPut;
    return opened;
  }

  private void define(int id, Origin origin) {
    if (id < 0 || id >= program.types().size()) {
      report(Rule.DEFINED_ONCE, "%" + id + " has no type", origin);
    } else if (!defined.add(id)) {
      report(Rule.DEFINED_ONCE, "%" + id + " is defined twice", origin);
    } else {
      visible.put(id, depth);
    }
  }

  private boolean use(int id, Origin origin) {
    if (!visible.containsKey(id)) {
      report(Rule.DOMINANCE, "%" + id + " is used where it is not defined", origin);
      return false;
    }
    if (consumed.contains(id)) {
      report(Rule.LINEAR, "%" + id + " is used after a put", origin);
    }
    return true;
  }

  private void consume(int array, Origin origin) {
    if (!owned.contains(array)) {
      report(Rule.LINEAR, "%" + array + " is not the program's to put into", origin);
    } else if (visible.getOrDefault(array, -1) != depth) {
      report(Rule.LINEAR, "%" + array + " is put into in an inner block", origin);
    }
    consumed.add(array);
  }

  private void indices(List<Integer> shape, List<Integer> indices, Stmt stmt) {
    for (int i = 0; i < indices.size(); i++) {
      int index = indices.get(i);
      int length = shape.get(i);
      Integer constant = constants.get(index);
      if (constant != null && (constant < 0 || constant >= length)) {
        report(Rule.INDICES, "index " + constant + " of " + length, stmt.origin());
      }
      if (counts.getOrDefault(index, 0) > length) {
        report(Rule.INDICES, "index below " + counts.get(index) + " of " + length, stmt.origin());
      }
    }
  }

  private void origin(Origin origin) {
    if (!origin.isKnown()) {
      return;
    }
    boolean fits =
        origin.source() < program.sources().size()
            && origin.start() >= 0
            && origin.start() <= origin.end()
            // A program read from core text knows its sources only by name.
            && (program.sources().get(origin.source()).text().isEmpty()
                || origin.end() <= program.sources().get(origin.source()).text().length());
    if (!fits) {
      report(Rule.ORIGINS, "an origin lies outside the sources", origin);
    }
  }

  // The whole.

  private void written() {
    List<Integer> outs = new ArrayList<>();
    Set<Integer> slots = new HashSet<>();
    Set<Integer> histories = new HashSet<>();
    for (Sink sink : program.step().sinks()) {
      switch (sink) {
        case Sink.Out o -> outs.add(o.port());
        case Sink.Next n -> slots.add(n.slot());
        case Sink.Push p -> histories.add(p.history());
        case Sink.Check _ -> {}
      }
    }
    for (int port = 0; port < program.outputs().size(); port++) {
      int wanted = port;
      long times = outs.stream().filter(o -> o == wanted).count();
      if (times != 1) {
        String name = program.outputs().get(port).name();
        report(Rule.OUTPUTS, "output `" + name + "` is written " + times + " times");
      }
    }
    for (Sink sink : program.reset().sinks()) {
      switch (sink) {
        case Sink.Next n -> slots.add(n.slot());
        case Sink.Push p -> histories.add(p.history());
        case Sink.Out _, Sink.Check _ -> {}
      }
    }
    for (int slot = 0; slot < program.slots().size(); slot++) {
      if (!slots.contains(slot)) {
        String name = program.slots().get(slot).name();
        report(Rule.WRITTEN_ONCE, "slot `" + name + "` is never written");
      }
    }
    for (int history = 0; history < program.histories().size(); history++) {
      if (!histories.contains(history)) {
        String name = program.histories().get(history).name();
        report(Rule.WRITTEN_ONCE, "history `" + name + "` is never written");
      }
    }
  }

  private void limits(Limits limits) {
    CoreFacts facts = CoreFacts.of(program);
    atMost(facts.operations(), limits.operations(), "operations in a step");
    atMost(facts.resetOperations(), limits.operations(), "operations in a reset");
    atMost(facts.stateBytes(), limits.stateBytes(), "bytes of state");
    atMost(program.types().size(), limits.values(), "values");
    program.types().forEach(t -> atMost(t.size(), limits.elements(), "elements"));
    atMost(depth(program.step().block()), limits.depth(), "regions inside each other");
    atMost(depth(program.reset().block()), limits.depth(), "regions inside each other");
  }

  private void atMost(long actual, long limit, String what) {
    if (actual > limit) {
      report(Rule.LIMITS, actual + " " + what + ", at most " + limit);
    }
  }

  private static int depth(Block block) {
    int deepest = 0;
    for (Stmt stmt : block.statements()) {
      Op.Region region = Regions.of(stmt.op());
      if (region != null) {
        deepest = Math.max(deepest, 1 + depth(region.body()));
      }
    }
    return deepest;
  }
}
