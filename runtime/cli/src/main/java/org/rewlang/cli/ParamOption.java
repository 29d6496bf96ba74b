package org.rewlang.cli;

import java.util.List;
import org.rewlang.ParamInfo;
import org.rewlang.Reward;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Base;

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
