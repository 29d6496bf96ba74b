package org.rewlang.ide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.check.Index;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Program;

/** A workspace with files in memory; names are plain words, all in one folder. */
final class Editor {

  /** A text and where the caret, written {@code |}, stood in it. */
  record Caret(String text, int offset) {

    static Caret in(String marked) {
      int at = marked.indexOf('|');
      if (at < 0 || marked.indexOf('|', at + 1) >= 0) {
        throw new IllegalArgumentException("one | marks the caret: " + marked);
      }
      return new Caret(marked.substring(0, at) + marked.substring(at + 1), at);
    }
  }

  final Map<String, Source> disk = new HashMap<>();
  final List<Throwable> failures = new ArrayList<>();
  final Workspace workspace;
  private int version;

  Editor() {
    this(Compiler::compile);
  }

  Editor(Frontend frontend) {
    Files files =
        new Files() {
          @Override
          public String resolve(String from, String path) {
            return path;
          }

          @Override
          public Source read(String name) {
            return disk.get(name);
          }
        };
    workspace = new Workspace(frontend, files, (name, cause) -> failures.add(cause));
  }

  /** What a frontend gives that found nothing but these. */
  static Compilation compilation(Source source, Diagnostic... diagnostics) {
    Program nothing = new Program(source, List.of(), Span.at(0));
    return new Compilation(nothing, List.of(diagnostics), new Index(List.of()), null, null, null);
  }

  static Snapshot snapshot(String text) {
    return new Editor().open("main.rew", text);
  }

  /** With a file on disk beside the document. */
  Editor with(String name, String text) {
    disk.put(name, Source.of(name, text));
    return this;
  }

  Snapshot open(String name, String text) {
    workspace.put(name, ++version, text);
    return workspace.snapshot(name).orElseThrow();
  }

  /** The text of a snapshot with what {@code span} covers in « ». */
  static String marked(Source source, Span span) {
    String text = source.text();
    return text.substring(0, span.start())
        + "«"
        + source.text(span)
        + "»"
        + text.substring(span.end());
  }

  /** The line of {@link #marked} in which the span begins. */
  static String markedLine(Source source, Span span) {
    String marked = marked(source, span);
    int start = marked.lastIndexOf('\n', span.start()) + 1;
    int end = marked.indexOf('\n', span.start());
    return marked.substring(start, end < 0 ? marked.length() : end);
  }
}
