package org.rewlang.syntax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * A tree as text for tests and people: one line for a node with simple parts, absent parts left
 * out. It walks the records themselves, so that no part of a new node is forgotten.
 */
public final class SyntaxPrinter {

  private static final int WIDTH = 100;

  private SyntaxPrinter() {}

  /** The tree below {@code node}, any record of this package, without places. */
  public static String print(Object node) {
    return write(node, 0) + "\n";
  }

  private static String write(Object value, int indent) {
    return switch (value) {
      case Name name -> name.text().isEmpty() ? "?" : name.text();
      case String text -> quoted(text);
      case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
      case List<?> list ->
          parts("[", list.stream().map(v -> write(v, indent + 2)).toList(), "]", indent);
      case Record node -> node(node, indent);
      default -> value.toString();
    };
  }

  private static String node(Record node, int indent) {
    List<String> parts =
        java.util.Arrays.stream(node.getClass().getRecordComponents())
            .filter(c -> c.getType() != Span.class && c.getType() != Source.class)
            .map(c -> part(node, c, indent + 2))
            .filter(p -> !p.isEmpty())
            .toList();
    String name = node.getClass().getSimpleName();
    return parts("(" + name, parts, ")", indent);
  }

  private static String part(Record node, RecordComponent component, int indent) {
    Object value = get(node, component);
    if (value == null || value.equals(List.of()) || value.equals(false)) {
      return value instanceof Boolean && node instanceof Expr.BoolLit ? "false" : "";
    }
    boolean flag = value.equals(true) && !(node instanceof Expr.BoolLit);
    if (flag) {
      return component.getName();
    }
    String text = write(value, indent);
    // A word or a text needs its part's name; a node speaks for itself unless there are several.
    boolean named = ambiguous(node, component);
    return named ? component.getName() + "=" + text : text;
  }

  private static boolean ambiguous(Record node, RecordComponent component) {
    if (component.getName().equals("name") || component.getName().equals("op")) {
      return false;
    }
    long same =
        java.util.Arrays.stream(node.getClass().getRecordComponents())
            .filter(c -> c.getType() != Span.class && c.getType() != Source.class)
            .count();
    return same > 1;
  }

  private static @Nullable Object get(Record node, RecordComponent component) {
    try {
      return component.getAccessor().invoke(node);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a part of the tree can't be read", e);
    }
  }

  private static String parts(String open, List<String> parts, String close, int indent) {
    String space = open.equals("[") ? "" : " ";
    String line = open + (parts.isEmpty() ? "" : space + String.join(" ", parts)) + close;
    if (line.length() + indent <= WIDTH && line.indexOf('\n') < 0) {
      return line;
    }
    String gap = "\n" + " ".repeat(indent + 2);
    return open + gap + String.join(gap, parts) + close;
  }

  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> out.append(text.charAt(i));
      }
    }
    return out.append('"').toString();
  }
}
