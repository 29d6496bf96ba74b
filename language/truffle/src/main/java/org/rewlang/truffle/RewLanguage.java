package org.rewlang.truffle;

import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.instrumentation.ProvidedTags;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;

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

  private static final LanguageReference<RewLanguage> REFERENCE =
      LanguageReference.create(RewLanguage.class);

  /** Nothing: all state of a program is its caller's. */
  static final class Context {}

  /** The language in the context that this thread has entered. */
  static RewLanguage entered() {
    return REFERENCE.get(null);
  }

  @Override
  protected Context createContext(Env env) {
    return new Context();
  }
}
