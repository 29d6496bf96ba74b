package org.rewlang.ide;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.check.Checked;
import org.rewlang.check.Checker;
import org.rewlang.check.Loader;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.parse.Parsed;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** What the command line knows of a program: the same compiler, the same diagnostics. */
public final class CompilerAnalyzer implements Analysis.Analyzer {

  @Override
  public Analysis analyze(Source source, Loader loader) {
    Parsed parsed = Parser.parse(source);
    Checked checked = Checker.check(parsed.program(), loader);
    List<Diagnostic> all = new ArrayList<>(parsed.diagnostics());
    all.addAll(checked.diagnostics());
    all.sort(Diagnostic.ORDER);
    return new Analysis(all, checked.index(), parsed.hasErrors() ? null : checked.model());
  }
}
