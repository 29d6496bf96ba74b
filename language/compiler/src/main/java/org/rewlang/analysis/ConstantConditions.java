package org.rewlang.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.rewlang.analysis.Fact.Truth;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Numeral;
import org.rewlang.model.Base;
import org.rewlang.model.Definition;
import org.rewlang.model.Interval;
import org.rewlang.model.Model;
import org.rewlang.model.Operation;
import org.rewlang.model.Result;
import org.rewlang.model.Term;
import org.rewlang.source.Location;
import org.rewlang.source.Source;
import org.rewlang.source.Span;

/**
 * Comparisons that are true, or false, whatever the inputs are. Only what stands in the program's
 * own text as a comparison, in all uses of that text: what a function asks of one call's arguments
 * is no mistake.
 */
final class ConstantConditions {

  private static final Pattern COMPARES = Pattern.compile("<|>|==|!=|≤|≥|≠|\\bin\\b");
  private static final Pattern INNER = Pattern.compile("\\([^()\\[\\]]*\\)|\\[[^()\\[\\]]*\\]");

  private final Source source;
  private final Model model;
  private final Ranges ranges;

  ConstantConditions(Source source, Model model, Ranges ranges) {
    this.source = source;
    this.model = model;
    this.ranges = ranges;
  }

  /** Everything that a program's results and declared values are made of. */
  static List<Term> terms(Model model, Ranges ranges) {
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Term> work = new ArrayList<>();
    for (Definition definition : model.definitions()) {
      work.add(definition.value());
    }
    for (Result result : model.results()) {
      work.add(result.value());
      work.add(result.definition().value());
    }
    model.strict().forEach(s -> work.add(s.term()));
    while (!work.isEmpty()) {
      Term term = work.removeLast();
      if (seen.add(term)) {
        work.addAll(Terms.children(term));
      }
    }
    return ranges.graph().order().stream().filter(seen::contains).toList();
  }

  List<Diagnostic> find() {
    Map<Span, List<Term>> byPlace = new LinkedHashMap<>();
    for (Term term : terms(model, ranges)) {
      boolean here = term.at().source() == source && term.type().base() == Base.BOOL;
      if (here && term instanceof Term.Apply && compares(term.at())) {
        byPlace.computeIfAbsent(term.at().span(), _ -> new ArrayList<>()).add(term);
      }
    }
    List<Diagnostic> found = new ArrayList<>();
    for (List<Term> terms : byPlace.values()) {
      List<Term> outermost = outermost(terms);
      boolean anyInput = terms.stream().anyMatch(this::varies);
      if (anyInput && outermost.stream().allMatch(t -> truth(t).isAlwaysTrue())) {
        found.add(constant(terms, true));
      } else if (anyInput && outermost.stream().allMatch(t -> truth(t).isAlwaysFalse())) {
        found.add(constant(terms, false));
      }
    }
    return found;
  }

  private Truth truth(Term term) {
    return (Truth) ranges.fact(term);
  }

  /** Whether the text itself compares, outside any brackets. */
  private static boolean compares(Location at) {
    String text = at.text();
    String before = "";
    while (!before.equals(text)) {
      before = text;
      text = INNER.matcher(text).replaceAll(" ");
    }
    return COMPARES.matcher(text).find();
  }

  /** A chain or a `!=` is several terms of one text, of which the outermost says what it means. */
  private static List<Term> outermost(List<Term> terms) {
    Set<Term> inner = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Term term : terms) {
      if (term instanceof Term.Apply apply) {
        inner.addAll(apply.operands());
      }
    }
    return terms.stream().filter(t -> !inner.contains(t)).toList();
  }

  /** Whether a term depends on anything that is not written in the program. */
  private boolean varies(Term root) {
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Term> work = new ArrayList<>(List.of(root));
    while (!work.isEmpty()) {
      Term term = work.removeLast();
      if (term instanceof Term.Input || term instanceof Term.Param || Terms.isState(term)) {
        return true;
      }
      if (seen.add(term)) {
        work.addAll(Terms.children(term));
      }
    }
    return false;
  }

  private Diagnostic constant(List<Term> terms, boolean value) {
    Location at = terms.getFirst().at();
    Diagnostic.Builder d =
        Diagnostic.of(
                Code.CONSTANT_CONDITION,
                "`" + line(at) + "` is always " + value,
                at.source(),
                at.span())
            .label("always " + value);
    for (Term term : terms) {
      if (term instanceof Term.Apply apply
          && (apply.op() == Operation.LESS
              || apply.op() == Operation.LESS_EQUAL
              || apply.op() == Operation.EQUAL)) {
        apply.operands().forEach(o -> range(o, d));
        break;
      }
    }
    return d.build();
  }

  private void range(Term operand, Diagnostic.Builder d) {
    boolean fixed = Terms.bare(operand) instanceof Term.Const;
    if (!fixed && ranges.fact(operand) instanceof Fact.Number n) {
      Interval interval = n.interval();
      String low = interval.low() == Double.NEGATIVE_INFINITY ? "" : Numeral.of(interval.low());
      String high = interval.high() == Double.POSITIVE_INFINITY ? "" : Numeral.of(interval.high());
      if (!low.isEmpty() || !high.isEmpty()) {
        String unit = operand.type().dimension().toString();
        d.related(
            operand.at().source(),
            operand.at().span(),
            "lies in " + low + ".." + high + (unit.isEmpty() ? "" : " <" + unit + ">"));
      }
    }
  }

  /** The text at a place on one line, without brackets that are all around it. */
  static String line(Location at) {
    String text = at.text().strip().replaceAll("\\s+", " ");
    return isBracketed(text) ? text.substring(1, text.length() - 1).strip() : text;
  }

  private static boolean isBracketed(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (open == 0) {
        return i > 0 && i == text.length() - 1;
      }
    }
    return false;
  }
}
