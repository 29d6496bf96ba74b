package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Expected texts beside their inputs: a missing one is written, and the test fails all the same.
 */
public final class Goldens {

  private Goldens() {}

  public static void check(Path golden, String actual) throws IOException {
    boolean overwrite = Boolean.getBoolean("rew.overwrite") && System.getenv("CI") == null;
    if (overwrite) {
      Files.writeString(golden, actual);
    } else if (Files.exists(golden)) {
      assertEquals(Files.readString(golden), actual, golden.toString());
    } else if (System.getenv("CI") == null) {
      Files.writeString(golden, actual);
      fail(golden + " was missing; it is written now: read it");
    } else {
      fail(golden + " is missing");
    }
  }
}
