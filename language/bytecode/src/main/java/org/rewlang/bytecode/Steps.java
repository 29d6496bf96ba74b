package org.rewlang.bytecode;

import org.rewlang.engine.Frame;

/** What the class of a program implements: as {@link org.rewlang.engine.Evaluator} says. */
interface Steps {

  int step(Frame frame);

  int observe(Frame frame);
}
