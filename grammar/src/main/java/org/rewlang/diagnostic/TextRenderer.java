package org.rewlang.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.source.Position;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** A diagnostic as people read it in a terminal: message, places in their lines, facts, hint. */
public final class TextRenderer {

  private static final int MAX_LISTED = 12;

  /** Longer lines are shown in part. */
  private static final int WIDEST = 160;

  private final boolean colour;

  /**
   * @param colour whether to use ANSI escapes
   */
  public TextRenderer(boolean colour) {
    this.colour = colour;
  }

  public String render(Diagnostic diagnostic) {
    StringBuilder out = new StringBuilder();
    String head = diagnostic.severity().word() + "[" + diagnostic.code().id() + "]";
    out.append(paint(head, severityColour(diagnostic))).append(": ");
    out.append(paint(clean(diagnostic.message()), "1")).append('\n');
    int margin = margin(diagnostic);
    places(diagnostic).forEach((source, marks) -> excerpt(out, diagnostic, source, marks, margin));
    facts(out, diagnostic);
    out.append("  more: rew explain ").append(diagnostic.code().id()).append('\n');
    return out.toString();
  }

  private record Mark(Span span, String text, boolean primary) {}

  /** The labels by file, that of the primary place first. */
  private static Map<Source, List<Mark>> places(Diagnostic diagnostic) {
    Map<Source, List<Mark>> places = new LinkedHashMap<>();
    Label primary = diagnostic.primary();
    if (primary != null) {
      add(places, primary, true);
    }
    diagnostic.related().forEach(label -> add(places, label, false));
    return places;
  }

  private static void add(Map<Source, List<Mark>> places, Label label, boolean primary) {
    places
        .computeIfAbsent(label.location().source(), s -> new ArrayList<>())
        .add(new Mark(label.location().span(), label.text(), primary));
  }

  private static int margin(Diagnostic diagnostic) {
    return places(diagnostic).entrySet().stream()
        .flatMap(e -> e.getValue().stream().map(m -> lastLine(e.getKey(), m.span())))
        .mapToInt(line -> String.valueOf(line).length())
        .max()
        .orElse(1);
  }

  private static int lastLine(Source source, Span span) {
    int end = span.length() == 0 ? span.end() : span.end() - 1;
    return source.position(end).line();
  }

  private void excerpt(
      StringBuilder out, Diagnostic diagnostic, Source source, List<Mark> marks, int margin) {
    Position at = source.position(marks.getFirst().span().start());
    out.append(" ".repeat(margin + 1))
        .append(bar("┌─ "))
        .append(source.name() + ":" + at.line() + ":" + at.column())
        .append('\n');
    List<Mark> ordered =
        marks.stream()
            .sorted(
                Comparator.comparingInt((Mark m) -> source.position(m.span().start()).line())
                    .thenComparing(Mark::primary)
                    .thenComparingInt(m -> m.span().start()))
            .toList();
    int shown = 0;
    int hidden = 0;
    for (Mark mark : ordered) {
      int first = source.position(mark.span().start()).line();
      int last = Math.max(first, lastLine(source, mark.span()));
      int column = column(source, mark);
      if (first > shown || hidden(column) != hidden) {
        line(out, source, first, margin, column);
        shown = first;
        hidden = hidden(column);
      }
      String colour = mark.primary() ? severityColour(diagnostic) : "34";
      underline(out, source, mark, first, margin, colour);
      if (last > first) {
        if (last > first + 1) {
          out.append(" ".repeat(margin)).append(bar(" ·")).append('\n');
        }
        if (last > shown) {
          line(out, source, last, margin, 0);
          hidden = 0;
          shown = last;
        }
        endLine(out, source, mark, last, margin, colour);
      }
    }
  }

  private void line(StringBuilder out, Source source, int line, int margin, int at) {
    String number = String.valueOf(line);
    out.append(bar(" ".repeat(margin - number.length()) + number + " │"))
        .append((" " + clip(expand(source.line(line)), at)).stripTrailing())
        .append('\n');
  }

  /** How many columns are left out before a mark that begins at {@code column}. */
  private static int hidden(int column) {
    return column < WIDEST ? 0 : column - WIDEST / 2;
  }

