package org.rewlang.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.rewlang.Facts;
import org.rewlang.check.Library;
import org.rewlang.core.CoreFacts;
import org.rewlang.source.Source;

/** What is known of a compiled program as a whole. */
public final class Programs {

  private Programs() {}

  public static Facts facts(Compiled program) {
    CoreFacts cost = CoreFacts.of(program.core());
    return new Facts(
        cost.stateBytes(),
        Math.max(cost.operations(), cost.resetOperations()),
        FirstStep.unsaid(program.model()).isPresent());
  }

  /**
   * The SHA-256 of its text, as any other tool computes it of the file; with files that it uses, of
   * all texts one after the other. The library comes with Rew's version.
   */
  public static String hash(Compiled program) {
    Set<Source> library = Set.copyOf(Library.standard().sources());
    MessageDigest digest = sha256();
    for (Source source : program.model().sources()) {
      if (!library.contains(source)) {
        digest.update(source.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
