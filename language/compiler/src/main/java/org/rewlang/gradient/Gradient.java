package org.rewlang.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Output;
import org.rewlang.core.Port;
import org.rewlang.core.Sink;
import org.rewlang.core.Type;
import org.rewlang.lower.CoreBuilder;
import org.rewlang.lower.Emitter;
import org.rewlang.lower.Placement;

/**
 * A program with its derivatives: it computes, stores and checks what the program does, bit for
 * bit, and has further outputs of role {@link Output.Role#GRADIENT}.
 *
 * <p>A derivative is of one step's result with respect to that step's inputs and the parameters;
 * what earlier steps left is held as it is.
 */
public final class Gradient {

  private final CoreProgram program;
  private final CoreBuilder step;
  private final List<Output> outputs;
  private final List<Sink> sinks = new ArrayList<>();

  private Gradient(CoreProgram program) {
    this.program = program;
    this.step = new CoreBuilder(tables(program));
    this.outputs = new ArrayList<>(program.outputs());
  }

  /**
   * @param of outputs to differentiate, as their places among {@link CoreProgram#outputs}: numbers
   *     or arrays of numbers, of which the derivative is that of the sum of their elements
   * @param by inputs ({@link Op.Input}) and parameters ({@link Op.Param}) that hold numbers
   */
  public static CoreProgram of(CoreProgram program, List<Integer> of, List<Op> by) {
    return new Gradient(program).run(of, by);
  }

  /** {@code d_total.hand}, {@code d_near.hand}; with the role where another has that name. */
  private String name(Output of, String by) {
    String result = of.name().isEmpty() ? of.role().text() : of.name();
    String name = "d_" + result + "." + by;
    if (outputs.stream().anyMatch(o -> o.name().equals(name))) {
      return "d_" + of.role().text() + "." + result + "." + by;
    }
    return name;
  }

  private CoreProgram run(List<Integer> of, List<Op> by) {
    Activity activity = new Activity(program, Set.copyOf(by));
    Instance whole = Instance.of(program, step, program.step().block());
    program.step().sinks().forEach(s -> sinks.add(sink(s, whole)));
    for (int port : of) {
      Sweep sweep = new Sweep(activity, whole);
      sweep.add(value(port), one(program.outputs().get(port).type()));
      sweep.run();
      for (Op leaf : by) {
        derivative(activity, sweep, program.outputs().get(port), leaf);
      }
    }
    CoreBuilder reset = new CoreBuilder(tables(program));
    Instance atReset = Instance.of(program, reset, program.reset().block());
    List<Sink> resetSinks = program.reset().sinks().stream().map(s -> sink(s, atReset)).toList();
    return new Emitter(program.name(), program.sources(), outputs, step, sinks, reset, resetSinks)
        .emit();
  }

  private void derivative(Activity activity, Sweep sweep, Output of, Op leaf) {
    Port port =
        switch (leaf) {
          case Op.Input i -> program.inputs().get(i.port());
          case Op.Param p -> program.params().get(p.port());
          default -> throw new IllegalArgumentException("neither input nor parameter: " + leaf);
        };
    if (port.type().kind() != Kind.F64) {
      throw new IllegalArgumentException("`" + port.name() + "` holds no numbers");
    }
    int read = activity.leaf(leaf);
    boolean scalar = port.type().isScalar();
    int adjoint = read < 0 ? -1 : scalar ? sweep.scalar(read) : sweep.array(read);
    if (adjoint < 0) {
      adjoint = filled(port.type(), 0);
    }
    sinks.add(new Sink.Out(outputs.size(), adjoint, Origin.NONE));
    outputs.add(new Output(Output.Role.GRADIENT, name(of, port.name()), port.type()));
  }

  private int value(int port) {
    return program.step().sinks().stream()
        .filter(s -> s instanceof Sink.Out out && out.port() == port)
        .map(s -> ((Sink.Out) s).value())
        .collect(Collectors.toList())
        .getFirst();
  }

  private int one(Type type) {
    if (type.kind() != Kind.F64) {
      throw new IllegalArgumentException("an output of " + type + " has no derivative");
    }
    return filled(type, 1);
  }

  private int filled(Type type, double value) {
    int number = step.number(value);
    if (type.isScalar()) {
      return number;
    }
    Placement.Scope scope = step.open(type.shape());
    return step.build(scope, number, Origin.NONE);
  }

  private static Sink sink(Sink sink, Instance at) {
    return switch (sink) {
      case Sink.Out o -> new Sink.Out(o.port(), at.value(o.value()), o.origin());
      case Sink.Next n -> new Sink.Next(n.slot(), at.value(n.value()), n.origin());
      case Sink.Push p -> new Sink.Push(p.history(), at.value(p.value()), p.origin());
      case Sink.Check c ->
          new Sink.Check(
              c.failure(), c.what(), at.value(c.condition()), at.value(c.subject()), c.origin());
    };
  }

  private static CoreBuilder.Tables tables(CoreProgram program) {
    return new CoreBuilder.Tables(
        program.inputs(), program.params(), program.slots(), program.histories(), program.tables());
  }
}
