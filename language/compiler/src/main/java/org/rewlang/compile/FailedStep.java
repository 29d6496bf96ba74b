package org.rewlang.compile;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Sink;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;
import org.rewlang.interpret.Replay;
import org.rewlang.source.Location;

/** Says why a step failed, by running it again on the reference interpreter. */
public final class FailedStep {

  private static final int LONGEST = 60;

  private FailedStep() {}

  /**
   * The diagnostic of a check that failed.
   *
   * @param sink what the engine returned
   * @param frame as the failed call left it: inputs and state as before
   * @param reset whether it was the reset observation, not a step
   */
  public static Diagnostic diagnose(Layout layout, int sink, Frame frame, boolean reset) {
    CoreProgram program = layout.program();
    Sink.Check check = (Sink.Check) (reset ? program.reset() : program.step()).sinks().get(sink);
    Replay replay =
        reset
            ? Replay.ofReset(layout, frame.inputs, frame.present, frame.params)
            : Replay.ofStep(layout, frame.inputs, frame.params, frame.state);
    return switch (check.failure()) {
      case UNDEFINED -> undefined(program, check, replay.why(sink));
      case REQUIRED ->
          at(
                  Code.REQUIREMENT_FAILED,
                  "the data breaks a requirement of the program",
                  program,
                  check.origin())
              .label("this is not so")
              .build();
      case FULL ->
          at(Code.TABLE_FULL, check.what() + " is full", program, check.origin())
              .hint("state a larger `capacity`")
              .build();
    };
  }

  /**
   * The outputs, as ports, that had to have a value in a step that failed, and had none.
   *
   * @param frame as the failed call left it
   */
  public static List<Integer> undefined(Layout layout, Frame frame) {
    Replay replay = Replay.ofStep(layout, frame.inputs, frame.params, frame.state);
    CoreProgram program = layout.program();
    Set<String> failed = new HashSet<>();
    for (Sink sink : program.step().sinks()) {
      if (sink instanceof Sink.Check check
          && check.failure() == Sink.Failure.UNDEFINED
          && replay.values(check.condition())[0] == 0) {
        failed.add(check.what());
      }
    }
    return IntStream.range(0, program.outputs().size())
        .filter(port -> failed.contains(program.outputs().get(port).what()))
        .boxed()
        .toList();
  }

  private static Diagnostic undefined(CoreProgram program, Sink.Check check, Replay.Cause cause) {
    String values = values(cause);
    Origin origin = cause.origin().isKnown() ? cause.origin() : check.origin();
    String text = cause.origin().isKnown() ? shortened(cause.origin().in(program).text()) : null;
    StringBuilder message = new StringBuilder(check.what()).append(" is undefined");
    if (text != null) {
      message.append(": `").append(text).append('`');
      if (values != null) {
        message.append(" was ").append(values);
      }
    } else if (values != null) {
      message.append(": ").append(values);
    }
    Diagnostic.Builder problem = at(Code.FAILED_EVALUATION, message.toString(), program, origin);
    problem.label(values == null ? "undefined here" : values);
    if (check.origin().isKnown() && !check.origin().equals(origin)) {
      Location result = check.origin().in(program);
      problem.related(result.source(), result.span(), "it reached this");
    }
    return problem.build();
  }

  private static Diagnostic.Builder at(
      Code code, String message, CoreProgram program, Origin origin) {
    if (!origin.isKnown()) {
      return Diagnostic.of(code, message);
    }
    Location at = origin.in(program);
    return Diagnostic.of(code, message, at.source(), at.span());
  }

  private static @Nullable String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** The operation with the numbers it was given: {@code 1 / 0}, {@code log(-1)}. */
  private static @Nullable String values(Replay.Cause cause) {
    List<String> was = cause.operands().stream().map(o -> Numeral.of(o.was())).toList();
    return switch (cause.statement().op()) {
      case Op.Binary b when was.size() == 2 -> binary(b.op(), was.get(0), was.get(1));
      case Op.Unary u when was.size() == 1 -> u.op().text() + "(" + was.getFirst() + ")";
      case Op.Reduce r -> "the " + r.op().text() + " of nothing";
      case Op.Ago _ -> "a step before the first";
      case Op.At _ -> "an element that is undefined";
      default -> null;
    };
  }

  private static String binary(BinaryOp op, String left, String right) {
    return switch (op) {
      case ADD, IADD -> left + " + " + right;
      case SUB -> left + " - " + right;
      case MUL, IMUL -> left + " * " + right;
      case DIV -> left + " / " + right;
      case POW -> left + " ** " + right;
      default -> op.text() + "(" + left + ", " + right + ")";
    };
  }
}
