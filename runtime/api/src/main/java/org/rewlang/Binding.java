package org.rewlang;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Spelling;
import org.rewlang.host.InputLayout;
import org.rewlang.host.RecordReader;

/**
 * A record class bound to the inputs of one program: names and types are compared once, here, so
 * that reading a record at each step is only a copy.
 *
 * @param <R> the record
 */
public final class Binding<R extends Record> {

  private final RecordReader[] readers;
  private final boolean[] present;
  private final InputLayout inputs;

  private Binding(RecordReader[] readers, boolean[] present, InputLayout inputs) {
    this.readers = readers;
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
    boolean[] present = new boolean[inputs.inputs().size()];
    String record = "record `" + schema.type().getSimpleName() + "`";
    for (RecordComponent component : schema.components()) {
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
      if (!present[port] && input.optional()) {
        present[port] = true;
      } else if (!present[port] && !partial) {
        problems.add(
            Diagnostic.of(Code.BAD_BINDING, record + " has no component for `" + input.name() + "`")
                .expected(List.of(input.name()))
                .build());
      }
    }
    if (!problems.isEmpty()) {
      throw new RewardCompileException(problems);
    }
    return new Binding<>(readers.toArray(RecordReader[]::new), present, inputs);
  }

  private static Diagnostic noSuchInput(String record, String name, InputLayout inputs) {
    List<String> names = inputs.inputs().stream().map(InputInfo::name).toList();
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

  /** Copies a record's numbers to their places; optional inputs it lacks become 0. */
  void read(R record, double[] into, boolean[] presence) {
    if (readers.length < present.length) {
      Arrays.fill(into, 0);
      inputs.allThere(into);
    }
    try {
      for (RecordReader reader : readers) {
        reader.read(record, into);
      }
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
    if (inputs != other) {
      throw new IllegalArgumentException("the binding belongs to another program");
    }
  }
}
