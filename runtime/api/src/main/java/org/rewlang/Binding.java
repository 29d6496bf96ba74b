package org.rewlang;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.host.FormReader;
import org.rewlang.host.InputLayout;
import org.rewlang.host.RecordReader;
import org.rewlang.model.Form;
import org.rewlang.model.InputVar;
import org.rewlang.model.Structured;

/**
 * A record class bound to the inputs of one program: names and types are compared once, here, so
 * that reading a record at each step is only a copy.
 *
 * @param <R> the record
 */
public final class Binding<R extends Record> {

  private final RecordReader[] readers;
  private final FormReader[] forms;
  private final boolean[] present;
  private final InputLayout inputs;

  private Binding(
      RecordReader[] readers, FormReader[] forms, boolean[] present, InputLayout inputs) {
    this.readers = readers;
    this.forms = forms;
    this.present = present;
    this.inputs = inputs;
  }

  /**
   * Binds a record.
   *
   * @param partial whether inputs may lack, as in a reset observation
   */
  static <R extends Record> Binding<R> of(Schema<R> schema, InputLayout inputs, boolean partial) {
    List<Diagnostic> problems = new ArrayList<>();
    List<RecordReader> readers = new ArrayList<>();
    List<FormReader> forms = new ArrayList<>();
    boolean[] present = new boolean[inputs.inputs().size()];
    String record = "record `" + schema.type().getSimpleName() + "`";
    for (RecordComponent component : schema.components()) {
      Structured<InputVar> structured = inputs.structured(component.getName());
      if (structured != null) {
        structured.form().arrays().forEach(a -> present[inputs.port(a)] = true);
        FormReader.of(component, structured, inputs)
            .ifPresentOrElse(forms::add, () -> problems.add(misfit(record, component, structured)));
        continue;
      }
      int port = inputs.port(component.getName());
      if (port < 0) {
        problems.add(noSuchInput(record, component.getName(), inputs));
        continue;
      }
      InputInfo input = inputs.inputs().get(port);
      present[port] = true;
      RecordReader.of(component, input)
          .ifPresentOrElse(readers::add, () -> problems.add(misfit(record, component, input)));
    }
    for (int port = 0; port < present.length; port++) {
      InputInfo input = inputs.inputs().get(port);
      if (inputs.owner(port) != null) {
        continue;
      }
      if (!present[port] && (input.optional() || inputs.isHeld(port))) {
        present[port] = true;
      } else if (!present[port] && !partial) {
        problems.add(missing(record, input.name()));
      }
    }
    for (Structured<InputVar> input : inputs.structured()) {
      int first = inputs.port(input.form().arrays().getFirst());
      boolean given = present[first] || inputs.isHeld(first);
      if (!given && !partial && !(input.form() instanceof Form.Maybe)) {
        problems.add(missing(record, input.name()));
      } else if (!given && !partial) {
        // Absent in every step.
        input.form().arrays().forEach(a -> present[inputs.port(a)] = true);
      }
    }
    if (!problems.isEmpty()) {
      throw new RewardCompileException(problems);
    }
    return new Binding<>(
        readers.toArray(RecordReader[]::new), forms.toArray(FormReader[]::new), present, inputs);
  }

  private static Diagnostic missing(String record, String input) {
    return Diagnostic.of(Code.BAD_BINDING, record + " has no component for `" + input + "`")
        .expected(List.of(input))
        .build();
  }

  private static Diagnostic noSuchInput(String record, String name, InputLayout inputs) {
    List<String> names = new ArrayList<>();
    for (int port = 0; port < inputs.inputs().size(); port++) {
      if (inputs.owner(port) == null) {
        names.add(inputs.inputs().get(port).name());
      }
    }
    inputs.structured().forEach(s -> names.add(s.name()));
    Diagnostic.Builder problem =
        Diagnostic.of(
                Code.BAD_BINDING, "the program has no input `" + name + "`, as " + record + " has")
            .found(name)
            .expected(names);
    Spelling.closest(name, names).ifPresent(n -> problem.hint("did you mean `" + n + "`?"));
    return problem.build();
  }

  private static Diagnostic misfit(String record, RecordComponent component, InputInfo input) {
    String found = component.getType().getSimpleName();
    return Diagnostic.of(
            Code.BAD_BINDING,
            "`" + input.name() + "` is " + input.type() + ", in " + record + " it is " + found)
        .related(input.at().source(), input.at().span(), "declared here")
        .found(found)
        .build();
  }

  private static Diagnostic misfit(
      String record, RecordComponent component, Structured<InputVar> input) {
    String found = component.getGenericType().getTypeName();
    return Diagnostic.of(
            Code.BAD_BINDING,
            "`"
                + input.name()
                + "` is "
                + input.type()
                + (input.perAgent() ? " per agent, in " : ", in ")
                + record
                + " it is "
                + found)
        .related(input.at().source(), input.at().span(), "declared here")
        .found(found)
        .hint(
            input.perAgent()
                ? "what agents have is a `List` or an array by agent"
                : "a record is a record with the same fields, a list a `List` or an array")
        .build();
  }

  /** Copies a record's numbers to their places; optional inputs it lacks become 0. */
  void read(R record, double[] into, boolean[] presence) {
    if (readers.length < present.length) {
      Arrays.fill(into, 0);
      inputs.allThere(into);
      inputs.structured().forEach(s -> inputs.clear(s.form(), into));
    }
    try {
      for (RecordReader reader : readers) {
        reader.read(record, into);
      }
      for (FormReader form : forms) {
        form.read(record, into);
      }
    } catch (FormReader.Unfit e) {
      throw new RewardEvaluationException(List.of(e.diagnostic()));
    } catch (RecordReader.WrongLength e) {
      throw new RewardEvaluationException(
          List.of(
              Diagnostic.of(
                      Code.WRONG_LENGTH,
                      "`" + e.name() + "` holds " + e.found() + " values, not " + e.wanted())
                  .found(Integer.toString(e.found()))
                  .expected(List.of(Integer.toString(e.wanted())))
                  .build()));
    }
    System.arraycopy(present, 0, presence, 0, presence.length);
  }

  void mustFit(InputLayout other) {
    if (!inputs.isOf(other)) {
      throw new IllegalArgumentException("the binding belongs to another program");
    }
  }
}
