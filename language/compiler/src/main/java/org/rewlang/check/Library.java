package org.rewlang.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewlang.parse.Outline;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Program;

/**
 * Library files: what they declare is visible in every program without a {@code use}. Functions are
 * read when they are first named: a program calls a few of the hundred.
 */
public final class Library {

  /** In the standard library's folder; a folder in a jar can't be listed without opening all. */
  private static final List<String> FILES =
      List.of(
          "boxes",
          "combine",
          "control",
          "geometry",
          "linear",
          "order",
          "pattern",
          "points",
          "rotation",
          "shape",
          "solids",
          "state");

  private static final String FOLDER = "org/rewlang/std/";

  /** What a program can use of a library file besides functions; tests are the file's own. */
  private static final Set<String> NAMES = Set.of("enum", "record", "let", "unit");

  private static final Library STANDARD = new Library(Library::standardSources);

  private record Place(Source source, Span span) {}

  /**
   * @param names what is no function, by file
   * @param functions by name, in order
   */
  private record Contents(
      List<Source> sources, List<Program> names, Map<String, Place> functions) {}

  private final Supplier<List<Source>> sources;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final Map<String, Program> functions = new ConcurrentHashMap<>();
  private @Nullable Contents contents;

  private Library(Supplier<List<Source>> sources) {
    this.sources = sources;
  }

  /** The one that comes with Rew, read when first needed. */
  public static Library standard() {
    return STANDARD;
  }

  /** Starts to read it, beside whatever the caller does until it needs it. */
  public void begin() {
    if (begun.compareAndSet(false, true)) {
      // A task keeps what goes wrong to itself: the checker will meet it, too, and tell.
      Thread reader = new Thread(new FutureTask<>(this::contents), "rew-library");
      reader.setDaemon(true);
      reader.start();
    }
  }

  private synchronized Contents contents() {
    Contents known = contents;
    if (known == null) {
      known = read(sources.get());
      contents = known;
    }
    return known;
  }

  private static Contents read(List<Source> sources) {
    List<Program> names = new ArrayList<>();
    Map<String, Place> functions = new LinkedHashMap<>();
    for (Source source : sources) {
      List<Decl> others = new ArrayList<>();
      for (Outline.Entry entry : Outline.of(source)) {
        if (entry.word().equals("function")) {
          Place before = functions.put(entry.name(), new Place(source, entry.span()));
          if (before != null) {
            throw new IllegalStateException("the library has two functions " + entry.name());
          }
        } else if (NAMES.contains(entry.word())) {
          others.addAll(Parser.parse(source, entry.span()).program().declarations());
        }
      }
      names.add(new Program(source, others, new Span(0, source.text().length())));
    }
    return new Contents(sources, names, functions);
  }

  /** What is declared besides functions, by file. */
  List<Program> names() {
    return contents().names;
  }

  /** In the order of files and of their texts. */
  Collection<String> functions() {
    return contents().functions.keySet();
  }

  /** The declaration of a function, by itself; null if there is none of this name. */
  @Nullable Program function(String name) {
    Place place = contents().functions.get(name);
    return place == null
        ? null
        : functions.computeIfAbsent(name, _ -> Parser.parse(place.source, place.span).program());
  }

  /** Its files, sorted by name. */
  public List<Source> sources() {
    return contents().sources;
  }

  private static List<Source> standardSources() {
    List<Source> sources = new ArrayList<>();
    for (String file : FILES) {
      String name = file + ".rew";
      try (InputStream in = Library.class.getResourceAsStream("/" + FOLDER + name)) {
        if (in == null) {
          throw new IllegalStateException("the library has no file " + name);
        }
        sources.add(
            Source.of("std/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return List.copyOf(sources);
  }
}
