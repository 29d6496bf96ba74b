package org.rewlang.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rewlang.parse.Parser;
import org.rewlang.source.Source;
import org.rewlang.syntax.Program;

/** Library files: what they declare is visible in every program without a {@code use}. */
public final class Library {

  private static final String FOLDER = "org/rewlang/std";

  private static final Library STANDARD = new Library(Library::standardSources);

  private final Supplier<List<Source>> sources;
  private final AtomicBoolean begun = new AtomicBoolean();
  private @Nullable List<Program> programs;

  private Library(Supplier<List<Source>> sources) {
    this.sources = sources;
  }

  /** The one that comes with Rew, read when first needed. */
  public static Library standard() {
    return STANDARD;
  }

  /** One of these texts, for tests and tools. */
  public static Library of(List<Source> sources) {
    return new Library(() -> sources);
  }

  /** Starts to read it, beside whatever the caller does until it needs it. */
  public void begin() {
    if (begun.compareAndSet(false, true)) {
      // A task keeps what goes wrong to itself: the checker will meet it, too, and tell.
      Thread reader = new Thread(new FutureTask<>(this::programs), "rew-library");
      reader.setDaemon(true);
      reader.start();
    }
  }

  /** Its files' trees; parsed once. */
  synchronized List<Program> programs() {
    List<Program> known = programs;
    if (known == null) {
      known = sources.get().stream().map(s -> Parser.parse(s).program()).toList();
      programs = known;
    }
    return known;
  }

  /** Its files, sorted by name. */
  public List<Source> sources() {
    return programs().stream().map(Program::source).toList();
  }

  private static List<Source> standardSources() {
    ClassLoader loader = Library.class.getClassLoader();
    try {
      List<Source> sources = new ArrayList<>();
      for (String name : names(loader)) {
        try (InputStream in = loader.getResourceAsStream(FOLDER + "/" + name)) {
          if (in != null) {
            sources.add(
                Source.of("std/" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
          }
        }
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The library's files, whether they lie in a folder or in a jar. */
  private static TreeSet<String> names(ClassLoader loader) throws IOException, URISyntaxException {
    TreeSet<String> names = new TreeSet<>();
    for (URL url : Collections.list(loader.getResources(FOLDER))) {
      if (url.openConnection() instanceof JarURLConnection jar) {
        jar.setUseCaches(false);
        try (var file = jar.getJarFile()) {
          file.stream()
              .map(e -> e.getName())
              .filter(n -> n.startsWith(FOLDER + "/") && n.endsWith(".rew"))
              .forEach(n -> names.add(n.substring(FOLDER.length() + 1)));
        }
      } else {
        try (Stream<Path> files = Files.list(Path.of(new URI(url.toString())))) {
          files
              .map(p -> p.getFileName().toString())
              .filter(n -> n.endsWith(".rew"))
              .forEach(names::add);
        }
      }
    }
    return names;
  }
}
