package org.rewlang.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewlang.core.Output;
import org.rewlang.diagnostic.Code;
import org.rewlang.model.Definition;
import org.rewlang.model.Operation;
import org.rewlang.model.Term;
import org.rewlang.model.Type;
import org.rewlang.source.Location;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Name;

/** Reward blocks: what each component pays, and what they make together. */
final class Rewards {

  /** A block's way to make one number of its components. */
  private enum Combination {
    SUM(Operation.ADD, 0),
    PRODUCT(Operation.MULTIPLY, 1);

    private final Operation operation;

    /** What a closed gate counts as. */
    private final double neutral;

    Combination(Operation operation, double neutral) {
      this.operation = operation;
      this.neutral = neutral;
    }
  }

  /** An override with the cell of its gate. */
  private record Override(Component component, Cell gate) {}

  private final Session session;
  private final Globals globals;
  private final Declarations declarations;
  private final Env env;
  private final Gates gates;
  private @Nullable Location reward;

  Rewards(Session session, Globals globals, Declarations declarations, Env env) {
    this.session = session;
    this.globals = globals;
    this.declarations = declarations;
    this.env = env;
    this.gates = new Gates(session, globals);
  }

  void block(Decl.Block b) {
    Name name = b.name();
    if (b.per() != null) {
      refuse(b, name, "`per " + b.per().text() + "`", b.per().span());
      return;
    }
    if (b.paid() && name != null) {
      refuse(b, name, "a named reward", name.span());
      return;
    }
    Combination combination = combination(b, name);
    if (combination == null || b.paid() && !isFirst(b)) {
      return;
    }
    String word = name == null ? "reward" : name.text();
    List<Cell> paid = new ArrayList<>();
    Map<String, Cell> cells = new LinkedHashMap<>();
    List<Override> overrides = overrides(b.items());
    boolean wrong = false;
    for (Item item : b.items()) {
      switch (item) {
        case Component c -> {
          Cell cell = component(c, combination, overrides);
          paid.add(cell);
          globals.cells.add(cell);
          if (declarations.isNew(word + " component", c.name())) {
            cells.put(c.name().text(), cell);
          }
          String column = name == null ? c.name().text() : word + "." + c.name().text();
          globals.results.add(
              new Globals.Planned(
                  b.paid() ? Output.Role.COMPONENT : Output.Role.LOG, column, cell, b.paid()));
        }
        case Item.Nested n -> {
          session.unsupported("a block in a block", n.name().span(), n.span(), env.file);
          wrong = true;
        }
      }
    }
    env.file.members.put(word, new Entity.Members(word, cells, List.of()));
    boolean broken = wrong;
    Location at = name == null ? env.file.at(keyword(b, "reward")) : env.file.at(name.span());
    Cell whole =
        new Cell(
            name == null ? "total" : name.text(),
            name == null ? Definition.Kind.TOTAL : Definition.Kind.LET,
            Index.Kind.BLOCK,
            at,
            b.doc(),
            c -> broken ? Terms.error(at) : together(combination, paid, at));
    whole.declare(Type.REAL);
    globals.cells.add(whole);
    if (name == null) {
      total(whole);
    } else {
      if (declarations.isNew("value", name)) {
        env.file.values.put(name.text(), new Entity.Value(whole));
      }
      globals.results.add(new Globals.Planned(Output.Role.LOG, name.text(), whole, false));
    }
  }

  private static org.rewlang.source.Span keyword(Decl d, String word) {
    int start = d.span().start();
    return new org.rewlang.source.Span(start, Math.min(start + word.length(), d.span().end()));
  }

  private void refuse(Decl.Block b, @Nullable Name name, String what, org.rewlang.source.Span at) {
    session.unsupported(what, at, b.span(), env.file);
    unknownTotal(b, name);
  }

  /** Whatever reads what could not be understood keeps silent. */
  private void unknownTotal(Decl d, @Nullable Name name) {
    if (name != null) {
      declarations.wrong(name);
    }
    if (env.file.total == null) {
      Location at = env.file.at(keyword(d, "reward"));
      env.file.total =
          new Cell(
              "total", Definition.Kind.TOTAL, Index.Kind.BLOCK, at, null, c -> Terms.error(at));
    }
  }

  private @Nullable Combination combination(Decl.Block b, @Nullable Name name) {
    Item.Combinator combinator = b.combinator();
    if (combinator == null) {
      return Combination.SUM;
    }
    if (combinator.name().text().equals("product") && combinator.arguments().isEmpty()) {
      return Combination.PRODUCT;
    }
    session.unsupported(
        "`" + combinator.name().text() + "`", combinator.name().span(), b.span(), env.file);
    unknownTotal(b, name);
    return null;
  }

