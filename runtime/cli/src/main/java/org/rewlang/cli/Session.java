package org.rewlang.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.RewardCompileException;
import org.rewlang.RewardEvaluationException;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.TextRenderer;
import org.rewlang.report.JsonReport;

/** One command line: parses it, runs its command, prints the answer. */
final class Session {

  private final Console console;
  private Options options = new Options();
  private boolean json;

  Session(Console console) {
    this.console = console;
  }

  int run(List<String> given) {
    List<String> args = helpless(given);
    // Known before parsing, so that a command line that can't be parsed is answered in JSON, too.
    json = asksForJson(args);
    Answer answer;
    boolean silent = false;
    try {
      Map<String, Commands.Offer> offers = Commands.of(args);
      options = new Options();
      CommandLine line = CommandLine.parse(options.usage(), offers, args);
      line.assignGeneral();
      json = options.json;
      Commands.Offer chosen = line.chosen();
      answer = answer(line, chosen, offers);
      silent = chosen != null && chosen.command().ownsOutput();
    } catch (Throwable e) {
      // Everything that can go wrong ends here: no failure leaves without its document.
      answer = Failures.answer(e, console, asked(args, "--debug"));
    }
    if (!silent) {
      print(answer);
      if (console.out().checkError() && answer.exit() == ExitCode.OK) {
        // Nobody can read an answer any more: say so where someone still may.
        console.err().println("error[RW0002]: standard output can't be written");
        return ExitCode.INVALID.number();
      }
    }
    return answer.exit().number();
  }

  /** {@code rew help score} is {@code rew score --help}. */
  private static List<String> helpless(List<String> args) {
    if (args.isEmpty() || !args.getFirst().equals("help")) {
      return args;
    }
    List<String> rest = new ArrayList<>(args.subList(1, args.size()));
    rest.add("--help");
    return rest;
  }

  private static boolean asksForJson(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i).toLowerCase(Locale.ROOT);
      boolean next =
          arg.equals("--format")
              && i + 1 < args.size()
              && args.get(i + 1).toLowerCase(Locale.ROOT).startsWith("json");
      if (next || arg.startsWith("--format=json")) {
        return true;
      }
    }
    return false;
  }

  private static boolean asked(List<String> args, String option) {
    return args.contains(option);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private Answer answer(
      CommandLine line, Commands.@Nullable Offer chosen, Map<String, Commands.Offer> offers)
      throws IOException, DataException {
    if (options.version) {
      return version();
    }
    if (options.help) {
      String text = line.help();
      return Answer.of(List.of()).with(json -> json.writeStringField("text", text)).withText(text);
    }
    if (chosen == null) {
      Diagnostic problem =
          Diagnostic.of(Code.BAD_USAGE, "no command was given")
              .expected(List.copyOf(offers.keySet()))
              .build();
      return Answer.of(List.of(problem)).withClosing(line.help().strip());
    }
    line.assignCommand();
    chosen.command().set(options.strict, json);
    Answer answer = chosen.command().run(console);
    return options.strict ? strict(answer) : answer;
  }

  private static Answer strict(Answer answer) {
    ExitCode exit = ExitCode.of(answer.diagnostics());
    return exit == ExitCode.OK || answer.exit() != ExitCode.OK ? answer : answer.ending(exit);
  }

  private static Answer version() {
    Version version = Version.CURRENT;
    return Answer.of(List.of())
        .with(
            json -> {
              json.writeStringField("version", version.version());
              json.writeStringField("commit", version.commit());
              json.writeStringField("java", Runtime.version().toString());
            })
        .withText("rew " + version.version() + " (commit " + version.commit() + ")\n");
  }

  private void print(Answer answer) {
    int limit = Math.max(0, options.maxDiagnostics);
    if (json) {
      TextRenderer plain = new TextRenderer(false);
      JsonReport report = new JsonReport(Version.CURRENT.toString(), plain::render);
      console
          .out()
          .println(
              report.document(
                  answer.exit().status(),
                  answer.diagnostics(),
                  answer.places(),
                  limit,
                  answer.keys()));
      return;
    }
    TextRenderer renderer =
        new TextRenderer(options.coloured(console.interactive(), System.getenv("NO_COLOR")));
    List<Diagnostic> diagnostics = answer.diagnostics();
    int shown = Math.min(limit, diagnostics.size());
    for (Diagnostic d : diagnostics.subList(0, shown)) {
      console.err().println(renderer.render(d).stripTrailing());
      console.err().println();
    }
    if (shown < diagnostics.size()) {
      console.err().println("… and " + (diagnostics.size() - shown) + " more");
    }
    console.out().print(answer.text());
    console.out().flush();
    if (!answer.closing().isEmpty()) {
      console.err().println(answer.closing());
    }
  }

  /** Turns what a command throws into its answer. */
  static final class Failures {

    private Failures() {}

    static Answer answer(Throwable e, Console console, boolean debug) {
      return switch (e) {
        case Failure f -> Answer.of(f.diagnostics());
        case RewardCompileException f -> Answer.of(f.diagnostics());
        case RewardEvaluationException f -> Answer.of(f.diagnostics());
        case DataException f -> Answer.of(f);
        case IOException f ->
            Answer.of(List.of(Diagnostic.of(Code.UNREADABLE_FILE, message(f)).build()));
        default -> internal(e, console, debug);
      };
    }

    private static String message(IOException e) {
      return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static Answer internal(Throwable e, Console console, boolean debug) {
      if (debug) {
        e.printStackTrace(console.err());
      }
      // The same fault has the same number, whatever the machine and the data.
      StringBuilder where = new StringBuilder(e.getClass().getName());
      for (StackTraceElement frame : e.getStackTrace()) {
        where.append(frame.getClassName()).append(frame.getMethodName());
      }
      String id = String.format("%08x", where.toString().hashCode());
      String message = e.getMessage() == null ? "" : ": " + oneLine(e.getMessage());
      return Answer.of(
          List.of(
              Diagnostic.of(
                      Code.INTERNAL_ERROR,
                      "Rew itself failed (report "
                          + id
                          + "): "
                          + e.getClass().getSimpleName()
                          + message)
                  .hint("run it again with `--debug`, and report what it shows")
                  .build()));
    }
  }
}
