package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.Facts;
import org.rewlang.InputInfo;
import org.rewlang.OutputInfo;
import org.rewlang.ParamInfo;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.engine.Layout;
import org.rewlang.host.Compiled;
import org.rewlang.host.Engines;
import org.rewlang.host.Front;
import org.rewlang.host.InputLayout;
import org.rewlang.host.Outputs;
import org.rewlang.host.Parameters;
import org.rewlang.host.Programs;
import org.rewlang.model.Interval;
import org.rewlang.model.Result;
import org.rewlang.model.Shape;
import org.rewlang.model.StructuredInput;
import org.rewlang.model.Type;

/** {@code rew info}: what the compiler knows of a program; what it doesn't is {@code unknown}. */
final class InfoCommand extends Command {

  private static final String UNKNOWN = "unknown";

  private String file = "";

  @Override
  public Usage usage() {
    return Usage.of("info", "Shows what the compiler knows of a program.")
        .one("FILE", "The program; - is standard input.", v -> file = v);
  }

  @Override
  public Answer run(Console console) throws IOException {
    Front.Result result = ProgramFile.compile(file, console, strict());
    if (result.program().isEmpty()) {
      throw new Failure(result.diagnostics());
    }
    Known known = Known.of(result.program().get());
    return Answer.of(result.diagnostics()).with(known::write).withText(known.text());
  }

