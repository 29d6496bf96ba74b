package org.rewlang.core;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.rewlang.diagnostic.Numeral;

/**
 * Writes a program in the text form of the core: one operation a line with its type and, where
 * known, its origin as {@code @source:start-end}. {@link CoreParser} reads it back to an equal
 * program.
 */
public final class CorePrinter {

  private final CoreProgram program;
  private final StringBuilder out = new StringBuilder();

  private CorePrinter(CoreProgram program) {
    this.program = program;
  }

  public static String print(CoreProgram program) {
    CorePrinter printer = new CorePrinter(program);
    printer.program();
    return printer.out.toString();
  }

  private void program() {
    line(0, "core " + name(program.name()) + " clock " + name(program.clock()));
    program.sources().forEach(s -> line(0, "source " + CoreLexer.quote(s.name())));
    program.inputs().forEach(p -> line(0, "in " + name(p.name()) + " " + p.type()));
    program.params().forEach(p -> line(0, "param " + initialised(p.name(), p.type(), p.initial())));
    program.slots().forEach(s -> line(0, "state " + initialised(s.name(), s.type(), s.initial())));
    program
        .histories()
        .forEach(h -> line(0, "hist " + name(h.name()) + " " + h.type() + " last " + h.length()));
    program.tables().forEach(t -> line(0, "table " + initialised(t.name(), t.type(), t.values())));
    program
        .outputs()
        .forEach(o -> line(0, "output " + o.role().text() + " " + name(o.name()) + " " + o.type()));
    body(program.step(), 0);
    if (!program.reset().equals(Body.EMPTY)) {
      line(0, "reset {");
      body(program.reset(), 1);
      line(0, "}");
    }
  }

  private void body(Body body, int indent) {
    block(body.block(), indent);
    body.sinks().forEach(s -> line(indent, sink(s) + origin(s.origin())));
  }

  private String sink(Sink sink) {
    return switch (sink) {
      case Sink.Out o -> {
        Output output = program.outputs().get(o.port());
        yield "out " + output.role().text() + " " + name(output.name()) + " = " + id(o.value());
      }
      case Sink.Next n ->
          "next " + name(program.slots().get(n.slot()).name()) + " = " + id(n.value());
      case Sink.Push p ->
          "push " + name(program.histories().get(p.history()).name()) + " = " + id(p.value());
      case Sink.Check c ->
          "check "
              + c.failure().text()
              + " "
              + CoreLexer.quote(c.what())
              + " "
              + id(c.condition())
              + " of "
              + id(c.subject());
    };
  }

  private void block(Block block, int indent) {
    for (Stmt stmt : block.statements()) {
      String results =
          stmt.results().stream()
              .map(r -> id(r) + ": " + program.type(r))
              .collect(Collectors.joining(", "));
      String origin = origin(stmt.origin());
      switch (stmt.op()) {
        case Op.Reduce r -> region(results + " = " + r.op().text(), r.region(), "", indent, origin);
        case Op.Build b -> region(results + " = build", b.region(), "", indent, origin);
        case Op.Fold f -> {
          String accumulators =
              join(
                  f.accumulators().size(),
                  i -> id(f.accumulators().get(i)) + " = " + id(f.initial().get(i)));
          region(results + " = fold", f.region(), " (" + accumulators + ")", indent, origin);
        }
        case Op op -> line(indent, results + " = " + scalar(op) + origin);
      }
    }
  }

  private void region(String head, Op.Region region, String tail, int indent, String origin) {
    String indices =
        join(
            region.indices().size(),
            i -> id(region.indices().get(i)) + "<" + region.counts().get(i));
    line(indent, head + " " + indices + tail + " {");
    block(region.body(), indent + 1);
    if (region.isMasked()) {
      line(indent + 1, "where " + id(region.where()));
    }
    line(indent + 1, "yield " + ids(region.yields()));
    line(indent, "}" + origin);
  }

  private String scalar(Op op) {
    return switch (op) {
      case Op.Const c -> number(c.value());
      case Op.Flag f -> String.valueOf(f.value());
      case Op.Int i -> "int(" + i.value() + ")";
      case Op.Input i -> "in(" + name(program.inputs().get(i.port()).name()) + ")";
      case Op.Present p -> "present(" + name(program.inputs().get(p.port()).name()) + ")";
      case Op.Param p -> "param(" + name(program.params().get(p.port()).name()) + ")";
      case Op.Slot s -> "slot(" + name(program.slots().get(s.slot()).name()) + ")";
      case Op.Table t -> "table(" + name(program.tables().get(t.table()).name()) + ")";
      case Op.Unary u -> u.op().text() + "(" + id(u.operand()) + ")";
      case Op.Binary b -> b.op().text() + "(" + id(b.left()) + ", " + id(b.right()) + ")";
      case Op.Select s -> "select(" + ids(List.of(s.condition(), s.then(), s.otherwise())) + ")";
      case Op.At a -> "at(" + id(a.array()) + ", " + ids(a.indices()) + ")";
      case Op.Put p ->
          "put(" + id(p.array()) + ", " + ids(p.indices()) + ", " + id(p.value()) + ")";
      case Op.Sort s -> "sort(" + id(s.array()) + ")";
      case Op.Ago a ->
          "ago("
              + name(program.histories().get(a.history()).name())
              + ", "
              + ids(a.indices())
              + ")";
      case Op.Filled f -> "filled(" + name(program.histories().get(f.history()).name()) + ")";
      case Op.Reduce _, Op.Build _, Op.Fold _ -> throw new IllegalArgumentException("a region");
    };
  }

  private static String initialised(String name, Type type, List<Double> initial) {
    String values =
        initial.size() == 1
            ? literal(initial.getFirst(), type.kind())
            : "[" + join(initial.size(), i -> literal(initial.get(i), type.kind())) + "]";
    return name(name) + " " + type + " = " + values;
  }

  private static String literal(double value, Kind kind) {
    return switch (kind) {
      case F64 -> number(value);
      case I32 -> String.valueOf((int) value);
      case BOOL -> String.valueOf(value != 0);
    };
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    return Numeral.of(value);
  }

  private static String name(String name) {
    return CoreLexer.written(name);
  }

  private static String id(int value) {
    return "%" + value;
  }

  private static String ids(List<Integer> values) {
    return join(values.size(), i -> id(values.get(i)));
  }

  private static String join(int n, IntFunction<String> text) {
    return IntStream.range(0, n).mapToObj(text).collect(Collectors.joining(", "));
  }

  private static String origin(Origin origin) {
    return origin.isKnown()
        ? " @" + origin.source() + ":" + origin.start() + "-" + origin.end()
        : "";
  }

  private void line(int indent, String text) {
    out.append("  ".repeat(indent)).append(text).append('\n');
  }
}
