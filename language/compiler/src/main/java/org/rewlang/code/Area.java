package org.rewlang.code;

import org.rewlang.core.Type;

/** Where an array lies. */
public record Area(Memory memory, int offset, Type type) {}
