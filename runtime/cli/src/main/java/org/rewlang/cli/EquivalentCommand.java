package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rewlang.automata.Cube;
import org.rewlang.automata.Equivalence.Alike;
import org.rewlang.automata.Equivalence.Potential;
import org.rewlang.automata.Equivalence.Strength;
import org.rewlang.automata.Equivalence.Trace;
import org.rewlang.automata.Equivalence.Unlike;
import org.rewlang.automata.Limits;
import org.rewlang.automata.Rational;
import org.rewlang.data.DataException;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.machine.Comparison;
import org.rewlang.machine.Subjects;
import org.rewlang.machine.Subjects.Wanted;
import org.rewlang.source.Source;

/** {@code rew equivalent}: whether two machines or formulas are the same, or a shortest trace. */
final class EquivalentCommand extends Command {

  private String one = "";
  private String other = "";
  private Strength strength = Strength.OUTPUTS;
  private String discount = "1";

  @Override
  public Usage usage() {
    return Usage.of("equivalent", "Proves two machines or formulas equal, or shows where not.")
        .one(
            "A",
            "FILE:NAME, FILE:NAME.STATE,STATE, or a formula such as `F(a & F b)`.",
            v -> one = v)
        .one("B", "The same; a formula's atoms are conditions of A's file.", v -> other = v)
        .choice(
            "--strength",
            Stream.of(Strength.values()).map(EquivalentCommand::name).toList(),
            "What must be the same of what machines pay: each step's (outputs).",
            v -> strength = Strength.valueOf(v.toUpperCase(Locale.ROOT)))
        .option("--discount", "G", "Of returns, above 0 and at most 1 (1).", v -> discount = v);
  }

