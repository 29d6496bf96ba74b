package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Name;

/**
 * Reads tokens into declarations and, where that fails, goes on as well as it can. A broken text is
 * cut at words that begin declarations in the first column, so that no piece disturbs another. In a
 * piece, the first error is explained and mended: by the token that was forgotten, or by letting
 * one {@code BROKEN} token stand for the rest of the item; then the piece is read again.
 */
final class Recovery {

  /** Pieces with more tokens are given up at their first error. */
  private static final int MENDABLE = 20_000;

  private static final int ROUNDS = 12;

  private final Report report;
  private final Token end;
  private final List<Token> tokens;
  private final Docs docs;

  Recovery(Report report, Tokens text) {
    this.report = report;
    this.end = text.end();
    this.tokens = Habits.replace(report, text.tokens());
    this.docs = new Docs(tokens, text.comments());
  }

  List<Decl> program() {
    List<Decl> declarations = new ArrayList<>();
    if (!read(tokens, declarations)) {
      for (List<Token> piece : Pieces.of(tokens)) {
        mend(new ArrayList<>(piece), declarations);
      }
    }
    return declarations;
  }

  Expr expression() {
    List<Token> rest = new ArrayList<>(tokens);
    Span all = new Span(0, report.source().text().length());
    for (int round = 0; round < ROUNDS && rest.size() <= MENDABLE; round++) {
      int deep = Nesting.tooDeep(rest);
      if (deep >= 0) {
        Nesting.report(report, rest.get(deep));
        break;
      }
      Optional<Expr> read =
          guarded(
              () ->
                  Attempt.expression(rest, end)
                      .map(t -> new ExprBuilder(new Rules(report)).of(t.expression())),
              rest);
      if (read.isPresent()) {
        return read.get();
      }
      Prefix prefix = Prefix.of(rest, RewParser.RULE_expressionOnly);
      Mend mend = new Situations(report, rest, prefix, end).explain();
      if (mend.from() < 0) {
        break;
      }
      mend.apply(rest);
    }
    return new Expr.Broken(all);
  }

  /** Reads {@code part} if it is without errors. */
  private boolean read(List<Token> part, List<Decl> declarations) {
    if (Nesting.tooDeep(part) >= 0) {
      return false;
    }
    var read =
        guarded(
            () ->
                Attempt.program(part, end)
                    .map(
                        tree -> {
                          DeclBuilder builder = new DeclBuilder(docs, new Rules(report));
                          return tree.declaration().stream().map(builder::declaration).toList();
                        }),
            part);
    read.ifPresent(declarations::addAll);
    return read.isPresent();
  }

  /**
   * {@link Nesting} keeps the parser's recursion far below what a usual thread has; a caller with a
   * tiny stack gets the diagnostic all the same.
   */
  private <T> Optional<T> guarded(java.util.function.Supplier<Optional<T>> work, List<Token> part) {
    try {
      return work.get();
    } catch (StackOverflowError e) {
      Nesting.report(report, part.isEmpty() ? end : part.getFirst());
      return Optional.empty();
    }
  }

  private void mend(List<Token> piece, List<Decl> declarations) {
    List<Decl> lost = new ArrayList<>();
    for (int round = 0; !piece.isEmpty(); round++) {
      int deep = Nesting.tooDeep(piece);
      if (deep >= 0) {
        Nesting.report(report, piece.get(deep));
        lost.add(broken(piece));
        break;
      }
      List<Decl> read = new ArrayList<>();
      if (read(piece, read)) {
        lost.addAll(read);
        break;
      }
      if (piece.size() > MENDABLE || round > ROUNDS + piece.size() / 8 || report.full()) {
        giveUp(piece, lost);
        break;
      }
      Prefix prefix = Prefix.of(piece, RewParser.RULE_program);
      Mend mend = new Situations(report, piece, prefix, end).explain();
      if (mend.from() < 0) {
        mend = Items.mend(piece, prefix);
      }
      if (mend.losesDeclaration()) {
        lost.add(broken(piece.subList(mend.from(), mend.to())));
      }
      mend.apply(piece);
    }
    lost.sort(java.util.Comparator.comparingInt(d -> d.span().start()));
    declarations.addAll(lost);
  }

  /** Keeps what stands whole before the error; the rest is one broken declaration. */
  private void giveUp(List<Token> piece, List<Decl> declarations) {
    boolean large = piece.size() > MENDABLE;
    Prefix prefix = Prefix.of(large ? piece.subList(0, MENDABLE) : piece, RewParser.RULE_program);
    int whole = prefix.start();
    if (whole > 0 && !read(piece.subList(0, whole), declarations)) {
      whole = 0;
    }
    if (!report.full()) {
      new Situations(report, piece, prefix, end).explain();
    }
    if (whole < piece.size()) {
      declarations.add(broken(piece.subList(whole, piece.size())));
    }
  }

  private Decl broken(List<Token> part) {
    Span span = Places.between(part.getFirst(), part.getLast());
    return new Decl.Broken(null, name(part), span);
  }

  /** The name that a broken declaration would have had. */
  private static @Nullable Name name(List<Token> part) {
    int at = Words.declares(part.getFirst().getType()) ? 1 : 0;
    boolean named = at < part.size() && Words.isName(part.get(at).getType());
    return named ? Places.name(part.get(at)) : null;
  }
}
