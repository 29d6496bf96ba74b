package org.rewlang.host;

import java.util.ArrayList;
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
import org.rewlang.gpu.DeviceInfo;
import org.rewlang.gpu.GpuEngine;
import org.rewlang.gpu.WorkerException;
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
  private static final String GPU = "gpu";

  private Engines() {}

  /**
   * An engine, and why it was chosen.
   *
   * @param before what stands before the engine's own reason
   * @param after what stands behind it
   * @param free whether another may be taken, because nobody asked for this one
   */
  public record Choice(Engine engine, String before, String after, boolean free) {

    /** The reason, as things are now: an engine may have found out that its device fails. */
    public String reason() {
      return before + engine.reason() + after;
    }

    private Choice because(String why) {
      return new Choice(engine, why + before, after, free);
    }
  }

  /** All names that may be asked for. */
  public static List<String> names() {
    return List.of(AUTO, BYTECODE, TRUFFLE, COLUMNS, GPU, INTERPRETER);
  }

  /** The same, with the devices that are here. */
  public static List<String> offered() {
    List<String> offered = new ArrayList<>(names());
    for (int device = 0; device < accelerators().size(); device++) {
      offered.add(GPU + ":" + device);
    }
    return offered;
  }

  /** The engines that can run a program, where a machine has what they need. */
  public static List<String> able(CoreProgram program) {
    return names().stream()
        .filter(n -> !n.equals(AUTO))
        .filter(n -> !n.equals(GPU) || GpuEngine.canRun(program))
        .toList();
  }

  /**
   * The engine called {@code name}, if it can run here. Without a GPU, another stands in for it and
   * says so, unless one device is asked for: {@code gpu:0}.
   */
  public static Optional<Choice> choose(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.startsWith(GPU + ":")) {
      return device(lower.substring(GPU.length() + 1));
    }
    return switch (lower) {
      case AUTO -> Optional.of(auto());
      case COLUMNS -> Optional.of(asked(new ColumnsEngine()));
      case BYTECODE -> Optional.of(asked(new BytecodeEngine()));
      case INTERPRETER -> Optional.of(asked(new Interpreter()));
      case TRUFFLE ->
          truffle(TruffleEngine::runtime) instanceof Loaded loaded
              ? Optional.of(asked(loaded.engine))
              : Optional.empty();
      case GPU -> {
        try {
          yield Optional.of(asked(GpuEngine.on(0)));
        } catch (WorkerException e) {
          yield Optional.of(auto().because(standsIn(e.reason())));
        }
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Choice> device(String number) {
    try {
      return Optional.of(asked(GpuEngine.on(Integer.parseUnsignedInt(number))));
    } catch (WorkerException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String standsIn(String why) {
    return "asked for gpu, but " + why + "; so ";
  }

  private static Choice asked(Engine engine) {
    return new Choice(engine, "asked for; ", "", false);
  }

  /** Truffle where it compiles; bytecode needs nothing. */
  private static Choice auto() {
    Truffle truffle = truffle(TruffleEngine::isCompiling);
    if (truffle instanceof Loaded loaded && loaded.engine.isCompiling()) {
      return new Choice(loaded.engine, "", "", true);
    }
    String why =
        switch (truffle) {
          case Loaded loaded -> "Truffle would be " + loaded.engine.reason();
          case Missing missing -> "Truffle can't be used here: " + missing.reason;
        };
    return new Choice(new BytecodeEngine(), "", "; " + why, true);
  }

  /**
   * The engine for a program: the one chosen, if the program can run there.
   *
   * @param rows whether many of its rows will be scored
   */
  public static Choice forProgram(Choice choice, CoreProgram program, boolean rows) {
    Choice able =
        choice.engine instanceof GpuEngine gpu
            ? gpu.refusal(program).map(why -> auto().because(standsIn(why))).orElse(choice)
            : choice;
    return rows && able.free ? forRows(able, program) : able;
  }

  /** More operations a row than this are better compiled. */
  private static final long MOST_OPERATIONS = 2_000;

  /**
   * The engine for many rows of a program. Without state all rows run side by side, whatever the
   * episodes are; with it only episodes do, and those may be few and long.
   *
   * @param other that for one row at a time
   */
  private static Choice forRows(Choice other, CoreProgram program) {
    boolean keepsState = !program.slots().isEmpty() || !program.histories().isEmpty();
    long operations = CoreFacts.of(program).operations();
    if (keepsState || operations > MOST_OPERATIONS) {
      return other;
    }
    return new Choice(
        new ColumnsEngine(), other.before + "the program keeps no state: ", "", other.free);
  }

  /** The devices that the engine for GPUs can use, best first. */
  public static List<DeviceInfo> accelerators() {
    try {
      return GpuEngine.devices();
    } catch (WorkerException e) {
      return List.of();
    }
  }

  private static EngineInfo gpu() {
    try {
      return usable(GpuEngine.on(0));
    } catch (WorkerException e) {
      return new EngineInfo(GPU, false, e.reason());
    }
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
        gpu(),
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
