package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.Facts;
import org.rewlang.InputInfo;
import org.rewlang.OutputInfo;
import org.rewlang.ParamInfo;
import org.rewlang.analysis.Invariance;
import org.rewlang.analysis.MachineGraph;
import org.rewlang.automata.Limits;
import org.rewlang.automata.RewardMachine;
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
import org.rewlang.model.InputVar;
import org.rewlang.model.Interval;
import org.rewlang.model.Machine;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Result;
import org.rewlang.model.Shape;
import org.rewlang.model.Shaping;
import org.rewlang.model.Structured;
import org.rewlang.model.Supplied;
import org.rewlang.model.Type;
import org.rewlang.source.Source;

/** {@code rew info}: what the compiler knows of a program; what it doesn't is {@code unknown}. */
final class InfoCommand extends Command {

  static final String UNKNOWN = "unknown";

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
          plainParams(program, params),
          Outputs.of(program.model(), program.core()),
          Programs.facts(program));
    }

    /** Parameters that are one array each. */
    private static List<ParamInfo> plainParams(Compiled program, double[] values) {
      List<String> parts =
          program.model().structuredParams().stream()
              .flatMap(s -> s.form().arrays().stream())
              .map(ParamVar::name)
              .toList();
      return Parameters.of(program.model().params(), values).stream()
          .filter(p -> !parts.contains(p.name()))
          .toList();
    }

    /** Inputs that are one array each. */
    private static List<InputInfo> plain(Compiled program) {
      InputLayout layout = InputLayout.of(program.model());
      return layout.inputs().stream()
          .filter(i -> layout.owner(layout.port(i.name())) == null)
          .toList();
    }

    private void structured(JsonGenerator json, Structured<InputVar> input) throws IOException {
      json.writeStartObject();
      json.writeStringField("name", input.name());
      json.writeStringField("column", input.host());
      type(json, input.type(), "");
      json.writeStringField("scope", input.scope().word());
      json.writeBooleanField("implicit", false);
      fields(json, input);
      doc(json, input.doc());
      json.writeEndObject();
    }

    private void structuredParam(JsonGenerator json, Structured<ParamVar> param)
        throws IOException {
      json.writeStartObject();
      json.writeStringField("name", param.name());
      type(json, param.type(), "");
      json.writeFieldName("default");
      FormJson.write(json, param, ParamVar::initial);
      fields(json, param);
      doc(json, param.doc());
      json.writeEndObject();
    }

    private static void fields(JsonGenerator json, Structured<? extends Supplied> whole)
        throws IOException {
      json.writeArrayFieldStart("fields");
      for (FormFields.Row field : FormFields.of(whole)) {
        json.writeStartObject();
        json.writeStringField("name", field.name());
        type(json, field.type(), field.unit());
        range(json, field.range().low(), field.range().high());
        json.writeBooleanField("optional", field.optional());
        members(json, field.members());
        json.writeEndObject();
      }
      json.writeEndArray();
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

    /**
     * @param type with how many agents may have one
     * @param last what stands in the last columns of its first row
     */
    private static void structured(
        TextTable in, Structured<? extends Supplied> whole, String type, String... last) {
      List<FormFields.Row> fields = FormFields.of(whole);
      boolean single = fields.size() == 1 && fields.getFirst().name().isEmpty();
      FormFields.Row first = fields.getFirst();
      row(in, whole.name(), type, single ? first : null, last);
      for (FormFields.Row f : single ? List.<FormFields.Row>of() : fields) {
        String[] empty = new String[last.length];
        Arrays.fill(empty, "");
        row(in, "  ." + f.name(), f.type() + (f.optional() ? "?" : ""), f, empty);
      }
    }

    private static void row(
        TextTable in, String name, String type, FormFields.@Nullable Row field, String... last) {
      List<String> cells = new ArrayList<>(List.of(name, type));
      cells.add(field == null ? "" : field.unit());
      cells.add(field == null ? "" : range(field.range().low(), field.range().high()));
      cells.addAll(List.of(last));
      in.row(cells.toArray(String[]::new));
    }

    /** How many agents there may be, where each has one. */
    private static String each(Structured<InputVar> input) {
      List<Integer> shape = input.form().arrays().getFirst().type().shape();
      return input.perAgent() ? " per agent[.." + shape.getFirst() + "]" : "";
    }

    private List<String> engines() {
      return Engines.able(program.core());
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
      for (Structured<InputVar> input : program.model().structured()) {
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
      for (Structured<ParamVar> param : program.model().structuredParams()) {
        structuredParam(json, param);
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
      json.writeArrayFieldStart("machines");
      for (Machine machine : machines()) {
        json.writeStartObject();
        json.writeStringField("name", machine.name());
        json.writeNumberField("states", machine.states().members().size());
        json.writeNumberField("edges", machine.edges().size());
        RewardMachine least = least(machine);
        if (least == null) {
          json.writeStringField("minimal", UNKNOWN);
        } else {
          json.writeNumberField("minimal", least.size());
        }
        doc(json, machine.doc());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("formulas");
      for (FormulaInfo formula : FormulaInfo.of(program.model())) {
        formula.write(json);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("shapes");
      for (Shaping shaping : program.model().shapings()) {
        Invariance invariance = Invariance.of(shaping, program.ranges());
        json.writeStartObject();
        json.writeStringField("name", shaping.name());
        json.writeStringField("potential", shaping.of());
        json.writeNumberField("discount", shaping.discount());
        json.writeBooleanField("certified", invariance.certified());
        json.writeStringField("statement", invariance.statement());
        json.writeEndObject();
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

    /** Those of the program itself. */
    private List<Machine> machines() {
      Source own = program.model().sources().getFirst();
      return program.model().machines().stream().filter(m -> m.at().source() == own).toList();
    }

    /** The least automaton that does what a machine does; null where it isn't known. */
    private @Nullable RewardMachine least(Machine machine) {
      MachineGraph graph = MachineGraph.of(machine, program.ranges());
      return graph == null ? null : graph.automaton().minimal(Limits.USUAL).orNull();
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
      program
          .model()
          .structured()
          .forEach(s -> structured(in, s, s.type() + each(s), first(s.doc())));
      boolean none = inputs.isEmpty() && program.model().structured().isEmpty();
      text.append(none ? "no inputs\n" : in).append('\n');
      if (!program.model().params().isEmpty()) {
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
        for (Structured<ParamVar> p : program.model().structuredParams()) {
          structured(table, p, p.type(), FormJson.text(p, ParamVar::initial), first(p.doc()));
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
      for (Machine machine : machines()) {
        RewardMachine least = least(machine);
        text.append("machine     ")
            .append(machine.name())
            .append(": ")
            .append(TextTable.count(machine.states().members().size(), "state"))
            .append(", ")
            .append(TextTable.count(machine.edges().size(), "edge"))
            .append(", as an automaton ")
            .append(least == null ? UNKNOWN : TextTable.count(least.size(), "state"))
            .append('\n');
      }
      FormulaInfo.of(program.model()).forEach(f -> text.append(f.text()));
      for (Shaping shaping : program.model().shapings()) {
        text.append("shape       ")
            .append(shaping.name())
            .append(": ")
            .append(Invariance.of(shaping, program.ranges()).statement())
            .append('\n');
      }
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
