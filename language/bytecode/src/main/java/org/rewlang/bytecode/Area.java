package org.rewlang.bytecode;

import org.rewlang.core.Type;

/** Where an array lies. */
record Area(Memory memory, int offset, Type type) {}
