package org.rewlang.engine;

import org.rewlang.core.HistoryInfo;

/**
 * Where a history lies in the state.
 *
 * @param base the first value
 * @param head holds the place of the next value
 * @param count holds how many values there are
 * @param size of one value
 * @param length how many values fit
 */
public record Ring(int base, int head, int count, int size, int length) {

  public static Ring of(Layout layout, int history) {
    HistoryInfo info = layout.program().histories().get(history);
    return new Ring(
        layout.history(history),
        layout.historyHead(history),
        layout.historyCount(history),
        info.type().size(),
        info.length());
  }
}