  private static String name(Strength strength) {
    return strength.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Answer run(Console console) throws IOException, DataException {
    Rational by = discount();
    List<Wanted> wanted = new ArrayList<>();
    Optional<Source> input = Optional.empty();
    for (String word : List.of(one, other)) {
      Subjects.Place place = Subjects.place(word).orElse(null);
      if (place == null) {
        wanted.add(new Subjects.Written(formula(word)));
        continue;
      }
      Source file =
          place.file().equals("-") && input.isPresent()
              ? input.get()
              : ProgramFile.source(place.file(), console);
      input = place.file().equals("-") ? Optional.of(file) : input;
      wanted.add(new Subjects.Named(file, place.name(), place.states()));
    }
    Subjects subjects;
    try {
      subjects = Subjects.of(wanted);
    } catch (Subjects.Unusable e) {
      throw new Failure(e.diagnostics());
    }
    if (strength != Strength.OUTPUTS && !Comparison.ofRewards(subjects)) {
      throw Failure.usage(
          "`--strength "
              + name(strength)
              + "` compares what two machines pay, and a formula pays"
              + " nothing");
    }
    return switch (Comparison.of(subjects, strength, by)) {
      case Limits.Made<Comparison>(Comparison made) -> answer(made);
      case Limits.Refused<Comparison>(var limit, long bound) ->
          Answer.of(
              List.of(
                  Diagnostic.of(
                          Code.AUTOMATON_LIMIT,
                          "to compare them takes more than " + bound + " " + limit)
                      .build()));
    };
  }

  private static String formula(String word) {
    if (word.contains(".rew")) {
      throw new Failure(
          Diagnostic.of(Code.BAD_USAGE, "`" + word + "` doesn't say which machine or formula")
              .hint("write `FILE:NAME`")
              .build());
    }
    return word;
  }

  private Rational discount() {
    try {
      Rational value = Rational.of(discount);
      if (value.sign() > 0 && value.compareTo(Rational.ONE) <= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw Failure.usage("`--discount` is a number above 0 and at most 1, not `" + discount + "`");
  }

  private Answer answer(Comparison made) {
    return switch (made.answer()) {
      case Alike alike ->
          Answer.of(List.of())
              .with(json -> write(json, made))
              .withText("equivalent: " + proved() + "\n" + potentials(made, alike));
      case Unlike unlike ->
          Answer.of(List.of(different(unlike)))
              .with(json -> write(json, made))
              .withText(
                  unlike.traces().stream()
                      .map(t -> table(made, t))
                      .collect(Collectors.joining("\n")));
    };
  }

  private Diagnostic different(Unlike unlike) {
    Trace trace = unlike.traces().getFirst();
    int steps = trace.letters().size() + trace.loop().size();
    String how =
        unlike.traces().size() > 1
            ? "no potential explains the difference"
            : "the first episode that tells is one of " + TextTable.count(steps, "step");
    return Diagnostic.of(
            Code.NOT_EQUIVALENT, "`" + one + "` and `" + other + "` are not equivalent: " + how)
        .build();
  }

  private String proved() {
    return switch (strength) {
      case OUTPUTS -> "in every step of every episode";
      case RETURNS -> "every episode has the same return at discount " + discount;
      case POTENTIAL -> "a potential makes the difference at discount " + discount;
    };
  }

  /** Without folders. */
  private static String shortly(String word) {
    return Subjects.place(word).isPresent() ? word.replaceFirst("^.*/", "") : word;
  }

  private String potentials(Comparison made, Alike alike) {
    if (strength != Strength.POTENTIAL) {
      return "";
    }
    TextTable table = new TextTable(shortly(one), shortly(other), "potential");
    for (Potential p : alike.potentials()) {
      table.row(made.state(true, p.one()), made.state(false, p.other()), p.value().toString());
    }
    return table.toString();
  }

  private String table(Comparison made, Trace trace) {
    TextTable table = new TextTable("step", "what holds", shortly(one), shortly(other));
    List<Cube> all = new ArrayList<>(trace.letters());
    all.addAll(trace.loop());
    for (int i = 0; i < all.size(); i++) {
      table.row(
          i + (i < trace.letters().size() ? "" : " and so on"),
          "{" + String.join(", ", made.letter(all.get(i))) + "}",
          made.said(trace.one().get(i)),
          made.said(trace.other().get(i)));
    }
    if (strength != Strength.OUTPUTS && trace.returns() != null) {
      table.row("return", "", trace.returns().one().toString(), trace.returns().other().toString());
    }
    return table.toString();
  }

  private void write(JsonGenerator json, Comparison made) throws IOException {
    json.writeStringField("a", one);
    json.writeStringField("b", other);
    json.writeStringField("strength", name(strength));
    json.writeStringField("discount", discount);
    json.writeBooleanField("equivalent", made.answer() instanceof Alike);
    json.writeArrayFieldStart("potentials");
    if (made.answer() instanceof Alike alike && strength == Strength.POTENTIAL) {
      for (Potential p : alike.potentials()) {
        json.writeStartObject();
        json.writeStringField("a", made.state(true, p.one()));
        json.writeStringField("b", made.state(false, p.other()));
        json.writeStringField("value", p.value().toString());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
    List<Trace> traces = made.answer() instanceof Unlike unlike ? unlike.traces() : List.of();
    trace(json, "witness", traces.isEmpty() ? List.of() : traces.subList(0, 1), made);
    trace(json, "against", traces.size() < 2 ? List.of() : traces.subList(1, 2), made);
  }

  /** A trace, or null if there is none. */
  private static void trace(JsonGenerator json, String key, List<Trace> one, Comparison made)
      throws IOException {
    if (one.isEmpty()) {
      json.writeNullField(key);
      return;
    }
    Trace trace = one.getFirst();
    List<Cube> all = new ArrayList<>(trace.letters());
    all.addAll(trace.loop());
    json.writeObjectFieldStart(key);
    json.writeArrayFieldStart("steps");
    for (int i = 0; i < all.size(); i++) {
      json.writeStartObject();
      json.writeArrayFieldStart("holds");
      for (String atom : made.letter(all.get(i))) {
        json.writeString(atom);
      }
      json.writeEndArray();
      json.writeStringField("a", made.said(trace.one().get(i)));
      json.writeStringField("b", made.said(trace.other().get(i)));
      json.writeEndObject();
    }
    json.writeEndArray();
    if (trace.loop().isEmpty()) {
      json.writeNullField("repeats_from");
    } else {
      json.writeNumberField("repeats_from", trace.letters().size());
    }
    if (trace.returns() == null || !made.ofRewards()) {
      json.writeNullField("returns");
    } else {
      json.writeObjectFieldStart("returns");
      json.writeStringField("a", trace.returns().one().toString());
      json.writeStringField("b", trace.returns().other().toString());
      json.writeEndObject();
    }
    json.writeEndObject();
  }
}
