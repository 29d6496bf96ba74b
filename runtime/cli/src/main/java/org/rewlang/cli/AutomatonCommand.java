package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.rewlang.automata.Drawing;
import org.rewlang.automata.Limits;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.machine.Objective;
import org.rewlang.machine.Picture;
import org.rewlang.machine.Subject;
import org.rewlang.machine.Subjects;
import org.rewlang.source.Source;

/** {@code rew automaton}: a machine or a formula of a program as a drawing or for other tools. */
final class AutomatonCommand extends Command {

  private static final List<String> FORMS =
      List.of("dot", "mermaid", "svg", "hoa", "json", "objective");

  private String file = "";
  private String name = "";
  private String form = "dot";

  @Override
  public Usage usage() {
    return Usage.of("automaton", "Draws a machine or a formula of a program.")
        .one("FILE", "The program; - is standard input.", v -> file = v)
        .one("NAME", "The machine or formula.", v -> name = v)
        .choice("--as", FORMS, "What to write (dot).", v -> form = v);
  }

  @Override
  public Answer run(Console console) throws IOException, DataException {
    Source source = ProgramFile.source(file, console);
    Subjects subjects;
    try {
      subjects = Subjects.of(List.of(new Subjects.Named(source, name, List.of())));
    } catch (Subjects.Unusable e) {
      throw new Failure(e.diagnostics());
    }
    Subject subject = subjects.all().getFirst();
    Drawing drawing = Picture.drawing(subject);
    String text =
        switch (form) {
          case "dot" -> drawing.dot();
          case "mermaid" -> drawing.mermaid();
          case "svg" -> drawing.svg();
          case "hoa" -> made(Picture.hoa(subjects));
          case "objective" -> objective(subject, source);
          default -> drawing.json();
        };
    return Answer.of(List.of()).with(json -> write(json, subject, drawing, text)).withText(text);
  }

  private String objective(Subject subject, Source source) {
    if (!(subject instanceof Subject.OfFormula formula)) {
      throw Failure.usage("`" + name + "` is a machine; an objective is made of a formula");
    }
    String text = made(Objective.of(formula, name, source.name().replaceFirst("^.*/", ""))).text();
    if (text == null) {
      throw new Failure(
          Diagnostic.of(
                  Code.NOT_SUPPORTED_YET,
                  "no objective is made of `" + name + "` yet",
                  formula.formula().at().source(),
                  formula.formula().at().span())
              .label("not an `and` of obligations, `always(f)` and `eventually(always(g))`")
              .hint("bring in a deterministic Buchi automaton that another tool makes of it")
              .build());
    }
    return text;
  }

  private <T> T made(Limits.Outcome<T> outcome) {
    return switch (outcome) {
      case Limits.Made<T>(T made) -> made;
      case Limits.Refused<T>(var limit, long bound) ->
          throw new Failure(
              Diagnostic.of(
                      Code.AUTOMATON_LIMIT,
                      "the automaton of `" + name + "` needs more than " + bound + " " + limit)
                  .build());
    };
  }

  private void write(JsonGenerator json, Subject subject, Drawing drawing, String text)
      throws IOException {
    json.writeStringField("name", name);
    json.writeStringField("kind", subject instanceof Subject.OfMachine ? "machine" : "formula");
    json.writeNumberField("initial", drawing.initial());
    json.writeArrayFieldStart("states");
    for (Drawing.State state : drawing.states()) {
      json.writeStartObject();
      json.writeStringField("name", state.name());
      json.writeStringField("note", state.note());
      json.writeBooleanField("accepting", state.accepting());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("edges");
    for (Drawing.Edge edge : drawing.edges()) {
      json.writeStartObject();
      json.writeNumberField("from", edge.from());
      json.writeNumberField("to", edge.to());
      json.writeStringField("label", edge.label());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("as", form);
    json.writeStringField("text", text);
  }
}
