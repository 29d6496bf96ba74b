package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import org.rewlang.model.Claim;
import org.rewlang.model.Term;
import org.rewlang.syntax.Expr;

/** What {@code expect} and properties claim. */
final class Claims {

  private final Session session;

  Claims(Session session) {
    this.session = session;
  }

  List<Claim> of(List<Expr> claims, Env around) {
    List<Claim> all = new ArrayList<>();
    Env inner = around.asClaim();
    for (Expr e : claims) {
      Term condition = session.fit.condition(session.expr(e, inner), e, inner, "a claim");
      if (!Terms.isError(condition)) {
        all.add(new Claim(condition, parts(e, inner), around.file.at(e.span())));
      }
    }
    return all;
  }

  /** The sides of the comparisons that a claim is made of, but for what is written out. */
  private List<Term> parts(Expr e, Env inner) {
    List<Term> parts = new ArrayList<>();
    sides(e, parts, inner);
    return parts;
  }

  private void sides(Expr e, List<Term> parts, Env inner) {
    switch (e) {
      case Expr.Comparison c -> {
        side(c.first(), parts, inner);
        c.rest().forEach(link -> side(link.right(), parts, inner));
      }
      case Expr.Binary b -> {
        sides(b.left(), parts, inner);
        sides(b.right(), parts, inner);
      }
      case Expr.Unary u -> sides(u.operand(), parts, inner);
      case Expr.NameRef n -> side(n, parts, inner);
      case Expr.Field f -> side(f, parts, inner);
      default -> {}
    }
  }

  private void side(Expr e, List<Term> parts, Env inner) {
    if (e instanceof Expr.NumberLit || e instanceof Expr.Range || e instanceof Expr.BoolLit) {
      return;
    }
    // Stateless only: another copy of a state would be another state.
    Term[] term = {inner.error(e.span())};
    session.reporter.capture(() -> session.sites.mute(() -> term[0] = session.expr(e, inner)));
    boolean constant = session.constants.values(term[0]) != null;
    if (!Terms.isError(term[0]) && !constant && !hasOwnState(term[0])) {
      parts.add(term[0]);
    }
  }

  private static boolean hasOwnState(Term term) {
    return Walk.isState(term) || Walk.children(term).stream().anyMatch(Claims::hasOwnState);
  }
}
