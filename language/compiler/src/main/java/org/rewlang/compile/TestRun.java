package org.rewlang.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rewlang.analysis.Ranges;
import org.rewlang.core.Port;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.lower.Lowering;
import org.rewlang.model.Claim;
import org.rewlang.model.InputVar;
import org.rewlang.model.Model;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Term;
import org.rewlang.model.TestCase;

/** One test, from its first action to its last or to the first that fails. */
final class TestRun {

  private final Model model;
  private final TestCase test;
  private final List<Claim> claims = new ArrayList<>();
  private final Bench bench;
  private final Map<Term, double[]> constants = new IdentityHashMap<>();
  private final Set<String> given = new HashSet<>();

  private int steps;
  private @Nullable Diagnostic failure;

  TestRun(Model model, Ranges ranges, TestCase test) {
    this.model = model;
    this.test = test;
    List<Term> values = new ArrayList<>();
    for (TestCase.Action action : test.actions()) {
      switch (action) {
        case TestCase.Action.Given a -> values.addAll(a.values().values());
        case TestCase.Action.Reset a -> {
          values.addAll(a.values().values());
          a.agents().forEach(agent -> values.addAll(agent.values().values()));
        }
        case TestCase.Action.Step a -> {
          values.addAll(a.values().values());
          a.agents().forEach(agent -> values.addAll(agent.values().values()));
        }
        case TestCase.Action.Expect a -> claims.addAll(a.claims());
        case TestCase.Action.End _ -> {}
        case TestCase.Action.ExpectError _ -> {}
      }
    }
    List<double[]> numbers = Lowering.constants(values);
    for (int i = 0; i < values.size(); i++) {
      constants.put(values.get(i), numbers.get(i));
    }
    bench = new Bench(model, ranges, claims);
  }

  Outcome run() {
    bench.reset();
    for (TestCase.Action action : test.actions()) {
      Diagnostic problem = action(action);
      if (problem != null) {
        return failed(problem);
      }
    }
    if (failure != null) {
      return failed(failure);
    }
    String how = steps == 1 ? "1 step" : steps + " steps";
    return Outcome.passed(Outcome.Kind.TEST, test.title(), how, steps, test.at());
  }

  private Outcome failed(Diagnostic problem) {
    return Outcome.failed(Outcome.Kind.TEST, test.title(), steps, problem, test.at());
  }

  private @Nullable Diagnostic action(TestCase.Action action) {
    if (failure != null && !(action instanceof TestCase.Action.ExpectError)) {
      return failure;
    }
    return switch (action) {
      case TestCase.Action.Given a -> given(a);
      case TestCase.Action.Reset a -> reset(a);
      case TestCase.Action.Step a -> step(a);
      case TestCase.Action.End _ -> end();
      case TestCase.Action.Expect a -> expect(a);
      case TestCase.Action.ExpectError a -> expectError(a);
    };
  }

