package org.rewlang.columns;

import java.util.List;

/** One operation, or several, on the first {@code n} lanes of a block. */
interface Action {

  void run(Columns columns, int n);

  /** One after the other. */
  static Action all(List<Action> actions) {
    if (actions.size() == 1) {
      return actions.getFirst();
    }
    Action[] all = actions.toArray(Action[]::new);
    return (columns, n) -> {
      for (Action action : all) {
        action.run(columns, n);
      }
    };
  }
}
