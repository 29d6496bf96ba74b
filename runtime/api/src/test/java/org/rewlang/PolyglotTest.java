package org.rewlang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.StatementTag;
import com.oracle.truffle.tools.profiler.CPUTracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program as a value of the polyglot platform, and the platform's profiler on it. */
class PolyglotTest {

  private static final String PROGRAM =
      """
      module walk

      enum Gait { STAND, TROT }

      inputs {
        speed: real in -10..10
        feet: bool[2]
        at: real[2]
        gait: Gait
      }

      param target: real = 1 in 0..2

      let miss = abs(speed - target)

      reward {
        track = 1 - miss
        trot = 0.5 when gait == Gait.TROT
      }

      success when miss < 0.25
      metric near = norm(at)
      metric grounded = feet
      """;

  private static final Map<String, Object> ROW =
      Map.of(
          "speed", 1.5, "feet", List.of(true, false), "at", new double[] {3, 4}, "gait", "STAND");

  private static Context context() {
    return Context.newBuilder("rew")
        .allowAllAccess(true)
        .option("engine.WarnInterpreterOnly", "false")
        .build();
  }

  @Test
  void aStepByNames() {
    try (Context context = context()) {
      Value program = context.eval("rew", PROGRAM);
      assertEquals("walk", program.getMember("name").asString());
      assertEquals(
          List.of("speed", "feet", "at", "gait"), program.getMember("inputs").as(List.class));
      Value episode = program.invokeMember("begin");
      Value results = episode.invokeMember("step", ROW);
      assertEquals(0.5, results.getMember("total").asDouble());
      assertEquals(0.5, results.getMember("track").asDouble());
      assertEquals(0, results.getMember("trot").asDouble());
      assertFalse(results.getMember("success").asBoolean());
      assertEquals(5, results.getMember("near").asDouble());
      assertEquals(List.of(true, false), results.getMember("grounded").as(List.class));
      // What isn't named keeps its value; an object with members does as well as a map.
      Value next =
          episode.invokeMember("step", ProxyObject.fromMap(Map.of("gait", "TROT", "speed", 1)));
      assertEquals(1.5, next.getMember("total").asDouble());
      assertTrue(next.getMember("success").asBoolean());
    }
  }

  @Test
  void whatIsWrongIsToldWithItsPlace() {
    try (Context context = context()) {
      PolyglotException wrong =
          assertThrows(
              PolyglotException.class,
              () -> context.eval("rew", "module m\nreward { a = sped }\n"));
      assertTrue(wrong.getMessage().contains("sped"), wrong.getMessage());
      assertEquals(2, wrong.getSourceLocation().getStartLine());
      assertEquals("sped", wrong.getSourceLocation().getCharacters().toString());
      Value episode = context.eval("rew", PROGRAM).invokeMember("begin");
      PolyglotException outside =
          assertThrows(
              PolyglotException.class, () -> episode.invokeMember("step", Map.of("speed", 11)));
      assertTrue(outside.getMessage().contains("speed"), outside.getMessage());
      PolyglotException unknown =
          assertThrows(
              PolyglotException.class, () -> episode.invokeMember("step", Map.of("sped", 1)));
      assertTrue(unknown.getMessage().contains("sped"), unknown.getMessage());
    }
  }

  /**
   * The tracer counts what ran where; a gate that is closed keeps what is behind it from running.
   */
  @Test
  void aProfilerCounts(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("walk.rew"), PROGRAM);
    try (Context context = context()) {
      CPUTracer tracer = CPUTracer.find(context.getEngine());
      tracer.setFilter(SourceSectionFilter.newBuilder().tagIs(StatementTag.class).build());
      tracer.setCollecting(true);
      Source source = Source.newBuilder("rew", file.toFile()).build();
      assertEquals("rew", Source.findLanguage(file.toFile()));
      Value episode = context.eval(source).invokeMember("begin");
      for (int i = 0; i < 7; i++) {
        episode.invokeMember("step", ROW);
      }
      Map<Integer, Long> counts = new TreeMap<>();
      for (CPUTracer.Payload payload : tracer.getPayloads()) {
        counts.merge(payload.getSourceSection().getStartLine(), payload.getCount(), Math::max);
        assertEquals(file.toUri(), payload.getSourceSection().getSource().getURI());
      }
      assertEquals(7, counts.get(1 + line("track =")), counts.toString());
      assertEquals(7, counts.get(1 + line("success when")), counts.toString());
    }
  }

  private static int line(String beginning) {
    List<String> lines = PROGRAM.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith(beginning)) {
        return i;
      }
    }
    throw new IllegalArgumentException(beginning);
  }
}
