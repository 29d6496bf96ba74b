package org.rewlang.ide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewlang.source.Source;

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
    this(new CompilerAnalyzer());
  }

  Editor(Analysis.Analyzer analyzer) {
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
    workspace = new Workspace(analyzer, files, (name, cause) -> failures.add(cause));
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
  static String marked(Source source, org.rewlang.source.Span span) {
    String text = source.text();
    return text.substring(0, span.start())
        + "«"
        + source.text(span)
        + "»"
        + text.substring(span.end());
  }

  /** The line of {@link #marked} in which the span begins. */
  static String markedLine(Source source, org.rewlang.source.Span span) {
    String marked = marked(source, span);
    int start = marked.lastIndexOf('\n', span.start()) + 1;
    int end = marked.indexOf('\n', span.start());
    return marked.substring(start, end < 0 ? marked.length() : end);
  }
}
