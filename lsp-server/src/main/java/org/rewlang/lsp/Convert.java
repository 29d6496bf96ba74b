package org.rewlang.lsp;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.DiagnosticRelatedInformation;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.DiagnosticTag;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Label;
import org.rewlang.diagnostic.Severity;
import org.rewlang.ide.Candidate;
import org.rewlang.ide.Completion;
import org.rewlang.ide.Edit;
import org.rewlang.ide.Problem;
import org.rewlang.source.Location;

/** Plain data to messages of the protocol. */
final class Convert {

  private final Uris uris;

  Convert(Uris uris) {
    this.uris = uris;
  }

  List<org.eclipse.lsp4j.Diagnostic> diagnostics(List<Problem> problems, Positions positions) {
    return problems.stream().map(p -> diagnostic(p, positions)).toList();
  }

  org.eclipse.lsp4j.Diagnostic diagnostic(Problem problem, Positions positions) {
    var d = new org.eclipse.lsp4j.Diagnostic(positions.range(problem.span()), problem.message());
    d.setSource("rew");
    d.setCode(problem.code().id());
    d.setSeverity(severity(problem.severity()));
    if (problem.code() == Code.UNUSED) {
      d.setTags(List.of(DiagnosticTag.Unnecessary));
    }
    List<DiagnosticRelatedInformation> related = new ArrayList<>();
    for (Label label : problem.related()) {
      related.add(new DiagnosticRelatedInformation(location(label.location()), label.text()));
    }
    d.setRelatedInformation(related);
    return d;
  }

  private static DiagnosticSeverity severity(Severity severity) {
    return switch (severity) {
      case ERROR -> DiagnosticSeverity.Error;
      case WARNING -> DiagnosticSeverity.Warning;
      case NOTE -> DiagnosticSeverity.Information;
    };
  }

  org.eclipse.lsp4j.Location location(Location location) {
    return new org.eclipse.lsp4j.Location(
        uris.uri(location.source()), new Positions(location.source()).range(location.span()));
  }

  static List<CompletionItem> items(Completion completion, Positions positions) {
    Range word = positions.range(completion.replaces());
    return completion.candidates().stream().map(c -> item(c, word)).toList();
  }

  private static CompletionItem item(Candidate candidate, Range word) {
    CompletionItem item = new CompletionItem(candidate.label());
    item.setKind(kind(candidate.kind()));
    item.setTextEdit(Either.forLeft(new TextEdit(word, candidate.label())));
    if (!candidate.detail().isEmpty()) {
      item.setDetail(candidate.detail());
    }
    if (candidate.doc() != null) {
      item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, candidate.doc()));
    }
    return item;
  }

  private static CompletionItemKind kind(Candidate.Kind kind) {
    return switch (kind) {
      case KEYWORD -> CompletionItemKind.Keyword;
      case VALUE -> CompletionItemKind.Variable;
      case FUNCTION -> CompletionItemKind.Function;
      case TYPE -> CompletionItemKind.Enum;
      case MEMBER -> CompletionItemKind.EnumMember;
      case UNIT -> CompletionItemKind.Unit;
      case FILE -> CompletionItemKind.Module;
    };
  }

  static TextEdit edit(Edit edit, Positions positions) {
    return new TextEdit(positions.range(edit.span()), edit.replacement());
  }
}