  private boolean isFirst(Decl d) {
    Location at = env.file.at(keyword(d, "reward"));
    if (reward == null) {
      reward = at;
      return true;
    }
    session.reporter.report(
        session
            .diagnose(Code.DUPLICATE_NAME, "there are two rewards without a name", at.span(), env)
            .label("declared again")
            .related(reward.source(), reward.span(), "declared first here")
            .hint("put all components in one block"));
    return false;
  }

  private void total(Cell total) {
    env.file.total = total;
    globals.results.addFirst(new Globals.Planned(Output.Role.TOTAL, "", total, true));
  }

  /** {@code reward = EXPR}. */
  void value(Decl.RewardValue r) {
    if (r.name() != null || r.per() != null) {
      Name named = r.name() != null ? r.name() : r.per();
      session.unsupported(
          "a named reward", java.util.Objects.requireNonNull(named).span(), r.span(), env.file);
      unknownTotal(r, r.name());
      return;
    }
    if (!isFirst(r)) {
      return;
    }
    Cell cell =
        new Cell(
            "total",
            Definition.Kind.TOTAL,
            Index.Kind.BLOCK,
            env.file.at(keyword(r, "reward")),
            r.doc(),
            c -> paid(r.value(), "the reward"));
    cell.declare(Type.REAL);
    globals.cells.add(cell);
    total(cell);
  }

  private List<Override> overrides(List<Item> items) {
    List<Override> overrides = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Component c && c.override()) {
        if (c.gate() == null) {
          session.reporter.report(
              session
                  .diagnose(
                      Code.OVERRIDE_GATE,
                      "an override needs a gate, else nothing else ever pays",
                      c.name().span(),
                      env)
                  .label("pays alone in every step")
                  .hint("say when it pays: `override " + c.name().text() + " = … when …`"));
        }
        Cell gate =
            new Cell(
                c.name().text(),
                Definition.Kind.EVENT,
                Index.Kind.EVENT,
                env.file.at(c.name().span()),
                null,
                cell -> c.gate() == null ? Terms.error(cell.at) : gates.open(c.gate(), cell, env));
        gate.declare(Type.BOOL);
        overrides.add(new Override(c, gate));
      }
    }
    return overrides;
  }

  private Cell component(Component c, Combination combination, List<Override> overrides) {
    Cell cell =
        declarations.cell(
            c.name(),
            Definition.Kind.COMPONENT,
            Index.Kind.COMPONENT,
            c.doc(),
            self -> pay(c, self, combination, overrides));
    cell.declare(Type.REAL);
    return cell;
  }

  private Term pay(Component c, Cell self, Combination combination, List<Override> overrides) {
    Location at = env.file.at(c.span());
    Term value = paid(c.value(), "a component");
    Term neutral = Terms.real(combination.neutral, at);
    Term result = value;
    if (!c.override() && c.gate() != null) {
      Term open = gates.open(c.gate(), self, env);
      result =
          Terms.anyError(open, value) ? Terms.error(at) : Terms.select(open, value, neutral, at);
    }
    // The first override whose gate is open pays, and nothing else does.
    Term earlier = null;
    Term own = null;
    for (Override o : overrides) {
      Term open = session.cells.read(o.gate(), at);
      if (Terms.isError(open)) {
        return open;
      }
      if (o.component().equals(c)) {
        own = open;
        break;
      }
      earlier = earlier == null ? open : Terms.or(earlier, open, at);
    }
    if (Terms.isError(result)) {
      return result;
    }
    if (own != null) {
      result = Terms.select(own, result, neutral, at);
    }
    return earlier == null ? result : Terms.select(earlier, neutral, result, at);
  }

  private Term paid(org.rewlang.syntax.Expr expr, String place) {
    Term value = session.expr(expr, env);
    if (!Terms.isError(value)
        && value.type().isNumber()
        && value.type().isScalar()
        && !value.type().dimension().isNone()) {
      String unit = Fit.unitText(value.type().dimension());
      session.reporter.report(
          session
              .diagnose(
                  Code.COMPONENT_UNIT,
                  place + " is a plain number, this has a unit",
                  expr.span(),
                  env)
              .label("this is `" + session.types.show(value.type()) + "`")
              .found(session.types.show(value.type()))
              .expected(List.of("real"))
              .hint("take its plain number with `as " + unit + "`")
              .fix(session.fit.asUnit(expr, unit, env)));
      return env.error(expr.span());
    }
    return session.fit.coerce(value, Type.REAL, expr, env, place);
  }

  private Term together(Combination combination, List<Cell> paid, Location at) {
    Term result = null;
    for (Cell cell : paid) {
      Term value = session.cells.read(cell, at);
      if (Terms.isError(value)) {
        return value;
      }
      result =
          result == null ? value : Terms.apply(combination.operation, Type.REAL, at, result, value);
    }
    return result == null ? Terms.real(combination.neutral, at) : result;
  }
}
