package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published tasks of the office, craft and water worlds: each machine is what was asked for.
 */
class MachineExamplesTest {

  private static final Path FOLDER = root().resolve("examples/machines");

  @TempDir Path folder;

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(here.resolve("examples"))) {
      here = here.getParent();
    }
    return here;
  }

  /** Machines in the order written, with the formulas beside them. */
  static Stream<Arguments> tasks() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (String world : List.of("office", "craft", "water")) {
      String text = Files.readString(FOLDER.resolve(world + ".rew"));
      List<String> machines = names("(?m)^machine (\\w+)", text);
      List<String> formulas = names("(?m)^formula (\\w+)", text);
      assertEquals(machines.size(), formulas.size(), world);
      for (int i = 0; i < machines.size(); i++) {
        all.add(Arguments.of(world, machines.get(i), formulas.get(i)));
      }
    }
    assertEquals(4 + 10 + 6, all.size());
    return all.stream();
  }

  private static List<String> names(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }

  private static int compare(Path file, String machine, String formula) {
    return Cli.run("equivalent", file + ":" + machine + ".done", file + ":" + formula).exit();
  }

  @ParameterizedTest
  @MethodSource("tasks")
  void aMachineIsItsFormula(String world, String machine, String formula) {
    assertEquals(0, compare(FOLDER.resolve(world + ".rew"), machine, formula));
  }

  /** What is made from a formula or a regular expression pays what the written machine pays. */
  @ParameterizedTest
  @ValueSource(strings = {"deliver_coffee", "deliver_both", "patrol"})
  void machinesFromWhatIsWanted(String machine) throws IOException {
    Path tasks = FOLDER.resolve("tasks.rew");
    Path office = FOLDER.resolve("office.rew");
    String other = office + ":" + machine;
    assertEquals(0, Cli.run("equivalent", tasks + ":" + machine, other).exit());
    String text = Files.readString(tasks);
    int at = text.indexOf("any -> satisfied", text.indexOf("machine " + machine));
    Path wrong =
        Files.writeString(
            folder.resolve("w.rew"),
            text.substring(0, at) + text.substring(at).replaceFirst("satisfied", "violated "));
    assertEquals(1, Cli.run("equivalent", wrong + ":" + machine, other).exit());
  }

  /** Any edge that leads elsewhere is found. */
  @ParameterizedTest
  @MethodSource("tasks")
  void aWrongEdgeIsFound(String world, String machine, String formula) throws IOException {
    String text = Files.readString(FOLDER.resolve(world + ".rew"));
    int start = text.indexOf("machine " + machine + " ");
    String own = text.substring(start, text.indexOf("}", start));
    String last = names("(?m)^( *\\w+ +-> done .*)$", own).getFirst();
    String lazy = own.replace(last, last.replaceFirst("when.*", "when false reward 1"));
    assertFalse(lazy.equals(own));
    Path wrong = Files.writeString(folder.resolve("w.rew"), text.replace(own, lazy));
    assertEquals(1, compare(wrong, machine, formula));
  }

  @Test
  void theyCheck() {
    for (String world : List.of("office", "craft", "water")) {
      Cli.Ran ran = Cli.run("check", FOLDER.resolve(world + ".rew").toString(), "--strict");
      assertEquals(0, ran.exit(), ran.err());
      assertTrue(Cli.run("fmt", "--check", FOLDER.resolve(world + ".rew").toString()).exit() == 0);
    }
  }
}
