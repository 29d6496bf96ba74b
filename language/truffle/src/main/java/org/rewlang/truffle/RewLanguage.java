package org.rewlang.truffle;

import com.oracle.truffle.api.CallTarget;
import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.TruffleFile;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.ProvidedTags;
import com.oracle.truffle.api.instrumentation.StandardTags.ExpressionTag;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.interop.UnsupportedMessageException;
import com.oracle.truffle.api.library.ExportLibrary;
import com.oracle.truffle.api.library.ExportMessage;
import com.oracle.truffle.api.nodes.RootNode;
import com.oracle.truffle.api.source.SourceSection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.CoreParser;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Evaluator;
import org.rewlang.engine.ProgramReader;
import org.rewlang.source.Source;

/**
 * Rew as tools of the platform know it: debugger, profiler, coverage.
 *
 * <p>A program normally runs on roots without a language: they need no context, cost least per
 * step, and no tool can see them, for instruments attach only to roots of a language in a context.
 * The nodes carry their sections and tags all the same, so the same tree under a root of this
 * language can be looked at. A host that wants that enters a context and takes {@link
 * TruffleEngine#forTools} as its engine; evaluators made by it run like any other, on any thread.
 *
 * <p>A context that evaluates a program's text gives a value with the members {@code name}, {@code
 * inputs} and {@code begin()}; an episode has {@code step({…})}, which takes inputs by name and
 * gives results by name, and {@code reset()}. {@link ProgramReader} says which.
 */
@TruffleLanguage.Registration(
    id = RewLanguage.ID,
    name = "Rew",
    characterMimeTypes = RewLanguage.MIME_TYPE,
    defaultMimeType = RewLanguage.MIME_TYPE,
    fileTypeDetectors = RewLanguage.Files.class,
    contextPolicy = TruffleLanguage.ContextPolicy.SHARED)
@ProvidedTags({RootTag.class, StatementTag.class, ExpressionTag.class})
public final class RewLanguage extends TruffleLanguage<RewLanguage.Context> {

  public static final String ID = "rew";

  static final String MIME_TYPE = "application/x-rew";

  /** How a program of the core begins. */
  private static final Pattern CORE = Pattern.compile("\\s*core\\s");

  private static final LanguageReference<RewLanguage> LANGUAGE =
      LanguageReference.create(RewLanguage.class);

  private static final ContextReference<Context> CONTEXT =
      ContextReference.create(RewLanguage.class);

  /** All state of a program is its caller's; this only lets objects out. */
  record Context(Env env) {}

  /**
   * A context that is to run programs, and its language.
   *
   * @param text the program's own, as the context knows it; null if it came another way
   */
  record Attached(
      RewLanguage language,
      TruffleContext context,
      com.oracle.truffle.api.source.@Nullable Source text) {

    /** The context that this thread has entered. */
    static Attached entered() {
      return entered(null);
    }

    private static Attached entered(com.oracle.truffle.api.source.@Nullable Source text) {
      return new Attached(LANGUAGE.get(null), CONTEXT.get(null).env().getContext(), text);
    }
  }

  /** Knows files by their names. */
  static final class Files implements TruffleFile.FileTypeDetector {
    @Override
    public @Nullable String findMimeType(TruffleFile file) {
      String name = file.getName();
      return name != null && name.endsWith(".rew") ? MIME_TYPE : null;
    }

    @Override
    public Charset findEncoding(TruffleFile file) {
      return StandardCharsets.UTF_8;
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
    com.oracle.truffle.api.source.Source source = request.getSource();
    String text = source.getCharacters().toString();
    Object value =
        CORE.matcher(text).lookingAt() ? evaluator(source.getName(), text) : program(source, text);
    return new Made(this, value).getCallTarget();
  }

  /** Core text becomes an evaluator, which is the host's own. */
  private static Object evaluator(String name, String text) {
    CoreParser.Result result = CoreParser.parse(Source.of(name, text));
    CoreProgram program = result.program();
    if (program == null) {
      throw new Refused(result.diagnostics().getFirst().message(), null);
    }
    Evaluator evaluator = new TruffleEvaluator(program, Attached.entered());
    return CONTEXT.get(null).env().asGuestValue(evaluator);
  }

  private static Object program(com.oracle.truffle.api.source.Source source, String text) {
    ProgramReader reader =
        ServiceLoader.load(ProgramReader.class, RewLanguage.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () -> new Refused("a program is read by Rew's API, which isn't there", null));
    try {
      TruffleEngine engine = new TruffleEngine(Attached.entered(source));
      return Guest.program(reader.read(source.getName(), text, engine));
    } catch (ProgramReader.Refused e) {
      SourceSection place =
          e.hasPlace() ? source.createSection(e.start(), e.end() - e.start()) : null;
      throw new Refused(e.why(), place);
    }
  }

  /** Something that Rew can't do, in the user's words. */
  @ExportLibrary(InteropLibrary.class)
  static final class Refused extends AbstractTruffleException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable SourceSection place;

    Refused(String message, @Nullable SourceSection place) {
      super(message);
      this.place = place;
    }

    @ExportMessage
    boolean hasSourceLocation() {
      return place != null;
    }

    @ExportMessage
    SourceSection getSourceLocation() throws UnsupportedMessageException {
      if (place == null) {
        throw UnsupportedMessageException.create();
      }
      return place;
    }
  }

  /** Gives a value to the host. */
  private static final class Made extends RootNode {
    private final Object value;

    Made(RewLanguage language, Object value) {
      super(language);
      this.value = value;
    }

    @Override
    public Object execute(VirtualFrame frame) {
      return value;
    }
  }
}
