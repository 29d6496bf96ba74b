package org.rewlang.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How command lines are taken apart. */
class ArgumentsTest {

  /** Writes down what it is given. */
  private static final class Probe extends Command {

    private final List<String> given = new ArrayList<>();

    @Override
    public Usage usage() {
      return Usage.of("probe", "Looks.")
          .one("FILE", "One.", v -> given.add("file " + v))
          .many("DATA", "More.", v -> given.add("data " + v))
          .option("-o", "OUT", "Once.", v -> given.add("out " + v))
          .repeatable("--param", "N=V", "Often.", v -> given.add("param " + v))
          .whole("--threads", "N", "A number.", v -> given.add("threads " + v))
          .choice("--way", List.of("here", "there"), "A word.", v -> given.add("way " + v))
          .flag("--why", "No value.", () -> given.add("why"));
    }

    @Override
    public Answer run(Console console) {
      return Answer.of(List.of());
    }
  }

  private final Probe probe = new Probe();
  private final Options options = new Options();

  private List<String> parsed(String line) {
    new Arguments(
            options,
            n -> n.equals("probe") ? Optional.of(probe) : Optional.empty(),
            line.isEmpty() ? List.of() : List.of(line.split(" ")))
        .parse();
    return probe.given;
  }

  @Test
  void wordsGoToParametersInOrder() {
    assertEquals(List.of("file a", "data b", "data -", "data c"), parsed("probe a b - c"));
  }

  @Test
  void aValueStandsBehindASpaceOrAnEqualsSign() {
    assertEquals(
        List.of(
            "out x", "threads 3", "param a=1", "param b=2", "way there", "why", "file f", "data d"),
        parsed("probe -o x f --threads=3 --param a=1 --param=b=2 --way THERE d --why"));
  }

  @Test
  void optionsOfAllCommandsStandAnywhere() {
    assertEquals(List.of("file f", "data d"), parsed("--strict probe f --format json d"));
    assertTrue(options.strict && options.json);
  }

  @Test
  void behindTwoDashesNothingIsAnOption() {
    assertEquals(List.of("why", "file --why", "data -o"), parsed("probe --why -- --why -o"));
  }

  @Test
  void whoAsksForHelpNeedsNothingElse() {
    assertEquals(List.of(), parsed("probe --help"));
    assertTrue(options.help);
  }

  @ParameterizedTest
  @CsvSource({
    "probe, `FILE` is missing",
    "probe f, `DATA` is missing",
    "probe f d --no, unknown option `--no`",
    "probe f d -o, `-o` needs a value: `-o OUT`",
    "probe f d -o a -o b, `-o` is given twice",
    "probe f d --why=1, `--why` takes no value",
    "probe f d --threads x, '`--threads` is a whole number, not `x`'",
    "probe f d --way up, '`--way` is here or there, not `up`'",
    "probes f, unknown command `probes`",
    "--stric probe, unknown option `--stric`",
  })
  void whatIsWrongIsTold(String line, String message) {
    Failure failure = assertThrows(Failure.class, () -> parsed(line));
    assertEquals(message, failure.diagnostics().getFirst().message());
  }
}
