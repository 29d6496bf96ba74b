package org.rewlang.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.source.Location;

/** Collects diagnostics; those of an attempt can be taken back or looked at apart. */
final class Reporter {

  private final List<Diagnostic> root = new ArrayList<>();
  private List<Diagnostic> found = root;

  void report(Diagnostic.Builder diagnostic) {
    found.add(diagnostic.build());
  }

  void add(List<Diagnostic> more) {
    found.addAll(more);
  }

  int mark() {
    return found.size();
  }

  void rollback(int mark) {
    found.subList(mark, found.size()).clear();
  }

  boolean hasErrorsSince(int mark) {
    return found.subList(mark, found.size()).stream().anyMatch(Diagnostic::isError);
  }

  /** What {@code work} reports, which is then not part of what this reporter holds. */
  List<Diagnostic> capture(Runnable work) {
    List<Diagnostic> before = found;
    found = new ArrayList<>();
    try {
      work.run();
      return found;
    } finally {
      found = before;
    }
  }

  /** Runs {@code work} as if no capture were under way: what it reports stands where it is. */
  void escape(Runnable work) {
    List<Diagnostic> before = found;
    found = root;
    try {
      work.run();
    } finally {
      found = before;
    }
  }

  /** Everything, sorted, each thing said once. */
  List<Diagnostic> all() {
    record Key(Object code, @org.jspecify.annotations.Nullable Location at, String message) {}
    Set<Key> seen = new HashSet<>();
    return root.stream()
        .filter(
            d ->
                seen.add(
                    new Key(
                        d.code(),
                        d.primary() == null ? null : d.primary().location(),
                        d.message())))
        .sorted(Diagnostic.ORDER)
        .toList();
  }
}
