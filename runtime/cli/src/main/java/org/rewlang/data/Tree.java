package org.rewlang.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a row holds for one structured input: numbers as Double, bools, text, lists, and
 * maps for objects.
 */
final class Tree {

  private static final JsonFactory JSON = new JsonFactory();

  private final Deque<Object> open = new ArrayDeque<>();
  private final Deque<String> names = new ArrayDeque<>();
  private @Nullable Object root;
  private boolean given;

  /** Whether anything was added, null included. */
  boolean given() {
    return given;
  }

  @Nullable Object root() {
    return root;
  }

  @SuppressWarnings("unchecked")
  void add(@Nullable Object value) {
    given = true;
    switch (open.peek()) {
      case null -> root = value;
      case List<?> list -> ((List<@Nullable Object>) list).add(value);
      case Map<?, ?> map -> ((Map<String, @Nullable Object>) map).put(names.pop(), value);
      default -> throw new IllegalStateException("neither a list nor an object");
    }
  }

  void beginList() {
    List<@Nullable Object> list = new ArrayList<>();
    add(list);
    open.push(list);
  }

  void beginObject() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    add(map);
    open.push(map);
  }

  void field(String name) {
    names.push(name);
  }

  void end() {
    open.pop();
  }

  /** A cell of a text file: JSON where it begins like a list or an object. */
  void cell(String text) throws JsonProcessingException {
    String word = text.strip();
    if (word.isEmpty()) {
      add(null);
    } else if (word.startsWith("[") || word.startsWith("{")) {
      json(word);
    } else if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
      add(word.equalsIgnoreCase("true"));
    } else {
      Object value = word;
      try {
        value = CellText.number(word);
      } catch (NumberFormatException e) {
        // Text that is no number is text.
        value = word;
      }
      add(value);
    }
  }

  private void json(String text) throws JsonProcessingException {
    try (JsonParser json = JSON.createParser(text)) {
      while (json.nextToken() != null) {
        switch (json.currentToken()) {
          case START_OBJECT -> beginObject();
          case START_ARRAY -> beginList();
          case END_OBJECT, END_ARRAY -> end();
          case FIELD_NAME -> field(json.currentName());
          case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> add(json.getDoubleValue());
          case VALUE_TRUE -> add(true);
          case VALUE_FALSE -> add(false);
          case VALUE_STRING -> add(json.getText());
          default -> add(null);
        }
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can't fail to be read", e);
    }
  }
}
