package org.rewlang.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.rewlang.Compilation;
import org.rewlang.Episode;
import org.rewlang.InputInfo;
import org.rewlang.OutputInfo;
import org.rewlang.Reward;
import org.rewlang.RewardEngine;
import org.rewlang.RewardEvaluationException;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Label;
import org.rewlang.engine.Engine;
import org.rewlang.engine.ProgramReader;

/** Programs for hosts that know names and plain values only. */
public final class NamedPrograms implements ProgramReader {

  @Override
  public Program read(String name, String text, Engine engine) {
    Compilation compilation = RewardEngine.of(engine).check(name, text);
    for (Diagnostic diagnostic : compilation.diagnostics()) {
      if (diagnostic.isError()) {
        throw refused(diagnostic, text);
      }
    }
    return new Named(compilation.orThrow());
  }

  /**
   * @param program the text that a place may be told in
   */
  private static Refused refused(Diagnostic diagnostic, @Nullable String program) {
    String text = diagnostic.code().id() + ": " + diagnostic.message();
    Label place = diagnostic.primary();
    return place == null || !place.location().source().text().equals(program)
        ? new Refused(text, 0, -1)
        : new Refused(text, place.location().span().start(), place.location().span().end());
  }

  private record Named(Reward reward) implements Program {

    @Override
    public String name() {
      return reward.name();
    }

    @Override
    public List<String> inputs() {
      return reward.inputs().stream().map(InputInfo::name).toList();
    }

    @Override
    public Run begin() {
      Episode episode =
          reward.rewards().isEmpty() ? reward.newEpisode() : reward.newVectorEpisode();
      Begun run = new Begun(episode);
      run.reset();
      return run;
    }
  }

  private record Begun(Episode episode) implements Run {

    @Override
    public void reset() {
      run(
          () -> {
            episode.reset();
            return this;
          });
    }

    @Override
    public Map<String, Object> step(Map<String, Object> inputs) {
      return run(
          () -> {
            inputs.forEach(this::set);
            episode.step();
            return results();
          });
    }

    /** What is wrong with a step, is wrong at a place in the program, if anywhere. */
    private static <T> T run(Supplier<T> action) {
      try {
        return action.get();
      } catch (RewardEvaluationException e) {
        throw refused(e.diagnostics().getFirst(), null);
      }
    }

    private void set(String name, @Nullable Object value) {
      switch (value) {
        case String member -> episode.set(name, member);
        case Boolean b -> episode.set(name, b);
        case null, default -> episode.set(name, numbers(name, value));
      }
    }

    private static double[] numbers(String name, @Nullable Object value) {
      DoubleStream.Builder all = DoubleStream.builder();
      flatten(name, value, all);
      return all.build().toArray();
    }

    private static void flatten(String name, @Nullable Object value, DoubleStream.Builder all) {
      switch (value) {
        case Number number -> all.add(number.doubleValue());
        case Boolean truth -> all.add(truth ? 1 : 0);
        case List<?> list -> list.forEach(element -> flatten(name, element, all));
        case null, default ->
            throw new Refused(
                "`" + name + "` takes numbers, not " + (value == null ? "nothing" : "this value"),
                0,
                -1);
      }
    }

    private Map<String, Object> results() {
      double[] all = new double[episode.outputSize()];
      episode.values(all);
      Map<String, Object> results = new LinkedHashMap<>();
      for (OutputInfo output : episode.reward().outputs()) {
        results.put(output.column(), value(output, all, 0, output.offset()));
      }
      return results;
    }

    /** The part of a result that the first {@code axes} indices leave, from {@code at} on. */
    private static @Nullable Object value(OutputInfo output, double[] all, int axes, int at) {
      List<Integer> shape = output.type().shape();
      if (axes == shape.size()) {
        return scalar(output, all[at]);
      }
      int stride = 1;
      for (int n : shape.subList(axes + 1, shape.size())) {
        stride *= n;
      }
      List<@Nullable Object> list = new ArrayList<>();
      for (int i = 0; i < shape.get(axes); i++) {
        list.add(value(output, all, axes + 1, at + i * stride));
      }
      return list;
    }

    private static @Nullable Object scalar(OutputInfo output, double number) {
      if (Double.isNaN(number)) {
        return null;
      }
      return switch (output.type().base()) {
        case REAL -> number;
        case INT -> (long) number;
        case BOOL -> number != 0;
        case ENUM -> number < 0 ? null : output.members().get((int) number);
      };
    }
  }
}
