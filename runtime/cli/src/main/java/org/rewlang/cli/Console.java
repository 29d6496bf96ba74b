package org.rewlang.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * What a command talks to.
 *
 * @param in standard input
 * @param out standard output, for the answer
 * @param err standard error, for progress
 * @param interactive whether {@code err} is a terminal
 */
public record Console(InputStream in, PrintStream out, PrintStream err, boolean interactive) {}
