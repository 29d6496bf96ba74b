package org.rewlang.agreement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.rewlang.bytecode.BytecodeEngine;
import org.rewlang.check.Loader;
import org.rewlang.columns.ColumnsEngine;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.core.CoreCases;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.RandomCore;
import org.rewlang.engine.BatchDifferential;
import org.rewlang.engine.BatchEvaluator;
import org.rewlang.engine.Differential;
import org.rewlang.engine.Engine;
import org.rewlang.host.Front;
import org.rewlang.interpret.Interpreter;
import org.rewlang.oracle.RandomLists;
import org.rewlang.source.Source;
import org.rewlang.truffle.TruffleEngine;

/**
 * All engines on all kinds of programs, beside the reference interpreter, to the last bit. An
 * evaluation is a number that an engine computed and that was compared.
 *
 * <p>{@code main} goes on until a number of evaluations is reached, for runs that are too long for
 * a test: {@code Agreement 1000000000 [FIRST_SEED]}, from the root of the repository.
 */
public final class Agreement {

  /** Where programs come from. */
  public enum Origin {
    /** The programs in {@code examples}. */
    EXAMPLES,
    /** Programs of the core, written by hand for what is easily got wrong. */
    CASES,
    /** Random programs of the core. */
    CORE,
    /** Random programs over lists, as text. */
    LISTS
  }

  /** What one origin's programs came to. */
  public static final class Count {
    public long programs;
    public long evaluations;
    public long undefined;
    public long failures;

    private void add(Differential.Report r) {
      evaluations += r.values();
      undefined += r.undefined();
      failures += r.failures();
    }

    private void add(BatchDifferential.Report r) {
      evaluations += r.values();
      undefined += r.undefined();
      failures += r.failures();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d programs, %,d evaluations, %,d undefined, %,d failed steps",
          programs,
          evaluations,
          undefined,
          failures);
    }
  }

  private static final int STEPS = 60;
  private static final int[] WIDTHS = {1, 3, 33};

  private final List<Engine> engines;
  private final Map<Origin, Count> counts = new EnumMap<>(Origin.class);

  /** A comparison of these engines with the interpreter. */
  public Agreement(List<Engine> engines) {
    this.engines = engines;
    for (Origin origin : Origin.values()) {
      counts.put(origin, new Count());
    }
  }

  /** Every engine that a JVM without flags has. */
  public static List<Engine> engines() {
    return List.of(new BytecodeEngine(), new TruffleEngine(), new ColumnsEngine());
  }

  public Count of(Origin origin) {
    return counts.get(origin);
  }

  /** All that was compared. */
  public long evaluations() {
    return counts.values().stream().mapToLong(c -> c.evaluations).sum();
  }

  /**
   * One program on random numbers: step by step, and in blocks of lanes where an engine has them.
   *
   * @throws AssertionError where a bit differs
   */
  public void compare(Origin origin, CoreProgram program, long seed) {
    Count count = counts.get(origin);
    count.programs++;
    for (Engine engine : engines) {
      count.add(Differential.compare(program, new Interpreter(), engine, seed, STEPS));
      BatchEvaluator evaluator = engine.prepareBatch(program).orElse(null);
      if (evaluator != null) {
        BatchEvaluator.Runner runner = evaluator.newRunner();
        for (int width : WIDTHS) {
          count.add(BatchDifferential.compare(evaluator, runner, width, seed, 6));
        }
      }
    }
  }

  /** The programs that there are a fixed number of. */
  public void fixed(Path examples, long seed) throws IOException {
    for (CoreProgram program : examples(examples)) {
      compare(Origin.EXAMPLES, program, seed);
    }
    for (CoreCases.Case test : CoreCases.all()) {
      compare(Origin.CASES, test.program(), seed);
    }
  }

  /** A random program of each kind. */
  public void random(long seed) {
    compare(Origin.CORE, RandomCore.program(seed), seed);
    if (seed % 10 == 0) {
      compare(Origin.LISTS, compiled(new RandomLists(seed).text), seed);
    }
  }

  private static CoreProgram compiled(String text) {
    Compilation compilation = Compiler.compile(Source.of("random.rew", text), Loader.NONE);
    CoreProgram core = compilation.core();
    if (core == null) {
      throw new AssertionError(text + compilation.diagnostics());
    }
    return core;
  }

  private static List<CoreProgram> examples(Path folder) throws IOException {
    List<CoreProgram> programs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".rew")).sorted().toList()) {
        Front.compile(file).program().ifPresent(p -> programs.add(p.core()));
      }
    }
    return programs;
  }

  /** Goes on until there are so many evaluations. */
  public static void main(String[] args) throws IOException {
    long wanted = Long.parseLong(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1_000_000;
    Agreement all = new Agreement(engines());
    all.fixed(Path.of("examples"), seed);
    long said = 0;
    for (; all.evaluations() < wanted; seed++) {
      all.random(seed);
      if (all.evaluations() / 50_000_000 > said) {
        said = all.evaluations() / 50_000_000;
        System.out.printf(Locale.ROOT, "%,d evaluations, seed %d%n", all.evaluations(), seed);
      }
    }
    for (Origin origin : Origin.values()) {
      System.out.println(origin.name().toLowerCase(Locale.ROOT) + ": " + all.of(origin));
    }
    System.out.printf(Locale.ROOT, "%,d evaluations, no bit differs%n", all.evaluations());
  }
}
