package org.rewlang.cli;

import java.util.List;
import java.util.Map;
import org.rewlang.Reward;
import org.rewlang.data.DataException;
import org.rewlang.data.OptionValues;
import org.rewlang.host.InputLayout;
import org.rewlang.model.InputVar;
import org.rewlang.model.Scope;
import org.rewlang.model.Structured;

/** {@code --run NAME=VALUE}: an input of the run, given once instead of in a column. */
final class RunOption {

  private RunOption() {}

  /** The program with the input given, or the end of the command. */
  static Reward set(Reward reward, String option) {
    int equals = option.indexOf('=');
    if (equals <= 0) {
      throw Failure.usage("`--run " + option + "` is not NAME=VALUE");
    }
    String name = option.substring(0, equals).strip();
    InputLayout cell = cell(reward, name);
    if (cell.inputs().isEmpty()) {
      // The complaint about a name that isn't one is the API's.
      return reward.withRun(name, 0);
    }
    String host =
        cell.structured().isEmpty()
            ? cell.inputs().getFirst().host()
            : cell.structured().getFirst().host();
    try {
      String text = option.substring(equals + 1).strip();
      return reward.withRun(name, OptionValues.read(cell, "--run", Map.of(host, text)));
    } catch (DataException e) {
      throw new Failure(e.diagnostic());
    }
  }

  /** The input alone; nothing if the run has none of this name. */
  private static InputLayout cell(Reward reward, String name) {
    Structured<InputVar> whole = reward.layout().structured(name);
    if (whole != null && whole.scope() == Scope.RUN) {
      return InputLayout.of(whole.form().arrays(), List.of(whole));
    }
    List<InputVar> one =
        reward.compiled().model().inputs().stream()
            .filter(i -> i.scope() == Scope.RUN && whole == null)
            .filter(i -> i.name().equals(name) || i.host().equals(name))
            .toList();
    return InputLayout.of(one);
  }
}
