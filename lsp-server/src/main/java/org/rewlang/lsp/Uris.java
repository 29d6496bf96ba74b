package org.rewlang.lsp;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.rewlang.ide.DiskFiles;
import org.rewlang.ide.LibraryFiles;
import org.rewlang.source.Source;

/**
 * Editors know documents by URI, Rew by name: a file's path, or the URI of what is no file. An
 * editor gets back the very URI that it sent, since there is more than one spelling of each.
 */
final class Uris {

  private final Map<String, String> sent = new ConcurrentHashMap<>();
  private final LibraryFiles library;

  Uris(LibraryFiles library) {
    this.library = library;
  }

  static String name(String uri) {
    try {
      URI parsed = URI.create(uri);
      return "file".equalsIgnoreCase(parsed.getScheme()) ? DiskFiles.name(Path.of(parsed)) : uri;
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return uri;
    }
  }

  /** The name of a document that is now open. */
  String opened(String uri) {
    String name = name(uri);
    sent.put(name, uri);
    return name;
  }

  void closed(String name) {
    sent.remove(name);
  }

  /** Where an editor finds a source: open, on disk, or else of the library. */
  String uri(Source source) {
    String name = source.name();
    String open = sent.get(name);
    if (open != null) {
      return open;
    }
    return (isFile(name) ? Path.of(name) : library.file(source)).toUri().toString();
  }

  private static boolean isFile(String name) {
    try {
      return Path.of(name).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
