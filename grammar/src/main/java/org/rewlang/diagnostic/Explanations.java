package org.rewlang.diagnostic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The pages that explain diagnostics, Markdown beside this class: one for a code. */
public final class Explanations {

  private Explanations() {}

  /** The page of {@code code}, if it has one. */
  public static Optional<String> text(Code code) {
    try (InputStream in = Explanations.class.getResourceAsStream(code.id() + ".md")) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
