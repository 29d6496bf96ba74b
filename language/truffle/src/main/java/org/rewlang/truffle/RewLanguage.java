package org.rewlang.truffle;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.ProvidedTags;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.nodes.RootNode;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.source.Source;

/**
 * Rew as tools of the platform know it: debugger, profiler, coverage.
 *
 * <p>A program normally runs on roots without a language: they need no context, cost least per
 * step, and no tool can see them, for instruments attach only to roots of a language in a context.
 * The nodes carry their sections and tags all the same, so the same tree under a root of this
 * language can be looked at. A host that wants that enters a context and takes {@link
 * TruffleEngine#forTools} as its engine; evaluators made by it run like any other, on any thread.
 */
@TruffleLanguage.Registration(
    id = RewLanguage.ID,
    name = "Rew",
    contextPolicy = TruffleLanguage.ContextPolicy.SHARED)
@ProvidedTags({RootTag.class, StatementTag.class, ExpressionTag.class})
public final class RewLanguage extends TruffleLanguage<RewLanguage.Context> {

  public static final String ID = "rew";

  private static final LanguageReference<RewLanguage> LANGUAGE =
      LanguageReference.create(RewLanguage.class);

  private static final ContextReference<Context> CONTEXT =
      ContextReference.create(RewLanguage.class);

  /** All state of a program is its caller's; this only lets objects out. */
  record Context(Env env) {}

  /** A context that is to run programs, and its language. */
  record Attached(RewLanguage language, TruffleContext context) {

    /** The context that this thread has entered. */
    static Attached entered() {
      return new Attached(LANGUAGE.get(null), CONTEXT.get(null).env().getContext());
    }
  }

  /** Frames belong to threads, programs do not. */
  @Override
  protected boolean isThreadAccessAllowed(Thread thread, boolean singleThreaded) {
    return true;
  }

  @Override
  protected Context createContext(Env env) {
    return new Context(env);
  }

  @Override
  protected CallTarget parse(ParsingRequest request) {
    String text = request.getSource().getCharacters().toString();
    CoreParser.Result result = CoreParser.parse(Source.of(request.getSource().getName(), text));
    CoreProgram program = result.program();
    if (program == null) {
      throw new Refused(result.diagnostics().getFirst().message());
    }
    return new Prepared(this, new TruffleEvaluator(program, Attached.entered())).getCallTarget();
  }

  /** Text that is no core program. */
  private static final class Refused extends AbstractTruffleException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  /** Gives an evaluator to the host. */
  private static final class Prepared extends RootNode {
    private final Evaluator evaluator;

    Prepared(RewLanguage language, Evaluator evaluator) {
      super(language);
      this.evaluator = evaluator;
    }

    @Override
    public Object execute(VirtualFrame frame) {
      return CONTEXT.get(this).env().asGuestValue(evaluator);
    }
  }
}
