package org.rewlang.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/** The names that one file declares, by the spaces they live in. */
final class FileScope {

  final Source source;

  /** Whether it belongs to the library: its names need no {@code use}, and its lines no blame. */
  final boolean library;

  /** What names that aren't found here are looked up in; null for the library itself. */
  @Nullable FileScope outer;

  final Map<String, Entity> values = new LinkedHashMap<>();
  private final Map<String, Entity.Function> functions = new LinkedHashMap<>();
  private final @Nullable Functions more;
  final Map<String, Entity.Enumeration> enums = new LinkedHashMap<>();
  final Map<String, Entity.RecordDeclaration> records = new LinkedHashMap<>();
  final Map<String, Unit> units = new LinkedHashMap<>();
  final Map<String, Entity> files = new LinkedHashMap<>();

  /** By word: {@code reward}, {@code terminate}, {@code metric}, … */
  final Map<String, Entity.Members> members = new LinkedHashMap<>();

  /** Which of its values each agent has. */
  Scopes scopes = Scopes.NONE;

  @Nullable Cell total;

  /** The rewards that have a name. */
  final List<String> rewards = new ArrayList<>();

  @Nullable Double stepSeconds;
  @Nullable Location stepAt;
  boolean stepLengthWrong;

  /** Functions that are found when they are asked for. */
  interface Functions {
    Entity.@Nullable Function function(String name);

    Collection<String> functions();
  }

  FileScope(Source source, boolean library, @Nullable FileScope outer) {
    this(source, library, outer, null);
  }

  FileScope(Source source, boolean library, @Nullable FileScope outer, @Nullable Functions more) {
    this.source = source;
    this.library = library;
    this.outer = outer;
    this.more = more;
  }

  void declare(Entity.Function function) {
    functions.put(function.decl().name().text(), function);
  }

  Entity.@Nullable Function function(String name) {
    Entity.Function own = functions.get(name);
    return own == null && more != null ? more.function(name) : own;
  }

  Collection<String> functions() {
    return more == null ? functions.keySet() : more.functions();
  }

  Location at(Span span) {
    return new Location(source, span);
  }

  /** The value declared as {@code path}: a name here, or behind those of used files. */
  @Nullable Entity find(String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return values.get(path);
    }
    Entity file = files.get(path.substring(0, dot));
    return file instanceof Entity.Namespace n ? n.file().find(path.substring(dot + 1)) : file;
  }

  @Nullable Unit unit(String name) {
    for (FileScope f = this; f != null; f = f.outer) {
      Unit found = f.units.get(name);
      if (found != null) {
        return found;
      }
    }
    return UnitTable.find(name);
  }
}
