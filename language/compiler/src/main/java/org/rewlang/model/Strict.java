package org.rewlang.model;

/**
 * A term that must be defined in every step, else the step fails: a gate's condition.
 *
 * @param what in the user's words: {@code the condition of `bonus`}
 */
public record Strict(String what, Term term) {}
