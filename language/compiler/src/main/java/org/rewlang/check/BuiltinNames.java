package org.rewlang.check;

import java.util.Collections;
import java.util.Map;

/** What is built in, by name, with what documentation and editors say of it. */
public final class BuiltinNames {

  private BuiltinNames() {}

  /** Values that every program has. */
  public static Map<String, String> values() {
    return Collections.unmodifiableMap(Builtins.DOCS);
  }

  /** Functions that the core has an operation for. */
  public static Map<String, String> functions() {
    return Collections.unmodifiableMap(Intrinsics.DOCS);
  }
}
