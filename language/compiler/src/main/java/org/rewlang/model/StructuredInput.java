package org.rewlang.model;

import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;

/**
 * A declared input that is more than one array.
 *
 * @param host the name that the host and data know it by
 * @param type as it is written
 */
public record StructuredInput(
    String name, String host, String type, InputForm form, @Nullable String doc, Location at) {}
