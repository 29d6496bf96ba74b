package org.rewlang.host;

import org.rewlang.core.CoreProgram;
import org.rewlang.model.Model;

/** A program as the compiler leaves it: what people declared, and what engines run. */
public record Compiled(Model model, CoreProgram core) {}
