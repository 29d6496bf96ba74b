package org.rewlang.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rewlang.EngineInfo;
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

  private static final String TRUFFLE = "truffle";
  private static final String INTERPRETER = "interpreter";
  private static final String COLUMNS = "columns";

  private Engines() {}

  /** An engine, and why it was chosen. */
  public record Choice(Engine engine, String reason) {}

  /** All names that may be asked for. */
  public static List<String> names() {
    return List.of(AUTO, TRUFFLE, COLUMNS, INTERPRETER);
  }

  /** The engine called {@code name}, if it can run here. */
  public static Optional<Choice> choose(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case AUTO -> Optional.of(auto());
      case COLUMNS -> {
        Engine engine = new ColumnsEngine();
        yield Optional.of(new Choice(engine, "asked for; " + engine.reason()));
      }
      case INTERPRETER -> {
        Engine engine = new Interpreter();
        yield Optional.of(new Choice(engine, "asked for; " + engine.reason()));
      }
      case TRUFFLE -> {
        if (truffle() instanceof Loaded loaded) {
          yield Optional.of(new Choice(loaded.engine, "asked for; " + loaded.engine.reason()));
        }
        yield Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Choice auto() {
    return switch (truffle()) {
      case Loaded loaded -> new Choice(loaded.engine, loaded.engine.reason());
      case Missing missing ->
          new Choice(new Interpreter(), "Truffle can't be used here: " + missing.reason);
    };
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
    List<EngineInfo> infos = new ArrayList<>();
    infos.add(
        switch (truffle()) {
          case Loaded loaded -> new EngineInfo(TRUFFLE, true, loaded.engine.reason());
          case Missing missing -> new EngineInfo(TRUFFLE, false, missing.reason);
        });
    infos.add(new EngineInfo(COLUMNS, true, new ColumnsEngine().reason()));
    infos.add(new EngineInfo(INTERPRETER, true, new Interpreter().reason()));
    return List.copyOf(infos);
  }

  private sealed interface Truffle {}

  private record Loaded(Engine engine) implements Truffle {}

  private record Missing(String reason) implements Truffle {}

  /** A host may leave Truffle's jars out, or have others in the way. */
  private static Truffle truffle() {
    try {
      Engine engine = new TruffleEngine();
      // Its runtime starts here, where a failure can still be told from a program's.
      String unused = engine.reason();
      return new Loaded(engine);
    } catch (LinkageError e) {
      return new Missing(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
