package org.rewlang.diagnostic;

import org.rewlang.source.Location;

/** A place and what is special about it. The text may be empty. */
public record Label(Location location, String text) {}
