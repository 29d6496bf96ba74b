package org.rewlang.truffle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventListener;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.instrumentation.Tag;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.junit.jupiter.api.Test;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.Frame;

/** A tool of the platform looks at a running program. */
class ToolsTest {

  /** Writes down what is entered and what returns. */
  @TruffleInstrument.Registration(id = "rew-test", services = Recorder.class)
  public static final class Recorder extends TruffleInstrument {
    final List<String> events = new ArrayList<>();

    @Override
    protected void onCreate(Env env) {
      env.registerService(this);
      record(env, RootTag.class, "root");
      record(env, StatementTag.class, "statement");
      record(env, ExpressionTag.class, "expression");
    }

    private void record(Env env, Class<? extends Tag> tag, String name) {
      SourceSectionFilter filter = SourceSectionFilter.newBuilder().tagIs(tag).build();
      env.getInstrumenter()
          .attachExecutionEventListener(
              filter,
              new ExecutionEventListener() {
                @Override
                public void onEnter(EventContext context, VirtualFrame frame) {}

                @Override
                public void onReturnValue(EventContext context, VirtualFrame frame, Object value) {
                  String text = context.getInstrumentedSourceSection().getCharacters().toString();
                  events.add(name + " " + text.strip().replace("\n", "; ") + " -> " + value);
                }

                @Override
                public void onReturnExceptional(
                    EventContext context, VirtualFrame frame, Throwable exception) {}
              });
    }
  }

  @Test
  void instrumentsSeeStatementsAndValues() {
    try (Context context = Context.create()) {
      Recorder recorder =
          context.getEngine().getInstruments().get("rew-test").lookup(Recorder.class);
      context.initialize(RewLanguage.ID);
      context.enter();
      Evaluator evaluator = TruffleEngine.forTools().prepare(TreeTest.PROGRAM);
      context.leave();
      Frame frame = evaluator.newFrame(new double[0]);
      assertEquals(Evaluator.OK, evaluator.step(frame));
      assertEquals(1, frame.outputs[0]);
      assertEquals(
          List.of(
              "expression gap -> 0.0",
              "expression -gap -> -0.0",
              "expression exp(-gap) -> 1.0",
              "expression near = exp(-gap) -> true",
              "statement near = exp(-gap) -> true",
              "statement reward near -> null",
              "root near = exp(-gap); reward near -> -1"),
          recorder.events);
    }
  }

  @Test
  void aContextEvaluatesCoreText() {
    try (Context context = Context.create()) {
      String text = "core a clock step in x f64 out total t = mul(x, 2)";
      Evaluator evaluator = context.eval(RewLanguage.ID, text).asHostObject();
      Frame frame = evaluator.newFrame(new double[0]);
      frame.inputs[0] = 21;
      evaluator.step(frame);
      assertEquals(42, frame.outputs[0]);
      PolyglotException wrong =
          assertThrows(PolyglotException.class, () -> context.eval(RewLanguage.ID, "core a"));
      assertEquals("`clock` is expected here, not the end", wrong.getMessage());
    }
  }
}
