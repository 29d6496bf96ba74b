package org.rewlang.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.ParamInfo;
import org.rewlang.Reward;
import org.rewlang.data.DataException;
import org.rewlang.data.OptionValues;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Base;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Model;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Scope;
import org.rewlang.model.Structured;

/** {@code --param NAME=VALUE}. */
final class ParamOption {

  private ParamOption() {}

  /** The program with the parameter set, or the end of the command. */
  static Reward set(Reward reward, String option) {
    int equals = option.indexOf('=');
    if (equals <= 0) {
      throw Failure.usage("`--param " + option + "` is not NAME=VALUE");
    }
    String name = option.substring(0, equals).strip();
    String text = option.substring(equals + 1).strip();
    Structured<ParamVar> whole = structured(reward.compiled().model(), name);
    if (whole != null) {
      return reward.with(name, values(whole, text));
    }
    ParamInfo param =
        reward.params().stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
    if (param == null) {
      // The complaint about an unknown name is the API's.
      return reward.with(name, 0);
    }
    String inner =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    String[] parts = param.type().isScalar() ? new String[] {text} : inner.split(",", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = value(param, parts[i].strip());
    }
    return reward.with(name, values);
  }

  /** The parameter, if its values are lists in lists or objects; else null. */
  private static @Nullable Structured<ParamVar> structured(Model model, String name) {
    for (Structured<ParamVar> whole : model.structuredParams()) {
      if (whole.name().equals(name)) {
        return whole;
      }
    }
    for (ParamVar p : model.params()) {
      if (p.name().equals(name) && p.type().shape().size() > 1) {
        Form<ParamVar> leaf = new Form.Leaf<>(p, null);
        String type = p.type().toString();
        return new Structured<>(name, name, type, leaf, Scope.RUN, p.doc(), p.at());
      }
    }
    return null;
  }

  /** As a cell of data. */
  private static double[] values(Structured<ParamVar> param, String text) {
    Structured<InputVar> cell =
        new Structured<>(
            param.name(),
            param.host(),
            param.type(),
            param.form().map(ParamOption::cell),
            param.scope(),
            param.doc(),
            param.at());
    InputLayout layout = InputLayout.of(cell.form().arrays(), List.of(cell));
    try {
      return OptionValues.read(layout, "--param", Map.of(param.host(), text));
    } catch (DataException e) {
      Diagnostic why = e.diagnostic();
      Diagnostic.Builder problem =
          Diagnostic.of(Code.BAD_PARAMETER, why.message())
              .related(param.at().source(), param.at().span(), "declared here")
              .expected(why.expected());
      if (why.found() != null) {
        problem.found(why.found());
      }
      throw new Failure((why.hint() == null ? problem : problem.hint(why.hint())).build());
    }
  }

  private static InputVar cell(ParamVar p) {
    return new InputVar(
        p.name(), p.name(), p.type(), p.unit(), p.range(), Scope.RUN, false, p.doc(), p.at());
  }

  private static double value(ParamInfo param, String text) {
    if (param.type().enumeration() != null) {
      List<String> members = param.type().enumeration().members();
      if (members.contains(text)) {
        return members.indexOf(text);
      }
      throw bad(param, text, members);
    }
    if (param.type().base() == Base.BOOL) {
      return switch (text) {
        case "true", "1" -> 1;
        case "false", "0" -> 0;
        default -> throw bad(param, text, List.of("true", "false"));
      };
    }
    try {
      return Double.parseDouble(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw bad(param, text, List.of());
    }
  }

  private static Failure bad(ParamInfo param, String text, List<String> expected) {
    return new Failure(
        Diagnostic.of(
                Code.BAD_PARAMETER,
                "parameter `" + param.name() + "` is " + param.type() + ", not `" + text + "`")
            .related(param.at().source(), param.at().span(), "declared here")
            .found(text)
            .expected(expected)
            .build());
  }
}
