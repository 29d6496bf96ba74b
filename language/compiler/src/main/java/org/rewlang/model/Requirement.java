package org.rewlang.model;

import org.rewlang.source.Location;

/** A {@code require}: the data is bad where it does not hold. */
public record Requirement(Term condition, Location at) {}
