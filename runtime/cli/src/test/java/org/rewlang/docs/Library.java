package org.rewlang.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/**
 * A module of the standard library, read from its text.
 *
 * @param name of its file
 * @param doc of its {@code module} line
 */
record Library(String name, String doc, List<Function> functions) {

  /**
   * A function or an enum.
   *
   * @param signature as written, without its body
   */
  record Function(String name, String signature, String doc) {

    /** The first paragraph, on one line, fit for a table. */
    String summary() {
      return doc.split("\n\n", 2)[0].replaceAll("\\s+", " ").replace("|", "\\|");
    }

    /** Examples as a list. */
    String text() {
      return doc.replaceAll("(?m)^Example: ", "- ")
          .replaceFirst("(?m)^- ", "Examples, each with its value:\n\n- ");
    }
  }

  Library {
    functions = List.copyOf(functions);
  }

  static List<Library> all() {
    return Generated.files(Page.root().resolve("stdlib/src/main/rew"), ".rew").stream()
        .map(Library::read)
        .toList();
  }

  private static Library read(Path file) {
    String name = file.getFileName().toString().replace(".rew", "");
    Program program = Parser.parse(Source.of(name, Generated.read(file))).program();
    String doc = "";
    List<Function> functions = new ArrayList<>();
    for (Decl decl : program.declarations()) {
      String said = decl.doc() == null ? "" : decl.doc();
      switch (decl) {
        case Decl.Module module -> doc = said;
        case Decl.Function f ->
            functions.add(new Function(f.name().text(), signature(program.source(), f), said));
        case Decl.Enum e ->
            functions.add(
                new Function(
                    e.name().text(),
                    program.source().text().substring(e.span().start(), e.span().end()),
                    said));
        default -> {}
      }
    }
    return new Library(name, doc, functions);
  }

  private static String signature(Source source, Decl.Function f) {
    int end = f.result() == null ? f.body().span().start() : f.result().span().end();
    String text = source.text().substring(f.name().span().start(), end).replaceAll("\\s+", " ");
    return text.replaceFirst(" ?[={] ?$", "");
  }

  /** Its page. */
  String page() {
    StringBuilder text = new StringBuilder("# " + name + "\n\n");
    text.append(doc).append("\n\nNo `use` is needed. Every call is written out where it stands.\n");
    for (Function f : functions) {
      text.append("\n## ").append(f.name()).append("\n\n```text\n").append(f.signature());
      text.append("\n```\n\n").append(f.text()).append('\n');
    }
    return text.toString();
  }
}
