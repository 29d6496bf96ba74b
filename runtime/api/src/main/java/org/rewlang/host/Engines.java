package org.rewlang.host;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.rewlang.EngineInfo;
import org.rewlang.bytecode.BytecodeEngine;
import org.rewlang.columns.ColumnsEngine;
import org.rewlang.core.CoreFacts;
import org.rewlang.core.CoreProgram;
import org.rewlang.engine.Engine;
import org.rewlang.interpret.Interpreter;
import org.rewlang.truffle.TruffleEngine;

/** The engines there are, and which one {@code auto} takes. */
public final class Engines {

  /** The name that leaves the choice to Rew. */
  public static final String AUTO = "auto";

  private static final String BYTECODE = "bytecode";
  private static final String TRUFFLE = "truffle";
  private static final String INTERPRETER = "interpreter";
  private static final String COLUMNS = "columns";

  private Engines() {}

  /** An engine, and why it was chosen. */
  public record Choice(Engine engine, String reason) {}

  /** All names that may be asked for. */
  public static List<String> names() {
    return List.of(AUTO, BYTECODE, TRUFFLE, COLUMNS, INTERPRETER);
  }

  /** The engine called {@code name}, if it can run here. */
  public static Optional<Choice> choose(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case AUTO -> Optional.of(auto());
      case COLUMNS -> Optional.of(asked(new ColumnsEngine()));
      case BYTECODE -> Optional.of(asked(new BytecodeEngine()));
      case INTERPRETER -> Optional.of(asked(new Interpreter()));
      case TRUFFLE ->
          truffle(TruffleEngine::runtime) instanceof Loaded loaded
              ? Optional.of(asked(loaded.engine))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Choice asked(Engine engine) {
    return new Choice(engine, "asked for; " + engine.reason());
  }

  /** Truffle where it compiles; bytecode needs nothing. */
  private static Choice auto() {
    Truffle truffle = truffle(TruffleEngine::isCompiling);
    if (truffle instanceof Loaded loaded && loaded.engine.isCompiling()) {
      return new Choice(loaded.engine, loaded.engine.reason());
    }
    Engine engine = new BytecodeEngine();
    String why =
        switch (truffle) {
          case Loaded loaded -> "Truffle would be " + loaded.engine.reason();
          case Missing missing -> "Truffle can't be used here: " + missing.reason;
        };
    return new Choice(engine, engine.reason() + "; " + why);
  }

  /** More operations a row than this are better compiled. */
  private static final long MOST_OPERATIONS = 2_000;

  /**
   * The engine for many rows of a program. Without state all rows run side by side, whatever the
   * episodes are; with it only episodes do, and those may be few and long.
   *
   * @param other that for one row at a time
   */
  public static Choice forRows(Choice other, CoreProgram program) {
    boolean keepsState = !program.slots().isEmpty() || !program.histories().isEmpty();
    long operations = CoreFacts.of(program).operations();
    if (keepsState || operations > MOST_OPERATIONS) {
      return other;
    }
    Engine engine = new ColumnsEngine();
    return new Choice(engine, "the program keeps no state: " + engine.reason());
  }

  /** Each engine with whether it can run here. */
  public static List<EngineInfo> all() {
    return List.of(
        usable(new BytecodeEngine()),
        switch (truffle(TruffleEngine::runtime)) {
          case Loaded loaded -> usable(loaded.engine);
          case Missing missing -> new EngineInfo(TRUFFLE, false, missing.reason);
        },
        usable(new ColumnsEngine()),
        usable(new Interpreter()));
  }

  private static EngineInfo usable(Engine engine) {
    return new EngineInfo(engine.name(), true, engine.reason());
  }

  private sealed interface Truffle {}

  private record Loaded(TruffleEngine engine) implements Truffle {}

  private record Missing(String reason) implements Truffle {}

  /**
   * A host may leave Truffle's jars out, or have others in the way.
   *
   * @param start of what a failure can here still be told from a program's
   */
  private static Truffle truffle(Consumer<TruffleEngine> start) {
    try {
      TruffleEngine engine = new TruffleEngine();
      start.accept(engine);
      return new Loaded(engine);
    } catch (LinkageError e) {
      return new Missing(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
