package org.rewlang.code;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.core.Body;
import org.rewlang.engine.Layout;

/**
 * One body, to be done in this order: it reads everything, then commits.
 *
 * @param values what more than one sink needs
 * @param checks in the order of their sinks
 * @param staged computes what the other sinks take
 * @param commit lets the sinks take effect: the first to write what a step reads
 */
public record Code(
    List<Statement> values,
    List<Statement.Check> checks,
    List<Statement> staged,
    List<Statement> commit) {

  public Code {
    values = List.copyOf(values);
    checks = List.copyOf(checks);
    staged = List.copyOf(staged);
    commit = List.copyOf(commit);
  }

  static Code of(Layout layout, Body body, Leaves leaves, Scratch scratch) {
    BodyBuilder builder = new BodyBuilder(layout, body, leaves, scratch);
    return new SinkBuilder(layout, builder, scratch).build(body, leaves);
  }

  /** All of it. */
  public List<Statement> all() {
    List<Statement> all = new ArrayList<>(values);
    all.addAll(checks);
    all.addAll(staged);
    all.addAll(commit);
    return all;
  }
}