  /** All that is shown. */
  private record Known(
      Compiled program,
      List<InputInfo> inputs,
      List<ParamInfo> params,
      List<OutputInfo> outputs,
      Facts facts) {

    static Known of(Compiled program) {
      double[] params = new Layout(program.core()).defaultParams();
      return new Known(
          program,
          plain(program),
          Parameters.of(program.model().params(), params),
          Outputs.of(program.model(), program.core()),
          Programs.facts(program));
    }

    /** Inputs that are one array each. */
    private static List<InputInfo> plain(Compiled program) {
      InputLayout layout = InputLayout.of(program.model());
      return layout.inputs().stream()
          .filter(i -> layout.owner(layout.port(i.name())) == null)
          .toList();
    }

    private void structured(JsonGenerator json, StructuredInput input) throws IOException {
      json.writeStartObject();
      json.writeStringField("name", input.name());
      json.writeStringField("column", input.host());
      type(json, input.type(), "");
      json.writeStringField("scope", input.scope().word());
      json.writeBooleanField("implicit", false);
      json.writeArrayFieldStart("fields");
      for (InputFields.Row field : InputFields.of(input)) {
        json.writeStartObject();
        json.writeStringField("name", field.name());
        type(json, field.type(), field.unit());
        range(json, field.range().low(), field.range().high());
        json.writeBooleanField("optional", field.optional());
        members(json, field.members());
        json.writeEndObject();
      }
      json.writeEndArray();
      doc(json, input.doc());
      json.writeEndObject();
    }

    private static void members(JsonGenerator json, List<String> members) throws IOException {
      if (!members.isEmpty()) {
        json.writeArrayFieldStart("members");
        for (String member : members) {
          json.writeString(member);
        }
        json.writeEndArray();
      }
    }

    private void structured(TextTable in, StructuredInput input) {
      List<InputFields.Row> fields = InputFields.of(input);
      boolean single = fields.size() == 1 && fields.getFirst().name().isEmpty();
      InputFields.Row first = fields.getFirst();
      in.row(
          input.name(),
          input.type() + each(input),
          single ? first.unit() : "",
          single ? range(first.range().low(), first.range().high()) : "",
          first(input.doc()));
      for (InputFields.Row f : single ? List.<InputFields.Row>of() : fields) {
        in.row(
            "  ." + f.name(),
            f.type() + (f.optional() ? "?" : ""),
            f.unit(),
            range(f.range().low(), f.range().high()),
            "");
      }
    }

    /** How many agents there may be, where each has one. */
    private static String each(StructuredInput input) {
      List<Integer> shape = input.form().arrays().getFirst().type().shape();
      return input.perAgent() ? " per agent[.." + shape.getFirst() + "]" : "";
    }

    private List<String> engines() {
      return Engines.names().stream().filter(n -> !n.equals(Engines.AUTO)).toList();
    }

    void write(JsonGenerator json) throws IOException {
      json.writeStringField("module", program.model().name());
      doc(json, program.model().doc());
      json.writeStringField("scope", program.core().clock());
      json.writeStringField("formalism", UNKNOWN);
      json.writeArrayFieldStart("inputs");
      for (InputInfo input : inputs) {
        json.writeStartObject();
        json.writeStringField("name", input.name());
        json.writeStringField("column", input.host());
        type(json, input.type().toString(), input.unit());
        range(json, input.low(), input.high());
        json.writeStringField("scope", input.scope().word());
        json.writeBooleanField("implicit", input.implicit());
        members(json, input.members());
        doc(json, input.doc());
        json.writeEndObject();
      }
      for (StructuredInput input : program.model().structured()) {
        structured(json, input);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("params");
      for (ParamInfo param : params) {
        json.writeStartObject();
        json.writeStringField("name", param.name());
        type(json, param.type().toString(), param.unit());
        range(json, param.low(), param.high());
        json.writeFieldName("default");
        JsonNumbers.values(json, param.type(), param.initial());
        doc(json, param.doc());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("components");
      for (OutputInfo output : outputs) {
        if (output.role() == Output.Role.COMPONENT) {
          output(json, output);
        }
      }
      json.writeEndArray();
      json.writeArrayFieldStart("outputs");
      for (OutputInfo output : outputs) {
        if (output.role() != Output.Role.COMPONENT) {
          output(json, output);
        }
      }
      json.writeEndArray();
      json.writeNumberField("state_bytes", facts.stateBytes());
      json.writeNumberField("operations", facts.operations());
      json.writeBooleanField("needs_reset", facts.needsReset());
      json.writeStringField("program_sha256", Programs.hash(program));
      json.writeArrayFieldStart("engines");
      for (String engine : engines()) {
        json.writeString(engine);
      }
      json.writeEndArray();
    }

    private void output(JsonGenerator json, OutputInfo output) throws IOException {
      json.writeStartObject();
      json.writeStringField("name", output.column());
      json.writeStringField("role", output.role().text());
      type(json, output.type().toString(), output.unit());
      json.writeStringField("scope", output.perAgent() ? "agent" : "step");
      Interval range = range(output);
      if (range == null) {
        json.writeStringField("range", UNKNOWN);
      } else {
        range(json, range.low(), range.high());
      }
      doc(json, output.doc());
      json.writeEndObject();
    }

    /** What the ranges of inputs and parameters leave possible; null if that is everything. */
    private @Nullable Interval range(OutputInfo output) {
      if (!output.type().isNumber()) {
        return null;
      }
      for (Result result : program.model().results()) {
        if (result.role() == output.role() && result.name().equals(output.name())) {
          Interval range = program.ranges().interval(result.value()).shown();
          return range.equals(Interval.ALL) || range.low() > range.high() ? null : range;
        }
      }
      return null;
    }

    private static void type(JsonGenerator json, String type, String unit) throws IOException {
      json.writeStringField("type", type);
      json.writeStringField("unit", unit);
    }

    private static void range(JsonGenerator json, double low, double high) throws IOException {
      json.writeArrayFieldStart("range");
      JsonNumbers.write(json, low + 0.0);
      JsonNumbers.write(json, high + 0.0);
      json.writeEndArray();
    }

    private static void doc(JsonGenerator json, @Nullable String doc) throws IOException {
      if (doc != null) {
        json.writeStringField("doc", doc);
      }
    }

    String text() {
      StringBuilder text = new StringBuilder();
      text.append(program.model().name())
          .append(", evaluated once a ")
          .append(program.core().clock());
      text.append("\n\n");
      TextTable in = new TextTable("input", "type", "unit", "range", "");
      for (InputInfo i : inputs) {
        in.row(
            i.name(),
            type(i.type(), i.perAgent()),
            i.unit(),
            range(i.low(), i.high()),
            first(i.doc()));
      }
      program.model().structured().forEach(s -> structured(in, s));
      boolean none = inputs.isEmpty() && program.model().structured().isEmpty();
      text.append(none ? "no inputs\n" : in).append('\n');
      if (!params.isEmpty()) {
        TextTable table = new TextTable("param", "type", "unit", "range", "default", "");
        for (ParamInfo p : params) {
          List<String> initial = p.initial().stream().map(Numeral::of).toList();
          table.row(
              p.name(),
              p.type().toString(),
              p.unit(),
              range(p.low(), p.high()),
              initial.size() == 1 ? initial.getFirst() : initial.toString(),
              first(p.doc()));
        }
        text.append(table).append('\n');
      }
      TextTable out = new TextTable("result", "role", "type", "unit", "range");
      for (OutputInfo o : outputs) {
        Interval range = range(o);
        out.row(
            o.column(),
            o.role().text(),
            type(o.type(), o.perAgent()),
            o.unit(),
            range == null ? "" : range(range.low(), range.high()));
      }
      text.append(out).append('\n');
      text.append("formalism   ").append(UNKNOWN).append('\n');
      text.append("state       ").append(facts.stateBytes()).append(" bytes\n");
      text.append("operations  ").append(facts.operations()).append(" a step\n");
      text.append("engines     ").append(String.join(", ", engines())).append('\n');
      if (facts.needsReset()) {
        text.append("needs a reset observation to begin an episode\n");
      }
      return text.toString();
    }

    private static String range(double low, double high) {
      return Double.isInfinite(low) && Double.isInfinite(high)
          ? ""
          : InputLayout.range(low, high, "");
    }

    /** As it is declared, with how many agents there may be. */
    private static String type(Type type, boolean perAgent) {
      List<Integer> shape = type.shape();
      return perAgent
          ? type.withShape(Shape.without(shape, 0)) + " per agent[.." + shape.getFirst() + "]"
          : type.toString();
    }

    private static String first(@Nullable String doc) {
      return doc == null ? "" : doc.lines().findFirst().orElse("");
    }
  }
}
