package org.rewlang.host;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewlang.ParamInfo;
import org.rewlang.RewardEvaluationException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.model.Base;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Structured;

/** Parameters: their defaults, their ranges, and values set instead. */
public final class Parameters {

  private Parameters() {}

  /** The parameters of a program with the values in {@code flat}. */
  public static List<ParamInfo> of(List<ParamVar> params, double[] flat) {
    List<ParamInfo> infos = new ArrayList<>();
    int offset = 0;
    for (ParamVar p : params) {
      List<Double> value = new ArrayList<>();
      for (int i = 0; i < p.type().size(); i++) {
        value.add(flat[offset + i]);
      }
      infos.add(
          new ParamInfo(
              p.name(),
              p.type(),
              p.unit(),
              p.range().low(),
              p.range().high(),
              p.initial(),
              value,
              p.doc(),
              p.at()));
      offset += p.type().size();
    }
    return List.copyOf(infos);
  }

  /**
   * The flat values with one parameter changed, or an exception that says why not.
   *
   * @param structured parameters that are several arrays each: these may be set together
   */
  public static double[] with(
      List<ParamInfo> params,
      List<Structured<ParamVar>> structured,
      double[] flat,
      String name,
      double... values) {
    for (Structured<ParamVar> whole : structured) {
      if (whole.name().equals(name)) {
        return with(params, whole, flat, values);
      }
    }
    int offset = 0;
    for (ParamInfo param : params) {
      if (param.name().equals(name)) {
        check(param, values);
        double[] changed = flat.clone();
        System.arraycopy(values, 0, changed, offset, values.length);
        return changed;
      }
      offset += param.type().size();
    }
    throw refused(unknown(params, structured, name));
  }

  private static double[] with(
      List<ParamInfo> params, Structured<ParamVar> whole, double[] flat, double[] values) {
    int size = whole.form().arrays().stream().mapToInt(a -> a.type().size()).sum();
    if (values.length != size) {
      throw refused(
          Diagnostic.of(
                  Code.BAD_PARAMETER,
                  "parameter `"
                      + whole.name()
                      + "` takes "
                      + size
                      + " values, not "
                      + values.length)
              .related(whole.at().source(), whole.at().span(), "declared here")
              .found(Integer.toString(values.length))
              .expected(List.of(Integer.toString(size)))
              .build());
    }
    double[] changed = flat;
    int from = 0;
    for (ParamVar array : whole.form().arrays()) {
      int to = from + array.type().size();
      double[] own = Arrays.copyOfRange(values, from, to);
      // A quaternion is one array of its parameter's name.
      changed = with(params, List.of(), changed, array.name(), own);
      from = to;
    }
    return changed;
  }

  private static Diagnostic unknown(
      List<ParamInfo> params, List<Structured<ParamVar>> structured, String name) {
    List<String> names = new ArrayList<>(params.stream().map(ParamInfo::name).toList());
    structured.stream().map(Structured::name).filter(n -> !names.contains(n)).forEach(names::add);
    Diagnostic.Builder problem =
        Diagnostic.of(Code.BAD_PARAMETER, "the program has no parameter `" + name + "`")
            .found(name)
            .expected(names);
    Spelling.closest(name, names).ifPresent(n -> problem.hint("did you mean `" + n + "`?"));
    return problem.build();
  }

  private static void check(ParamInfo param, double[] values) {
    if (values.length != param.type().size()) {
      throw refused(
          bad(
              param,
              "takes " + param.type().size() + " values, not " + values.length,
              Integer.toString(values.length),
              List.of(Integer.toString(param.type().size()))));
    }
    for (double value : values) {
      String found = Numeral.of(value);
      if (!Double.isFinite(value)) {
        throw refused(bad(param, "can't be " + found, found, List.of()));
      }
      Base base = param.type().base();
      if (base != Base.REAL && value != Math.rint(value)) {
        throw refused(bad(param, "is " + param.type() + ", not " + found, found, List.of()));
      }
      if (base == Base.BOOL && value != 0 && value != 1) {
        throw refused(bad(param, "is a bool, not " + found, found, List.of("0", "1")));
      }
      if (param.type().enumeration() != null
          && (value < 0 || value >= param.type().enumeration().members().size())) {
        throw refused(
            bad(
                param,
                "has no member of index " + found,
                found,
                param.type().enumeration().members()));
      }
      if (value < param.low() || value > param.high()) {
        String range = InputLayout.range(param.low(), param.high(), param.unit());
        throw refused(bad(param, "is " + found + ", outside " + range, found, List.of(range)));
      }
    }
  }

  private static Diagnostic bad(
      ParamInfo param, String problem, String found, List<String> expected) {
    return Diagnostic.of(Code.BAD_PARAMETER, "parameter `" + param.name() + "` " + problem)
        .related(param.at().source(), param.at().span(), "declared here")
        .found(found)
        .expected(expected)
        .build();
  }

  private static RewardEvaluationException refused(Diagnostic diagnostic) {
    return new RewardEvaluationException(List.of(diagnostic));
  }
}
