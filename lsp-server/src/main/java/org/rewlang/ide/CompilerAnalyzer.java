package org.rewlang.ide;

import java.util.List;
import org.rewlang.check.Index;
import org.rewlang.check.Loader;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;

/** What the command line knows of a program: the same compiler, the same diagnostics. */
public final class CompilerAnalyzer implements Analysis.Analyzer {

  @Override
  public Analysis analyze(Source source, Loader loader) {
    return new Analysis(Parser.parse(source).diagnostics(), new Index(List.of()), null);
  }
}
