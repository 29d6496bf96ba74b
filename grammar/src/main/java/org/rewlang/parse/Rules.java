package org.rewlang.parse;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Source;
import org.rewlang.source.Span;
import org.rewlang.syntax.Expr;
import org.rewlang.syntax.Expr.CompareOp;
import org.rewlang.syntax.Expr.Subscript;
import org.rewlang.syntax.UnitRef;

/** What the grammar can't say without ambiguity: checked while the tree is built. */
final class Rules {

  private final Report report;
  private final Source source;

  Rules(Report report) {
    this.report = report;
    this.source = report.source();
  }

  /** {@code a < b > c}. */
  void comparison(Expr.Comparison comparison) {
    int direction = 0;
    Expr.Link before = comparison.rest().getFirst();
    for (Expr.Link link : comparison.rest()) {
      int here = direction(link.op());
      if (direction * here < 0) {
        String middle = source.text(before.right().span());
        report.add(
            report
                .at(
                    Code.CHAIN_DIRECTION,
                    link.opSpan(),
                    "A chain of comparisons goes in one direction.")
                .label("the other direction")
                .related(source, before.opSpan(), "one direction")
                .fix(
                    Fix.maybe(
                        "compare twice, joined by `and`",
                        source,
                        Span.at(before.right().span().end()),
                        " and " + middle)));
        return;
      }
      if (here != 0) {
        direction = here;
        before = link;
      }
      before = link;
    }
  }

  private static int direction(CompareOp op) {
    return switch (op) {
      case LESS, LESS_EQUAL -> -1;
      case GREATER, GREATER_EQUAL -> 1;
      default -> 0;
    };
  }

  /** {@code v as m/s} reads like a speed, and would be a division. */
  void conversion(RewParser.ConversionContext context, UnitRef unit) {
    if (unit.angle()) {
      return;
    }
    int end = Quantities.compoundEnd(source.text(), unit.span().start());
    if (end > unit.span().end()) {
      Span whole = new Span(unit.span().start(), end);
      String text = source.text(whole);
      report.add(
          report
              .at(Code.UNIT_AFTER_AS, whole, "A compound unit after `as` needs angle brackets.")
              .label("this divides by a value of that name")
              .found(text)
              .fix(Fix.maybe("write `<" + text + ">`", source, whole, "<" + text + ">")));
    }
  }

  /** {@code 10 m ** 2}: ten square metres, or a hundred? */
  void power(RewParser.PowerContext context, Expr base, Expr exponent) {
    if (context.postfix().number() == null
        || !(base instanceof Expr.NumberLit number)
        || number.unit() == null) {
      return;
    }
    UnitRef unit = number.unit();
    Span whole = base.span().to(exponent.span());
    var builder =
        report
            .at(Code.POWER_OF_UNIT, whole, "It isn't clear whether the unit is raised as well.")
            .label("a quantity to a power");
    if (exponent instanceof Expr.NumberLit && !unit.angle() && exponent.span().length() == 1) {
      String raised = number.text() + " " + unit.text() + "^" + source.text(exponent.span());
      builder.fix(Fix.maybe("raise the unit alone: `" + raised + "`", source, whole, raised));
    }
    String both = "(" + source.text(base.span()) + ") ** " + source.text(exponent.span());
    report.add(builder.fix(Fix.maybe("raise both: `" + both + "`", source, whole, both)));
  }

  /** The operand in {@code until[0, 5] (q)}, written like an argument. */
  Expr operand(List<Expr.Argument> arguments, RewParser.SuffixContext context) {
    Span span = Places.of(context);
    if (arguments.size() == 1
        && arguments.getFirst().name() == null
        && !(arguments.getFirst().value() instanceof Expr.Generator)
        && !(arguments.getFirst().value() instanceof Expr.Over)) {
      return Spans.widen(arguments.getFirst().value(), span);
    }
    report.add(
        report
            .at(Code.WINDOW_PLACE, span, "One formula follows a time window.")
            .label("a formula in parentheses belongs here"));
    return new Expr.Broken(span);
  }

  /** A list that is called, or a window without its parentheses. */
  void list(
      RewParser.PrimaryContext list,
      boolean takesWindow,
      RewParser.@Nullable SuffixContext called) {
    if (takesWindow && called == null && list.list().unit() != null) {
      Span unit = Places.of(list.list().unit());
      report.add(
          report
              .at(Code.WINDOW_PLACE, unit, "What follows a time window stands in parentheses.")
              .label("read as the unit of a list")
              .fix(
                  Fix.maybe("put it in parentheses", source, unit, "(" + source.text(unit) + ")")));
    } else if (called != null) {
      report.add(
          report
              .at(Code.WINDOW_PLACE, Places.of(called), "A list can't be called.")
              .label("a list stands before this")
              .hint("a time window follows its operator directly, as in `until[0, 5] (q)`"));
    }
  }

  /** The bounds of {@code always[0, 20](p)}. */
  List<Expr> window(List<Subscript> subscripts) {
    List<Expr> bounds = new ArrayList<>();
    for (Subscript subscript : subscripts) {
      switch (subscript) {
        case Subscript.At at -> bounds.add(at.index());
        case Subscript.Slice slice -> {
          String text = source.text(slice.span());
          report.add(
              report
                  .at(Code.WINDOW_PLACE, slice.span(), "A time window has a comma, no colon.")
                  .found(text)
                  .fix(Fix.maybe("write a comma", source, slice.span(), text.replace(":", ", "))));
          bounds.add(new Expr.Broken(slice.span()));
        }
        case Subscript.Ellipsis all -> {
          report.add(
              report
                  .at(Code.WINDOW_PLACE, all.span(), "A time window has two numbers.")
                  .label("no number"));
          bounds.add(new Expr.Broken(all.span()));
        }
      }
    }
    return bounds;
  }

  /** A range is closed, a slice half open: {@code x[0..3]} must not pass for the other. */
  void index(Expr index) {
    if (!(index instanceof Expr.Range range)) {
      return;
    }
    var builder =
        report
            .at(Code.RANGE_PLACE, range.span(), "A range is no index; a slice has a colon.")
            .label("a closed interval")
            .hint("a slice ends before its second number: `x[0:3]` has three elements");
    if (range.from() != null && range.to() != null) {
      String slice = source.text(range.from().span()) + ":" + behind(range.to());
      builder.fix(Fix.maybe("write `" + slice + "`", source, range.span(), slice));
    }
    report.add(builder);
  }

  /** The end of a slice whose last element is {@code last}. */
  private String behind(Expr last) {
    boolean whole =
        last instanceof Expr.NumberLit n && n.unit() == null && n.text().matches("[0-9]{1,9}");
    String text = source.text(last.span());
    return whole ? String.valueOf(Long.parseLong(text) + 1) : text + " + 1";
  }

  /** {@code a..} ends at a whole argument; what stands before it is one bound. */
  void openRange(Expr from, Span dots) {
    boolean bound =
        switch (from) {
          case Expr.Comparison c -> false;
          case Expr.Conditional c -> false;
          case Expr.Range r -> false;
          case Expr.Unary u -> u.op() == Expr.UnaryOp.NEGATE;
          case Expr.Binary b ->
              switch (b.op()) {
                case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER -> true;
                default -> false;
              };
          default -> true;
        };
    if (!bound) {
      report.add(
          report
              .at(Code.RANGE_PLACE, dots, "An open range is a whole argument.")
              .label("more than one bound stands before this"));
    }
  }
}
