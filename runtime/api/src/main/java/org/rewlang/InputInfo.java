package org.rewlang;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.model.Base;
import org.rewlang.model.Scope;
import org.rewlang.model.Type;
import org.rewlang.source.Location;

/**
 * An input of a program, and where its numbers lie in a flat array of all inputs.
 *
 * @param host the name that the host and data know it by; {@code name} unless the program says else
 * @param unit as written, or empty: the host's numbers are in it
 * @param low the least number allowed, perhaps infinite
 * @param high the greatest
 * @param offset of its first number; arrays are row-major, a bool is 0 or 1, an enum's value its
 *     index
 * @param scope how often it may change; where each agent has one, its first dimension is the
 *     agents'
 * @param implicit a builtin that the program reads ({@code terminated}), not declared
 */
public record InputInfo(
    String name,
    String host,
    Type type,
    String unit,
    double low,
    double high,
    int offset,
    Scope scope,
    boolean implicit,
    @Nullable String doc,
    Location at) {

  /** Whether each agent has one. */
  public boolean perAgent() {
    return scope == Scope.AGENT;
  }

  /** How many numbers it takes. */
  public int size() {
    return type.size();
  }

  /** The names of an enum's members, in order; empty for anything else. */
  public List<String> members() {
    return type.enumeration() == null ? List.of() : type.enumeration().members();
  }

  /** Whether the host may leave it out, which means false. */
  public boolean optional() {
    return implicit && type.base() == Base.BOOL;
  }

  /**
   * Whether it says which agents are there, which is all unless the host says otherwise. Of one
   * that is not there, no number is looked at.
   */
  public boolean isPresence() {
    return perAgent() && implicit;
  }
}
