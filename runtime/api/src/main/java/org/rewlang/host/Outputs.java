package org.rewlang.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.OutputInfo;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.Output;
import org.rewlang.model.Model;
import org.rewlang.model.Result;
import org.rewlang.model.Type;

/** Names the results of a program as tables show them. */
public final class Outputs {

  /** Columns that a table of scores has, or may have: what is paid never has their names. */
  private static final Set<String> RESERVED =
      Set.of("episode", "step", "total", "success", "failure");

  /** Of these, those that it has whatever the program is. */
  private static final Set<String> ALWAYS = Set.of("episode", "step");

  private Outputs() {}

  /** The results of a program, but for probes, in the order of its outputs. */
  public static List<OutputInfo> of(Model model, CoreProgram core) {
    List<OutputInfo> infos = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    for (Output output : core.outputs()) {
      // Outcomes of one kind share a column of their word.
      String word = output.role().text();
      if (standsAlone(output.role())) {
        names.merge(output.name(), 1, Integer::sum);
      } else if (RESERVED.contains(word)) {
        names.merge(word, 2, Integer::sum);
      }
    }
    ALWAYS.forEach(name -> names.merge(name, 2, Integer::sum));
    Set<String> taken = new HashSet<>();
    int offset = 0;
    for (Output output : core.outputs()) {
      if (output.role() != Output.Role.PROBE) {
        String column = column(output, names);
        for (int n = 2; !taken.add(column); n++) {
          column = column(output, names) + "_" + n;
        }
        Result result = result(model, output);
        infos.add(
            new OutputInfo(
                output.role(),
                output.name(),
                column,
                type(output, result),
                result != null && result.perAgent(),
                result == null ? "" : result.unit(),
                offset,
                result == null ? null : result.definition().doc()));
      }
      offset += output.type().size();
    }
    return List.copyOf(infos);
  }

  /** As declared. The core may hold a bool that can be unknown as a number. */
  private static Type type(Output output, @Nullable Result result) {
    if (result != null) {
      return result.value().type();
    }
    Type scalar =
        switch (output.type().kind()) {
          case F64 -> Type.REAL;
          case BOOL -> Type.BOOL;
          case I32 -> Type.INT;
        };
    return scalar.withShape(output.type().shape());
  }

  /** Whether a result's column is its bare name, where no other has it. */
  private static boolean standsAlone(Output.Role role) {
    return switch (role) {
      case REWARD, COMPONENT, METRIC, COST, LOG, GRADIENT, VERDICT -> true;
      case TOTAL, SUCCESS, FAILURE, TERMINATE, TRUNCATE, PROBE -> false;
    };
  }

  private static String column(Output output, Map<String, Integer> names) {
    String word = output.role().text();
    if (output.name().isEmpty()) {
      return word;
    }
    if (!standsAlone(output.role())) {
      return word + "." + output.name();
    }
    boolean paid = output.role() == Output.Role.COMPONENT || output.role() == Output.Role.REWARD;
    // What is paid keeps its name; what clashes with it goes under its word.
    boolean taken =
        paid ? RESERVED.contains(output.name()) : names.getOrDefault(output.name(), 0) > 1;
    return taken ? (paid ? "reward" : word) + "." + output.name() : output.name();
  }

  private static @Nullable Result result(Model model, Output output) {
    for (Result result : model.results()) {
      if (result.role() == output.role() && result.name().equals(output.name())) {
        return result;
      }
    }
    return null;
  }
}
