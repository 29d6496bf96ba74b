package org.rewlang.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.rewlang.RewardEngine;
import org.rewlang.check.Checked;
import org.rewlang.check.Checker;
import org.rewlang.check.Loader;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** How long a hundred lines take to read, to check and to compile, warm. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
// A compiler is much code: the JVM needs half a minute for it.
@Warmup(iterations = 12, time = 3)
@Measurement(iterations = 6, time = 1)
@Fork(2)
public class CompileBenchmark {

  private final Source source = Source.of("hundred.rew", Programs.text("hundred.rew"));
  private final Parsed parsed = Parser.parse(source);
  private final RewardEngine engine = RewardEngine.create("interpreter");

  @Benchmark
  public Parsed parse() {
    return Parser.parse(source);
  }

  @Benchmark
  public Checked check() {
    return Checker.check(parsed.program(), Loader.NONE);
  }

  /** From text to a program that can run, the reference interpreter's. */
  @Benchmark
  public Object compile() {
    return engine.check(source.name(), source.text());
  }
}
