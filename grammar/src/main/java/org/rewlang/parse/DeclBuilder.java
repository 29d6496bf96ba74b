package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.Subscript;
import org.rewlang.syntax.Name;

/** Declarations; those with much inside have builders of their own. */
final class DeclBuilder {

  private final Docs docs;
  private final ExprBuilder exprs;
  private final TypeBuilder types;
  private final RewardBuilder rewards;
  private final MachineBuilder machines;
  private final TestBuilder tests;

  DeclBuilder(Docs docs, Rules rules) {
    this.docs = docs;
    exprs = new ExprBuilder(rules);
    types = new TypeBuilder(exprs, docs);
    rewards = new RewardBuilder(exprs, docs);
    machines = new MachineBuilder(exprs, docs);
    tests = new TestBuilder(exprs, docs);
  }

  Decl declaration(RewParser.DeclarationContext declaration) {
    return switch (declaration.getChild(0)) {
      case RewParser.ModuleDeclContext c ->
          new Decl.Module(docs.of(c), Places.name(c.name()), Places.of(c));
      case RewParser.UseDeclContext c -> use(c);
      case RewParser.StepDeclContext c ->
          new Decl.StepLasts(docs.of(c), exprs.of(c.sum()), Places.of(c));
      case RewParser.UnitDeclContext c ->
          new Decl.Unit(docs.of(c), ExprBuilder.names(c.names()), Places.of(c));
      case RewParser.EnumDeclContext c -> enumeration(c);
      case RewParser.RecordDeclContext c ->
          new Decl.Record(
              docs.of(c), Places.name(c.name()), types.fields(c.fields()), Places.of(c));
      case RewParser.InputsDeclContext c ->
          new Decl.Inputs(
              docs.of(c),
              optional(c.name()),
              atMost(c.atMost()),
              types.fields(c.fields()),
              Places.of(c));
      case RewParser.GroupDeclContext c ->
          new Decl.GroupBy(docs.of(c), Places.name(c.name()), atMost(c.atMost()), Places.of(c));
      case RewParser.PairDeclContext c ->
          new Decl.Pair(
              docs.of(c),
              Places.name(c.name(0)),
              Places.name(c.name(1)),
              Places.name(c.name(2)),
              Places.of(c));
      case RewParser.ParamDeclContext c -> param(c);
      case RewParser.LetDeclContext c -> types.let(c);
      case RewParser.EventDeclContext c ->
          new Decl.Event(docs.of(c), Places.name(c.name()), exprs.of(c.expression()), Places.of(c));
      case RewParser.FunctionDeclContext c -> types.function(c);
      case RewParser.ExternDeclContext c -> extern(c);
      case RewParser.RewardDeclContext c -> rewards.reward(c);
      case RewParser.TermsDeclContext c -> rewards.terms(c);
      case RewParser.ShapeDeclContext c ->
          new Decl.Shape(docs.of(c), Places.name(c.name()), exprs.of(c.expression()), Places.of(c));
      case RewParser.OutcomeDeclContext c -> rewards.outcome(c);
      case RewParser.LoggedDeclContext c -> rewards.logged(c);
      case RewParser.OutputDeclContext c -> rewards.output(c);
      case RewParser.SkipDeclContext c ->
          new Decl.Skip(docs.of(c), exprs.of(c.expression()), Places.of(c));
      case RewParser.FormulaDeclContext c ->
          new Decl.Formula(
              docs.of(c), Places.name(c.name()), exprs.of(c.expression()), Places.of(c));
      case RewParser.MachineDeclContext c -> machines.machine(c);
      case RewParser.ObjectiveDeclContext c -> machines.objective(c);
      case RewParser.RequireDeclContext c ->
          new Decl.Require(docs.of(c), exprs.of(c.expression()), Places.of(c));
      case RewParser.PropertyDeclContext c -> tests.property(c);
      case RewParser.TestDeclContext c -> tests.test(c);
      default -> new Decl.Broken(null, null, Places.of(declaration));
    };
  }

  private Decl use(RewParser.UseDeclContext c) {
    List<Decl.Change> changes =
        c.changes() == null ? List.of() : c.changes().change().stream().map(this::change).toList();
    return new Decl.Use(
        docs.of(c), Texts.of(c.TEXT().getSymbol()), optional(c.name()), changes, Places.of(c));
  }

  private Decl.Change change(RewParser.ChangeContext c) {
    List<Name> path = c.path().name().stream().map(Places::name).toList();
    Expr value = c.expression() == null ? null : exprs.of(c.expression());
    return new Decl.Change(c.DROP() != null, path, value, Places.of(c));
  }

  private Decl enumeration(RewParser.EnumDeclContext c) {
    List<Name> members =
        c.name().stream().skip(1).map(n -> Places.name((ParserRuleContext) n)).toList();
    return new Decl.Enum(docs.of(c), Places.name(c.name(0)), members, Places.of(c));
  }

  private Decl param(RewParser.ParamDeclContext c) {
    return new Decl.Param(
        docs.of(c),
        Places.name(c.name()),
        c.type() == null ? null : types.type(c.type()),
        exprs.of(c.sum()),
        c.limits() == null ? null : exprs.of(c.limits()),
        Places.of(c));
  }

  private Decl extern(RewParser.ExternDeclContext c) {
    return new Decl.Extern(
        docs.of(c),
        Places.name(c.name()),
        types.parameters(c.parameters()),
        types.type(c.type()),
        c.limits() == null ? null : exprs.of(c.limits()),
        tests.options(c.options_()),
        Places.of(c));
  }

  private @Nullable Expr atMost(RewParser.@Nullable AtMostContext c) {
    return c == null ? null : exprs.of(c.bound());
  }

  private static @Nullable Name optional(@Nullable ParserRuleContext name) {
    return name == null ? null : Places.name(name);
  }

  /** The parts of a view are plain numbers. */
  static Subscript part(List<TerminalNode> numbers) {
    Expr from = ExprBuilder.plain(numbers.getFirst());
    if (numbers.size() == 1) {
      return new Subscript.At(from, from.span());
    }
    Expr to = ExprBuilder.plain(numbers.getLast());
    Span span = from.span().to(to.span());
    return new Subscript.Slice(from, to, span);
  }
}
