package org.rewlang.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rewlang.diagnostic.Code;
import org.rewlang.diagnostic.Diagnostic;
import org.rewlang.diagnostic.Fix;
import org.rewlang.source.Source;

final class Fixes {

  private Fixes() {}

  static Source apply(Source source, Fix fix) {
    StringBuilder text = new StringBuilder(source.text());
    fix.edits().stream()
        .sorted(Comparator.comparingInt((Fix.Edit e) -> e.location().span().start()).reversed())
        .forEach(
            e ->
                text.replace(
                    e.location().span().start(), e.location().span().end(), e.replacement()));
    return Source.of(source.name(), text.toString());
  }

  static void assertRepairs(Source source, Diagnostic diagnostic) {
    Fix fix = diagnostic.safeFix().orElseThrow();
    List<Code> before = codes(source);
    before.remove(diagnostic.code());
    List<Code> after = codes(apply(source, fix));
    assertEquals(before, after, source.name() + ": " + fix.title());
  }

  private static List<Code> codes(Source source) {
    return new ArrayList<>(
        Parser.parse(source).diagnostics().stream().map(Diagnostic::code).sorted().toList());
  }
}
