package org.rewlang.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parts of {@link SamplesTest}, between {@code // region: x} and {@code // end}. */
final class Region {

  private Region() {}

  static String text(String name) {
    Path file = Page.root().resolve("runtime/cli/src/test/java/org/rewlang/docs/SamplesTest.java");
    Matcher region =
        Pattern.compile("(?s)\n *// region: " + Pattern.quote(name) + "\n(.*?)\n *// end\n")
            .matcher(Generated.read(file));
    if (!region.find()) {
      throw new IllegalArgumentException("no region " + name + " in " + file);
    }
    List<String> lines = region.group(1).lines().toList();
    int indent =
        lines.stream()
            .filter(l -> !l.isBlank())
            .mapToInt(l -> l.length() - l.stripLeading().length())
            .min()
            .orElse(0);
    return lines.stream()
        .map(l -> l.substring(Math.min(indent, l.length())) + "\n")
        .collect(Collectors.joining());
  }
}
