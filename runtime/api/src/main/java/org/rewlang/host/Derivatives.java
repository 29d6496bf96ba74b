package org.rewlang.host;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.rewlang.InputInfo;
import org.rewlang.ParamInfo;
import org.rewlang.RewardEvaluationException;
import org.rewlang.core.CoreProgram;
import org.rewlang.core.CoreValidator;
import org.rewlang.core.Kind;
import org.rewlang.core.Op;
import org.rewlang.core.Port;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.gradient.Gradient;
import org.rewlang.model.Base;
import org.rewlang.model.Type;

/** Adds derivatives to compiled programs. */
public final class Derivatives {

  private record Leaf(String name, Type type, Op op) {}

  private final Compiled compiled;
  private final List<Leaf> inputs;
  private final List<Leaf> params;

  private Derivatives(Compiled compiled, List<InputInfo> inputs, List<ParamInfo> params) {
    this.compiled = compiled;
    CoreProgram core = compiled.core();
    this.inputs =
        inputs.stream()
            .map(i -> new Leaf(i.name(), i.type(), new Op.Input(port(core.inputs(), i.name()))))
            .toList();
    this.params =
        params.stream()
            .map(p -> new Leaf(p.name(), p.type(), new Op.Param(port(core.params(), p.name()))))
            .toList();
  }

  private static int port(List<Port> ports, String name) {
    return IntStream.range(0, ports.size())
        .filter(i -> ports.get(i).name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no port is called " + name));
  }

  /**
   * The program with the derivatives of its total, its rewards and their components.
   *
   * @param by names of inputs and parameters, of records and the like too; {@code inputs} and
   *     {@code params} are all that are real
   */
  public static Compiled add(
      Compiled compiled, List<InputInfo> inputs, List<ParamInfo> params, List<String> by) {
    return new Derivatives(compiled, inputs, params).add(by);
  }

  private Compiled add(List<String> by) {
    Set<Op> leaves = new LinkedHashSet<>();
    by.forEach(name -> leaves.addAll(named(name)));
    CoreProgram core = Gradient.of(compiled.core(), results(compiled.core()), List.copyOf(leaves));
    for (CoreValidator.Problem problem : CoreValidator.validate(core)) {
      if (problem.rule() != CoreValidator.Rule.LIMITS) {
        throw new IllegalStateException("derivatives: " + problem.message());
      }
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(
                      Code.TOO_COSTLY,
                      "the program with its derivatives is too costly: " + problem.message())
                  .build()));
    }
    return new Compiled(compiled.model(), compiled.ranges(), core);
  }

  private static List<Integer> results(CoreProgram core) {
    return IntStream.range(0, core.outputs().size())
        .filter(
            i ->
                switch (core.outputs().get(i).role()) {
                  case TOTAL, REWARD, COMPONENT -> core.outputs().get(i).type().kind() == Kind.F64;
                  default -> false;
                })
        .boxed()
        .toList();
  }

  private List<Op> named(String name) {
    List<Leaf> all =
        switch (name) {
          case "inputs" -> inputs;
          case "params" -> params;
          default -> {
            List<Leaf> fit =
                Stream.concat(inputs.stream(), params.stream())
                    .filter(l -> l.name.equals(name) || l.name.startsWith(name + "."))
                    .toList();
            if (fit.isEmpty()) {
              throw unknown(name);
            }
            if (fit.stream().noneMatch(Derivatives::isReal)) {
              throw new RewardEvaluationException(
                  List.of(
                      Diagnostic.of(
                              Code.BAD_BINDING,
                              "`"
                                  + name
                                  + "` is no real number, and nothing has a derivative by it")
                          .build()));
            }
            yield fit;
          }
        };
    return all.stream().filter(Derivatives::isReal).map(Leaf::op).toList();
  }

  private static boolean isReal(Leaf leaf) {
    return leaf.type.base() == Base.REAL;
  }

  private RewardEvaluationException unknown(String name) {
    Set<String> all = new LinkedHashSet<>(List.of("inputs", "params"));
    Stream.concat(inputs.stream(), params.stream())
        .filter(Derivatives::isReal)
        .forEach(
            leaf -> {
              int dot = leaf.name.indexOf('.');
              all.add(dot < 0 ? leaf.name : leaf.name.substring(0, dot));
            });
    List<String> names = List.copyOf(all);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.BAD_BINDING, "the program has no input or parameter `" + name + "`")
            .found(name)
            .expected(names);
    Spelling.closest(name, names).ifPresent(n -> problem.hint("did you mean `" + n + "`?"));
    return new RewardEvaluationException(List.of(problem.build()));
  }
}
