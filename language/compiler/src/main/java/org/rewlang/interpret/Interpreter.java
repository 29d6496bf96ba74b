package org.rewlang.interpret;

import java.util.Arrays;
import java.util.List;
import org.rewlang.core.Body;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.HistoryInfo;
import org.rewlang.core.Sink;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;
import org.rewlang.engine.Layout;

/** Runs core programs as they are written, one operation at a time. */
public final class Interpreter implements Engine {

  @Override
  public String name() {
    return "interpreter";
  }

  @Override
  public String reason() {
    return "the reference interpreter runs the core as it is written; it is not compiled";
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    return new Interpreted(new Code(new Layout(program)));
  }

  private record Interpreted(Code code) implements Evaluator {

    @Override
    public Layout layout() {
      return code.layout();
    }

    @Override
    public int scratchSize() {
      return 0;
    }

    @Override
    public int step(Frame frame) {
      Run run = stepOf(code, frame.inputs, frame.params, frame.state);
      return finish(layout().program().step(), run, frame.state, frame);
    }

    @Override
    public int observe(Frame frame) {
      double[] initial = new double[layout().stateSize()];
      layout().reset(initial);
      Run run = resetOf(code, frame.inputs, frame.present, frame.params);
      return finish(layout().program().reset(), run, initial, frame);
    }

    /** All sinks are looked at before any memory is written. */
    private int finish(Body body, Run run, double[] before, Frame frame) {
      List<Sink> sinks = body.sinks();
      for (int i = 0; i < sinks.size(); i++) {
        if (sinks.get(i) instanceof Sink.Check check && !run.isTrue(check.condition())) {
          return i;
        }
      }
      double[] after = before.clone();
      for (int i = 0; i < sinks.size(); i++) {
        switch (sinks.get(i)) {
          case Sink.Out o -> write(run, o.value(), frame.outputs, layout().output(o.port()));
          case Sink.Next n -> write(run, n.value(), after, layout().slot(n.slot()));
          case Sink.Push p -> push(p.history(), run, p.value(), after);
          case Sink.Check _ -> {}
        }
      }
      System.arraycopy(after, 0, frame.state, 0, after.length);
      return OK;
    }

    private void write(Run run, int value, double[] to, int at) {
      System.arraycopy(run.values, code.place(value), to, at, code.size(value));
    }

    private void push(int h, Run run, int value, double[] state) {
      HistoryInfo history = layout().program().histories().get(h);
      int head = (int) state[layout().historyHead(h)];
      write(run, value, state, layout().history(h) + head * code.size(value));
      state[layout().historyHead(h)] = (head + 1) % history.length();
      double count = state[layout().historyCount(h)];
      state[layout().historyCount(h)] = Math.min(count + 1, history.length());
    }
  }

  /** A step that has run, none of whose sinks took effect. */
  static Run stepOf(Code code, double[] inputs, double[] params, double[] state) {
    boolean[] all = new boolean[code.layout().program().inputs().size()];
    Arrays.fill(all, true);
    Run run = new Run(code, inputs, all, params, state);
    run.all(code.step());
    return run;
  }

  /** A reset that has run, none of whose sinks took effect. */
  static Run resetOf(Code code, double[] inputs, boolean[] present, double[] params) {
    double[] initial = new double[code.layout().stateSize()];
    code.layout().reset(initial);
    Run run = new Run(code, inputs, present, params, initial);
    run.all(code.reset());
    return run;
  }
}
