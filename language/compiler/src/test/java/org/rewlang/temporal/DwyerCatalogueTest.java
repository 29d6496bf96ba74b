package org.rewlang.temporal;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.rewlang.automata.AtomNames;
import org.rewlang.automata.Dfa;
import org.rewlang.automata.Dialect;
import org.rewlang.automata.Formula;
import org.rewlang.automata.FormulaReader;
import org.rewlang.automata.Limits;
import org.rewlang.check.Loader;
import org.rewlang.compile.Compilation;
import org.rewlang.compile.Compiler;
import org.rewlang.model.DeclaredFormula;
import org.rewlang.model.Term;
import org.rewlang.source.Source;

/**
 * The library's patterns on every short word: each means what its scope and it itself say, and is
 * the formula of the published catalogue, but where that one means something else.
 */
class DwyerCatalogueTest {

  /**
   * The catalogue of Dwyer, Avrunin and Corbett: mappings for LTL, patterns in its order, scopes in
   * its order (globally, before r, after q, between q and r, after q until r).
   */
  private static final Map<String, List<String>> CATALOGUE = new LinkedHashMap<>();

  static {
    CATALOGUE.put(
        "absence",
        List.of(
            "G !p",
            "F r -> (!p U r)",
            "G(q -> G !p)",
            "G((q & !r & F r) -> (!p U r))",
            "G((q & !r) -> (!p W r))"));
    CATALOGUE.put(
        "existence",
        List.of(
            "F p",
            "!r W (p & !r)",
            "G !q | F(q & F p)",
            "G((q & !r) -> (!r W (p & !r)))",
            "G((q & !r) -> (!r U (p & !r)))"));
    CATALOGUE.put(
        "bounded_existence",
        List.of(
            "!p W (p W (!p W (p W G !p)))",
            "F r -> ((!p & !r) U (r | ((p & !r) U (r | ((!p & !r) U (r | ((p & !r) U (r | (!p U"
                + " r)))))))))",
            "F q -> (!q U (q & (!p W (p W (!p W (p W G !p))))))",
            "G((q & F r) -> ((!p & !r) U (r | ((p & !r) U (r | ((!p & !r) U (r | ((p & !r) U (r |"
                + " (!p U r))))))))))",
            "G(q -> ((!p & !r) U (r | ((p & !r) U (r | ((!p & !r) U (r | ((p & !r) U (r | (!p W r)"
                + " | G p)))))))))"));
    CATALOGUE.put(
        "universality",
        List.of(
            "G p",
            "F r -> (p U r)",
            "G(q -> G p)",
            "G((q & !r & F r) -> (p U r))",
            "G((q & !r) -> (p W r))"));
    CATALOGUE.put(
        "precedence",
        List.of(
            "!p W s",
            "F r -> (!p U (s | r))",
            "G !q | F(q & (!p W s))",
            "G((q & !r & F r) -> (!p U (s | r)))",
            "G((q & !r) -> (!p W (s | r)))"));
    CATALOGUE.put(
        "response",
        List.of(
            "G(p -> F s)",
            "F r -> ((p -> (!r U (s & !r))) U r)",
            "G(q -> G(p -> F s))",
            "G((q & !r & F r) -> ((p -> (!r U (s & !r))) U r))",
            "G((q & !r) -> ((p -> (!r U (s & !r))) W r))"));
    CATALOGUE.put(
        "precedence_chain",
        List.of(
            "F p -> (!p U (s & !p & X(!p U t)))",
            "F r -> (!p U (r | (s & !p & X(!p U t))))",
            "G !q | (!q U (q & (F p -> (!p U (s & !p & X(!p U t))))))",
            "G((q & F r) -> (!p U (r | (s & !p & X(!p U t)))))",
            "G(q -> (F p -> (!p U (r | (s & !p & X(!p U t))))))"));
    CATALOGUE.put(
        "precedence_to_chain",
        List.of(
            "F(s & X F t) -> (!s U p)",
            "F r -> ((!(s & !r & X(!r U (t & !r)))) U (r | p))",
            "G !q | (!q U (q & (F(s & X F t) -> (!s U p))))",
            "G((q & F r) -> ((!(s & !r & X(!r U (t & !r)))) U (r | p)))",
            "G(q -> (((!(s & !r & X(!r U (t & !r)))) U (r | p)) | G(!(s & X F t))))"));
    CATALOGUE.put(
        "response_chain",
        List.of(
            "G(p -> F(s & X F t))",
            "F r -> ((p -> (!r U (s & !r & X(!r U t)))) U r)",
            "G(q -> G(p -> (s & X F t)))",
            "G((q & F r) -> ((p -> (!r U (s & !r & X(!r U t)))) U r))",
            "G(q -> ((p -> (!r U (s & !r & X(!r U t)))) U (r | G(p -> (s & X F t)))))"));
    CATALOGUE.put(
        "response_to_chain",
        List.of(
            "G((s & X F t) -> X F(t & F p))",
            "F r -> (((s & X(!r U t)) -> X(!r U (t & F p))) U r)",
            "G(q -> G((s & X F t) -> X(!t U (t & F p))))",
            "G((q & F r) -> (((s & X(!r U t)) -> X(!r U (t & F p))) U r))",
            "G(q -> (((s & X(!r U t)) -> X(!r U (t & F p))) U (r | G((s & X(!r U t)) -> X(!r U (t &"
                + " F p))))))"));
    CATALOGUE.put(
        "constrained_response",
        List.of(
            "G(p -> F(s & !z & X(!z U t)))",
            "F r -> ((p -> (!r U (s & !r & !z & X((!r & !z) U t)))) U r)",
            "G(q -> G(p -> (s & !z & X(!z U t))))",
            "G((q & F r) -> ((p -> (!r U (s & !r & !z & X((!r & !z) U t)))) U r))",
            "G(q -> ((p -> (!r U (s & !r & !z & X((!r & !z) U t)))) U (r | G(p -> (s & !z & X(!z U"
                + " t))))))"));
  }