  private @Nullable Diagnostic given(TestCase.Action.Given action) {
    for (Map.Entry<ParamVar, Term> entry : action.values().entrySet()) {
      ParamVar param = entry.getKey();
      double[] values = value(entry.getValue());
      List<Port> ports = bench.layout().program().params();
      for (int port = 0; port < ports.size(); port++) {
        if (ports.get(port).name().equals(param.name())) {
          for (int i = 0; i < param.type().size(); i++) {
            double v = values[values.length == 1 ? 0 : i];
            if (!param.range().contains(v)) {
              return Diagnostic.of(
                      Code.BAD_PARAMETER,
                      "`" + param.name() + "` can't be " + Numeral.of(v),
                      action.at().source(),
                      action.at().span())
                  .label("its range is " + Printed.range(param.range()))
                  .build();
            }
            bench.frame.params[bench.layout().param(port) + i] = v;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Diagnostic reset(TestCase.Action.Reset action) {
    Arrays.fill(bench.frame.inputs, Double.NaN);
    Arrays.fill(bench.frame.present, false);
    given.clear();
    Diagnostic bad = set(action.values());
    bad = bad == null ? agents(action.agents(), false) : bad;
    if (bad == null) {
      for (TestCase.Agent agent : action.agents()) {
        for (InputVar input : agent.values().keySet()) {
          bench.have(input);
        }
      }
      if (!action.agents().isEmpty()) {
        model.inputs().stream().filter(InputVar::isPresence).forEach(bench::have);
      }
      for (InputVar input : action.values().keySet()) {
        int port = bench.port(input.name());
        if (port >= 0) {
          bench.frame.present[port] = true;
        }
      }
      failure = bench.observe();
    }
    Arrays.fill(bench.frame.present, true);
    return bad;
  }

  private @Nullable Diagnostic step(TestCase.Action.Step action) {
    if (!action.same()) {
      given.clear();
    }
    Diagnostic bad = set(action.values());
    if (bad != null) {
      return bad;
    }
    bad = agents(action.agents(), action.same());
    if (bad != null) {
      return bad;
    }
    for (InputVar input : model.inputs()) {
      if (input.perAgent() || given.contains(input.name()) || bench.port(input.name()) < 0) {
        continue;
      }
      if (!input.implicit()) {
        return Diagnostic.of(
                Code.MISSING_VALUE,
                "the step gives `" + input.name() + "` no value",
                action.at().source(),
                action.at().span())
            .hint("write `same` first to keep the values of the step before")
            .build();
      }
      bench.frame.inputs[bench.layout().input(bench.port(input.name()))] = 0;
    }
    steps++;
    failure = bench.step();
    return null;
  }

  /**
   * What agents are given. One that is given nothing is not there, nor is one that is not written.
   *
   * @param same whether those not written are as they were
   */
  private @Nullable Diagnostic agents(List<TestCase.Agent> agents, boolean same) {
    for (InputVar input : model.inputs()) {
      int there = input.isPresence() ? bench.port(input.name()) : -1;
      for (int i = 0; there >= 0 && i < input.type().size(); i++) {
        boolean written = i < agents.size();
        boolean given = written && !agents.get(i).values().isEmpty();
        if (given || !(written ? agents.get(i).same() : same)) {
          bench.frame.inputs[bench.layout().input(there) + i] = given ? 1 : 0;
        }
      }
    }
    bench.fillAway(model.inputs());
    for (int i = 0; i < agents.size(); i++) {
      for (Map.Entry<InputVar, Term> entry : agents.get(i).values().entrySet()) {
        Term term = entry.getValue();
        Diagnostic bad = bench.set(entry.getKey(), i, value(term), term.at());
        if (bad != null) {
          return bad;
        }
      }
    }
    return null;
  }

  private @Nullable Diagnostic set(Map<InputVar, Term> values) {
    for (Map.Entry<InputVar, Term> entry : values.entrySet()) {
      Term term = entry.getValue();
      Diagnostic bad = bench.set(entry.getKey(), value(term), term.at());
      if (bad != null) {
        return bad;
      }
      given.add(entry.getKey().name());
    }
    return null;
  }

  private double[] value(Term term) {
    double[] value = constants.get(term);
    if (value == null) {
      throw new IllegalStateException("a value of a test was not evaluated");
    }
    return value;
  }

  private @Nullable Diagnostic end() {
    bench.reset();
    return null;
  }

  private @Nullable Diagnostic expect(TestCase.Action.Expect action) {
    for (Claim claim : action.claims()) {
      List<double[]> values = bench.probes(claim);
      if (values.getFirst()[0] != 1) {
        return Bench.broken(
            Code.TEST_FAILED, "the test `" + test.title() + "` fails", claim, values);
      }
    }
    return null;
  }

  private @Nullable Diagnostic expectError(TestCase.Action.ExpectError action) {
    String found = failure == null ? "none" : failure.code().id();
    if (found.equals(action.code())) {
      failure = null;
      return null;
    }
    return Diagnostic.of(
            Code.TEST_FAILED,
            "the test `" + test.title() + "` fails",
            action.at().source(),
            action.at().span())
        .label(failure == null ? "the step before did not fail" : "it failed with " + found)
        .found(found)
        .expected(List.of(action.code()))
        .build();
  }
}
