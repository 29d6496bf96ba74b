package org.rewlang.lsp;

import java.time.Duration;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** Files that change behind the editor's back. There are no settings. */
final class RewWorkspace implements WorkspaceService {

  private final Worker worker;
  private final Publisher publisher;
  private final Duration debounce;

  RewWorkspace(Worker worker, Publisher publisher, Duration debounce) {
    this.worker = worker;
    this.publisher = publisher;
    this.debounce = debounce;
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    worker.debounce(debounce, publisher::publish);
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {}
}
