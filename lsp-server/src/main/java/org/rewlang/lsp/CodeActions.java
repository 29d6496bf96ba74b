package org.rewlang.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionKind;
import org.eclipse.lsp4j.ResourceOperation;
import org.eclipse.lsp4j.TextDocumentEdit;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Fix;
import org.rewlang.ide.QuickFix;
import org.rewlang.ide.Snapshot;
import org.rewlang.ide.Workspace;
import org.rewlang.source.Source;

/** Quick fixes as code actions. */
final class CodeActions {

  private final Workspace workspace;
  private final Uris uris;
  private final Convert convert;

  /** Whether the editor takes edits bound to a version, which a document that moved on refuses. */
  private volatile boolean versioned;

  CodeActions(Workspace workspace, Uris uris, Convert convert) {
    this.workspace = workspace;
    this.uris = uris;
    this.convert = convert;
  }

  void versioned(boolean yes) {
    versioned = yes;
  }

  /** Whether quick fixes are among the kinds asked for; null asks for all. */
  static boolean wanted(@Nullable List<String> only) {
    return only == null
        || only.stream().anyMatch(k -> k.isEmpty() || k.equals(CodeActionKind.QuickFix));
  }

  CodeAction action(QuickFix quickFix, Snapshot snapshot, Positions positions) {
    CodeAction action = new CodeAction(quickFix.fix().title());
    action.setKind(CodeActionKind.QuickFix);
    action.setIsPreferred(quickFix.isSafe());
    action.setDiagnostics(List.of(convert.diagnostic(quickFix.problem(), positions)));
    action.setEdit(edit(quickFix.fix(), snapshot));
    return action;
  }

  private WorkspaceEdit edit(Fix fix, Snapshot snapshot) {
    Map<Source, List<TextEdit>> edits = new LinkedHashMap<>();
    for (Fix.Edit e : fix.edits()) {
      Source source = e.location().source();
      edits
          .computeIfAbsent(source, _ -> new ArrayList<>())
          .add(new TextEdit(new Positions(source).range(e.location().span()), e.replacement()));
    }
    WorkspaceEdit result = new WorkspaceEdit();
    if (versioned) {
      List<Either<TextDocumentEdit, ResourceOperation>> changes = new ArrayList<>();
      edits.forEach(
          (source, list) -> changes.add(Either.forLeft(documentEdit(source, list, snapshot))));
      result.setDocumentChanges(changes);
    } else {
      edits.forEach((source, list) -> result.getChanges().put(uris.uri(source), list));
    }
    return result;
  }

  private TextDocumentEdit documentEdit(Source source, List<TextEdit> edits, Snapshot snapshot) {
    // The version that the edit was computed for, which need not be the newest any more.
    Integer version =
        source.equals(snapshot.source())
            ? Integer.valueOf(snapshot.version())
            : workspace.version(source).orElse(null);
    return new TextDocumentEdit(
        new VersionedTextDocumentIdentifier(uris.uri(source), version), edits);
  }
}
