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
  private final Map<String, Snapshot> told = new HashMap<>();

  Publisher(
      Workspace workspace,
      Uris uris,
      LibraryFiles library,
      Supplier<@Nullable LanguageClient> client) {
    this.workspace = workspace;
    this.uris = uris;
    this.library = library;
    this.client = client;
  }

  @SuppressWarnings("ReferenceEquality") // Another snapshot may differ in files it uses only.
  void publish() {
    told.keySet().removeIf(name -> !workspace.isOpen(name));
    for (Snapshot snapshot : workspace.snapshots()) {
      String name = snapshot.source().name();
      // While it was checked a newer version may have come; that one is told, then.
      if (told.get(name) != snapshot && workspace.isCurrent(snapshot)) {
        told.put(name, snapshot);
        send(uris.uri(snapshot.source()), snapshot.version(), problems(snapshot), snapshot);
      }
    }
  }

  /** Nobody who looks into the library can mend it. */
  private List<Problem> problems(Snapshot snapshot) {
    return library.contains(snapshot.source().name()) ? List.of() : Diagnostics.of(snapshot);
  }

  private void send(String uri, int version, List<Problem> problems, Snapshot snapshot) {
    LanguageClient to = client.get();
    if (to != null) {
      var diagnostics =
          new Convert(uris).diagnostics(problems, new Positions(snapshot.source()));
      to.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics, version));
    }
  }

  /** An editor keeps what it was told until it is told that there is nothing. */
  void clear(String uri) {
    LanguageClient to = client.get();
    if (to != null) {
      to.publishDiagnostics(new PublishDiagnosticsParams(uri, List.of()));
    }
  }
}
