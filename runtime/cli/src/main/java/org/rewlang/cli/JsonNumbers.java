package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rewlang.InputInfo;
import org.rewlang.ParamInfo;
import org.rewlang.Reward;
import org.rewlang.host.InputLayout;
import org.rewlang.model.Base;
import org.rewlang.model.InputVar;
import org.rewlang.model.ParamVar;
import org.rewlang.model.Structured;
import org.rewlang.model.Type;

/** Numbers as the JSON shows them: what is undefined is null, bools and enums by name. */
final class JsonNumbers {

  private JsonNumbers() {}

  static void write(JsonGenerator json, String name, double value) throws IOException {
    json.writeFieldName(name);
    write(json, value);
  }

  static void write(JsonGenerator json, double value) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /** The values of all parameters, each under its name. */
  static void params(JsonGenerator json, Reward reward) throws IOException {
    Map<String, ParamInfo> arrays = new LinkedHashMap<>();
    reward.params().forEach(p -> arrays.put(p.name(), p));
    List<Structured<ParamVar>> structured = reward.compiled().model().structuredParams();
    for (Structured<ParamVar> whole : structured) {
      json.writeFieldName(whole.name());
      FormJson.write(json, whole, p -> Objects.requireNonNull(arrays.get(p.name())).value());
    }
    structured.forEach(s -> s.form().arrays().forEach(p -> arrays.remove(p.name())));
    for (ParamInfo param : arrays.values()) {
      json.writeFieldName(param.name());
      values(json, param.type(), param.value());
    }
  }

  /** The inputs that are given for the whole run. */
  static void run(JsonGenerator json, InputLayout inputs) throws IOException {
    for (int port = 0; port < inputs.inputs().size(); port++) {
      InputInfo input = inputs.inputs().get(port);
      if (inputs.isHeld(port) && inputs.owner(port) == null) {
        json.writeFieldName(input.name());
        nested(json, input.type(), inputs.held(port));
      }
    }
    for (Structured<InputVar> whole : inputs.structured()) {
      if (inputs.isHeld(inputs.port(whole.form().arrays().getFirst()))) {
        json.writeFieldName(whole.name());
        FormJson.write(json, whole, a -> inputs.held(inputs.port(a)));
      }
    }
  }

  /** A value of a type: a scalar, or a flat list. */
  static void values(JsonGenerator json, Type type, List<Double> values) throws IOException {
    if (!type.isScalar()) {
      json.writeStartArray();
    }
    for (double value : values) {
      value(json, type, value);
    }
    if (!type.isScalar()) {
      json.writeEndArray();
    }
  }

  /** A value of a type: a scalar, or lists in each other. */
  static void nested(JsonGenerator json, Type type, List<Double> values) throws IOException {
    if (type.isScalar()) {
      value(json, type, values.getFirst());
      return;
    }
    json.writeStartArray();
    int size = values.size() / type.shape().getFirst();
    for (int i = 0; i < type.shape().getFirst(); i++) {
      Type inner = type.withShape(type.shape().subList(1, type.shape().size()));
      nested(json, inner, values.subList(i * size, (i + 1) * size));
    }
    json.writeEndArray();
  }

  private static void value(JsonGenerator json, Type type, double value) throws IOException {
    if (!Double.isFinite(value) || type.enumeration() != null && value < 0) {
      json.writeNull();
    } else if (type.base() == Base.BOOL) {
      json.writeBoolean(value != 0);
    } else if (type.enumeration() != null) {
      json.writeString(type.enumeration().members().get((int) value));
    } else if (type.base() == Base.INT) {
      json.writeNumber((long) value);
    } else {
      write(json, value);
    }
  }
}
