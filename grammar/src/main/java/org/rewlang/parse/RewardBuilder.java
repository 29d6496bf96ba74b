package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.rewlang.syntax.Component;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Gate;
import org.rewlang.syntax.Item;
import org.rewlang.syntax.Name;

/** What is paid, reported and logged. */
final class RewardBuilder {

  private final ExprBuilder exprs;
  private final Docs docs;

  RewardBuilder(ExprBuilder exprs, Docs docs) {
    this.exprs = exprs;
    this.docs = docs;
  }

  Decl reward(RewParser.RewardDeclContext c) {
    // The scope's name stands behind `per`, the block's own before it.
    Name per = c.PER() == null ? null : Places.name(c.name().getLast());
    Name name = c.name().size() > (per == null ? 0 : 1) ? Places.name(c.name(0)) : null;
    if (c.expression() != null) {
      return new Decl.RewardValue(docs.of(c), name, per, exprs.of(c.expression()), Places.of(c));
    }
    return block(c, true, name, per, c.block(), c.combined());
  }

  Decl terms(RewParser.TermsDeclContext c) {
    Name per = c.PER() == null ? null : Places.name(c.name(1));
    return block(c, false, Places.name(c.name(0)), per, c.block(), c.combined());
  }

  private Decl block(
      ParserRuleContext c,
      boolean paid,
      @Nullable Name name,
      @Nullable Name per,
      RewParser.@Nullable BlockContext block,
      RewParser.@Nullable CombinedContext combined) {
    Item.Combinator combinator = combined == null ? null : combinator(combined);
    List<Item> items = block == null && combined != null ? items(combined) : items(block);
    return new Decl.Block(docs.of(c), paid, name, per, combinator, items, Places.of(c));
  }

  private Item.@Nullable Combinator combinator(RewParser.CombinedContext c) {
    return c.STAGES() == null
        ? combinator(c.combinator())
        : new Item.Combinator(Places.name(c.STAGES()), List.of(), Places.of(c.STAGES()));
  }

  private Item.@Nullable Combinator combinator(RewParser.@Nullable CombinatorContext c) {
    if (c == null) {
      return null;
    }
    List<Expr.Argument> arguments =
        c.arguments() == null ? List.of() : exprs.arguments(c.arguments());
    return new Item.Combinator(Places.name(c.NAME()), arguments, Places.of(c));
  }

  private List<Item> items(RewParser.CombinedContext c) {
    return c.stages() == null
        ? items(c.block())
        : c.stages().stage().stream().map(this::stage).toList();
  }

  private List<Item> items(RewParser.@Nullable BlockContext c) {
    return c == null ? List.of() : c.item().stream().map(this::item).toList();
  }

  private Item item(RewParser.ItemContext c) {
    Name name = Places.name(c.name());
    if (c.combined() == null) {
      return new Component(
          docs.of(c),
          c.OVERRIDE() != null,
          name,
          exprs.of(c.expression()),
          gate(c.gate()),
          Places.of(c));
    }
    return new Item.Nested(
        docs.of(c),
        c.OVERRIDE() != null,
        false,
        name,
        combinator(c.combined()),
        gate(c.combined().gate()),
        items(c.combined()),
        Places.of(c));
  }

  private Item stage(RewParser.StageContext c) {
    Gate gate =
        c.OTHERWISE() == null
            ? gate(c.gate())
            : new Gate(Gate.Kind.OTHERWISE, null, Places.of(c.OTHERWISE()));
    return new Item.Nested(
        docs.of(c),
        false,
        true,
        Places.name(c.name()),
        combinator(c.combinator()),
        gate,
        items(c.block()),
        Places.of(c));
  }

  @Nullable Gate gate(RewParser.@Nullable GateContext c) {
    if (c == null) {
      return null;
    }
    Gate.Kind kind =
        switch (c.start.getType()) {
          case RewLexer.WHEN -> Gate.Kind.WHEN;
          case RewLexer.ON -> Gate.Kind.ON;
          case RewLexer.ONCE -> Gate.Kind.ONCE;
          default -> Gate.Kind.AT_END;
        };
    Expr condition = c.expression() == null ? null : exprs.of(c.expression());
    return new Gate(kind, condition, Places.of(c));
  }

  Decl outcome(RewParser.OutcomeDeclContext c) {
    Decl.Outcome.Kind kind =
        switch (c.start.getType()) {
          case RewLexer.SUCCESS -> Decl.Outcome.Kind.SUCCESS;
          case RewLexer.FAILURE -> Decl.Outcome.Kind.FAILURE;
          case RewLexer.TERMINATE -> Decl.Outcome.Kind.TERMINATE;
          default -> Decl.Outcome.Kind.TRUNCATE;
        };
    Name name = c.name() == null ? null : Places.name(c.name());
    Gate gate = gate(c.gate());
    if (gate == null) {
      throw new IllegalStateException("an outcome always has a gate");
    }
    return new Decl.Outcome(docs.of(c), kind, name, gate, Places.of(c));
  }

  Decl logged(RewParser.LoggedDeclContext c) {
    return new Decl.Logged(
        docs.of(c),
        false,
        Places.name(c.start),
        Places.name(c.name()),
        exprs.of(c.expression()),
        gate(c.gate()),
        Places.of(c));
  }

  Decl output(RewParser.OutputDeclContext c) {
    return new Decl.Logged(
        docs.of(c),
        true,
        Places.name(c.name(0)),
        Places.name(c.name(1)),
        exprs.of(c.expression()),
        gate(c.gate()),
        Places.of(c));
  }
}
