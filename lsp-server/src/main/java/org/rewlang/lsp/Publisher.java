package org.rewlang.lsp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;
import org.rewlang.ide.Diagnostics;
import org.rewlang.ide.LibraryFiles;
import org.rewlang.ide.Problem;
import org.rewlang.ide.Snapshot;
import org.rewlang.ide.Workspace;

/** Pushes diagnostics of every document that is not as it was last told. Runs on the worker. */
final class Publisher {

  private final Workspace workspace;
  private final Uris uris;
  private final LibraryFiles library;
  private final Supplier<@Nullable LanguageClient> client;
  private final Convert convert;
  private final Map<String, Told> told = new HashMap<>();

  private record Told(String uri, Snapshot snapshot) {

    /** Two snapshots of one version may differ in the files they use. */
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(Snapshot other) {
      return snapshot == other;
    }
  }

  Publisher(
      Workspace workspace,
      Uris uris,
      LibraryFiles library,
      Supplier<@Nullable LanguageClient> client) {
    this.workspace = workspace;
    this.uris = uris;
    this.library = library;
    this.client = client;
    this.convert = new Convert(uris);
  }

  void publish() {
    clearClosed();
    for (Snapshot snapshot : workspace.snapshots()) {
      String name = snapshot.source().name();
      Told before = told.get(name);
      // While it was checked a newer version may have come; that one is told, then.
      if ((before == null || !before.isOf(snapshot)) && workspace.isCurrent(snapshot)) {
        String uri = uris.uri(snapshot.source());
        told.put(name, new Told(uri, snapshot));
        var diagnostics = convert.diagnostics(problems(snapshot), new Positions(snapshot.source()));
        send(new PublishDiagnosticsParams(uri, diagnostics, snapshot.version()));
      }
    }
  }

  /** An editor keeps what it was told until it is told that there is nothing. */
  private void clearClosed() {
    for (Map.Entry<String, Told> entry : List.copyOf(told.entrySet())) {
      if (!workspace.isOpen(entry.getKey())) {
        told.remove(entry.getKey());
        send(new PublishDiagnosticsParams(entry.getValue().uri, List.of()));
      }
    }
  }

  /** Nobody who looks into the library can mend it. */
  private List<Problem> problems(Snapshot snapshot) {
    return library.contains(snapshot.source().name()) ? List.of() : Diagnostics.of(snapshot);
  }

  private void send(PublishDiagnosticsParams params) {
    LanguageClient to = client.get();
    if (to != null) {
      to.publishDiagnostics(params);
    }
  }
}
