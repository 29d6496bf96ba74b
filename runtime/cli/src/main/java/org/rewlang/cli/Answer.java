package org.rewlang.cli;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.report.DataPlace;
import org.rewlang.report.JsonReport;

/**
 * What a command has to say, before it is text or JSON.
 *
 * @param exit how the command ends
 * @param diagnostics in the order to show them
 * @param places of diagnostics about data
 * @param keys what the JSON says besides the envelope
 * @param text the answer for people, on standard output; may be empty
 * @param closing a last word for people, on standard error; may be empty
 */
public record Answer(
    ExitCode exit,
    List<Diagnostic> diagnostics,
    Map<Diagnostic, DataPlace> places,
    JsonReport.Keys keys,
    String text,
    String closing) {

  public Answer {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Nothing but diagnostics, which decide how the command ends. */
  public static Answer of(List<Diagnostic> diagnostics) {
    List<Diagnostic> ordered = new ArrayList<>(diagnostics);
    ordered.sort(Diagnostic.ORDER);
    return new Answer(
        ExitCode.of(diagnostics), ordered, new IdentityHashMap<>(), JsonReport.Keys.NONE, "", "");
  }

  /** Bad data. */
  public static Answer of(DataException e) {
    Map<Diagnostic, DataPlace> places = new IdentityHashMap<>();
    places.put(e.diagnostic(), e.place());
    return of(List.of(e.diagnostic())).withPlaces(places);
  }

  private Answer withPlaces(Map<Diagnostic, DataPlace> added) {
    return new Answer(exit, diagnostics, added, keys, text, closing);
  }

  /** The same with keys of the answer's own. */
  public Answer with(JsonReport.Keys added) {
    JsonReport.Keys before = keys;
    return new Answer(
        exit,
        diagnostics,
        places,
        json -> {
          before.write(json);
          added.write(json);
        },
        text,
        closing);
  }

  /** The same with an answer for people. */
  public Answer withText(String added) {
    return new Answer(exit, diagnostics, places, keys, added, closing);
  }

  /** The same with a last word for people. */
  public Answer withClosing(String added) {
    return new Answer(exit, diagnostics, places, keys, text, added);
  }

  /** The same, ending otherwise. */
  public Answer ending(ExitCode other) {
    return new Answer(other, diagnostics, places, keys, text, closing);
  }
}
