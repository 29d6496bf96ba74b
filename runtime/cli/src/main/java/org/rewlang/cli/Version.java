package org.rewlang.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Rew this is, as the build wrote it down. */
public record Version(String version, String commit) {

  public static final Version CURRENT = read();

  private static Version read() {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = properties.getProperty("commit", "");
    return new Version(
        properties.getProperty("version", "unknown"),
        commit.isEmpty() || commit.startsWith("$") ? "unknown" : commit);
  }

  @Override
  public String toString() {
    return "rew " + version;
  }
}