  /** A part of a long line, so that its mark at column {@code at} is seen. */
  private static String clip(String text, int at) {
    if (text.length() <= WIDEST && hidden(at) == 0) {
      return text;
    }
    int from = Math.min(text.length(), hidden(at));
    int to = Math.min(text.length(), from + WIDEST);
    String part = text.substring(from, to);
    String start = from > 0 && !part.isEmpty() ? "…" + part.substring(1) : part;
    return to < text.length() ? start + "…" : start;
  }

  /** The column of a mark in its first line. */
  private static int column(Source source, Mark mark) {
    Position start = source.position(mark.span().start());
    String text = source.line(start.line());
    int offset = mark.span().start() - source.lineStart(start.line());
    return width(text.substring(0, Math.min(offset, text.length())));
  }

  /** The sign under the first line of a mark; the label too, unless the mark goes on. */
  private void underline(
      StringBuilder out, Source source, Mark mark, int line, int margin, String colour) {
    String text = source.line(line);
    int from = Math.min(mark.span().start() - source.lineStart(line), text.length());
    int to = Math.min(Math.max(from, mark.span().end() - source.lineStart(line)), text.length());
    boolean goesOn = lastLine(source, mark.span()) > line;
    int start = width(text.substring(0, from));
    int before = start - hidden(start);
    int length = Math.max(1, Math.min(WIDEST - before, width(text.substring(0, to)) - start));
    String sign = (mark.primary() ? "^" : "-").repeat(length);
    String label = goesOn || mark.text().isEmpty() ? "" : " " + clean(mark.text());
    out.append(" ".repeat(margin))
        .append(bar(" │ "))
        .append(" ".repeat(before))
        .append(paint(sign + label, colour))
        .append('\n');
  }

  private void endLine(
      StringBuilder out, Source source, Mark mark, int line, int margin, String colour) {
    String text = source.line(line);
    int to = Math.min(mark.span().end() - source.lineStart(line), text.length());
    int from = text.length() - text.stripLeading().length();
    int before = width(text.substring(0, Math.min(from, to)));
    int length = Math.max(1, width(text.substring(0, to)) - before);
    String label = mark.text().isEmpty() ? "" : " " + clean(mark.text());
    out.append(" ".repeat(margin))
        .append(bar(" │ "))
        .append(" ".repeat(before))
        .append(paint((mark.primary() ? "^" : "-").repeat(length) + label, colour))
        .append('\n');
  }

  private static void facts(StringBuilder out, Diagnostic diagnostic) {
    String found = diagnostic.found();
    if (found != null && diagnostic.primary() == null) {
      out.append("  found: ").append(clean(found)).append('\n');
    }
    List<String> expected = diagnostic.expected();
    if (!expected.isEmpty()) {
      List<String> listed = expected.subList(0, Math.min(MAX_LISTED, expected.size()));
      out.append("  expected: ").append(clean(String.join(", ", listed)));
      out.append(expected.size() > MAX_LISTED ? ", …\n" : "\n");
    }
    String hint = diagnostic.hint();
    if (hint != null) {
      out.append("  hint: ").append(clean(hint)).append('\n');
    }
    for (Fix fix : diagnostic.fixes()) {
      out.append("  fix: ").append(clean(fix.title())).append('\n');
    }
  }

  private String bar(String text) {
    return paint(text, "34");
  }

  private static String severityColour(Diagnostic diagnostic) {
    return switch (diagnostic.severity()) {
      case ERROR -> "31";
      case WARNING -> "33";
      case NOTE -> "36";
    };
  }

  private String paint(String text, String code) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** One line, and nothing that a terminal would act on. */
  private static String clean(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
    return out.toString();
  }

  /**
   * The text as a terminal shows it: a tab takes {@value #TAB} columns, a control character one.
   */
  private static String expand(String text) {
    return clean(text.replace("\t", " ".repeat(TAB)));
  }

  private static final int TAB = 4;

  /** How many columns {@code text} takes. */
  static int width(String text) {
    return text.codePoints().map(TextRenderer::width).sum();
  }

  private static int width(int c) {
    if (c == '\t') {
      return TAB;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || c == 0x200d
        || (c >= 0xfe00 && c <= 0xfe0f)) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
