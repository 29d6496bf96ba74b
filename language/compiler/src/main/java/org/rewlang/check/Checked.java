package org.rewlang.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.model.Model;

/**
 * What checking found.
 *
 * @param model present if and only if none of these diagnostics is an error and the tree has no
 *     hole; the parser may have told of more in a text that it could mend
 * @param diagnostics sorted; those of the parser are not repeated, but for files that are used
 * @param index every name with what it stands for
 */
public record Checked(@Nullable Model model, List<Diagnostic> diagnostics, Index index) {

  public Checked {
    diagnostics = List.copyOf(diagnostics);
  }
}
