package org.rewlang.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.rewlang.ParamInfo;
import org.rewlang.model.Base;
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

  /** A parameter's value under its name. */
  static void param(JsonGenerator json, ParamInfo param) throws IOException {
    json.writeFieldName(param.name());
    values(json, param.type(), param.value());
  }

  /** A value of a type: a scalar, or a flat list. */
  static void values(JsonGenerator json, Type type, List<Double> values) throws IOException {
    if (!type.isScalar()) {
      json.writeStartArray();
    }
    for (double value : values) {
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
    if (!type.isScalar()) {
      json.writeEndArray();
    }
  }
}
