package org.rewlang.lsp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;
import org.rewlang.ide.Completion;
import org.rewlang.ide.Definition;
import org.rewlang.ide.Formatting;
import org.rewlang.ide.QuickFixes;
import org.rewlang.ide.Snapshot;
import org.rewlang.ide.Workspace;
import org.rewlang.source.Span;

/** One method for each message about a document; the work is done by {@code org.rewlang.ide}. */
final class RewTextDocuments implements TextDocumentService {

  private final Workspace workspace;
  private final Uris uris;
  private final Worker worker;
  private final Publisher publisher;
  private final Convert convert;
  private final CodeActions actions;
  private final Duration debounce;

  RewTextDocuments(
      Workspace workspace,
      Uris uris,
      Worker worker,
      Publisher publisher,
      CodeActions actions,
      Duration debounce) {
    this.workspace = workspace;
    this.uris = uris;
    this.worker = worker;
    this.publisher = publisher;
    this.convert = new Convert(uris);
    this.actions = actions;
    this.debounce = debounce;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    var document = params.getTextDocument();
    workspace.put(uris.opened(document.getUri()), document.getVersion(), document.getText());
    worker.debounce(Duration.ZERO, publisher::publish);
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    var document = params.getTextDocument();
    String name = Uris.name(document.getUri());
    if (workspace.isOpen(name)) {
      // Each change is the whole text, so the last one counts.
      String text = params.getContentChanges().getLast().getText();
      workspace.put(name, document.getVersion(), text);
      worker.debounce(debounce, publisher::publish);
    }
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    String name = Uris.name(params.getTextDocument().getUri());
    workspace.close(name);
    uris.closed(name);
    worker.debounce(Duration.ZERO, publisher::publish);
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {}

  @Override
  public CompletableFuture<@Nullable Hover> hover(HoverParams params) {
    return answer(
        "hover",
        params.getTextDocument(),
        null,
        (snapshot, positions) ->
            org.rewlang.ide.Hover.at(snapshot, positions.offset(params.getPosition()))
                .map(
                    h ->
                        new Hover(
                            new MarkupContent(MarkupKind.MARKDOWN, h.markdown()),
                            positions.range(h.span())))
                .orElse(null));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return answer(
        "completion",
        params.getTextDocument(),
        Either.forLeft(List.of()),
        (snapshot, positions) ->
            Either.forLeft(
                Convert.items(
                    Completion.at(snapshot, positions.offset(params.getPosition())), positions)));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return answer(
        "definition",
        params.getTextDocument(),
        Either.forLeft(List.of()),
        (snapshot, positions) ->
            Either.forLeft(
                Definition.at(snapshot, positions.offset(params.getPosition()))
                    .map(d -> convert.location(d.target()))
                    .stream()
                    .toList()));
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return answer(
        "formatting",
        params.getTextDocument(),
        List.of(),
        (snapshot, positions) ->
            Formatting.of(snapshot).stream().map(e -> Convert.edit(e, positions)).toList());
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    if (!CodeActions.wanted(params.getContext().getOnly())) {
      return CompletableFuture.completedFuture(List.of());
    }
    return answer(
        "code action",
        params.getTextDocument(),
        List.of(),
        (snapshot, positions) -> {
          Span range = positions.span(params.getRange());
          return QuickFixes.in(snapshot, range).stream()
              .map(
                  fix ->
                      Either.<Command, CodeAction>forRight(
                          actions.action(fix, snapshot, positions)))
              .toList();
        });
  }

  private interface Feature<T> {
    @Nullable T of(Snapshot snapshot, Positions positions);
  }

  private <T> CompletableFuture<T> answer(
      String name, TextDocumentIdentifier document, @Nullable T empty, Feature<T> feature) {
    return worker.answer(
        name,
        empty,
        cancel -> {
          Optional<Snapshot> snapshot = workspace.snapshot(Uris.name(document.getUri()));
          cancel.checkCanceled();
          return snapshot.isEmpty()
              ? empty
              : feature.of(snapshot.get(), new Positions(snapshot.get().source()));
        });
  }
}
