package org.rewlang.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Shaping;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;

/**
 * {@code shape NAME = potential(…)}: pays γΦ' - Φ beside the reward, whatever that is made of. So
 * the sum over an episode changes by a constant, and no policy gains or loses.
 */
final class Shapes {

  private static final List<String> PARAMETERS = List.of("x", "discount", "sign", "initially");

  /** Φ after the step and before it. */
  record Potential(Term now, Term before, @Nullable Definition machine) {}

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final List<Cell> cells = new ArrayList<>();

  Shapes(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
  }

  /** What they pay, in the order written. */
  List<Cell> cells() {
    return cells;
  }

  void shape(Decl.Shape s) {
    Cell cell =
        declarations.cell(
            s.name(),
            Definition.Kind.COMPONENT,
            Index.Kind.COMPONENT,
            s.doc(),
            self -> pays(s, self));
    cell.declare(Type.REAL);
    declarations.perAgent(cell, env.file.scopes.isPerAgent(s.value()));
    globals.cells.add(cell);
    if (declarations.isNew("reward component", s.name())) {
      cells.add(cell);
    }
  }

  private Term pays(Decl.Shape s, Cell self) {
    Expr value = s.value();
    Env env = declarations.env(value);
    if (!(value instanceof Expr.Call call)
        || !(call.callee() instanceof Expr.NameRef callee)
        || !callee.name().equals("potential")) {
      session.reporter.report(
          session
              .diagnose(Code.BAD_SHAPE, "a shape is the change of a potential", value.span(), env)
              .label("no call of `potential`")
              .hint(
                  "write `potential("
                      + env.file.source.text(value.span()).replaceAll("\\s+", " ")
                      + ", discount = 0.99)`"));
      return env.error(value.span());
    }
    List<@Nullable Expr> given = session.calls.match("potential", PARAMETERS, 2, call, env);
    Expr of = given == null ? null : given.getFirst();
    Expr rate = given == null ? null : given.get(1);
    if (given == null || of == null || rate == null) {
      return session.calls.arguments(call, env);
    }
    Double discount = number(rate, "the discount", env);
    Expr signed = given.get(2);
    Double sign = signed == null ? Double.valueOf(1) : number(signed, "`sign`", env);
    boolean fits = discount != null && discount > 0 && discount <= 1;
    if (discount != null && !fits) {
      wrong("a discount lies above 0 and is at most 1", "this is " + discount, rate, env);
    }
    if (sign != null && Math.abs(sign) != 1) {
      wrong("`sign` is 1 or -1", "this is " + sign, Objects.requireNonNull(signed), env);
      sign = null;
    }
    if (discount == null || sign == null || !fits) {
      return env.error(call.span());
    }
    Potential potential = potential(of, given.get(3), discount, sign, env);
    Term terminated =
        session.names.value(new Expr.NameRef("terminated", call.span()), env, Type.BOOL);
    if (potential == null || Terms.isError(terminated)) {
      return env.error(call.span());
    }
    Location at = env.at(call.span());
    Term after = Terms.select(terminated, Terms.real(0, at), potential.now, at);
    Term paid = Terms.apply(Operation.MULTIPLY, Type.REAL, at, Terms.real(discount, at), after);
    String text = env.file.source.text(of.span()).replaceAll("\\s+", " ");
    session.shapings.put(
        self,
        new Shaping(self.name, discount, text, potential.now, potential.machine, self.define()));
    return Terms.apply(Operation.SUBTRACT, Type.REAL, at, paid, potential.before);
  }

  private @Nullable Double number(Expr e, String what, Env env) {
    Term value = session.fit.plain(session.expr(e, env), e, env, what);
    Double number = Terms.isError(value) ? null : session.constants.scalar(value);
    if (number == null && !Terms.isError(value)) {
      session.reporter.report(
          session
              .diagnose(Code.NOT_CONSTANT, what + " is known before the first step", e.span(), env)
              .label("known at run time only"));
    }
    return number;
  }

  private void wrong(String message, String label, Expr at, Env env) {
    session.reporter.report(session.diagnose(Code.BAD_SHAPE, message, at.span(), env).label(label));
  }

  private @Nullable Potential potential(
      Expr of, @Nullable Expr initially, double discount, double sign, Env env) {
    Entity.Machine machine = session.fields.machine(of, env);
    if (machine != null) {
      machine.now().state().used = true;
      if (initially != null) {
        wrong(
            "a machine's potential has its own beginning",
            "`initially` is for expressions",
            initially,
            env);
        return null;
      }
      return machine.cells().potential(discount, sign, env.file.at(of.span()));
    }
    Value given = session.value(of, env);
    if (given instanceof Value.Logic) {
      return ofFormula(of, given, initially, discount, sign, env);
    }
    Term made = session.structures.tensor(given, of, env);
    Term value = session.fit.plain(made, of, env, "a potential");
    Term fitted = session.fit.coerce(value, Type.REAL, of, env, "a potential");
    Term first =
        initially == null
            ? Terms.real(0, env.at(of.span()))
            : session.fit.coerce(
                session.expr(initially, env), Type.REAL, initially, env, "`initially`");
    if (Terms.anyError(fitted, first)) {
      return null;
    }
    Location at = env.at(of.span());
    Term now =
        Functions.shared(
            "potential",
            sign < 0 ? Terms.apply(Operation.NEGATE, Type.REAL, at, fitted) : fitted,
            at);
    Term start = sign < 0 ? Terms.apply(Operation.NEGATE, Type.REAL, at, first) : first;
    Term before = new Term.Prev(now, start, session.time.isPrimable(fitted), Type.REAL, at);
    return new Potential(now, before, null);
  }

  /** Of a formula: what satisfying it is worth, as many steps away as it is at least. */
  private @Nullable Potential ofFormula(
      Expr of, Value formula, @Nullable Expr initially, double discount, double sign, Env env) {
    if (initially != null) {
      wrong(
          "a formula's potential has its own beginning",
          "`initially` is for expressions",
          initially,
          env);
      return null;
    }
    if (discount == 1) {
      String text = env.file.source.text(of.span()).replaceAll("\\s+", " ");
      session.reporter.report(
          session
              .diagnose(
                  Code.BAD_SHAPE,
                  "with a discount of 1 a formula is worth as much however far it is",
                  of.span(),
                  env)
              .label("its potential would only say whether it can still hold")
              .hint(
                  "take the share of the way: `potential(progress(" + text + "), discount = 1)`"));
      return null;
    }
    Watching watching = session.formulas.watch("potential", of, formula, false, env);
    if (watching == null) {
      return null;
    }
    Location at = env.at(of.span());
    Term now = Functions.shared("potential", watching.worth(discount, sign), at);
    Term first = Terms.real(watching.firstWorth(discount, sign), at);
    return new Potential(now, new Term.Prev(now, first, false, Type.REAL, at), null);
  }
}
