package org.rewlang;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.engine.Engine;
import org.rewlang.host.Engines;
import org.rewlang.host.Front;

/**
 * Compiles programs, and chooses what runs them. Thread-safe; share one.
 *
 * <pre>{@code
 * Reward reward = RewardEngine.create().compile(Path.of("cartpole.rew"));
 * Episode episode = reward.newEpisode();
 * for (double[] inputs : steps) {
 *   sum += episode.step(inputs);
 * }
 * }</pre>
 */
public final class RewardEngine {

  private final Engines.Choice choice;

  /** Whether each program is for many rows. */
  private final boolean rows;

  private RewardEngine(Engines.Choice choice, boolean rows) {
    this.choice = choice;
    this.rows = rows;
  }

  /** Chooses by itself: Truffle where the JVM has Graal to compile it, else bytecode. */
  public static RewardEngine create() {
    return create(Engines.AUTO);
  }

  /**
   * Takes the engine called {@code name}: {@code bytecode}, {@code truffle}, {@code columns},
   * {@code gpu}, {@code gpu:0} (or another number of a device), {@code interpreter} or {@code
   * auto}. Without a GPU, and for programs that can't run on one, another engine stands in for
   * {@code gpu}, and the reason says so.
   *
   * @throws RewardCompileException if there is none of this name, or it can't run here
   */
  public static RewardEngine create(String name) {
    return new RewardEngine(chosen(name), false);
  }

  /**
   * The same for scoring many rows: where the choice is left to Rew, programs that keep no state
   * run on columns.
   *
   * @throws RewardCompileException if there is none of this name, or it can't run here
   */
  public static RewardEngine forRows(String name) {
    return new RewardEngine(chosen(name), true);
  }

  private static Engines.Choice chosen(String name) {
    return Engines.choose(name)
        .orElseThrow(() -> new RewardCompileException(List.of(unknown(name))));
  }

  /** Takes an engine that was made elsewhere; for Rew's own tools. */
  public static RewardEngine of(Engine engine) {
    return new RewardEngine(new Engines.Choice(engine, "", "", false), false);
  }

  private static Diagnostic unknown(String name) {
    Optional<EngineInfo> known =
        engines().stream().filter(e -> e.name().equalsIgnoreCase(name)).findFirst();
    return Diagnostic.of(
            Code.UNKNOWN_ENGINE,
            known
                .map(e -> "engine `" + e.name() + "` can't run here: " + e.reason())
                .orElse("there is no engine `" + name + "`"))
        .found(name)
        .expected(Engines.offered())
        .build();
  }

  /** Every engine, with whether it can run here and why. */
  public static List<EngineInfo> engines() {
    return Engines.all();
  }

  /** The engine chosen, and the reason for the choice. */
  public EngineInfo engine() {
    return new EngineInfo(choice.engine().name(), true, choice.reason());
  }

  /** Compiles a file. Never throws for a bad program, or for a file that can't be read. */
  public Compilation check(Path file) {
    return compiled(Front.compile(file));
  }

  /** Compiles a text that people know by {@code name}. Never throws for a bad program. */
  public Compilation check(String name, String text) {
    return compiled(Front.compile(name, text));
  }

  /**
   * Compiles a file.
   *
   * @throws RewardCompileException if the program has errors, or can't be read
   */
  public Reward compile(Path file) {
    return check(file).orThrow();
  }

  /**
   * Compiles a text that people know by {@code name}.
   *
   * @throws RewardCompileException if the program has errors
   */
  public Reward compile(String name, String text) {
    return check(name, text).orThrow();
  }

  private Compilation compiled(Front.Result result) {
    return new Compilation(
        result.program().map(p -> new Reward(p, Engines.forProgram(choice, p.core(), rows))),
        result.diagnostics());
  }
}
