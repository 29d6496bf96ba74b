package org.rewlang.ide;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rewlang.check.Index;
import org.rewlang.compile.Compilation;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Program;

/**
 * The open documents, and the newest snapshot of each.
 *
 * <p>Texts may be set from any thread, at any time; snapshots are made by one. A snapshot is good
 * as long as every file it was made from is the one that would be loaded now, so a change in one
 * document reaches those that use it without anyone keeping a list of them.
 */
public final class Workspace {

  private record Document(int version, Source source) {}

  private final Frontend frontend;
  private final Files files;
  private final BiConsumer<String, Throwable> failures;
  private final Map<String, Document> open = new ConcurrentHashMap<>();
  private final Map<String, Snapshot> snapshots = new HashMap<>();

  /**
   * A workspace without documents.
   *
   * @param failures is told where the compiler fails on a document, by its name
   */
  public Workspace(Frontend frontend, Files files, BiConsumer<String, Throwable> failures) {
    this.frontend = frontend;
    this.files = files;
    this.failures = failures;
  }

  /** Opens a document, or gives it another text. */
  public void put(String name, int version, String text) {
    open.put(name, new Document(version, Source.of(name, text)));
  }

  /** What is on disk counts again. */
  public void close(String name) {
    open.remove(name);
  }

  public boolean isOpen(String name) {
    return open.containsKey(name);
  }

  /** The editor's version of a source; empty if it is not what the editor has now. */
  public Optional<Integer> version(Source source) {
    return Optional.ofNullable(open.get(source.name()))
        .filter(d -> d.source.equals(source))
        .map(Document::version);
  }

  /** The newest snapshot, made now if need be; empty for what is not open. */
  public Optional<Snapshot> snapshot(String name) {
    Document document = open.get(name);
    if (document == null) {
      snapshots.remove(name);
      return Optional.empty();
    }
    Snapshot known = snapshots.get(name);
    if (known == null || !isCurrent(known)) {
      known = compile(document);
      snapshots.put(name, known);
    }
    return Optional.of(known);
  }

  /** The newest snapshots of all documents, by name. */
  public List<Snapshot> snapshots() {
    snapshots.keySet().retainAll(open.keySet());
    List<Snapshot> all = new ArrayList<>();
    open.keySet().stream().sorted().forEach(name -> snapshot(name).ifPresent(all::add));
    return all;
  }

  /** Whether all that went into a snapshot is as it was. */
  public boolean isCurrent(Snapshot snapshot) {
    Document document = open.get(snapshot.source().name());
    return document != null
        && document.source.equals(snapshot.source())
        && snapshot.loaded().entrySet().stream()
            .allMatch(e -> Objects.equals(load(e.getKey()), e.getValue()));
  }

  private @Nullable Source load(Snapshot.Use use) {
    String name = files.resolve(use.from(), use.path());
    if (name == null) {
      return null;
    }
    Document document = open.get(name);
    return document != null ? document.source : files.read(name);
  }

  private Snapshot compile(Document document) {
    Map<Snapshot.Use, @Nullable Source> loaded = new LinkedHashMap<>();
    Compilation compilation;
    try {
      compilation =
          frontend.compile(
              document.source,
              (from, path) -> {
                Snapshot.Use use = new Snapshot.Use(from.name(), path);
                Source source = load(use);
                loaded.put(use, source);
                return source;
              });
    } catch (RuntimeException | Error e) {
      failures.accept(document.source.name(), e);
      compilation = failed(document.source);
    }
    return new Snapshot(document.version, document.source, compilation, loaded);
  }

  /** What is left to say where the compiler itself failed. */
  private static Compilation failed(Source source) {
    Diagnostic internal =
        Diagnostic.of(Code.INTERNAL_ERROR, "Rew failed to check this program", source, Span.at(0))
            .hint("please report it together with the program")
            .build();
    Program nothing = new Program(source, List.of(), Span.at(0));
    return new Compilation(nothing, List.of(internal), new Index(List.of()), null, null, null);
  }
}
