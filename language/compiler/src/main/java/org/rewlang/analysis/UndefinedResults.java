package org.rewlang.analysis;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.BinaryOp;
import org.rewlang.core.CoreFacts;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Op;
import org.rewlang.core.Origin;
import org.rewlang.core.Sink;
import org.rewlang.core.UnaryOp;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.interpret.Interpreter;
import org.rewlang.interpret.Replay;
import org.rewlang.model.Base;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Results that can be undefined. Where the ranges do not rule it out, the program is run on data in
 * its ranges, the ends among it, and at rest: inputs without a range are 0. What fails there is
 * told, with the operation that made it so. Nothing is guessed: inputs of which no range is
 * declared may be such that all is well.
 */
final class UndefinedResults {

  private static final long MOST_OPERATIONS = 400_000;
  private static final int EPISODES = 48;
  private static final int STEPS = 3;

  private final Source source;
  private final Model model;
  private final Ranges ranges;
  private final CoreProgram core;
  private final Random random = new Random(1);
  private final Map<Origin, Diagnostic> found = new LinkedHashMap<>();

  UndefinedResults(Source source, Model model, Ranges ranges, CoreProgram core) {
    this.source = source;
    this.model = model;
    this.ranges = ranges;
    this.core = core;
  }

  List<Diagnostic> find() {
    boolean open =
        core.step().sinks().stream()
            .anyMatch(s -> s instanceof Sink.Check c && c.failure() == Sink.Failure.UNDEFINED);
    long step = Math.max(1, CoreFacts.of(core).operations());
    if (!open || step > MOST_OPERATIONS / STEPS) {
      return List.of();
    }
    int episodes = (int) Math.min(EPISODES, MOST_OPERATIONS / (STEPS * step));
    Evaluator evaluator = new Interpreter().prepare(core);
    Frame frame = evaluator.newFrame(evaluator.layout().defaultParams());
    double[] defaults = frame.params.clone();
    for (int e = 0; e < episodes; e++) {
      boolean rest = e == 0;
      System.arraycopy(defaults, 0, frame.params, 0, defaults.length);
      if (e % 3 == 2) {
        params(evaluator, frame);
      }
      inputs(evaluator, frame, rest);
      // With a reset observation, so that every value of before has one.
      if (evaluator.observe(frame) != Evaluator.OK) {
        evaluator.layout().reset(frame.state);
      }
      for (int s = 0; s < STEPS; s++) {
        inputs(evaluator, frame, rest);
        int failed = evaluator.step(frame);
        if (failed != Evaluator.OK
            && core.step().sinks().get(failed) instanceof Sink.Check check
            && check.failure() == Sink.Failure.UNDEFINED) {
          tell(
              check,
              Replay.ofStep(evaluator.layout(), frame.inputs, frame.params, frame.state)
                  .why(failed));
        }
      }
    }
    return List.copyOf(found.values());
  }

  // Data.

  private void inputs(Evaluator evaluator, Frame frame, boolean rest) {
    for (int port = 0; port < model.inputs().size(); port++) {
      InputVar input = model.inputs().get(port);
      int from = evaluator.layout().input(port);
      int size = input.type().size();
      for (int i = 0; i < size; i++) {
        frame.inputs[from + i] = number(input, rest);
      }
    }
    model.structured().forEach(s -> unturned(s.form(), evaluator, frame));
    Arrays.fill(frame.present, true);
  }

  /** Where nothing says how a body is turned it is not, rather than in no way at all. */
  private void unturned(Form<InputVar> form, Evaluator evaluator, Frame frame) {
    switch (form) {
      case Form.Leaf<InputVar> leaf when leaf.order() != null -> {
        int from = evaluator.layout().input(model.inputs().indexOf(leaf.array()));
        for (int q = from; q < from + leaf.array().type().size(); q += 4) {
          double squares = 0;
          for (int i = q; i < q + 4; i++) {
            squares += frame.inputs[i] * frame.inputs[i];
          }
          int w = q + leaf.order().place('w');
          frame.inputs[w] = squares == 0 && leaf.array().range().contains(1) ? 1 : frame.inputs[w];
        }
      }
      case Form.Leaf<InputVar> _ -> {}
      case Form.Fields<InputVar> f ->
          f.fields().values().forEach(v -> unturned(v, evaluator, frame));
      case Form.Row<InputVar> row -> unturned(row.element(), evaluator, frame);
      case Form.Listed<InputVar> listed -> unturned(listed.element(), evaluator, frame);
      case Form.Maybe<InputVar> maybe -> unturned(maybe.of(), evaluator, frame);
    }
  }

  private double number(InputVar input, boolean rest) {
    if (input.type().base() == Base.BOOL) {
      return rest ? 0 : random.nextInt(2);
    }
    var enumeration = input.type().enumeration();
    if (enumeration != null) {
      return rest ? 0 : random.nextInt(enumeration.members().size());
    }
    return within(input.range(), input.type().base() == Base.INT, rest);
  }

  private double within(Interval range, boolean whole, boolean rest) {
    double low = range.low();
    double high = range.high();
    double zero = Math.min(Math.max(0, low), high);
    boolean open = Double.isInfinite(low) || Double.isInfinite(high);
    if (rest || open && random.nextInt(2) == 0) {
      return zero;
    }
    if (open) {
      // As far as the declared end goes, and no further than what surely is meant.
      return Double.isFinite(low) ? low : Double.isFinite(high) ? high : zero;
    }
    double value =
        switch (random.nextInt(4)) {
          case 0 -> low;
          case 1 -> high;
          case 2 -> zero;
          default -> low + (high - low) * random.nextDouble();
        };
    return whole ? Math.min(Math.max(Math.rint(value), Math.ceil(low)), Math.floor(high)) : value;
  }

