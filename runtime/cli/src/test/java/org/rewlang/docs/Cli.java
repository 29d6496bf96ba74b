package org.rewlang.docs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rewlang.cli.Main;

/** {@code rew}, run in this process as if it stood in a folder. */
final class Cli {

  /** Options whose value is a file to be written. */
  private static final Set<String> OUTPUTS = Set.of("-o", "--output", "--episodes");

  /** How a command ended, and what it said. */
  record Answer(int exit, String out, String err) {}

  private Cli() {}

  static Answer run(Path folder, List<String> arguments) {
    List<String> args = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean output = i > 0 && OUTPUTS.contains(arguments.get(i - 1)) && !word.equals("-");
      boolean file =
          i > 0
              && !word.startsWith("-")
              && Files.exists(
                  folder.resolve(word.replace('*', '_').replaceFirst("(\\.rew):[\\w.]+$", "$1")));
      boolean glob = word.contains("*") && !word.startsWith("sql:");
      args.add(
          output || file || glob
              ? folder.resolve(word).toString()
              : word.replace("FROM '", "FROM '" + folder + "/"));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit = Main.run(args, new ByteArrayInputStream(new byte[0]), out, err);
    return new Answer(exit, text(out, folder), text(err, folder));
  }

  private static String text(ByteArrayOutputStream bytes, Path folder) {
    return bytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
  }
}
