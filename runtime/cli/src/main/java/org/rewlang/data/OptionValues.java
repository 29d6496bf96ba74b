package org.rewlang.data;

import java.util.Map;
import org.rewlang.host.InputLayout;

/** Values that the command line gives, written as cells of a table are. */
public final class OptionValues {

  private OptionValues() {}

  /**
   * The numbers of all inputs of a layout.
   *
   * @param option that gives them, in messages
   * @param texts by the inputs' names for the host; lists of single values need no brackets
   */
  public static double[] read(InputLayout layout, String option, Map<String, String> texts)
      throws DataException {
    RowBinder row = new RowBinder(layout, option, "");
    row.begin(1);
    for (Map.Entry<String, String> entry : texts.entrySet()) {
      row.column(entry.getKey());
      value(row, entry.getValue().strip());
    }
    row.end();
    return row.values();
  }

  private static void value(RowBinder row, String text) throws DataException {
    boolean json = text.startsWith("[") || text.startsWith("{");
    if (text.equals("null")) {
      row.cell("");
    } else if (row.takesObjects()) {
      row.cell(json || !text.contains(",") ? text : "[" + text + "]");
    } else if (row.rank() == 1) {
      // As people write them: `[soft, hard]` is no JSON.
      row.beginList();
      for (String part : text.replaceAll("^\\[|]$", "").split(",", -1)) {
        row.cell(part.strip().replaceAll("^\"|\"$", ""));
      }
      row.endList();
    } else {
      row.cell(text);
    }
  }
}