  private void params(Evaluator evaluator, Frame frame) {
    for (int port = 0; port < model.params().size(); port++) {
      ParamVar param = model.params().get(port);
      Interval range = param.range();
      if (Double.isFinite(range.low()) && Double.isFinite(range.high())) {
        int from = evaluator.layout().param(port);
        for (int i = 0; i < param.type().size(); i++) {
          frame.params[from + i] = within(range, param.type().base() == Base.INT, false);
        }
      }
    }
  }

  // Words.

  private void tell(Sink.Check check, Replay.Cause cause) {
    Origin origin = cause.origin().isKnown() ? cause.origin() : check.origin();
    if (!origin.isKnown() || found.containsKey(origin)) {
      return;
    }
    Location at = origin.in(core);
    if (at.source() != source) {
      return;
    }
    String text = ConstantConditions.line(at);
    List<Double> was = cause.operands().stream().map(Replay.Operand::was).toList();
    Term term = term(at, cause.statement().op());
    String why = why(cause.statement().op(), was, term);
    if (why.isEmpty()) {
      return;
    }
    Diagnostic.Builder d =
        Diagnostic.of(
                Code.POSSIBLY_UNDEFINED,
                "`" + text + "` is undefined where " + why,
                at.source(),
                at.span())
            .label(seen(cause.statement().op(), was))
            .hint(hint(cause.statement().op(), term, text));
    if (check.origin().isKnown() && !check.origin().equals(origin)) {
      Location result = check.origin().in(core);
      d.related(result.source(), result.span(), "then " + check.what() + " fails the step");
    }
    found.put(origin, d.build());
  }

  /** The term of this text that computes such an operation, if the text itself is it. */
  private @Nullable Term term(Location at, Op op) {
    Operation wanted = operation(op);
    for (Term term : ranges.graph().order()) {
      if (wanted != null
          && Terms.is(term, wanted)
          && term.at().source() == at.source()
          && term.at().span().equals(at.span())
          && term instanceof Term.Apply apply
          && isInside(apply, at.span())) {
        return term;
      }
    }
    return null;
  }

  /** Whether operands are parts of the text; those of a function's own text are not. */
  private boolean isInside(Term.Apply apply, Span span) {
    return apply.operands().stream()
        .allMatch(
            o ->
                o.at().source() == source
                    && span.covers(o.at().span())
                    && !span.equals(o.at().span()));
  }

  private static @Nullable Operation operation(Op op) {
    return switch (op) {
      case Op.Binary b when b.op() == BinaryOp.DIV -> Operation.DIVIDE;
      case Op.Unary u when u.op() == UnaryOp.LOG -> Operation.LOG;
      case Op.Unary u when u.op() == UnaryOp.LOG1P -> Operation.LOG1P;
      case Op.Unary u when u.op() == UnaryOp.SQRT -> Operation.SQRT;
      case Op.Unary u when u.op() == UnaryOp.ASIN -> Operation.ASIN;
      case Op.Unary u when u.op() == UnaryOp.ACOS -> Operation.ACOS;
      case Op.Unary u when u.op() == UnaryOp.EXP -> Operation.EXP;
      default -> null;
    };
  }

  private static String operand(@Nullable Term term, int index) {
    return term instanceof Term.Apply apply
        ? ConstantConditions.line(apply.operands().get(index).at())
        : "";
  }

  private static String why(Op op, List<Double> was, @Nullable Term term) {
    return switch (op) {
      case Op.Binary b when b.op() == BinaryOp.DIV && was.size() == 2 && was.get(1) == 0 -> {
        String divisor = operand(term, 1);
        yield divisor.isEmpty() ? "it divides by 0" : "`" + divisor + "` is 0";
      }
      case Op.Unary u when was.size() == 1 && term != null ->
          "`" + operand(term, 0) + "` is " + Numeral.of(was.getFirst());
      case Op.Unary u when was.size() == 1 ->
          "it takes the " + u.op().text() + " of " + Numeral.of(was.getFirst());
      case Op.Binary b when was.size() == 2 -> "it computes " + seen(op, was);
      case Op.Reduce r -> "there is nothing to take the " + r.op().text() + " of";
      default -> "";
    };
  }

  private static String seen(Op op, List<Double> was) {
    List<String> numbers = was.stream().map(Numeral::of).toList();
    return switch (op) {
      case Op.Binary b when numbers.size() == 2 ->
          switch (b.op()) {
            case ADD -> numbers.get(0) + " + " + numbers.get(1);
            case SUB -> numbers.get(0) + " - " + numbers.get(1);
            case MUL -> numbers.get(0) + " * " + numbers.get(1);
            case DIV -> numbers.get(0) + " / " + numbers.get(1);
            case POW -> numbers.get(0) + " ** " + numbers.get(1);
            default -> b.op().text() + "(" + String.join(", ", numbers) + ")";
          };
      case Op.Unary u when numbers.size() == 1 -> u.op().text() + "(" + numbers.getFirst() + ")";
      default -> "undefined";
    };
  }

  private static String hint(Op op, @Nullable Term term, String text) {
    String instead = "say what stands instead, as in `(" + text + " ?? 0)`";
    if (op instanceof Op.Binary b && b.op() == BinaryOp.DIV && term instanceof Term.Apply apply) {
      boolean input = Terms.bare(apply.operands().get(1)) instanceof Term.Input;
      return input
          ? instead + ", or declare a range of `" + operand(term, 1) + "` without 0"
          : instead + ", or gate it with `when " + operand(term, 1) + " > 0`";
    }
    return instead;
  }
}
