package org.rewlang;

/**
 * An engine on this machine.
 *
 * @param name as it is asked for
 * @param usable whether it can run here
 * @param reason one sentence: how it runs here, or why it can't
 */
public record EngineInfo(String name, boolean usable, String reason) {}
