package org.rewlang.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DidChangeWatchedFilesCapabilities;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceEditCapabilities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rewlang.check.Index;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.ide.Frontend;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Program;

/** The messages; what they say is tested in {@code org.rewlang.ide}. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProtocolTest {

  private static final String URI = "untitled:main.rew";
  private static final String CLEAN = "inputs { x: real }\nreward = x\n";
  private static final String BROKEN = "inputs { x: real }\nreward = x +\n";

  @TempDir Path folder;

  private static Range everything() {
    return new Range(new Position(0, 0), new Position(999, 0));
  }

  @Test
  void initializeSaysWhatThereIs() throws IOException {
    try (Session session = new Session()) {
      var capabilities = session.initialize().getCapabilities();
      assertEquals(
          TextDocumentSyncKind.Full, capabilities.getTextDocumentSync().getRight().getChange());
      assertEquals("utf-16", capabilities.getPositionEncoding());
      assertTrue(capabilities.getHoverProvider().getLeft());
      assertTrue(capabilities.getDefinitionProvider().getLeft());
      assertEquals(List.of(".", "<"), capabilities.getCompletionProvider().getTriggerCharacters());
      assertTrue(capabilities.getDocumentFormattingProvider().getLeft());
      assertEquals(
          List.of("quickfix"),
          capabilities.getCodeActionProvider().getRight().getCodeActionKinds());
    }
  }

  @Test
  void diagnosticsComeWithTheVersionTheyAreOf() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 3, BROKEN);
      PublishDiagnosticsParams first = session.await(URI, 3);
      assertEquals("rew", first.getDiagnostics().getFirst().getSource());
      assertEquals(DiagnosticSeverity.Error, first.getDiagnostics().getFirst().getSeverity());
      assertEquals(1, first.getDiagnostics().getFirst().getRange().getStart().getLine());

      session.change(URI, 4, CLEAN);
      assertEquals(List.of(), session.await(URI, 4).getDiagnostics());

      session.close(URI);
      assertEquals(List.of(), session.await(URI, null).getDiagnostics());
    }
  }

  @Test
  void ofManyChangesTheNewestIsChecked() throws IOException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger compiled = new AtomicInteger();
    Frontend slow =
        (source, loader) -> {
          compiled.incrementAndGet();
          busy.countDown();
          await(release);
          return Compiler.compile(source, loader);
        };
    try (Session session = new Session(slow, Duration.ZERO)) {
      session.initialize();
      session.open(URI, 1, CLEAN);
      await(busy);
      for (int version = 2; version <= 50; version++) {
        session.change(URI, version, BROKEN);
      }
      session.flush();
      release.countDown();
      session.await(URI, 50);
      // What the first one found was outdated before it was known.
      assertEquals(List.of(50), session.versions(URI));
      assertEquals(2, compiled.get());
    }
  }

  @Test
  void aRequestSeesTheTextBeforeItWithoutWaitingForTheDebounce() throws IOException {
    try (Session session = new Session(Compiler::compile, Duration.ofHours(1))) {
      session.initialize();
      session.open(URI, 1, BROKEN);
      session.await(URI, 1);
      String messy = "inputs { x: real }\nreward   =   x\n";
      session.change(URI, 2, messy);
      var edits =
          Session.get(session.server.getTextDocumentService().formatting(Session.formatting(URI)));
      assertEquals(CLEAN, Session.apply(messy, edits));
    }
  }

  @Test
  void hoverAndDefinition() throws IOException {
    // The emoji is one character to people, two to the protocol.
    String test = "test \"🤖\" { step { xy = true } expect total == 1 }\n";
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 1, "inputs { xy: bool }\nreward { bonus = 1 when xy }\n" + test);
      var service = session.server.getTextDocumentService();
      var hover = Session.get(service.hover(Session.hover(URI, 2, 19)));
      assertTrue(hover.getContents().getRight().getValue().contains("input xy: bool"));
      assertEquals(new Range(new Position(2, 19), new Position(2, 21)), hover.getRange());
      List<? extends Location> targets =
          Session.get(service.definition(Session.definition(URI, 2, 19))).getLeft();
      assertEquals(
          List.of(new Location(URI, new Range(new Position(0, 9), new Position(0, 11)))), targets);
      assertNull(Session.get(service.hover(Session.hover(URI, 0, 3))));
    }
  }

  @Test
  void completionReplacesTheWordBegun() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 1, "inputs {\n height: real<m> ## how high\n}\nreward = he\n");
      var service = session.server.getTextDocumentService();
      var items =
          Session.get(
                  service.completion(
                      new CompletionParams(new TextDocumentIdentifier(URI), new Position(3, 11))))
              .getLeft();
      CompletionItem height =
          items.stream().filter(i -> i.getLabel().equals("height")).findFirst().orElseThrow();
      assertEquals(CompletionItemKind.Variable, height.getKind());
      assertEquals("real<m>", height.getDetail());
      assertEquals("how high", height.getDocumentation().getRight().getValue());
      assertEquals(
          new TextEdit(new Range(new Position(3, 9), new Position(3, 11)), "height"),
          height.getTextEdit().getLeft());
    }
  }

  @Test
  void theLibraryCanBeOpenedAndIsNotBlamed() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 1, "reward = clamp(1, 0, 2)\n");
      var service = session.server.getTextDocumentService();
      Location target =
          Session.get(service.definition(Session.definition(URI, 0, 11))).getLeft().getFirst();
      Path file = Path.of(java.net.URI.create(target.getUri()));
      assertEquals("shape.rew", file.getFileName().toString());
      String text = Files.readString(file);
      String line = text.lines().toList().get(target.getRange().getStart().getLine());
      assertTrue(line.startsWith("function clamp"), line);
      session.open(target.getUri(), 1, text);
      assertEquals(List.of(), session.await(target.getUri(), 1).getDiagnostics());
    }
  }

  @Test
  void aCodeActionAppliedLeavesACleanDocument() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      String text = "inputs { x: real }\nreward = 1. * x\n";
      session.open(URI, 1, text);
      assertEquals(1, session.await(URI, 1).getDiagnostics().size());
      CodeAction action = onlyAction(session);
      assertEquals("quickfix", action.getKind());
      assertTrue(action.getIsPreferred());
      assertEquals(1, action.getDiagnostics().size());
      List<TextEdit> edits = action.getEdit().getChanges().get(URI);
      session.change(URI, 2, Session.apply(text, edits));
      assertEquals(List.of(), session.await(URI, 2).getDiagnostics());
      assertEquals(
          List.of(),
          Session.get(
              session
                  .server
                  .getTextDocumentService()
                  .codeAction(Session.codeAction(URI, everything()))));
    }
  }

  private static CodeAction onlyAction(Session session) {
    var actions =
        Session.get(
            session
                .server
                .getTextDocumentService()
                .codeAction(Session.codeAction(URI, everything())));
    assertEquals(1, actions.size());
    return actions.getFirst().getRight();
  }

  @Test
  void anEditorThatCanGetsEditsOfAVersion() throws IOException {
    try (Session session = new Session()) {
      WorkspaceEditCapabilities edits = new WorkspaceEditCapabilities();
      edits.setDocumentChanges(true);
      WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
      workspace.setWorkspaceEdit(edits);
      ClientCapabilities capabilities = new ClientCapabilities();
      capabilities.setWorkspace(workspace);
      session.initialize(capabilities);
      session.open(URI, 8, "reward = 1.\n");
      session.await(URI, 8);
      var change = onlyAction(session).getEdit().getDocumentChanges().getFirst().getLeft();
      assertEquals(URI, change.getTextDocument().getUri());
      assertEquals(8, change.getTextDocument().getVersion());
    }
  }

  @Test
  void otherKindsOfActionsThereAreNone() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 1, "reward = 1.\n");
      var asked = Session.codeAction(URI, everything(), "refactor");
      assertEquals(
          List.of(), Session.get(session.server.getTextDocumentService().codeAction(asked)));
    }
  }

  @Test
  void ofADocumentThatIsNotOpenNothingIsKnown() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      var service = session.server.getTextDocumentService();
      session.change(URI, 2, BROKEN);
      session.close(URI);
      assertNull(Session.get(service.hover(Session.hover(URI, 0, 0))));
      assertEquals(
          List.of(), Session.get(service.definition(Session.definition(URI, 0, 0))).getLeft());
      assertEquals(List.of(), Session.get(service.formatting(Session.formatting(URI))));
      assertEquals(
          List.of(), Session.get(service.codeAction(Session.codeAction(URI, everything()))));
    }
  }

  @Test
  void aFeatureThatFailsIsLoggedAndTheNextOneWorks() throws Exception {
    // A site whose place lies outside the text breaks what is made from it.
    Frontend lying =
        (source, loader) -> {
          Source other = Source.of(source.name(), " ".repeat(1000));
          var outside = new org.rewlang.source.Location(other, new Span(0, 1000));
          var site = new Index.Site(outside, true, Index.Kind.LET, "x", null, "", null, null, null);
          return new Compilation(
              new Program(source, List.of(), Span.at(0)),
              List.of(),
              new Index(List.of(site)),
              null,
              null,
              null);
        };
    try (Session session = new Session(lying, RewServer.DEBOUNCE)) {
      session.initialize();
      session.open(URI, 1, "reward   = 1\n");
      var service = session.server.getTextDocumentService();
      assertNull(Session.get(service.hover(Session.hover(URI, 0, 0))));
      assertTrue(session.logged.poll(60, TimeUnit.SECONDS).startsWith("hover failed: "));
      assertFalse(Session.get(service.formatting(Session.formatting(URI))).isEmpty());
    }
  }

  @Test
  void aCompilerThatFailsIsLoggedAndShown() throws Exception {
    Frontend failing =
        (source, loader) -> {
          throw new IllegalStateException("fault");
        };
    try (Session session = new Session(failing, RewServer.DEBOUNCE)) {
      session.initialize();
      session.open(URI, 1, CLEAN);
      assertEquals("RW0999", session.await(URI, 1).getDiagnostics().getFirst().getCode().getLeft());
      assertTrue(session.logged.poll(60, TimeUnit.SECONDS).contains("fault"));
    }
  }

  @Test
  void aCancelledRequestIsNotWorkedOn() throws IOException {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Set<String> compiled = ConcurrentHashMap.newKeySet();
    Frontend slow =
        (source, loader) -> {
          compiled.add(source.name());
          if (source.name().endsWith("slow")) {
            busy.countDown();
            await(release);
          }
          return Compiler.compile(source, loader);
        };
    try (Session session = new Session(slow, Duration.ofHours(1))) {
      session.initialize();
      var service = session.server.getTextDocumentService();
      session.open("untitled:slow", 1, CLEAN);
      await(busy);
      session.open("untitled:b", 1, CLEAN);
      CompletableFuture<?> hover = service.hover(Session.hover("untitled:b", 1, 9));
      hover.cancel(true);
      assertThrows(CancellationException.class, hover::join);
      session.close("untitled:b");
      session.flush();
      release.countDown();
      Session.get(service.hover(Session.hover("untitled:slow", 1, 9)));
      assertEquals(Set.of("untitled:slow"), compiled);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChangedFileIsSeenByThoseThatUseIt() throws IOException {
    Path used = folder.toRealPath().resolve("used.rew");
    String uri = folder.toRealPath().resolve("main.rew").toUri().toString();
    try (Session session = new Session()) {
      session.initialize();
      session.open(uri, 1, "use \"used.rew\" as used\nreward = used.total\n");
      assertFalse(session.await(uri, 1).getDiagnostics().isEmpty());
      Files.writeString(used, "reward = 1\n");
      session
          .server
          .getWorkspaceService()
          .didChangeWatchedFiles(new DidChangeWatchedFilesParams(List.of()));
      assertEquals(List.of(), session.awaitNth(uri, 2).getDiagnostics());
      session.open(used.toUri().toString(), 1, "reward = \n");
      assertFalse(session.awaitNth(uri, 3).getDiagnostics().isEmpty());
      session.close(used.toUri().toString());
      assertEquals(List.of(), session.awaitNth(uri, 4).getDiagnostics());
      assertEquals(List.of(1, 1, 1, 1), session.versions(uri));
    }
  }

  @Test
  void anEditorThatCanWatchesFiles() throws IOException {
    try (Session session = new Session()) {
      WorkspaceClientCapabilities workspace = new WorkspaceClientCapabilities();
      workspace.setDidChangeWatchedFiles(new DidChangeWatchedFilesCapabilities(true));
      ClientCapabilities capabilities = new ClientCapabilities();
      capabilities.setWorkspace(workspace);
      session.initialize(capabilities);
      assertEquals(
          "workspace/didChangeWatchedFiles",
          Session.get(session.registered).getRegistrations().getFirst().getMethod());
    }
  }

  @Test
  void shutdownThenExitIsAnOrderlyEnd() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.open(URI, 1, CLEAN);
      session.await(URI, 1);
      Session.get(session.server.shutdown());
      session.server.exit();
      assertEquals(0, Session.get(session.exit));
    }
  }

  @Test
  void exitAloneIsNot() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.server.exit();
      assertEquals(1, Session.get(session.exit));
    }
  }

  @Test
  void anEditorThatVanishesEndsTheServer() throws IOException {
    try (Session session = new Session()) {
      session.initialize();
      session.vanish();
      assertEquals(1, Session.get(session.exit));
    }
  }
}
