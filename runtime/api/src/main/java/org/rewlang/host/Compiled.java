package org.rewlang.host;

import org.rewlang.analysis.Ranges;
import org.rewlang.core.CoreProgram;
import org.rewlang.model.Model;

/** A program without errors: what people declared, what is known of it, and what engines run. */
public record Compiled(Model model, Ranges ranges, CoreProgram core) {}
