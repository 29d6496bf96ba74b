package org.rewlang.ide;

import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.source.Source;

/** How a text is compiled: as everywhere else, unless a test wants to see it fail. */
@FunctionalInterface
public interface Frontend {

  Compilation compile(Source source, Loader loader);
}
