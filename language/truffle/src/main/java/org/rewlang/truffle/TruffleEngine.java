package org.rewlang.truffle;

import com.oracle.truffle.api.Truffle;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.engine.Evaluator;

/**
 * Runs core programs on Truffle: compiled where the JVM has Graal beside it, interpreted elsewhere.
 */
public final class TruffleEngine implements Engine {

  private static final @Nullable String OBSTACLE = Runtimes.obstacle();

  private final RewLanguage.@Nullable Attached attached;

  public TruffleEngine() {
    this(null);
  }

  TruffleEngine(RewLanguage.@Nullable Attached attached) {
    this.attached = attached;
  }

  /**
   * An engine whose programs the tools of the polyglot context see that this thread has entered.
   * For debugging and profiling; a step costs a little more.
   */
  public static TruffleEngine forTools() {
    return new TruffleEngine(RewLanguage.Attached.entered());
  }

  @Override
  public String name() {
    return "truffle";
  }

  @Override
  public String reason() {
    if (OBSTACLE != null) {
      return "interpreted: " + OBSTACLE;
    }
    return isCompiling()
        ? "compiled by Graal, via JVMCI (" + runtime() + ")"
        : "interpreted: the runtime is " + runtime();
  }

  /**
   * The name of Truffle's runtime, which is started.
   *
   * @throws LinkageError where it can't be
   */
  public String runtime() {
    return Truffle.getRuntime().getName();
  }

  /** Whether steps are compiled once they are hot. What can't be compiled is not started. */
  public boolean isCompiling() {
    return OBSTACLE == null && !runtime().equals("Interpreted");
  }

  @Override
  public Evaluator prepare(CoreProgram program) {
    return new TruffleEvaluator(program, attached);
  }
}
