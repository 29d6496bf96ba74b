package org.rewlang.parse;

import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.rewlang.source.Span;
import org.rewlang.syntax.Decl;
import org.rewlang.syntax.Decl.Action;
import org.rewlang.syntax.Name;

/** Tests, properties and the lists of `name = value` that they and externs use. */
final class TestBuilder {

  private final ExprBuilder exprs;
  private final Docs docs;

  TestBuilder(ExprBuilder exprs, Docs docs) {
    this.exprs = exprs;
    this.docs = docs;
  }

  List<Decl.Option> options(RewParser.@Nullable Options_Context c) {
    return options(exprs, c);
  }

  static List<Decl.Option> options(ExprBuilder exprs, RewParser.@Nullable Options_Context c) {
    return c == null ? List.of() : c.option().stream().map(o -> option(exprs, o)).toList();
  }

  private static Decl.Option option(ExprBuilder exprs, RewParser.OptionContext c) {
    return new Decl.Option(Places.name(c.name()), exprs.of(c.expression()), Places.of(c));
  }

  Decl property(RewParser.PropertyDeclContext c) {
    List<Decl.Quantifier> forAll =
        c.quantifier().stream()
            .map(
                q ->
                    new Decl.Quantifier(
                        ExprBuilder.names(q.names()), exprs.of(q.range()), Places.of(q)))
            .toList();
    return new Decl.Property(
        docs.of(c),
        Texts.of(c.TEXT().getSymbol()),
        forAll,
        exprs.expressions(c.expressions()),
        Places.of(c));
  }

  Decl test(RewParser.TestDeclContext c) {
    return new Decl.Test(
        docs.of(c),
        Texts.of(c.TEXT().getSymbol()),
        c.children.stream()
            .filter(ParserRuleContext.class::isInstance)
            .map(line -> line((ParserRuleContext) line))
            .toList(),
        Places.of(c));
  }

  private Action line(ParserRuleContext c) {
    return c instanceof RewParser.GivenContext given
        ? new Action.Given(given.setParam().stream().map(this::setParam).toList(), Places.of(given))
        : action((RewParser.ActionContext) c);
  }

  private Decl.Option setParam(RewParser.SetParamContext c) {
    return new Decl.Option(Places.name(c.path()), exprs.of(c.expression()), Places.of(c));
  }

  private Action action(RewParser.ActionContext c) {
    return switch (c) {
      case RewParser.StubContext x -> {
        List<Name> names = x.names() == null ? List.of() : ExprBuilder.names(x.names());
        yield new Action.Stub(Places.name(x.name()), names, exprs.of(x.expression()), Places.of(x));
      }
      case RewParser.ExpectErrorContext x ->
          new Action.ExpectError(Places.name(x.NAME()), Places.of(x));
      case RewParser.ExpectContext x ->
          new Action.Expect(exprs.expressions(x.expressions()), Places.of(x));
      case RewParser.EndContext x -> new Action.End(Places.of(x));
      case RewParser.EnterContext x -> enter(Places.name(x.scope()), x.setting(), Places.of(x));
      case RewParser.SidesContext x ->
          new Action.Enter(
              Places.name(x.PAIR()),
              false,
              List.of(),
              x.side().stream().map(this::side).toList(),
              Places.of(x));
      default -> throw new IllegalStateException("no such line in a test: " + c.getText());
    };
  }

  private Action side(RewParser.SideContext c) {
    return enter(Places.name(c.NAME()), c.setting(), Places.of(c));
  }

  private Action enter(Name scope, List<RewParser.SettingContext> settings, Span span) {
    return new Action.Enter(
        scope,
        settings.stream().anyMatch(s -> s.SAME() != null),
        settings.stream()
            .filter(s -> s.option() != null)
            .map(s -> option(exprs, s.option()))
            .toList(),
        settings.stream().filter(s -> s.action() != null).map(s -> action(s.action())).toList(),
        span);
  }
}
