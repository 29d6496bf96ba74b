package org.rewlang.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.rewlang.compile.Compiler;
import org.rewlang.ide.DiskFiles;
import org.rewlang.ide.Frontend;

/**
 * An editor that talks to a server through pipes, in messages, as over standard input and output.
 */
final class Session implements LanguageClient, AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  /** Pipes that break when a test ends are nothing to tell about. */
  private static final Logger LOGGER = Logger.getLogger("org.eclipse.lsp4j");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  final LanguageServer server;
  final CompletableFuture<Integer> exit;
  final LinkedBlockingQueue<String> logged = new LinkedBlockingQueue<>();
  final CompletableFuture<RegistrationParams> registered = new CompletableFuture<>();
  private final List<PublishDiagnosticsParams> published = new ArrayList<>();
  private final OutputStream toServer;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  Session() throws IOException {
    this(Compiler::compile, RewServer.DEBOUNCE);
  }

  Session(Frontend frontend, Duration debounce) throws IOException {
    // Not PipedInputStream, which fails when the thread that wrote last is gone.
    Pipe requests = Pipe.open();
    Pipe answers = Pipe.open();
    toServer = Channels.newOutputStream(requests.sink());
    InputStream serverIn = Channels.newInputStream(requests.source());
    OutputStream serverOut = Channels.newOutputStream(answers.sink());
    InputStream fromServer = Channels.newInputStream(answers.source());
    RewServer rew = new RewServer(frontend, new DiskFiles(), debounce);
    exit = CompletableFuture.supplyAsync(() -> Main.serve(rew, serverIn, serverOut), threads);
    Launcher<LanguageServer> launcher =
        LSPLauncher.createClientLauncher(this, fromServer, toServer, threads, m -> m);
    var unused = launcher.startListening();
    server = launcher.getRemoteProxy();
  }

  static <T> T get(CompletableFuture<T> answer) {
    try {
      return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  InitializeResult initialize() {
    return initialize(new ClientCapabilities());
  }

  InitializeResult initialize(ClientCapabilities capabilities) {
    InitializeParams params = new InitializeParams();
    params.setCapabilities(capabilities);
    InitializeResult result = get(server.initialize(params));
    server.initialized(new InitializedParams());
    return result;
  }

  void open(String uri, int version, String text) {
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "rew", version, text)));
  }

  void change(String uri, int version, String text) {
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(uri, version),
                List.of(new TextDocumentContentChangeEvent(text))));
  }

  void close(String uri) {
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(uri)));
  }

  static HoverParams hover(String uri, int line, int column) {
    return new HoverParams(new TextDocumentIdentifier(uri), new Position(line, column));
  }

  static DefinitionParams definition(String uri, int line, int column) {
    return new DefinitionParams(new TextDocumentIdentifier(uri), new Position(line, column));
  }

  static DocumentFormattingParams formatting(String uri) {
    return new DocumentFormattingParams(
        new TextDocumentIdentifier(uri), new FormattingOptions(2, true));
  }

  static CodeActionParams codeAction(String uri, Range range, String... only) {
    CodeActionContext context = new CodeActionContext(List.of());
    if (only.length > 0) {
      context.setOnly(List.of(only));
    }
    return new CodeActionParams(new TextDocumentIdentifier(uri), range, context);
  }

  /** Waits until the server has read all messages so far, whatever it is busy with. */
  void flush() {
    // No such action: answered where messages are read.
    var nothing =
        codeAction("untitled:none", new Range(new Position(0, 0), new Position(0, 0)), "refactor");
    get(server.getTextDocumentService().codeAction(nothing));
  }

  /** A text after an editor applied edits to it. */
  static String apply(String text, List<? extends TextEdit> edits) {
    String[] lines = text.split("\n", -1);
    Map<TextEdit, int[]> places = new HashMap<>();
    for (TextEdit edit : edits) {
      places.put(
          edit,
          new int[] {
            offset(lines, edit.getRange().getStart()), offset(lines, edit.getRange().getEnd())
          });
    }
    StringBuilder result = new StringBuilder(text);
    edits.stream()
        .sorted((a, b) -> Integer.compare(places.get(b)[0], places.get(a)[0]))
        .forEach(e -> result.replace(places.get(e)[0], places.get(e)[1], e.getNewText()));
    return result.toString();
  }

  private static int offset(String[] lines, Position position) {
    int offset = position.getCharacter();
    for (int line = 0; line < position.getLine(); line++) {
      offset += lines[line].length() + 1;
    }
    return offset;
  }

  /** Waits until diagnostics of a version are published. */
  PublishDiagnosticsParams await(String uri, Integer version) {
    return await(p -> p.getUri().equals(uri) && Objects.equals(p.getVersion(), version), 1);
  }

  /** Waits until diagnostics of a document are published for the n-th time. */
  PublishDiagnosticsParams awaitNth(String uri, int n) {
    return await(p -> p.getUri().equals(uri), n);
  }

  private synchronized PublishDiagnosticsParams await(
      Predicate<PublishDiagnosticsParams> wanted, int n) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      var found = published.stream().filter(wanted).skip(n - 1).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new AssertionError("never published; only " + published + ", logged " + logged);
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The versions published for a document, in order. */
  synchronized List<Integer> versions(String uri) {
    return published.stream()
        .filter(p -> p.getUri().equals(uri))
        .map(PublishDiagnosticsParams::getVersion)
        .toList();
  }

  @Override
  public synchronized void publishDiagnostics(PublishDiagnosticsParams params) {
    published.add(params);
    notifyAll();
  }

  @Override
  public void logMessage(MessageParams message) {
    logged.add(message.getMessage());
  }

  @Override
  public CompletableFuture<Void> registerCapability(RegistrationParams params) {
    registered.complete(params);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void telemetryEvent(Object object) {}

  @Override
  public void showMessage(MessageParams message) {}

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    return CompletableFuture.completedFuture(null);
  }

  /** As an editor that crashed: no farewell. */
  void vanish() throws IOException {
    toServer.close();
  }

  @Override
  public void close() throws IOException {
    toServer.close();
    threads.shutdownNow();
  }
}
