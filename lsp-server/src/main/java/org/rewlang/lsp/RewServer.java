package org.rewlang.lsp;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.CodeActionOptions;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.jspecify.annotations.Nullable;
import org.rewlang.ide.Files;
import org.rewlang.ide.Frontend;
import org.rewlang.ide.LibraryFiles;
import org.rewlang.ide.Workspace;

/** One session with one editor. */
final class RewServer implements LanguageServer, LanguageClientAware {

  /** Long enough for a word to be typed, too short to wait for. */
  static final Duration DEBOUNCE = Duration.ofMillis(150);

  private final LibraryFiles library = new LibraryFiles();
  private final Worker worker;
  private final CodeActions actions;
  private final RewTextDocuments documents;
  private final RewWorkspace workspaceService;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile @Nullable LanguageClient client;
  private volatile boolean watches;
  private volatile boolean shutDown;

  RewServer(Frontend frontend, Files files, Duration debounce) {
    Log log = new Log(() -> client);
    Uris uris = new Uris(library);
    Workspace workspace =
        new Workspace(frontend, files, (name, cause) -> log.failure("checking " + name, cause));
    Publisher publisher = new Publisher(workspace, uris, library, () -> client);
    worker = new Worker(log);
    actions = new CodeActions(workspace, uris, new Convert(uris));
    documents = new RewTextDocuments(workspace, uris, worker, publisher, actions, debounce);
    workspaceService = new RewWorkspace(worker, publisher, debounce);
  }

  @Override
  public void connect(LanguageClient to) {
    client = to;
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    ClientCapabilities editor = params.getCapabilities();
    if (editor != null && editor.getWorkspace() != null) {
      var edits = editor.getWorkspace().getWorkspaceEdit();
      actions.versioned(edits != null && Boolean.TRUE.equals(edits.getDocumentChanges()));
      var watching = editor.getWorkspace().getDidChangeWatchedFiles();
      watches = watching != null && Boolean.TRUE.equals(watching.getDynamicRegistration());
    }
    return CompletableFuture.completedFuture(
        new InitializeResult(capabilities(), new ServerInfo("rew", version())));
  }

  private static ServerCapabilities capabilities() {
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Full);
    ServerCapabilities capabilities = new ServerCapabilities();
    capabilities.setPositionEncoding(PositionEncodingKind.UTF16);
    capabilities.setTextDocumentSync(sync);
    capabilities.setHoverProvider(true);
    capabilities.setDefinitionProvider(true);
    capabilities.setCompletionProvider(new CompletionOptions(false, List.of(".", "<")));
    capabilities.setDocumentFormattingProvider(true);
    capabilities.setCodeActionProvider(new CodeActionOptions(List.of(CodeActionKind.QuickFix)));
    return capabilities;
  }

  private static @Nullable String version() {
    return RewServer.class.getPackage().getImplementationVersion();
  }

  @Override
  public void initialized(InitializedParams params) {
    LanguageClient to = client;
    if (watches && to != null) {
      var files =
          new DidChangeWatchedFilesRegistrationOptions(
              List.of(new FileSystemWatcher(Either.forLeft("**/*.rew"))));
      var unused =
          to.registerCapability(
              new RegistrationParams(
                  List.of(
                      new Registration("rew-files", "workspace/didChangeWatchedFiles", files))));
    }
  }

  @Override
  public void setTrace(SetTraceParams params) {
    // The editor shows messages by itself.
  }

  @Override
  public CompletableFuture<@Nullable Object> shutdown() {
    shutDown = true;
    close();
    return CompletableFuture.completedFuture(null);
  }

  /** Ends what runs and removes what was written. */
  void close() {
    worker.stop();
    try {
      library.close();
    } catch (IOException e) {
      new Log(() -> client).failure("removing the library's files", e);
    }
  }

  @Override
  public void exit() {
    exit.complete(shutDown ? 0 : 1);
  }

  /** Completes with the exit code: 0 only after an orderly shutdown. */
  CompletableFuture<Integer> exitCode() {
    return exit;
  }

  @Override
  public RewTextDocuments getTextDocumentService() {
    return documents;
  }

  @Override
  public RewWorkspace getWorkspaceService() {
    return workspaceService;
  }
}