  /**
   * Where the catalogue's formula means something else, by a shortest word: after some {@code q}
   * where its scope is after the first; a {@code t} in the step of {@code r}, which its {@code s}
   * may not be in; an answer in the step of {@code p} alone, the {@code F} being lost.
   */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          entry("precedence_after(s, p, q)", "pq; q; doesn't hold"),
          entry("response_chain_before(p, s, t, r)", "ps; rt; doesn't hold"),
          entry("response_chain_after(p, s, t, q)", "pq; s; t; holds"),
          entry("response_chain_between(p, s, t, q, r)", "pqs; rt; doesn't hold"),
          entry("response_chain_after_until(p, s, t, q, r)", "pqs; rt; doesn't hold"),
          entry("response_to_chain_before(s, t, p, r)", "s; rt; holds"),
          entry("response_to_chain_between(s, t, p, q, r)", "qs; rt; holds"),
          entry("response_to_chain_after_until(s, t, p, q, r)", "qs; rt; holds"),
          entry("constrained_response_before(p, s, t, z, r)", "ps; rt; doesn't hold"),
          entry("constrained_response_after(p, s, t, z, q)", "pq; s; t; holds"),
          entry("constrained_response_between(p, s, t, z, q, r)", "pqs; rt; doesn't hold"),
          entry("constrained_response_after_until(p, s, t, z, q, r)", "pqs; rt; doesn't hold"));

  private static final class Automaton {
    private final Dfa dfa;
    private final int[] events;

    /**
     * @param events of each atom, as its place among all events
     */
    Automaton(Formula formula, int[] events) {
      Dfa made = Dfa.of(formula, Limits.USUAL).orNull();
      assertNotNull(made);
      this.dfa = made;
      this.events = events;
    }

    int next(int state, boolean[] letter) {
      return dfa.next(state, atom -> letter[events[atom]]);
    }
  }

  private static Automaton published(String text) {
    AtomNames atoms = new AtomNames();
    FormulaReader.Read read =
        assertInstanceOf(FormulaReader.Read.class, Dialect.REW.read(text, atoms), text);
    int[] events = atoms.all().stream().mapToInt(PatternCases.EVENTS::indexOf).toArray();
    return new Automaton(read.formula(), events);
  }

  private static Automaton ours(DeclaredFormula formula) {
    int[] events =
        formula.atoms().stream()
            .map(a -> assertInstanceOf(Term.Input.class, a).input().name())
            .mapToInt(PatternCases.EVENTS::indexOf)
            .toArray();
    return new Automaton(formula.formula(), events);
  }

  /** All words up to a length over some events, with both automata's runs on them. */
  private static final class Walk {
    private final BitSet events;
    private final Automaton ours;
    private final Automaton published;
    private final Predicate<PatternCases.Word> meaning;
    private final String call;
    private final List<boolean[]> letters = new ArrayList<>();
    private long words;
    private String witness = "";

    Walk(String call, Automaton ours, Automaton published, Predicate<PatternCases.Word> meaning) {
      this.call = call;
      this.ours = ours;
      this.published = published;
      this.meaning = meaning;
      this.events = new BitSet();
      for (char c : call.substring(call.indexOf('(')).toCharArray()) {
        if (PatternCases.EVENTS.indexOf(c) >= 0) {
          events.set(PatternCases.EVENTS.indexOf(c));
        }
      }
      for (int n = 0; n < 1 << events.cardinality(); n++) {
        boolean[] letter = new boolean[PatternCases.EVENTS.length()];
        int bit = 0;
        for (int e : events.stream().toArray()) {
          letter[e] = (n >> bit++ & 1) == 1;
        }
        letters.add(letter);
      }
    }

    /** Words of one length after another, so that a witness is a shortest one. */
    void all(int longest) {
      for (int length = 1; length <= longest; length++) {
        walk(new boolean[length][], 0, ours.dfa.initial(), published.dfa.initial());
      }
    }

    private void walk(boolean[][] word, int at, int mine, int theirs) {
      if (at == word.length) {
        boolean expected = meaning.test(new PatternCases.Word(word));
        assertEquals(expected, ours.dfa.accepts(mine), () -> call + " of " + text(word));
        if (witness.isEmpty() && published.dfa.accepts(theirs) != expected) {
          witness = text(word) + (expected ? " holds" : " doesn't hold");
        }
        words++;
        return;
      }
      for (boolean[] letter : letters) {
        word[at] = letter;
        walk(word, at + 1, ours.next(mine, letter), published.next(theirs, letter));
      }
    }

    private static String text(boolean[][] word) {
      StringBuilder text = new StringBuilder();
      for (boolean[] letter : word) {
        text.append(text.isEmpty() ? "" : " ");
        for (int e = 0; e < letter.length; e++) {
          text.append(letter[e] ? PatternCases.EVENTS.substring(e, e + 1) : "");
        }
        text.append(';');
      }
      return text.toString();
    }
  }

  @Test
  void everyShortWord() {
    Map<String, Predicate<PatternCases.Word>> all = PatternCases.all();
    List<String> calls = List.copyOf(all.keySet());
    Compilation compiled =
        Compiler.compile(Source.of("patterns.rew", PatternCases.program(calls)), Loader.NONE);
    assertFalse(compiled.hasErrors(), () -> compiled.diagnostics().toString());
    List<String> published = CATALOGUE.values().stream().flatMap(List::stream).toList();
    assertEquals(published.size(), calls.size());
    Map<String, String> differ = new LinkedHashMap<>();
    long words = 0;
    for (int i = 0; i < calls.size(); i++) {
      String call = calls.get(i);
      DeclaredFormula formula = formula(compiled, "f" + i);
      Walk walk = new Walk(call, ours(formula), published(published.get(i)), all.get(call));
      int letters = walk.letters.size();
      walk.all(letters <= 8 ? 6 : letters <= 16 ? 4 : 3);
      words += walk.words;
      if (!walk.witness.isEmpty()) {
        differ.put(call, walk.witness);
      }
    }
    assertEquals(ELSEWHERE, differ);
    assertTrue(words > 1_000_000, "only " + words + " words");
  }

  private static DeclaredFormula formula(Compilation compiled, String name) {
    return compiled.model().formulas().stream()
        .filter(f -> f.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
